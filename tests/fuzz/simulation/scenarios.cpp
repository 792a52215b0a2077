// A scenario file of unknown origin: it is refused, or it survives being written and read again, and is
// simulated, decided on and drawn from without harm.

#include "core/simulation/decisions.h"
#include "core/simulation/montecarlo/forecast.h"

#include <cstdint>
#include <cstdlib>

using namespace leeway;
using namespace leeway::simulation;

namespace {

pricing::Model model(const char* vendor, const char* name, const char* price)
{
    pricing::Model result;
    result.vendor = vendor;
    result.model = name;
    pricing::DatedRates& dated = result.prices.emplace_back();
    for (const auto component : {pricing::Component::Input, pricing::Component::Output})
        dated.rates.push_back({component, *base::Decimal::parse(price), "standard", 0});
    return result;
}

Baseline baseline()
{
    pricing::Sheet sheet;
    sheet.models = {model("anthropic", "claude", "0.000003"),
                    model("mistral", "mistral-medium-2604", "0.000001")};
    usage::Cube cube;
    usage::Cell& cell = cube.cells.emplace_back();
    cell.key.day = *base::parse_date("2026-10-01");
    cell.key.vendor = "anthropic";
    cell.key.model = "claude";
    cell.key.tag = "support";
    cell.counts[pricing::Component::Input] = 1'000'000'000;
    cell.counts[pricing::Component::CacheRead] = 1'000'000'000;
    cell.counts[pricing::Component::Output] = 100'000'000;
    return {cube, sheet};
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Baseline known = baseline();
    const auto set = parse_scenarios("fuzz.json", {reinterpret_cast<const char*>(data), size});
    if (!set)
        return 0;
    const auto again = parse_scenarios("again.json", to_json(*set));
    if (!again || *again != *set)
        std::abort();
    const Matrix matrix = known.simulate(*set);
    for (const Outcome& outcome : matrix.outcomes) {
        base::Decimal sum;
        for (const MonthSpend& month : outcome.months)
            sum += month.total();
        if (sum != outcome.total)
            std::abort();
    }
    viabilities(known, *set);
    const auto drawn = forecast(known, *set, {100, 1, 1});
    if (drawn && drawn->prospects.size() != set->scenarios.size())
        std::abort();
    return 0;
}
