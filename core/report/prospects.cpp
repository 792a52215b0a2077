#include "core/report/prospects.h"

#include "core/report/format.h"
#include "core/report/model.h"
#include "core/simulation/montecarlo/forecast.h"
#include "core/simulation/montecarlo/pathcount.h"
#include "core/simulation/montecarlo/statistics.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace leeway::report {
namespace {

using simulation::at_p10;
using simulation::at_p50;
using simulation::at_p90;

std::string title_of(const simulation::Matrix& matrix, const std::string& scenario)
{
    const auto found = std::ranges::find(matrix.outcomes, scenario, &simulation::Outcome::scenario);
    return found == matrix.outcomes.end() ? scenario : found->title;
}

Prospect row_of(const simulation::Prospect& drawn, const simulation::Matrix& matrix)
{
    Prospect row{drawn.scenario,      drawn.title,         drawn.total[at_p10],
                 drawn.total[at_p50], drawn.total[at_p90], {}};
    if (drawn.chance)
        row.leaving = Prospect::Leaving{title_of(matrix, drawn.chance->against), drawn.chance->by_end,
                                        drawn.chance->saving[at_p10], drawn.chance->saving[at_p90]};
    return row;
}

}

base::Result<Model> with_prospects(Model model, const project::Snapshot& snapshot, std::uint64_t seed,
                                   const base::Progress& progress)
{
    model.prospects.reset();
    if (!model.matrix || model.matrix->outcomes.empty())
        return model;
    const simulation::ScenarioSet& set = snapshot.scenarios;
    const simulation::Baseline baseline(snapshot.cube,
                                        sheet_in_project_currency(snapshot.sheet, snapshot.settings));
    const auto drawn = simulation::forecast(
        baseline, set, {simulation::fitting_paths(set, simulation::full_paths), seed, 0}, progress);
    if (!drawn) {
        if (drawn.error().code == base::ErrorCode::Cancelled)
            return tl::unexpected(drawn.error());
        model.matrix->notes.push_back("How sure the totals are is not known: " + drawn.error().message);
        return model;
    }
    Prospects prospects;
    prospects.paths = drawn->paths;
    prospects.seed = drawn->seed;
    prospects.varies = what_varies(drawn->uncertainty);
    for (const simulation::Prospect& prospect : drawn->prospects)
        prospects.rows.push_back(row_of(prospect, *model.matrix));
    const std::size_t telling = most_telling(*model.matrix);
    prospects.steps = simulation::waterfall(baseline, set, telling);
    prospects.steps_from = model.matrix->outcomes.front().title;
    prospects.steps_to = model.matrix->outcomes[telling].title;
    model.prospects = std::move(prospects);
    return model;
}

std::string what_varies(const simulation::Uncertainty& uncertainty)
{
    std::vector<std::string> parts;
    const auto number = [](double value) { return fmt::format("{:.6g}", value); };
    const auto rise = [](double value) { return (value > 0 ? "+" : "") + percent(value); };
    if (uncertainty.jumps_per_year > 0 && !uncertainty.events.empty()) {
        const auto [least, most] =
            std::ranges::minmax_element(uncertainty.events, {}, &simulation::PriceEvent::percent);
        parts.push_back(
            fmt::format("each vendor’s prices jump {} times a year, by the size of one of {} price "
                        "changes from the field ({} to {})",
                        number(uncertainty.jumps_per_year), uncertainty.events.size(), rise(least->percent),
                        rise(most->percent)));
    }
    if (uncertainty.growth_spread > 0)
        parts.push_back(fmt::format("growth ± {} points a month", number(uncertainty.growth_spread)));
    if (uncertainty.cpi_spread > 0)
        parts.push_back(fmt::format("consumer prices ± {} points a year", number(uncertainty.cpi_spread)));
    if (uncertainty.exchange_volatility > 0)
        parts.push_back(fmt::format("exchange rate ± {} a year", percent(uncertainty.exchange_volatility)));
    if (uncertainty.cache_loss.high > uncertainty.cache_loss.low)
        parts.push_back(fmt::format("{} to {} of the cache hits lost on top",
                                    number(uncertainty.cache_loss.low),
                                    percent(uncertainty.cache_loss.high)));
    const auto factor = [&](const simulation::Range& range, std::string_view what) {
        if (range.high > range.low)
            parts.push_back(fmt::format("{} × {} to × {}", what, number(range.low), number(range.high)));
    };
    factor(uncertainty.migration, "effort of moving");
    factor(uncertainty.machine_price, "price of machines");
    if (parts.empty())
        return "Nothing varies: every path is the plan.";
    std::string text = fmt::format("What varies: {}.", fmt::join(parts, ", "));
    if (!uncertainty.source.empty())
        text += " " + uncertainty.source;
    return text;
}

std::string chance(double share)
{
    const double percents = share * 100;
    if (percents > 0 && percents < 1)
        return "under " + percent(1);
    if (percents < 100 && percents > 99)
        return "over " + percent(99);
    return percent(std::round(percents));
}

}
