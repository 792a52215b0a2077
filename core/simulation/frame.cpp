#include "core/simulation/frame.h"

#include "core/simulation/prices.h"

#include <algorithm>
#include <cmath>

namespace leeway::simulation {

using base::Decimal;

Plan in_range(Plan plan)
{
    plan.months = std::clamp(plan.months, 1, 120);
    plan.growth_percent = clamped(plan.growth_percent, -100, 100);
    plan.gate_days = std::clamp(plan.gate_days, 0, 3650);
    plan.log_one_in = std::clamp(plan.log_one_in, 1, 1'000'000);
    plan.discount_percent = clamped(plan.discount_percent, 0, 100);
    plan.cpi_percent = clamped(plan.cpi_percent, -20, 100);
    if (plan.seasonality.size() != 12)
        plan.seasonality.clear();
    for (double& percent : plan.seasonality)
        percent = clamped(percent, 0, 1000);
    return plan;
}

Frame::Frame(const Traffic& of, const Plan& wanted, bool with_cold) : traffic(of), plan(in_range(wanted))
{
    const Decimal growth = Decimal::from_integer(1) + part_of(plan.growth_percent);
    Decimal grown = Decimal::from_integer(plan.log_one_in);
    for (int m = 0; m < plan.months; ++m) {
        const base::Month month = plan.start + m;
        months.push_back(month);
        volume.push_back(grown);
        if (!plan.seasonality.empty())
            volume.back() = grown * part_of(plan.seasonality[static_cast<std::size_t>(month.month()) - 1]);
        grown = grown * growth;
    }
    const auto by_month = [this](const Course& course) {
        std::vector<Decimal> costs;
        costs.reserve(months.size());
        for (const base::Month month : months)
            costs.push_back(cost_in(course, month));
        return costs;
    };
    whole.resize(months.size());
    today.reserve(traffic.lines.size());
    for (const Line& line : traffic.lines) {
        today.push_back(by_month(line.today));
        for (std::size_t m = 0; m < months.size(); ++m)
            whole[m] += today.back()[m];
    }
    if (with_cold) {
        for (const Course& course : traffic.without_cache())
            cold.push_back(by_month(course));
    }
}

std::vector<Decimal> discounts(const Plan& plan)
{
    std::vector<Decimal> factors;
    for (int m = 0; m < plan.months; ++m)
        factors.push_back(Decimal::from_double(std::pow(1 + plan.discount_percent / 100, -m / 12.0)));
    return factors;
}

}
