// How long it takes to price all requests of a cube at 200 models, beside the limit of 20 ms. Usage:
// bench_reprice [REQUESTS [SHEET]]; the cube of 10,000,000 requests takes a while to make.

#include "core/usage/reprice.h"
#include "core/usage/cubebuilder.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <pcg_random.hpp>
#include <vector>

using namespace leeway;
using pricing::Component;

namespace {

constexpr double limit_ms = 20;
constexpr std::size_t most_models = 200;

// Processor time: what a clock on the wall shows on a machine that does nothing else.
double milliseconds()
{
    return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// A year of requests of six models and four teams, some of them in batches or in the EU.
usage::Cube cube_of(const pricing::Sheet& sheet, std::int64_t requests)
{
    constexpr std::array models{"gpt-5.4",          "gpt-5.4-mini",   "claude-sonnet-5",
                                "claude-haiku-4-5", "gemini-2.5-pro", "deepseek-v4-flash"};
    constexpr std::array teams{"a", "b", "c", "d"};
    constexpr std::array tiers{"standard", "standard", "standard", "batch"};
    pcg32 random(1);
    usage::CubeBuilder builder(sheet);
    const base::Date first{std::chrono::year(2025) / 12 / 1};
    pricing::Usage usage;
    for (std::int64_t i = 0; i < requests; ++i) {
        usage.time = first + std::chrono::seconds(i * 365 * 86'400 / requests);
        usage.model = models[random(models.size())];
        const unsigned team = random(teams.size());
        usage.tag = teams[team];
        usage.region = team == 0 ? "eu-west-1" : "";
        usage.service_tier = tiers[random(tiers.size())];
        usage.counts = {};
        usage.counts[Component::Request] = 1;
        usage.counts[Component::Input] = random(20) == 0 ? 250'000 : 200 + random(30'000);
        usage.counts[Component::CacheRead] = random(2) == 0 ? random(20'000) : 0;
        usage.counts[Component::CacheWrite5m] = random(4) == 0 ? random(5'000) : 0;
        usage.counts[Component::Output] = random(2'000);
        usage.counts[Component::Reasoning] = random(3) == 0 ? random(4'000) : 0;
        builder.add(usage);
    }
    return builder.take({});
}

}

int main(int argc, char** argv)
{
    const std::int64_t requests = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const auto sheet = argc > 2 ? pricing::load_sheet(argv[2]) : pricing::bundled_sheet();
    if (!sheet) {
        fmt::print("{}\n", sheet.error().message);
        return 1;
    }
    std::vector<const pricing::Model*> models;
    for (std::size_t i = 0; i < sheet->models.size() && models.size() < most_models;
         i += std::max<std::size_t>(1, sheet->models.size() / most_models))
        models.push_back(&sheet->models[i]);
    for (std::size_t i = 0; models.size() < most_models; ++i) // a small sheet: some models twice
        models.push_back(models[i]);
    const usage::Cube cube = cube_of(*sheet, requests);
    double condensing = 1e9;
    double pricing = 1e9;
    std::size_t parts = 0;
    base::Decimal total;
    for (int round = 0; round < 7; ++round) {
        const double start = milliseconds();
        const usage::Cube condensed = usage::condensed(cube, *sheet);
        const double middle = milliseconds();
        const auto prices = usage::reprice(condensed, models);
        const double end = milliseconds();
        condensing = std::min(condensing, middle - start);
        pricing = std::min(pricing, end - middle);
        parts = condensed.cells.size();
        total = prices.front().total;
    }
    const double all = condensing + pricing;
    fmt::print(
        "{} requests in {} cells, {} parts at {} models ({} …): condensed in {:.2f} ms, priced in {:.2f} ms, "
        "together {:.2f} ms: {:.2f} of the limit of {} ms\n",
        requests, cube.cells.size(), parts, models.size(), total.to_fixed(2), condensing, pricing, all,
        all / limit_ms, limit_ms);
    return all <= limit_ms ? 0 : 1;
}
