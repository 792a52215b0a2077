#include "core/usage/cube.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <tuple>

namespace leeway::usage {

pricing::Cost cost_of(const Cube& cube, const Cell& cell, const pricing::Model& model)
{
    const pricing::Terms terms{cell.key.day, cell.key.service_tier, cell.key.region, cell.key.bucket};
    pricing::Cost cost = pricing::cost_of(cell.counts, terms, model, cube.marginal, cell.above);
    const auto borders = pricing::borders_of(model).whole;
    const bool all_known = std::ranges::all_of(
        borders, [&](std::int64_t border) { return std::ranges::binary_search(cube.thresholds, border); });
    if (!all_known)
        cost.notes.push_back(fmt::format("the usage was summed for another price sheet: the context tiers of "
                                         "{}/{} hold only roughly; import it again",
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
        std::tie(a.thresholds, a.marginal) = std::tie(b.thresholds, b.marginal);
    if (a.thresholds != b.thresholds || a.marginal != b.marginal)
        return base::fail(base::ErrorCode::Invalid,
                          "The usage was summed for another price sheet, with other "
                          "context tiers; import its files again together.");
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
    constexpr std::size_t most_examples = 20;
    for (const BadLine& line : b.examples) {
        if (a.examples.size() < most_examples)
            a.examples.push_back(line);
    }
    a.sources.insert(a.sources.end(), b.sources.begin(), b.sources.end());
    return a;
}

}
