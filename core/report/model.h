#pragma once

#include "core/base/date.h"
#include "core/clauses/pack.h"
#include "core/project/values.h"
#include "core/report/prospects.h"
#include "core/scoring/index.h"
#include "core/simulation/calendar/calendar.h"
#include "core/simulation/matrix.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::report {

/// One line of the checklist as it is shown to people: decision before finding.
struct ChecklistRow
{
    std::string check;
    std::string title;
    std::string category;
    clauses::Verdict verdict = clauses::Verdict::Missing;
    bool reviewed = false;
    bool text_changed = false;
    double confidence = 0; // of the finding; meaningless once reviewed
    std::string meaning;   // the pack's sentence for this verdict
    std::vector<std::string> why;
    std::vector<clauses::Evidence> evidence;
    std::string note;      // the reviewer's
    std::string author;    // of the decision
    base::Instant decided; // when; meaningless until reviewed
    std::string ask;       // empty once met
    scoring::Tenths points = 0;
    scoring::Tenths index_if_met = 0;
};

/// A date to keep, from a contract, the plan, the prices or a regulation.
using KeyDate = simulation::CalendarDate;

/// One contract, reviewed and scored.
struct ContractPart
{
    project::Id id = 0;
    std::string title;
    std::string vendor;
    std::string document;
    std::string sha256;
    int pages = 0;
    std::string version;
    std::string
        outside; // the text's language where the pack does not read it; the verdicts are people's then
    scoring::Index index;
    std::vector<ChecklistRow> checklist; // in the pack's order
    std::vector<std::string> urgent;     // check ids of the (at most three) most urgent asks, first first

    [[nodiscard]] const ChecklistRow* row(std::string_view check) const;
    /// Whether `index` says something: not while checks of a text that was not read are undecided.
    [[nodiscard]] bool has_index() const { return outside.empty() || index.reviewed == index.checks; }
    /// Whether nobody has answered this row: neither a person nor the engine, which could not read the text.
    [[nodiscard]] bool is_unread(const ChecklistRow& row) const
    {
        return !outside.empty() && !row.reviewed && row.confidence == 0;
    }
    /// Why there is no index, as a sentence; empty when there is one.
    [[nodiscard]] std::string no_index_reason() const;
};

/// What Overview shows and the report prints. Pure values: writers need nothing else.
struct Model
{
    std::string project;
    base::Date date;
    std::string currency;
    std::string pack; // "ai-procurement 1.0"
    std::string pack_sha256;
    std::string engine;
    std::string scoring_formula;
    std::string simulation_formula;
    std::string profile;
    std::vector<ContractPart> contracts;
    std::optional<simulation::Matrix> matrix; // none without usage; amounts in `currency`
    std::optional<Prospects> prospects;       // of the matrix; only after with_prospects()
    std::int64_t requests = 0;                // in the usage
    std::string traffic;                      // "Jun–Nov 2026 · 5,000 requests · 4 models"
    std::string prices;                       // sheet title, date, hash
    std::vector<std::string> stands_out;      // sentences with their place, most important first
    std::vector<std::string> do_next;         // likewise
    std::vector<KeyDate> dates;               // by date
    std::vector<std::string> missing_dates;   // what would have to be known for more of them
    std::vector<project::AuditEntry> audit;
    bool with_audit = true; // whether the PDF prints it
};

/// Everything is computed from the values given; `today` is passed in.
Model assemble(const project::Snapshot& snapshot, const clauses::Pack& pack, base::Date today);

/// The matrix of a snapshot in the project's currency; none without usage or scenarios. Amounts in scenarios
/// are in the project's currency already.
std::optional<simulation::Matrix> matrix_of(const project::Snapshot& snapshot);

/// The sheet with its prices and commitments in the project's currency: USD by the project's exchange rate;
/// other foreign sheets, for which there is no rate, as they are.
pricing::Sheet sheet_in_project_currency(const pricing::Sheet& sheet, const project::Settings& settings);
/// What that exchange is, or lacks, for a matrix's notes; empty when none is needed.
std::string currency_note(const pricing::Sheet& sheet, const project::Settings& settings);

/// What a chart of the matrix shows, the dearest way to stay and the first way out that pays, in a sentence
/// without full stop: "Spike costs € 1.6 M more than Base over 36 months; Transfer pays from Mar 2028".
std::string answer_of(const simulation::Matrix& matrix);

/// The scenario whose steps tell most: the way out that pays first; else the cheapest way out; else the
/// dearest way to stay. 0 when all cost the same. The matrix has outcomes.
std::size_t most_telling(const simulation::Matrix& matrix);

}
