// Moving a slider on a usage set of 1,000,000 requests: the time of a full re-simulation against one frame of
// 16 ms, and what building the cube and the baseline costs once.

#include "core/simulation/matrix.h"
#include "core/usage/cubebuilder.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <fmt/format.h>
#include <pcg_random.hpp>

using namespace leeway;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int requests = 1'000'000;
constexpr int moves = 2'000;
constexpr double frame_ms = 16;

double since(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// Six months, every chat model among the first of each vendor, five teams, two service tiers, some long
// prompts.
usage::Cube generate(const pricing::Sheet& sheet)
{
    std::vector<const pricing::Model*> models;
    for (const pricing::Model& model : sheet.models) {
        const auto same = std::ranges::count(models, model.vendor, &pricing::Model::vendor);
        if (model.mode == "chat" && !model.prices.empty() && !model.prices.back().rates.empty() && same < 3)
            models.push_back(&model);
    }
    const std::array tags{"support", "search", "coding", "reports", "batch"};
    const base::Instant begin = *base::parse_date("2026-06-01");
    pcg64 random(1);
    usage::CubeBuilder builder(sheet);
    pricing::Usage usage;
    for (int i = 0; i < requests; ++i) {
        const pricing::Model& model = *models[random(models.size())];
        usage.time = begin + std::chrono::minutes(random(183 * 24 * 60));
        usage.vendor = model.vendor;
        usage.model = model.model;
        usage.tag = tags.at(random(tags.size()));
        usage.service_tier = random(4) == 0 ? "batch" : "standard";
        usage.counts = {};
        const auto input = static_cast<std::int64_t>(random(20) == 0 ? random(300'000) : random(12'000));
        const auto read = static_cast<std::int64_t>(random(static_cast<std::uint64_t>(input) + 1));
        usage.counts[pricing::Component::Input] = input - read;
        usage.counts[pricing::Component::CacheRead] = read;
        usage.counts[pricing::Component::Output] = static_cast<std::int64_t>(random(2'000));
        usage.counts[pricing::Component::Request] = 1;
        builder.add(usage);
    }
    return builder.take({"generated"});
}

}

int main()
{
    const auto sheet = pricing::bundled_sheet();
    if (!sheet) {
        fmt::print(stderr, "{}\n", sheet.error().message);
        return 1;
    }
    auto begin = Clock::now();
    const usage::Cube cube = generate(*sheet);
    fmt::print("cube of {} requests, {} cells: {:.0f} ms\n", cube.requests, cube.cells.size(), since(begin));

    begin = Clock::now();
    const simulation::Baseline baseline(cube, *sheet);
    fmt::print("baseline: {:.1f} ms, {} models\n", since(begin), baseline.models().size());

    begin = Clock::now();
    simulation::ScenarioSet set = simulation::default_scenarios(cube, *sheet, base::Month::of(2027, 1));
    fmt::print("default scenarios: {:.1f} ms\n", since(begin));

    begin = Clock::now();
    base::Decimal sum = baseline.simulate(set).outcomes.back().total;
    fmt::print("first simulation: {:.3f} ms\n", since(begin));

    std::vector<double> times;
    std::vector<double> busy; // processor time, which other programs on the machine do not lengthen
    for (int i = 0; i < moves; ++i) {
        for (simulation::Scenario& scenario : set.scenarios) {
            for (simulation::PriceChange& change : scenario.price_changes)
                change.percent = i % 300;
            if (scenario.transfer) {
                scenario.transfer->share_percent = i % 101;
                scenario.transfer->cache_hit_loss_percent = i % 61;
            }
            if (scenario.fallback)
                scenario.fallback->utilisation_percent = 1 + i % 100;
        }
        set.plan.growth_percent = (i % 40) / 10.0;
        const std::clock_t ticks = std::clock();
        begin = Clock::now();
        const simulation::Matrix matrix = baseline.simulate(set);
        times.push_back(since(begin));
        busy.push_back(static_cast<double>(std::clock() - ticks) * 1000 / CLOCKS_PER_SEC);
        sum += matrix.outcomes.back().total;
    }
    const auto report = [](const char* what, std::vector<double> values) {
        std::ranges::sort(values);
        const double median = values[values.size() / 2];
        const double slow = values[values.size() * 99 / 100];
        fmt::print(
            "  {}: median {:.3f} ms, 99th percentile {:.3f} ms; {:.1f} % and {:.1f} % of a frame of {} ms\n",
            what, median, slow, median / frame_ms * 100, slow / frame_ms * 100, frame_ms);
        return slow;
    };
    fmt::print("re-simulation of {} scenarios over {} months, {} times\n", set.scenarios.size(),
               set.plan.months, moves);
    report("elapsed", times);
    const double slow = report("processor", busy);
    return slow < frame_ms && !sum.is_zero() ? 0 : 1;
}
