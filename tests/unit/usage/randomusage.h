#pragma once

#include "core/pricing/sheet.h"

#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <pcg_random.hpp>
#include <string>
#include <vector>

// Price sheets and usage of every kind, the same for the same seed.

inline constexpr std::array names{"alpha", "beta", "gamma", "delta"};
inline constexpr std::array tiers{"standard", "batch", "flex", "priority"};
inline constexpr std::array regions{"", "eu-west-1", "eu", "us"};

inline leeway::base::Decimal random_price(pcg32& random)
{
    return *leeway::base::Decimal::parse(fmt::format("{}.{:04}e-6", random(60), random(10'000)));
}

// Apart by more than one between the two kinds: where one vendor's tier begins at T + 1 and another's above
// T, the average of a line of several requests can lie between the two, and no bucket tells them apart.
inline std::int64_t random_threshold(pcg32& random, bool inclusive)
{
    constexpr std::array above{1'000, 1'001, 2'000, 5'000, 5'001, 20'000};
    constexpr std::array from{1'003, 1'004, 2'500, 4'998, 20'002, 20'003};
    return inclusive ? from[random(from.size())] : above[random(above.size())];
}

inline leeway::pricing::DatedRates random_rates(pcg32& random, bool inclusive)
{
    leeway::pricing::DatedRates dated;
    const auto add = [&](leeway::pricing::Component component, const char* tier, std::int64_t above) {
        dated.rates.push_back({component, random_price(random), tier, above});
    };
    add(leeway::pricing::Component::Input, "standard", 0);
    add(leeway::pricing::Component::Output, "standard", 0);
    constexpr std::array parts{
        leeway::pricing::Component::CacheRead,  leeway::pricing::Component::CacheWrite5m,
        leeway::pricing::Component::AudioInput, leeway::pricing::Component::Reasoning,
        leeway::pricing::Component::Request,    leeway::pricing::Component::WebSearch};
    for (const leeway::pricing::Component part : parts) {
        if (random(2) == 0)
            add(part, "standard", 0);
    }
    const std::int64_t first = random_threshold(random, inclusive);
    const std::int64_t second = random_threshold(random, inclusive);
    for (const std::int64_t above : {first, second == first ? 0 : second}) {
        if (above == 0 || random(3) == 0)
            continue;
        add(leeway::pricing::Component::Input, "standard", above);
        if (random(2) == 0)
            add(leeway::pricing::Component::Output, "standard", above);
        if (random(2) == 0)
            add(leeway::pricing::Component::CacheRead, "standard", above);
        if (random(2) == 0)
            add(leeway::pricing::Component::Input, "batch", above);
    }
    if (random(2) == 0)
        add(leeway::pricing::Component::Input, "batch", 0);
    if (random(2) == 0)
        add(leeway::pricing::Component::Output, "priority", 0);
    return dated;
}

// Cheaper in some hours of the week, on the prices of one date or of both; other models have the same hours.
inline void add_off_peak(leeway::pricing::Model& model, pcg32& random)
{
    const std::vector<leeway::pricing::DayHours> night{{0x7f, 16 * 60 + 30, leeway::pricing::day_minutes},
                                                       {0x7f, 0, 30}};
    const std::vector<leeway::pricing::DayHours> office{{0x1f, 0, 60},
                                                        {0x1f, 10 * 60, leeway::pricing::day_minutes}};
    const std::vector<leeway::pricing::DayHours> weekend{{0x60, 0, leeway::pricing::day_minutes}};
    for (leeway::pricing::DatedRates& dated : model.prices) {
        for (const auto& hours : {night, office, weekend}) {
            if (random(2) == 0)
                dated.off_peak.push_back(
                    {leeway::pricing::schedule_of(hours, random(2) == 0 ? 0 : 480),
                     {{leeway::pricing::Component::Input, random_price(random), "standard", 0},
                      {leeway::pricing::Component::Output, random_price(random), "standard", 0}}});
        }
    }
}

// Models of every kind: tiers above and at a threshold, whole and marginal, with dates, regions and off-peak
// hours.
inline leeway::pricing::Sheet random_sheet(pcg32& random)
{
    leeway::pricing::Sheet sheet;
    for (const char* name : names) {
        leeway::pricing::Model model;
        model.vendor = "v";
        model.model = name;
        model.marginal_tiers = random(2) == 0;
        model.threshold_inclusive = random(2) == 0;
        model.prices.push_back(random_rates(random, model.threshold_inclusive));
        if (random(2) == 0) {
            model.prices.push_back(random_rates(random, model.threshold_inclusive));
            model.prices.back().from = leeway::base::Date(std::chrono::year(2026) / 11 / 15);
        }
        if (random(2) == 0)
            add_off_peak(model, random);
        if (random(2) == 0)
            model.regional_factors.emplace_back("eu", *leeway::base::Decimal::parse("1.1"));
        sheet.models.push_back(std::move(model));
    }
    return sheet;
}

inline std::string random_line(pcg32& random)
{
    constexpr std::array lengths{999,   1'000, 1'001, 1'002, 1'003,  1'004,  2'000,  2'500,
                                 4'997, 4'998, 5'000, 5'001, 20'000, 20'001, 20'002, 20'003};
    const std::int64_t requests = random(5) == 0 ? 1 + random(4) : 1;
    std::int64_t input = random(2) == 0 ? lengths[random(lengths.size())] : random(30'000);
    input = input * requests + (requests > 1 ? random(3) : 0);
    const auto cached =
        random(2) == 0 ? static_cast<std::int64_t>(random(static_cast<unsigned>(input / 2 + 1))) : 0;
    const auto written = static_cast<std::int64_t>(random(static_cast<unsigned>(input / 8 + 1)));
    const auto audio =
        random(4) == 0 ? static_cast<std::int64_t>(random(static_cast<unsigned>(input / 8 + 1))) : 0;
    const std::int64_t output = random(3'000);
    return fmt::format("2026-11-{:02}T{:02}:{:02}:00Z,v,{},{},{},{},{},{},{},{},{},{},{},{}",
                       random(2) == 0 ? 14 : 15, random(24), random(60), names[random(names.size())],
                       requests, input, cached, written, audio, output, output / 3, random(10) == 0 ? 2 : 0,
                       tiers[random(tiers.size())], regions[random(2)], "a");
}
