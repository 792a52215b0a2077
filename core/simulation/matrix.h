#pragma once

#include "core/simulation/scenario.h"

#include <memory>

namespace leeway::simulation {

/// The money of one scenario in one month, by where it goes. Each part is rounded half to even to six places.
struct MonthSpend
{
    base::Decimal vendors;     // usage that stays with today's vendors, flat fees, shortfall of commitments
    base::Decimal second;      // usage at the second vendor
    base::Decimal machines;    // self-hosting
    base::Decimal engineering; // upkeep, migration and other expenses

    [[nodiscard]] base::Decimal total() const { return vendors + second + machines + engineering; }
};

struct Outcome
{
    std::string scenario; // id
    std::string title;
    std::vector<MonthSpend> months;
    base::Decimal total; // exactly the sum of the months
    base::Decimal against_base;
    /// The first month from which the scenario's cumulated cost stays at or below that of `break_even_with`,
    /// counted from the month in which the two part; none when it never does within the term, and for
    /// scenarios that move nothing.
    std::optional<base::Month> break_even;
    /// The scenario that stays: the one with the same price changes that moves nothing, else the first spike,
    /// else base.
    std::string break_even_with;
    base::Decimal present_value; // of the total in the first month's money, by the plan's discount
    /// What the difference comes from, in words; figures are shares, so that they hold in any currency.
    std::string decides;
};

/// The renewal decision gate: the last day to decide before the budget is locked.
struct DecisionGate
{
    base::Date decide_by;
    base::Date budget_lock;
    int days_before = 120;
};

struct Matrix
{
    Plan plan;
    std::string currency;
    std::vector<base::Month> months;
    std::vector<Outcome> outcomes; // in the order of the scenarios
    std::optional<DecisionGate> gate;
    std::vector<std::string> notes; // unpriced models, fallbacks taken, assumptions
    std::string formula;
};

struct Traffic;

/// The traffic of a cube at a sheet's prices, reduced to an average month once (see resources/help/costs.md),
/// so that a scenario costs well under a millisecond afterwards, however many requests there were. Cheap to
/// copy; safe on several threads.
class Baseline
{
public:
    Baseline(const usage::Cube& cube, const pricing::Sheet& sheet);

    /// Amounts are in the sheet's currency. Values of the set out of range are brought into it. Never fails:
    /// what cannot be priced or moved is said in the notes.
    [[nodiscard]] Matrix simulate(const ScenarioSet& set) const;

    [[nodiscard]] bool empty() const;                       // no priced usage
    [[nodiscard]] std::vector<std::string> vendors() const; // as the sheet calls them, dearest first
    /// "vendor/model" of the priced usage, dearest first.
    [[nodiscard]] std::vector<std::string> models() const;
    /// The average month at the prices of `month`.
    [[nodiscard]] base::Decimal month_cost(base::Month month) const;
    /// As these scenarios need it: by tag if one of them moves traffic by tag.
    [[nodiscard]] const Traffic& traffic_for(const ScenarioSet& set) const;

private:
    std::shared_ptr<const Traffic> m_traffic;
};

}
