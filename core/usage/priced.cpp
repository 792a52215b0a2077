#include "core/usage/priced.h"

#include "core/usage/replay.h"

#include <fmt/format.h>
#include <set>
#include <utility>

namespace leeway::usage {

PricedUsage priced_usage(const Cube& cube, const pricing::Sheet& sheet)
{
    PricedUsage result;
    std::set<std::string> notes;
    std::map<std::pair<std::string, std::string>, const pricing::Model*> models;
    for (const Cell& cell : cube.cells) {
        const auto [known, added] = models.try_emplace({cell.key.vendor, cell.key.model});
        if (added)
            known->second = sheet.find(cell.key.vendor, cell.key.model);
        const pricing::Cost cost = cost_of(cube, cell, sheet);
        notes.insert(cost.notes.begin(), cost.notes.end());
        if (cost.priced)
            result.lines.push_back(
                {cell.key.day, known->second, cell.key.service_tier, cell.counts, cost.components});
        else
            result.unpriced[logged_name(cell.key.vendor, cell.key.model)] += cell.counts.requests();
    }
    result.notes.assign(notes.begin(), notes.end());
    return result;
}

base::Result<pricing::Bill> bill_of(const Cube& cube, const pricing::Sheet& sheet,
                                    const std::optional<pricing::Days>& known)
{
    PricedUsage usage = priced_usage(cube, sheet);
    auto bill = pricing::bill_of(sheet, std::move(usage.lines), cube.loads, known);
    if (!bill)
        return bill;
    for (const auto& [model, requests] : usage.unpriced)
        bill->notes.push_back(
            fmt::format("{} requests of {} have no price and are not in the bill.", requests, model));
    if (cube.averaged > 0 && !cube.loads.empty())
        bill->notes.push_back(
            fmt::format("{} lines sum up several requests: their hour is that of the line.", cube.averaged));
    bill->notes.insert(bill->notes.end(), usage.notes.begin(), usage.notes.end());
    return bill;
}

}
