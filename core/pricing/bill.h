#pragma once

#include "core/base/result.h"
#include "core/pricing/load.h"
#include "core/pricing/period.h"
#include "core/pricing/sheet.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::pricing {

/// What was used of one model in one service tier on one day, at list prices.
struct PricedLine
{
    base::Date day;
    const Model* model = nullptr; // of the sheet
    std::string service_tier = "standard";
    Counts counts;
    std::array<base::Decimal, component_count> components{}; // their cost
};

enum class BillKind : std::uint8_t {
    ListPrice, // what the usage of a model costs at list prices
    Allowance, // taken off because it is free
    Covered,   // taken off because provisioned capacity served it
    Capacity,  // the price of that capacity
    Discount,
    Shortfall, // of a commitment
    Credit     // taken off because a shortfall was paid for it before
};
std::string_view to_string(BillKind kind); // "list price", "allowance", …

struct BillItem
{
    base::Month month;
    BillKind kind = BillKind::ListPrice;
    std::string title; // the model, or the term of the agreement
    base::Decimal amount;
    std::string explanation; // how the amount comes about; may be empty

    bool operator==(const BillItem&) const = default;
};

struct Bill
{
    std::string currency;
    std::vector<BillItem> items; // by month and kind; amounts exact, not rounded to cents
    base::Decimal total;
    std::vector<std::string> notes;
};

/// What a sheet's agreement makes of usage: free allowances come off first, then what capacity served, then
/// discounts; commitments count what is left. `known` are the days of which the lines hold all usage, those
/// from the first line to the last unless given; others are left out, capacity is charged for these days, and
/// a commitment is settled for periods within them. Without `loads`, a day's usage is taken as even over its
/// hours. Items are converted at the rate of the last known day of their month. NotFound when an exchange
/// rate is missing.
base::Result<Bill> bill_of(const Sheet& sheet, std::vector<PricedLine> lines,
                           std::span<const ModelLoad> loads, const std::optional<Days>& known = {});

}
