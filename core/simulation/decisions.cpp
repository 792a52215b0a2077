#include "core/simulation/decisions.h"

#include "core/simulation/lines.h"
#include "core/simulation/obligations.h"
#include "core/simulation/traffic.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace leeway::simulation {
namespace {

using base::Decimal;
using Kind = SwitchPoint::Kind;

constexpr int least_tenths = -1000;
constexpr int most_tenths = 10'000;
constexpr int split_step = 5;

int first_move(const Scenario& scenario)
{
    int month = 1'000;
    if (scenario.transfer)
        month = std::min(month, scenario.transfer->from_month);
    if (scenario.fallback)
        month = std::min(month, scenario.fallback->from_month);
    return month;
}

// The change whose size is asked for.
PriceChange change_of(const Scenario& scenario)
{
    if (!scenario.price_changes.empty())
        return scenario.price_changes.front();
    return {scenario.transfer ? scenario.transfer->from_vendor : scenario.fallback->from_vendor, "", 0,
            first_move(scenario)};
}

Decimal engineering_of(const Outcome& outcome)
{
    Decimal sum;
    for (const MonthSpend& month : outcome.months)
        sum += month.engineering;
    return sum;
}

// Whether everything but engineering grows in proportion to traffic.
bool is_linear(const Plan& plan, const Scenario& scenario, const pricing::Sheet& sheet)
{
    return !scenario.fallback && !has_promises(plan, sheet, scenario) && scenario.flat_fees.empty();
}

std::string rise_words(const SwitchPoint& rise, bool viable)
{
    if (rise.kind != Kind::Above)
        return {};
    const std::string size = fmt::format("{:.1f} %", std::abs(rise.percent));
    if (viable)
        return rise.percent < 0 ? "prices fall by more than " + size : "prices rise by less than " + size;
    return rise.percent < 0 ? "prices fall by less than " + size : "prices rise by more than " + size;
}

std::string condition_of(const Viability& viability, const std::string& currency)
{
    std::vector<std::string> flips;
    if (std::string rise = rise_words(viability.rise, viability.viable); !rise.empty())
        flips.push_back(std::move(rise));
    if (viability.upkeep)
        flips.push_back(fmt::format("upkeep {} {} {} a month", viability.viable ? "passes" : "stays below",
                                    grouped(viability.upkeep->to_fixed(0)), currency));
    if (viability.traffic)
        flips.push_back(fmt::format("traffic {} {:.2f} times today's",
                                    viability.viable ? "falls below" : "passes", *viability.traffic));
    const Decimal amount = viability.saving.is_negative() ? -viability.saving : viability.saving;
    std::string text =
        viability.viable
            ? fmt::format("It pays: {} {} less over the term", grouped(amount.to_fixed(0)), currency)
            : fmt::format("It does not pay: {} {} more over the term", grouped(amount.to_fixed(0)), currency);
    if (flips.empty())
        return text + ", whatever prices do.";
    return fmt::format("{}. {} if {}.", text, viability.viable ? "No longer" : "It would",
                       fmt::join(flips, ", or if "));
}

double quality_of(const Split& split, const SplitQuestion& question)
{
    return 100 - (split.second_percent * (100 - question.second_quality) +
                  split.fallback_percent * (100 - question.fallback_readiness)) /
                     100;
}

}

SwitchPoint switch_point(const Baseline& baseline, const ScenarioSet& set, std::size_t scenario)
{
    ScenarioSet trial = set;
    Scenario stays = set.scenarios[scenario];
    stays.transfer.reset();
    stays.fallback.reset();
    stays.expenses.clear();
    if (const auto reference = staying(set.scenarios, scenario))
        stays.expenses = set.scenarios[*reference].expenses;
    trial.scenarios = {stays, set.scenarios[scenario]};
    const PriceChange change = change_of(set.scenarios[scenario]);
    const auto pays = [&](int tenths) {
        for (Scenario& with : trial.scenarios) {
            if (with.price_changes.empty())
                with.price_changes = {change};
            with.price_changes.front().percent = tenths / 10.0;
        }
        const Matrix matrix = baseline.simulate(trial);
        return matrix.outcomes[1].total < matrix.outcomes[0].total;
    };
    // The difference falls steadily with the rise.
    if (!pays(most_tenths))
        return {Kind::Never, most_tenths / 10.0};
    if (pays(least_tenths))
        return {Kind::Always, least_tenths / 10.0};
    int low = least_tenths;
    int high = most_tenths;
    while (high - low > 1) {
        const int middle = low + (high - low) / 2;
        (pays(middle) ? high : low) = middle;
    }
    return {Kind::Above, low / 10.0};
}

