#include "core/usage/replay.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace leeway::usage {

std::string logged_name(const std::string& vendor, const std::string& model)
{
    return vendor.empty() ? model : vendor + "/" + model;
}

bool is_named(const std::string& vendor, const std::string& model, const std::string& name)
{
    return name.empty() || name == model || name == logged_name(vendor, model);
}

const pricing::Model* find_named(const pricing::Sheet& sheet, const std::string& name)
{
    return sheet.find({}, name);
}

Replay replay(const Cube& cube, const pricing::Sheet& sheet, const std::string& from, const std::string& to)
{
    Replay result;
    result.currency = sheet.currency;
    const pricing::Model* target = to.empty() ? nullptr : find_named(sheet, to);
    std::set<std::string> notes;
    if (!to.empty() && target == nullptr)
        notes.insert("“" + to + "” is not in the price sheet");
    std::map<std::tuple<base::Month, std::string, std::string>, MonthCost> months;
    for (const Cell& cell : cube.cells) {
        const bool named = is_named(cell.key.vendor, cell.key.model, from);
        if (to.empty() && !named)
            continue;
        pricing::Cost cost;
        if (to.empty() || !named)
            cost = cost_of(cube, cell, sheet);
        else if (target != nullptr)
            cost = cost_of(cube, cell, *target);
        const base::Month month = base::Month::of(cell.key.day);
        const auto [entry, added] = months.try_emplace({month, cell.key.vendor, cell.key.model});
        MonthCost& sum = entry->second;
        if (added) {
            sum.month = month;
            sum.vendor = cell.key.vendor;
            sum.model = cell.key.model;
            sum.priced = true;
        }
        sum.counts += cell.counts;
        sum.priced = sum.priced && cost.priced;
        result.requests += cell.counts.requests();
        if (cost.priced) {
            sum.cost += cost.total;
            result.total += cost.total;
        } else {
            result.unpriced_requests += cell.counts.requests();
            result.unpriced[logged_name(cell.key.vendor, cell.key.model)] += cell.counts.requests();
            if (!cost.why.empty())
                notes.insert(cost.why);
        }
        notes.insert(cost.notes.begin(), cost.notes.end());
    }
    for (auto& [key, month] : months)
        result.months.push_back(std::move(month));
    if (cube.averaged > 0)
        notes.insert(std::to_string(cube.averaged) +
                     " lines sum up several requests: priced by their average length");
    result.notes.assign(notes.begin(), notes.end());
    return result;
}

}
