#pragma once

#include "core/base/date.h"
#include "core/pricing/sheet.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::pricing {

enum class Severity : std::uint8_t { Error, Warning }; // surely wrong, perhaps wrong
std::string_view to_string(Severity severity);

/// What looks wrong in a sheet, and why.
struct LintFinding
{
    std::string rule; // stable: "cache-read-dearer", "service-tier-ratio", …
    Severity severity = Severity::Warning;
    std::string vendor; // empty with `model`: about the agreement
    std::string model;
    std::string what; // "priority input: 2.5 per million, 50 times the standard 0.05"
    std::string why;  // a sentence

    bool operator==(const LintFinding&) const = default;
};

/// Looks for prices that contradict each other or that no vendor asks, in the rates of all dates, and for
/// what has expired by `today`. In the order of the sheet; the agreement last.
std::vector<LintFinding> lint(const Sheet& sheet, base::Date today);

/// The rules for an agreement alone.
std::vector<LintFinding> lint(const Agreement& agreement, base::Date today);

}
