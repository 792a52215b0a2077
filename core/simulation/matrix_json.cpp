#include "core/simulation/matrix_json.h"

namespace leeway::simulation {
namespace {

using nlohmann::json;

json plan_json(const Plan& plan)
{
    return {{"start", base::to_string(plan.start)},
            {"months", plan.months},
            {"growth_percent", plan.growth_percent},
            {"log_one_in", plan.log_one_in},
            {"budget_lock", plan.budget_lock ? json(base::to_string(*plan.budget_lock)) : json(nullptr)},
            {"gate_days", plan.gate_days},
            {"seasonality", plan.seasonality},
            {"discount_percent", plan.discount_percent},
            {"cpi_percent", plan.cpi_percent}};
}

json outcome_json(const Outcome& outcome, const std::vector<base::Month>& months)
{
    json by_month = json::array();
    for (std::size_t m = 0; m < outcome.months.size(); ++m) {
        const MonthSpend& spend = outcome.months[m];
        by_month.push_back({{"month", base::to_string(months[m])},
                            {"total", spend.total().to_string()},
                            {"vendors", spend.vendors.to_string()},
                            {"second", spend.second.to_string()},
                            {"machines", spend.machines.to_string()},
                            {"engineering", spend.engineering.to_string()}});
    }
    const bool compared = !outcome.break_even_with.empty();
    return {{"scenario", outcome.scenario},
            {"title", outcome.title},
            {"total", outcome.total.to_string()},
            {"against_base", outcome.against_base.to_string()},
            {"present_value", outcome.present_value.to_string()},
            {"break_even", outcome.break_even ? json(base::to_string(*outcome.break_even)) : json(nullptr)},
            {"break_even_with", compared ? json(outcome.break_even_with) : json(nullptr)},
            {"decides", outcome.decides},
            {"months", std::move(by_month)}};
}

}

json to_json(const Matrix& matrix)
{
    json months = json::array();
    for (const base::Month month : matrix.months)
        months.push_back(base::to_string(month));
    json outcomes = json::array();
    for (const Outcome& outcome : matrix.outcomes)
        outcomes.push_back(outcome_json(outcome, matrix.months));
    json gate = nullptr;
    if (matrix.gate) {
        gate = {{"decide_by", base::to_string(matrix.gate->decide_by)},
                {"budget_lock", base::to_string(matrix.gate->budget_lock)},
                {"days_before", matrix.gate->days_before}};
    }
    return {
        {"currency", matrix.currency}, {"formula", matrix.formula},       {"plan", plan_json(matrix.plan)},
        {"months", std::move(months)}, {"outcomes", std::move(outcomes)}, {"gate", std::move(gate)},
        {"notes", matrix.notes}};
}

}
