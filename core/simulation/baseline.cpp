#include "core/simulation/account.h"
#include "core/simulation/matrix.h"
#include "core/simulation/reasons.h"
#include "core/simulation/traffic.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::simulation {
namespace {

using base::Decimal;

bool moves_nothing(const Scenario& scenario)
{
    return !scenario.transfer && !scenario.fallback;
}

// The scenario that stays with today's vendors, for comparison with one that moves.
const Scenario* reference_of(const Scenario& scenario, const std::vector<Scenario>& all)
{
    if (moves_nothing(scenario))
        return nullptr;
    for (const Scenario& other : all) {
        if (moves_nothing(other) && other.price_changes == scenario.price_changes)
            return &other;
    }
    for (const Scenario& other : all) {
        if (moves_nothing(other) && !other.price_changes.empty())
            return &other;
    }
    return moves_nothing(all.front()) ? &all.front() : nullptr;
}

std::optional<base::Month> break_even(const std::vector<MonthSpend>& scenario,
                                      const std::vector<MonthSpend>& reference,
                                      const std::vector<base::Month>& months)
{
    std::optional<base::Month> found;
    bool differs = false;
    Decimal lead; // of the reference
    for (std::size_t m = 0; m < months.size(); ++m) {
        const Decimal difference = scenario[m].total() - reference[m].total();
        differs = differs || !difference.is_zero();
        lead += difference;
        if (lead > Decimal())
            found.reset();
        else if (differs && !found)
            found = months[m];
    }
    return found;
}

}

Baseline::Baseline(const usage::Cube& cube, const pricing::Sheet& sheet) : m_traffic(traffic_of(cube, sheet))
{
}

bool Baseline::empty() const
{
    return m_traffic->lines.empty();
}

std::vector<std::string> Baseline::vendors() const
{
    return vendors_of(*m_traffic);
}

std::vector<std::string> Baseline::models() const
{
    return models_of(*m_traffic);
}

Decimal Baseline::month_cost(base::Month month) const
{
    Decimal cost;
    for (const Line& line : m_traffic->lines)
        cost += cost_in(line.today, month);
    return cost;
}

Matrix Baseline::simulate(const ScenarioSet& set) const
{
    const Frame frame(*m_traffic, set.plan);
    Matrix matrix;
    matrix.plan = frame.plan;
    matrix.currency = m_traffic->sheet.currency;
    matrix.months = frame.months;
    matrix.notes = m_traffic->notes;
    if (frame.plan.log_one_in > 1)
        add_note(matrix.notes,
                 fmt::format("The usage log holds one request in {}: volumes are multiplied by it.",
                             frame.plan.log_one_in));
    matrix.formula = formula_version;
    for (const Scenario& scenario : set.scenarios) {
        const Account account = account_of(frame, scenario);
        Outcome& outcome = matrix.outcomes.emplace_back();
        outcome.scenario = scenario.id;
        outcome.title = scenario.title;
        outcome.months = account.months;
        for (const MonthSpend& month : account.months)
            outcome.total += month.total();
        outcome.against_base = outcome.total - matrix.outcomes.front().total;
        outcome.decides = reason_of(frame, scenario, account);
        for (const std::string& note : account.notes)
            add_note(matrix.notes, note);
    }
    for (std::size_t i = 0; i < set.scenarios.size(); ++i) {
        const Scenario* reference = reference_of(set.scenarios[i], set.scenarios);
        if (reference == nullptr)
            continue;
        const auto at = static_cast<std::size_t>(reference - set.scenarios.data());
        matrix.outcomes[i].break_even_with = reference->id;
        matrix.outcomes[i].break_even =
            break_even(matrix.outcomes[i].months, matrix.outcomes[at].months, matrix.months);
    }
    if (frame.plan.budget_lock) {
        matrix.gate = DecisionGate{*frame.plan.budget_lock - std::chrono::days(frame.plan.gate_days),
                                   *frame.plan.budget_lock, frame.plan.gate_days};
    }
    return matrix;
}

}
