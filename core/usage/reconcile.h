#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/base/result.h"
#include "core/pricing/sheet.h"
#include "core/usage/cube.h"
#include "core/usage/formats/billed.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// Why a bill differs from what the usage costs by the price sheet.
enum class Cause : std::uint8_t {
    Period,       // the bill or the log holds days that the other does not
    MissingUsage, // billed, but not in the log
    NotBilled,    // in the log, but not on the bill
    Unpriced,     // all of the log's usage there has no price in the sheet
    Quantity,     // the bill counts more or fewer tokens than the log
    Discount,     // of the agreement, of the bill where the agreement has none, or the same share off all
    Tax,
    Rounding, // within half of the last place for each line of the bill
};
std::string_view to_string(Cause cause); // "period", "missing usage", …

struct Explanation
{
    Cause cause = Cause::Period;
    base::Decimal amount; // of the difference
    std::string why;

    bool operator==(const Explanation&) const = default;
};

/// What is on the bill for a month, a vendor, and as far as the bill tells a model and a part of the usage,
/// beside what the same usage costs.
struct ReconciledLine
{
    base::Month month; // in which the billed period begins; usage goes to the period that holds its day
    std::string vendor;
    std::string model; // empty: all of the vendor that no other line names, or none
    std::string
        part; // "input", "cache read", "cache write", "output", "other", "tax", "discount"; empty: all
    base::Decimal billed;
    base::Decimal replayed;
    std::vector<Explanation> explained;
    std::int64_t lines = 0; // of the bill

    [[nodiscard]] base::Decimal difference() const { return billed - replayed; }
    [[nodiscard]] base::Decimal unexplained() const;
    bool operator==(const ReconciledLine&) const = default;
};

struct Reconciliation
{
    std::string currency; // of the price sheet
    base::Decimal billed;
    base::Decimal replayed;
    std::vector<ReconciledLine> lines; // by month, vendor, model and part
    std::vector<std::string> notes;

    [[nodiscard]] base::Decimal explained() const;
    [[nodiscard]] base::Decimal unexplained() const;
};

/// Compares a bill with the usage of a cube at the sheet's prices and agreement, line by line. Each line's
/// difference is exactly its explanations and what is left unexplained. Amounts in other currencies are
/// converted by the agreement's exchange rates; NotFound without one.
base::Result<Reconciliation> reconcile(const Cube& cube, const pricing::Sheet& sheet,
                                       std::span<const BilledLine> bill);

/// {"currency", "billed", "replayed", "explained", "unexplained", "lines": [{"month", "vendor", "model",
/// "part", "billed", "replayed", "difference", "unexplained", "explained": [{"cause", "amount", "why"}]}],
/// "notes"}
nlohmann::ordered_json to_json(const Reconciliation& reconciliation);

}
