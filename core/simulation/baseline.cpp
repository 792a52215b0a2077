#include "core/simulation/account.h"
#include "core/simulation/matrix.h"
#include "core/simulation/reasons.h"
#include "core/simulation/traffic.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::simulation {
namespace {

using base::Decimal;

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

bool by_tag(const Scenario& scenario)
{
    return (scenario.transfer && !scenario.transfer->rule.tags.empty()) ||
           (scenario.fallback && !scenario.fallback->rule.tags.empty());
}

Decimal present_value(const std::vector<MonthSpend>& months, const std::vector<Decimal>& discounts)
{
    Decimal value;
    for (std::size_t m = 0; m < months.size(); ++m)
        value += (months[m].total() * discounts[m]).rounded(shown_places);
    return value;
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

const Traffic& Baseline::traffic_for(const ScenarioSet& set) const
{
    return std::ranges::any_of(set.scenarios, by_tag) ? m_traffic->by_tag() : *m_traffic;
}

Matrix Baseline::simulate(const ScenarioSet& set) const
{
    const bool cold = std::ranges::any_of(
        set.scenarios, [](const Scenario& scenario) { return scenario.cache_loss.has_value(); });
    const Frame frame(traffic_for(set), set.plan, cold);
    const std::vector<Decimal> worth = discounts(frame.plan);
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
        outcome.present_value = present_value(outcome.months, worth);
        outcome.decides = reason_of(frame, scenario, account);
        for (const std::string& note : account.notes)
            add_note(matrix.notes, note);
    }
    for (std::size_t i = 0; i < set.scenarios.size(); ++i) {
        const auto at = staying(set.scenarios, i);
        if (!at)
            continue;
        matrix.outcomes[i].break_even_with = set.scenarios[*at].id;
        matrix.outcomes[i].break_even =
            break_even(matrix.outcomes[i].months, matrix.outcomes[*at].months, matrix.months);
    }
    if (frame.plan.budget_lock) {
        matrix.gate = DecisionGate{*frame.plan.budget_lock - std::chrono::days(frame.plan.gate_days),
                                   *frame.plan.budget_lock, frame.plan.gate_days};
    }
    return matrix;
}

}
