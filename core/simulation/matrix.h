#pragma once

#include "core/simulation/scenario.h"

#include <memory>

namespace leeway::simulation {

/// The money of one scenario in one month, by where it goes.
struct MonthSpend
{
    base::Decimal vendors;     // usage that stays with today's vendors
    base::Decimal second;      // usage at the second vendor
    base::Decimal machines;    // self-hosting
    base::Decimal engineering; // upkeep and migration

    [[nodiscard]] base::Decimal total() const { return vendors + second + machines + engineering; }
};

struct Outcome
{
    std::string scenario; // id
    std::string title;
    std::vector<MonthSpend> months;
    base::Decimal total;
    base::Decimal against_base;
    /// The first month from which the scenario's cumulated cost stays at or below that of `break_even_with`
    /// (spike when there is one, else base); none when it never does within the term.
    std::optional<base::Month> break_even;
    std::string break_even_with;
    std::string decides; // what the difference comes from, in words
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

/// The traffic of a cube at a sheet's prices, reduced to an average month once, so that a scenario costs
/// microseconds afterwards.
class Baseline
{
public:
    Baseline(const usage::Cube& cube, const pricing::Sheet& sheet);
    [[nodiscard]] Matrix simulate(const ScenarioSet& set) const;
    [[nodiscard]] std::vector<std::string> vendors() const; // dearest first

private:
    struct Line; // one vendor, model, service tier and context tier
    std::shared_ptr<const std::vector<Line>> m_lines;
    std::shared_ptr<const pricing::Sheet> m_sheet;
    std::vector<std::string> m_notes;
};

}
