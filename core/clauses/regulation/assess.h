#pragma once

#include "core/base/date.h"
#include "core/clauses/regulation/regulation.h"
#include "core/clauses/review.h"
#include "core/document/document.h"

#include <optional>
#include <string>
#include <vector>

namespace leeway::clauses {

/// What becomes of a requirement on a later day, with the contract as it is.
struct LaterStatus
{
    base::Date from{};
    Status status = Status::Absent;
    std::string why;

    bool operator==(const LaterStatus&) const = default;
};

/// What a contract says of one requirement.
struct RequirementFinding
{
    std::string requirement;
    Status status = Status::Absent;
    Status reading = Status::Absent;  // covered, weaker or absent: what the text says, owed or not
    std::optional<bool> standard;     // whether the buyer's standard is reached; none where people judge it
    std::vector<std::string> open;    // questions that decide whether it applies
    std::vector<std::string> lacking; // parts that were not found; none where it is covered
    std::vector<Parameter> figures;
    std::vector<Evidence> evidence; // in the order of the text
    std::vector<std::string> why;   // in sentences a person can follow
    std::vector<LaterStatus> later; // in the order of time

    bool operator==(const RequirementFinding&) const = default;
};

struct Assessment
{
    std::string regulation;
    std::string version;
    std::string sha256;
    base::Date day{};
    Answers answers;
    std::vector<RequirementFinding> findings; // in the order of the regulation

    [[nodiscard]] std::size_t count(Status status) const;

    bool operator==(const Assessment&) const = default;
};

/// Holds a contract against a regulation as it stands on a day. `review` is the document's review by the pack
/// to whose checks the regulation maps; a check that is not in it counts as not found. Deterministic. Invalid
/// where an answer is none that the regulation asks for.
base::Result<Assessment> assess(const document::Document& document, const Review& review,
                                const Regulation& regulation, const Answers& answers, base::Date day);

}
