#include "core/usage/cube.h"

#include "core/usage/examples.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <tuple>

namespace leeway::usage {
namespace {

bool hours_are_known(const Cube& cube)
{
    return cube.cells.empty() || !cube.loads.empty();
}

}

pricing::Cost cost_of(const Cube& cube, const Cell& cell, const pricing::Model& model)
{
    const pricing::Terms terms{cell.key.day,    cell.key.service_tier, cell.key.region,
                               cell.key.bucket, cube.schedules,        cell.key.open};
    pricing::Cost cost = pricing::cost_of(cell.counts, terms, model, cube.marginal, cell.above);
    const pricing::Borders borders = pricing::borders_of(model);
    if (!std::ranges::includes(cube.thresholds, borders.whole))
        cost.notes.push_back(fmt::format("the usage was summed for another price sheet: the context tiers of "
                                         "{}/{} hold only roughly; import it again",
                                         model.vendor, model.model));
    if (!std::ranges::includes(cube.schedules, borders.schedules))
        cost.notes.push_back(
            fmt::format("the usage was summed for another price sheet: the off-peak hours of "
                        "{}/{} are not told apart; import it again",
                        model.vendor, model.model));
    return cost;
}

pricing::Cost cost_of(const Cube& cube, const Cell& cell, const pricing::Sheet& sheet)
{
    const pricing::Model* model = sheet.find(cell.key.vendor, cell.key.model);
    if (model == nullptr) {
        pricing::Cost cost;
        cost.why = fmt::format("“{}{}{}” is not in the price sheet", cell.key.vendor,
                               cell.key.vendor.empty() ? "" : "/", cell.key.model);
        return cost;
    }
    pricing::Cost cost = cost_of(cube, cell, *model);
    if (std::string note = pricing::vendor_note(cell.key.vendor, *model); !note.empty())
        cost.notes.push_back(std::move(note));
    return cost;
}

base::Result<Cube> merged(Cube a, const Cube& b)
{
    if (a.empty() && a.requests == 0)
        std::tie(a.thresholds, a.marginal, a.schedules) = std::tie(b.thresholds, b.marginal, b.schedules);
    if (a.thresholds != b.thresholds || a.marginal != b.marginal || a.schedules != b.schedules)
        return base::fail(base::ErrorCode::Invalid,
                          "The usage was summed for another price sheet, with other context tiers or "
                          "off-peak hours; import its files again together.");
    const bool hours_known = hours_are_known(a) && hours_are_known(b);
    a.loads = hours_known ? pricing::merged(a.loads, b.loads) : std::vector<pricing::ModelLoad>();
    std::vector<Cell> cells;
    cells.reserve(a.cells.size() + b.cells.size());
    std::ranges::merge(a.cells, b.cells, std::back_inserter(cells), {}, &Cell::key, &Cell::key);
    a.cells.clear();
    for (Cell& cell : cells) {
        if (a.cells.empty() || a.cells.back().key != cell.key) {
            a.cells.push_back(std::move(cell));
            continue;
        }
        Cell& same = a.cells.back();
        same.counts += cell.counts;
        for (std::size_t i = 0; i < same.above.size(); ++i)
            same.above[i] += cell.above[i];
    }
    a.requests += b.requests;
    a.averaged += b.averaged;
    a.duplicates += b.duplicates;
    a.bad_lines += b.bad_lines;
    for (const BadLine& line : b.examples) {
        if (a.examples.size() < most_examples)
            a.examples.push_back(line);
    }
    a.sources.insert(a.sources.end(), b.sources.begin(), b.sources.end());
    return a;
}

}
