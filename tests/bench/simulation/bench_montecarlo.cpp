// Monte Carlo of the sample matrix: 100,000 paths over 36 months and 4 scenarios, against one second and
// against montecarlo_numpy.py, the same model written with NumPy over whole arrays:
//
//   bench_montecarlo [PATHS [PYTHON]]
//
// PYTHON is an interpreter that has NumPy and SciPy; without it there is no comparison.

#include "core/simulation/ledger.h"
#include "core/simulation/montecarlo/forecast.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

using namespace leeway;
using namespace leeway::simulation;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int rounds = 5;
constexpr double least_ratio = 5;
constexpr double most_seconds = 1;

void add(usage::Cube& cube, const char* day, const char* vendor, const char* model, std::int64_t input,
         std::int64_t read, std::int64_t output)
{
    usage::Cell cell;
    cell.key.day = *base::parse_date(day);
    cell.key.vendor = vendor;
    cell.key.model = model;
    cell.counts[pricing::Component::Input] = input;
    cell.counts[pricing::Component::CacheRead] = read;
    cell.counts[pricing::Component::Output] = output;
    cell.counts[pricing::Component::Request] = 100'000;
    cube.cells.push_back(cell);
}

usage::Cube traffic()
{
    usage::Cube cube;
    add(cube, "2026-10-01", "anthropic", "claude-sonnet-4-6", 4'000'000'000, 6'000'000'000, 900'000'000);
    add(cube, "2026-10-15", "anthropic", "claude-haiku-4-5", 2'000'000'000, 0, 300'000'000);
    add(cube, "2026-10-20", "openai", "gpt-5-mini", 3'000'000'000, 1'000'000'000, 500'000'000);
    add(cube, "2026-10-31", "openai", "text-embedding-3-small", 5'000'000'000, 0, 0);
    return cube;
}

json numbers(const std::vector<base::Decimal>& amounts)
{
    json values = json::array();
    for (const base::Decimal amount : amounts)
        values.push_back(amount.to_double());
    return values;
}

json strand_json(const Strand& strand)
{
    return {{"vendor", strand.vendor},           {"list", numbers(strand.list)},
            {"lost", numbers(strand.lost)},      {"prices", numbers(charged(strand.prices, 0))},
            {"transferred", strand.transferred}, {"fallen_back", strand.fallen_back}};
}

json move_json(const Relocation& move)
{
    return {{"share", move.share.to_double()},
            {"begin", move.begin},
            {"moves", move.moves},
            {"upkeep", move.upkeep.to_double()},
            {"migration", move.migration.to_double()}};
}

// What the scenarios mean, for the other program.
json model_json(const Baseline& baseline, const ScenarioSet& set, std::int64_t paths)
{
    const Frame frame(baseline.traffic_for(set), set.plan, true);
    json scenarios = json::array();
    for (const Scenario& scenario : set.scenarios) {
        const Ledger ledger = ledger_of(frame, scenario);
        json value{{"id", scenario.id}, {"strands", json::array()}};
        for (const Strand& strand : ledger.strands)
            value["strands"].push_back(strand_json(strand));
        if (ledger.second) {
            value["second"] = move_json(ledger.second->move);
            value["second"]["cache_loss"] = ledger.second->cache_loss.to_double();
            value["second"]["usage"] = strand_json(ledger.second->usage.front());
        }
        if (ledger.machines) {
            value["machines"] = move_json(ledger.machines->move);
            value["machines"]["seconds"] = ledger.machines->seconds;
            value["machines"]["usable"] = ledger.machines->usable;
            value["machines"]["least"] = ledger.machines->least;
            value["machines"]["price"] = ledger.machines->price_per_hour.to_double() * hours_of_month;
        }
        const auto stays = staying(set.scenarios, scenarios.size());
        value["staying"] = stays ? json(*stays) : json(nullptr);
        scenarios.push_back(std::move(value));
    }
    const Uncertainty& uncertainty = *set.uncertainty;
    json events = json::array();
    for (const PriceEvent& event : uncertainty.events)
        events.push_back(event.percent);
    const auto range = [](const Range& of) { return json{of.low, of.likely, of.high}; };
    return {{"paths", paths},
            {"months", frame.months.size()},
            {"growth", set.plan.growth_percent},
            {"scenarios", std::move(scenarios)},
            {"jumps_per_year", uncertainty.jumps_per_year},
            {"events", std::move(events)},
            {"growth_spread", uncertainty.growth_spread},
            {"exchange_volatility", uncertainty.exchange_volatility},
            {"cache_loss", range(uncertainty.cache_loss)},
            {"migration", range(uncertainty.migration)},
            {"machine_price", range(uncertainty.machine_price)},
            {"prices_correlation", 0.3}};
}

// Its JSON answer: {"seconds", "processor", "medians", "p95"}; null when it could not be run.
json run_numpy(const std::string& python, const json& model)
{
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / "leeway-montecarlo-model.json";
    std::ofstream(file) << model.dump();
    const std::string command =
        fmt::format("'{}' '{}/montecarlo_numpy.py' '{}'", python, LEEWAY_BENCH_DIR, file.string());
    std::FILE* const pipe = popen(command.c_str(), "r");
    if (pipe == nullptr)
        return nullptr;
    std::string answer;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe))
        answer += static_cast<char>(c);
    const int status = pclose(pipe);
    std::filesystem::remove(file);
    return status == 0 ? json::parse(answer, nullptr, false) : json(nullptr);
}

