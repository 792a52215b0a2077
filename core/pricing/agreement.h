#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/pricing/counts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::pricing {

enum class Per : std::uint8_t { Day, Month, Quarter, Year };
std::string_view to_string(Per per); // "day", "month", …

/// Which usage a term concerns: an empty member stands for all.
struct Scope
{
    std::string vendor;
    std::vector<std::string> models;
    std::vector<std::string> tiers; // service tiers

    bool operator==(const Scope&) const = default;
};

/// So many units free in each calendar day, month or year, shared by everything in the scope.
struct Allowance
{
    std::string title;
    Scope scope;
    std::vector<Component> components;
    std::int64_t quantity = 0;
    Per per = Per::Month;

    bool operator==(const Allowance&) const = default;
};

/// From a spend of `from` in the period on, `percent` of it is taken off.
struct DiscountStep
{
    base::Decimal from;
    base::Decimal percent;

    bool operator==(const DiscountStep&) const = default;
};

/// A negotiated discount on what is left after allowances and capacity. Of several, the first that concerns
/// a line holds for it.
struct Discount
{
    std::string title;
    Scope scope;
    std::vector<DiscountStep> steps; // ascending
    Per per = Per::Month;            // the calendar period whose spend decides the step
    bool marginal = false;           // a step's percent is for the spend above its `from` only
    std::optional<base::Date> from;
    std::optional<base::Date> until; // last day

    bool operator==(const Discount&) const = default;
};

/// What becomes of a difference between spend and commitment at the end of a period.
enum class Carry : std::uint8_t {
    Nothing,
    Unused, // what was paid and not used pays for usage of the next period
    Excess  // what was spent beyond counts for the next period
};

/// A promise to spend at least `amount` in each period, counted from `from`, after discounts.
struct Commitment
{
    std::string title;
    Scope scope;
    base::Decimal amount;
    Per per = Per::Year;
    base::Date from;
    base::Date until; // last day
    Carry carry = Carry::Nothing;
    bool settled_at_end = false; // one true-up for the whole term instead of one a period

    bool operator==(const Commitment&) const = default;
};

/// Provisioned capacity (PTU, GSU, model unit): paid by the hour whether used or not.
struct Capacity
{
    std::string title;
    Scope scope; // of the service tiers, an empty one stands for standard alone
    std::string unit;
    std::int64_t units = 1;
    std::int64_t minimum = 1;
    std::int64_t increment = 1;
    base::Decimal tokens_per_second; // weighted, that one unit serves
    base::Decimal input_weight;      // of a token that is not read from a cache
    base::Decimal cached_weight;
    base::Decimal output_weight;
    base::Decimal price_per_hour; // of one unit
    base::Date from;
    std::optional<base::Date> until; // last day of the term
    bool overflows = true;           // what is over the capacity is paid as it goes, else refused

    bool operator==(const Capacity&) const = default;
};

/// One unit of `from` is `rate` units of `to` from `date` on, until a later rate for the same pair.
struct ExchangeRate
{
    std::string from;
    std::string to;
    base::Date date;
    base::Decimal rate;
    std::string source;

    bool operator==(const ExchangeRate&) const = default;
};

/// What was negotiated beside list prices: what it makes of a month's cost is in bill.h. Amounts are in the
/// sheet's currency.
struct Agreement
{
    std::string currency; // of the bill; empty: that of the sheet
    std::vector<Allowance> allowances;
    std::vector<Capacity> capacities;
    std::vector<Discount> discounts;
    std::vector<Commitment> commitments;
    std::vector<ExchangeRate> exchange_rates;

    bool operator==(const Agreement&) const = default;
    [[nodiscard]] bool empty() const { return *this == Agreement{}; }
};

}
