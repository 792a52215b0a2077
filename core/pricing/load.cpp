#include "core/pricing/load.h"

#include "core/pricing/counts.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace leeway::pricing {
namespace {

auto name_of(const ModelLoad& load)
{
    return std::tie(load.vendor, load.model, load.service_tier);
}

std::vector<HourLoad> merged(const std::vector<HourLoad>& a, const std::vector<HourLoad>& b)
{
    std::vector<HourLoad> all;
    all.reserve(a.size() + b.size());
    std::ranges::merge(a, b, std::back_inserter(all), {}, &HourLoad::hour, &HourLoad::hour);
    std::vector<HourLoad> hours;
    for (const HourLoad& load : all) {
        if (!hours.empty() && hours.back().hour == load.hour)
            hours.back() = summed(hours.back(), load);
        else
            hours.push_back(load);
    }
    return hours;
}

}

HourLoad summed(const HourLoad& a, const HourLoad& b)
{
    return {a.hour, saturated_sum(a.requests, b.requests), saturated_sum(a.input, b.input),
            saturated_sum(a.cached, b.cached), saturated_sum(a.output, b.output)};
}

std::vector<ModelLoad> merged(const std::vector<ModelLoad>& a, const std::vector<ModelLoad>& b)
{
    std::vector<ModelLoad> all;
    all.reserve(a.size() + b.size());
    std::ranges::merge(a, b, std::back_inserter(all), {}, name_of, name_of);
    std::vector<ModelLoad> loads;
    for (ModelLoad& load : all) {
        if (!loads.empty() && name_of(loads.back()) == name_of(load))
            loads.back().hours = merged(loads.back().hours, load.hours);
        else
            loads.push_back(std::move(load));
    }
    return loads;
}

}