std::vector<Viability> viabilities(const Baseline& baseline, const ScenarioSet& set)
{
    const Matrix matrix = baseline.simulate(set);
    std::vector<Viability> answers;
    for (std::size_t i = 0; i < set.scenarios.size(); ++i) {
        const auto reference = staying(set.scenarios, i);
        if (!reference)
            continue;
        const Scenario& scenario = set.scenarios[i];
        const Outcome& moves = matrix.outcomes[i];
        const Outcome& stays = matrix.outcomes[*reference];
        Viability& answer = answers.emplace_back();
        answer.scenario = scenario.id;
        answer.against = stays.scenario;
        answer.saving = stays.total - moves.total;
        answer.viable = answer.saving > Decimal();
        answer.rise = switch_point(baseline, set, i);
        const int paid_months = matrix.plan.months - std::clamp(first_move(scenario), 1, 1'000) + 1;
        if (paid_months > 0 && !answer.saving.is_zero()) {
            const Decimal today = (scenario.transfer ? scenario.transfer->upkeep_per_month : Decimal()) +
                                  (scenario.fallback ? scenario.fallback->upkeep_per_month : Decimal());
            const Decimal limit = today + answer.saving / Decimal::from_integer(paid_months);
            if (limit > Decimal())
                answer.upkeep = limit.rounded(2);
        }
        const double fixed = (engineering_of(moves) - engineering_of(stays)).to_double();
        const double per_traffic = answer.saving.to_double() + fixed;
        if (is_linear(set.plan, scenario, baseline.traffic_for(set).sheet) && fixed > 0 && per_traffic > 0)
            answer.traffic = fixed / per_traffic;
        answer.condition = condition_of(answer, matrix.currency);
    }
    return answers;
}

std::optional<Split> best_split(const Baseline& baseline, const ScenarioSet& set,
                                const SplitQuestion& question)
{
    const auto moving = std::ranges::find_if_not(set.scenarios, moves_nothing);
    if (moving == set.scenarios.end())
        return std::nullopt;
    const auto with_transfer = std::ranges::find_if(
        set.scenarios, [](const Scenario& scenario) { return scenario.transfer.has_value(); });
    const auto with_fallback = std::ranges::find_if(
        set.scenarios, [](const Scenario& scenario) { return scenario.fallback.has_value(); });
    ScenarioSet trial = set;
    trial.scenarios.clear();
    std::vector<Split> splits;
    const int most_second = with_transfer == set.scenarios.end() ? 0 : 100;
    for (int second = 0; second <= most_second; second += split_step) {
        const int most_fallback = with_fallback == set.scenarios.end() ? 0 : 100 - second;
        for (int fallback = 0; fallback <= most_fallback; fallback += split_step) {
            Split split;
            split.second_percent = second;
            split.fallback_percent = fallback;
            split.quality = quality_of(split, question);
            if (split.quality + 1e-9 < question.floor && second + fallback > 0)
                continue;
            Scenario& scenario = trial.scenarios.emplace_back(*moving);
            scenario.transfer.reset();
            scenario.fallback.reset();
            if (second > 0) {
                scenario.transfer = with_transfer->transfer;
                scenario.transfer->share_percent = second;
            }
            if (fallback > 0) {
                scenario.fallback = with_fallback->fallback;
                scenario.fallback->share_percent = fallback;
            }
            splits.push_back(split);
        }
    }
    const Matrix matrix = baseline.simulate(trial);
    for (std::size_t i = 0; i < splits.size(); ++i)
        splits[i].total = matrix.outcomes[i].total;
    return *std::ranges::min_element(splits, {}, &Split::total);
}

nlohmann::json to_json(const Viability& viability)
{
    nlohmann::json rise = viability.rise.percent;
    if (viability.rise.kind != Kind::Above)
        rise = viability.rise.kind == Kind::Always ? "always" : "never";
    return {
        {"scenario", viability.scenario},
        {"against", viability.against},
        {"viable", viability.viable},
        {"saving", viability.saving.to_string()},
        {"switch_above_percent", std::move(rise)},
        {"upkeep_limit",
         viability.upkeep ? nlohmann::json(viability.upkeep->to_string()) : nlohmann::json(nullptr)},
        {"traffic_factor", viability.traffic ? nlohmann::json(*viability.traffic) : nlohmann::json(nullptr)},
        {"condition", viability.condition}};
}

nlohmann::json to_json(const Split& split)
{
    return {{"second_percent", split.second_percent},
            {"fallback_percent", split.fallback_percent},
            {"total", split.total.to_string()},
            {"quality", split.quality}};
}

}