struct Time
{
    double elapsed = 1e9;
    double processor = 1e9; // of all threads; other programs on the machine lengthen it less
};

Time time_of(const Baseline& baseline, const ScenarioSet& set, const Sampling& sampling, Forecast& result)
{
    Time best;
    for (int i = 0; i < rounds; ++i) {
        const std::clock_t ticks = std::clock();
        const auto begin = Clock::now();
        result = *forecast(baseline, set, sampling);
        best.elapsed = std::min(best.elapsed, std::chrono::duration<double>(Clock::now() - begin).count());
        best.processor = std::min(best.processor, static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC);
    }
    return best;
}

}

int main(int argc, char** argv)
{
    const auto sheet = pricing::bundled_sheet();
    if (!sheet) {
        fmt::print(stderr, "{}\n", sheet.error().message);
        return 1;
    }
    const std::int64_t paths = argc > 1 ? std::atoll(argv[1]) : 100'000;
    const usage::Cube cube = traffic();
    const Baseline baseline(cube, *sheet);
    ScenarioSet set = default_scenarios(cube, *sheet, base::Month::of(2027, 1));
    set.plan.growth_percent = 1;
    set.uncertainty->exchange_volatility = 8;

    Forecast result;
    const Time one = time_of(baseline, set, {paths, 1, 1}, result);
    const Time two = time_of(baseline, set, {paths, 1, 2}, result);
    fmt::print("{} paths, {} months, {} scenarios (best of {}, {} cores)\n", paths, result.months.size(),
               result.prospects.size(), rounds, std::thread::hardware_concurrency());
    fmt::print("  1 thread: {:.3f} s elapsed, {:.3f} s of processor\n", one.elapsed, one.processor);
    fmt::print("  2 threads: {:.3f} s elapsed, {:.3f} s of processor\n", two.elapsed, two.processor);
    if (argc < 3)
        return two.elapsed < most_seconds ? 0 : 1;

    const json numpy = run_numpy(argv[2], model_json(baseline, set, paths));
    if (!numpy.is_object()) {
        fmt::print(stderr, "The NumPy program could not be run.\n");
        return 1;
    }
    const double elapsed = numpy["seconds"].get<double>();
    const double processor = numpy["processor"].get<double>();
    fmt::print("  NumPy {}: {:.3f} s elapsed, {:.3f} s of processor\n", numpy["version"].get<std::string>(),
               elapsed, processor);
    fmt::print("  NumPy takes {:.1f} times as long as 2 threads; {:.1f} times the processor time of 1\n",
               elapsed / two.elapsed, processor / one.processor);
    for (std::size_t s = 0; s < result.prospects.size(); ++s) {
        const Prospect& prospect = result.prospects[s];
        fmt::print("  {}: median {} and {:.0f}, 95th percentile {} and {:.0f}\n", prospect.scenario,
                   prospect.total[3].to_fixed(0), numpy["medians"][s].get<double>(),
                   prospect.total[6].to_fixed(0), numpy["p95"][s].get<double>());
    }
    return two.elapsed < most_seconds && elapsed / two.elapsed >= least_ratio ? 0 : 1;
}
