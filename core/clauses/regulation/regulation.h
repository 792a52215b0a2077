#pragma once

#include "core/base/date.h"
#include "core/clauses/condition.h"
#include "core/clauses/lexicon.h"
#include "core/clauses/regulation/answers.h"
#include "core/clauses/rules.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::clauses {

/// How a fact of a regulation pack was confirmed.
enum class Proof {
    Verified,  // the text of the law, or a file that quotes it, was read
    Secondary, // from what others write about it
    Unverified // from general knowledge
};
std::string_view to_string(Proof proof); // "verified", "secondary", "unverified"

/// What the contract says of a requirement, and whether the requirement bears on it at all.
enum class Status {
    Covered,
    Weaker, // there, but below the legal floor
    Absent,
    NotApplicable,
    Unanswered, // whether it applies hangs on a question that is open
    NotYetInForce
};
std::string_view to_string(Status status); // "covered", "weaker than the floor", "absent", "not applicable" …

/// One of the things that a requirement asks for.
struct RequiredPart
{
    std::string title;
    Condition when;
};

/// The first step whose condition holds gives the status.
struct FloorStep
{
    Condition when; // empty: always
    Status status = Status::Absent;
    std::string why;
};

/// What the law wants from a day on.
struct LegalFloor
{
    std::optional<base::Date> from; // the day on which the requirement applies where there is none
    std::string text;
    std::string threshold;        // "at least 30 calendar days"; may be empty
    std::vector<FloorStep> steps; // empty: all parts, some, or none
};

/// Another first day for those to whom the answers point.
struct LaterStart
{
    base::Date from{};
    Applicability when;
};

/// What a careful buyer asks for beyond the law.
struct BuyerStandard
{
    std::string text;
    Condition when; // empty: people judge it
};

struct Requirement
{
    std::string id;
    std::string title;
    std::string question; // in plain language
    std::string article;
    std::string binds; // who
    std::string force; // "law", "must", "recommended" …; as the regulation says
    Applicability applies;
    std::optional<base::Date> from;
    std::optional<base::Date> until; // the last day
    std::vector<LaterStart> later;   // the first that surely applies counts instead of `from`
    std::vector<LegalFloor> floors;  // by date, at least one
    BuyerStandard standard;
    Proof proof = Proof::Verified;
    std::vector<std::string> unverified; // single facts that are less sure than `proof`
    std::vector<std::string> checks;
    std::string ask; // what to ask the vendor for
    std::vector<std::string> sources;
    std::vector<RequiredPart> parts;
    CheckRules rules; // signals and parameters; no resolutions

    /// The first day for somebody with these answers.
    [[nodiscard]] std::optional<base::Date> start(const Answers& answers) const;
    /// The floor that holds on a day: the latest that began by then, else the first.
    [[nodiscard]] const LegalFloor& floor_on(base::Date day) const;
};

/// A regulation pack: what a law, or model terms, want a contract to say. From one JSON file that users may
/// copy and edit. Format: templates/regulations/regulation.schema.json.
struct Regulation
{
    std::string id;
    std::string title;
    std::string version;
    std::string sha256; // of the file's bytes, followed by those of the lexicons it names
    std::string summary;
    std::vector<std::string> notes; // what a reader must know: pending changes, doubts
    std::vector<Question> questions;
    std::vector<Requirement> requirements;
    std::shared_ptr<const Lexicon> lexicon;

    [[nodiscard]] const Requirement* find(std::string_view requirement) const;
};

/// Errors name file, line and path. Lexicons are looked for in `folder` first, then among the bundled ones.
base::Result<Regulation> parse_regulation(const std::string& name, std::string_view text,
                                          const std::filesystem::path& folder = {});
/// A file, or the id of a bundled regulation ("eu-data-act").
base::Result<Regulation> load_regulation(const std::string& path_or_id);

/// Whether a person means a regulation pack and no rule pack: the id of a bundled one, or a file that says
/// so.
bool is_regulation(const std::string& path_or_id);

}
