#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace leeway::pricing {

/// What was asked of a model in one hour. `input` and `output` hold all their parts, `cached` is the part of
/// the input that was read from a cache.
struct HourLoad
{
    std::int32_t hour = 0; // hours since 1970-01-01 00:00 UTC
    std::int64_t requests = 0;
    std::int64_t input = 0;
    std::int64_t cached = 0;
    std::int64_t output = 0;

    auto operator<=>(const HourLoad&) const = default;
};
/// Both in one, in the hour of `a`; sums saturate.
HourLoad summed(const HourLoad& a, const HourLoad& b);

/// The hours in which a model was used, as the log names it.
struct ModelLoad
{
    std::string vendor;
    std::string model;
    std::string service_tier = "standard";
    std::vector<HourLoad> hours; // ascending

    auto operator<=>(const ModelLoad&) const = default;
};
/// Both in one.
std::vector<ModelLoad> merged(const std::vector<ModelLoad>& a, const std::vector<ModelLoad>& b);

}
