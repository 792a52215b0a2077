#pragma once

#include "core/base/date.h"
#include "core/clauses/regulation/answers.h"
#include "core/clauses/review.h"
#include "core/document/document.h"
#include "core/pricing/sheet.h"
#include "core/scoring/index.h"
#include "core/simulation/scenario.h"
#include "core/usage/cube.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leeway::project {

using Id = std::int64_t;

/// The reviewer's verdict on a check of a contract. It always wins over the finding.
struct Decision
{
    std::string check;
    clauses::Verdict verdict = clauses::Verdict::Missing;
    std::string note;
    /// Taken by the reviewer; empty: the finding's stands. Byte ranges are those of the newest version, 0–0
    /// where it has lost the passage.
    std::vector<clauses::Evidence> evidence;
    std::string author; // login name
    base::Instant time;
    bool text_changed = false; // its evidence is no longer in the newest version

    bool operator==(const Decision&) const = default;
};

/// One version of a contract: a document with its review. The original bytes are in the file too
/// (Project::document_bytes).
struct Version
{
    Id id = 0;
    std::string label; // "1", "2", … by age
    base::Instant added;
    document::Document document;
    clauses::Review review;
};

struct Contract
{
    Id id = 0;
    std::string title;
    std::string vendor;
    base::Instant added;
    std::vector<Version> versions; // oldest first, never empty
    std::vector<Decision> decisions;

    [[nodiscard]] const Version& newest() const { return versions.back(); }
    [[nodiscard]] const Decision* decision(std::string_view check) const;
    /// Decisions where there are some, the newest version's findings otherwise.
    [[nodiscard]] std::vector<scoring::Answer> answers() const;
};

struct AuditEntry
{
    Id id = 0;
    base::Instant time;
    std::string author;
    std::string action; // "decide", "undo decide", "add contract", "import usage", …
    std::string detail; // in words: "no-training: partial → met"

    bool operator==(const AuditEntry&) const = default;
};

struct Settings
{
    std::string title;            // of the project: what is bought
    std::string currency = "USD"; // in which amounts are shown; that of the bundled prices
    base::Decimal currency_per_usd = base::Decimal::from_integer(1); // exchange rate for sheets in USD
    std::string rate_source;  // where and when the rate was read; empty while it is 1
    scoring::Profile profile; // in use, with the user's own weights
    /// What the buyer answered to the questions of a regulation, by its id.
    std::map<std::string, clauses::Answers> regulations;

    bool operator==(const Settings&) const = default;
};

/// Everything in a project but the documents' bytes.
struct Snapshot
{
    Settings settings;
    std::vector<Contract> contracts;   // oldest first
    usage::Cube cube;                  // may be empty
    pricing::Sheet sheet;              // prices in use: the bundled sheet until another is imported
    simulation::ScenarioSet scenarios; // scenarios may be empty before usage is there
    std::vector<AuditEntry> audit;     // newest last

    [[nodiscard]] const Contract* contract(Id id) const;
};

}
