#include "core/base/text.h"
#include "core/simulation/scenario.h"
#include "core/simulation/traffic.h"

#include <algorithm>
#include <array>
#include <set>

namespace leeway::simulation {
namespace {

using base::Decimal;

// Percent a year; our assumption, what EUR/USD has moved in quiet years.
constexpr double exchange_volatility = 8;

// What a model's name begins with: "claude" of "anthropic/claude-sonnet-5". Short ones ("o" of "o3") say
// nothing.
std::string family_of(const std::string& model)
{
    const std::string bare = base::lowered(model.substr(model.rfind('/') + 1));
    const std::string letters = bare.substr(0, bare.find_first_not_of("abcdefghijklmnopqrstuvwxyz"));
    return letters.size() < 3 ? bare : letters;
}

// The chat traffic of one vendor as far as it matters for a price, and its bill in the first month of the
// plan.
struct Bill
{
    std::vector<Line>
        lines; // one for each service tier, region, context tier and hours; `model` and `today` unset
    std::set<std::string> families; // of its models, but those whose weights anybody may host
    Decimal cost;                   // in an average month
};

Bill bill_of(const Traffic& traffic, const std::string& vendor, base::Month month)
{
    Bill bill;
    for (const Line& line : traffic.lines) {
        if (line.model->vendor != vendor || !is_chat(*line.model))
            continue;
        const auto same =
            std::ranges::find_if(bill.lines, [&](const Line& other) { return same_terms(other, line); });
        if (same == bill.lines.end())
            bill.lines.push_back(line);
        else
            add_counts(*same, line);
        if (!line.model->open_weights)
            bill.families.insert(family_of(line.model->model));
        bill.cost += cost_in(line.today, month);
    }
    return bill;
}

// Whether the candidate comes from the maker of one of these models, sold by somebody else: no second source.
bool is_resold(const pricing::Model& candidate, const std::set<std::string>& families)
{
    const std::string name = base::lowered(candidate.model);
    return std::ranges::any_of(
        families, [&](const std::string& family) { return name.find(family) != std::string::npos; });
}

// What the bill would be at a candidate; `assumed`: pricing had to fall back on another price.
std::optional<Decimal> cost_at(const pricing::Model& candidate, const Bill& bill, const Traffic& traffic,
                               base::Date day, bool& assumed)
{
    Decimal sum;
    for (const Line& line : bill.lines) {
        if (candidate.max_input_tokens > 0 && candidate.max_input_tokens < line.bucket)
            return std::nullopt;
        const pricing::Cost cost = pricing::cost_of(line.counts, traffic.terms_of(line, day), candidate,
                                                    traffic.marginal, line.above);
        if (!cost.priced)
            return std::nullopt;
        assumed = assumed || !cost.notes.empty();
        sum += cost.total;
    }
    return traffic.in_average_month(sum);
}

// Models for one purpose are no second source for general traffic.
bool is_special(const pricing::Model& model)
{
    constexpr std::array<std::string_view, 8> purposes{"audio", "search", "preview", "realtime",
                                                       "code",  "cyber",  "law",     "vision"};
    const std::string name = base::lowered(model.model);
    return std::ranges::any_of(
        purposes, [&](std::string_view purpose) { return name.find(purpose) != std::string::npos; });
}

// Vendors that sell models of their own. Others sell them too, but a contract with the maker comes first.
bool is_maker(const pricing::Model& model)
{
    constexpr std::array<std::string_view, 7> makers{"openai", "anthropic", "gemini",   "mistral",
                                                     "xai",    "deepseek",  "vertex_ai"};
    return std::ranges::find(makers, model.vendor) != makers.end();
}

struct Candidate
{
    const pricing::Model* model = nullptr;
    Decimal cost;
};

// Below today's bill before above it, then the nearest.
bool better(const Candidate& a, const Candidate& b, Decimal bill)
{
    const bool below = a.cost <= bill;
    if (below != (b.cost <= bill))
        return below;
    return below ? a.cost > b.cost : a.cost < b.cost;
}

// A model of another vendor in the same class, for which only the price can stand: the one that costs nearest
// below today's bill, or else nearest above. One that a maker sells is taken first, if it costs at least half
// of the bill and no more than it.
const pricing::Model* second_model(const Traffic& traffic, const std::string& vendor, const Plan& plan)
{
    const Bill bill = bill_of(traffic, vendor, plan.start);
    if (bill.lines.empty())
        return nullptr;
    std::optional<Candidate> best;
    std::optional<Candidate> best_of_makers;
    for (const pricing::Model& model : traffic.sheet.models) {
        if (!is_chat(model) || model.vendor == vendor || is_special(model) ||
            is_resold(model, bill.families) ||
            (model.retires && *model.retires < (plan.start + 12).first_day()))
            continue;
        bool assumed = false;
        const auto cost = cost_at(model, bill, traffic, plan.start.first_day(), assumed);
        if (!cost || cost->is_zero())
            continue;
        const Candidate candidate{&model, *cost};
        if (!best || better(candidate, *best, bill.cost))
            best = candidate;
        const bool in_class = !assumed && *cost <= bill.cost && *cost * std::int64_t{2} >= bill.cost;
        if (is_maker(model) && in_class && (!best_of_makers || better(candidate, *best_of_makers, bill.cost)))
            best_of_makers = candidate;
    }
    if (best_of_makers)
        return best_of_makers->model;
    return best ? best->model : nullptr;
}

}

ScenarioSet default_scenarios(const usage::Cube& cube, const pricing::Sheet& sheet, base::Month start)
{
    const auto sample = load_scenarios("sample-matrix");
    ScenarioSet set;
    if (sample)
        set = *sample;
    else
        set.scenarios.push_back({"base", "Base", {}, {}, {}, {}});
    if (set.plan.budget_lock)
        set.plan.budget_lock =
            (start + (base::Month::of(*set.plan.budget_lock) - set.plan.start)).first_day();
    set.plan.start = start;
    // List prices are in USD.
    if (set.uncertainty && sheet.currency != "USD")
        set.uncertainty->exchange_volatility = exchange_volatility;
    const std::shared_ptr<const Traffic> traffic = traffic_of(cube, sheet);
    const std::vector<std::string> vendors = vendors_of(*traffic);
    if (vendors.empty())
        return set;
    const pricing::Model* second = second_model(*traffic, vendors.front(), set.plan);
    for (Scenario& scenario : set.scenarios) {
        for (PriceChange& change : scenario.price_changes)
            change.vendor = vendors.front();
        if (scenario.transfer) {
            scenario.transfer->from_vendor = vendors.front();
            if (second != nullptr) {
                scenario.transfer->to_vendor = second->vendor;
                scenario.transfer->to_model = second->model;
            }
        }
        if (scenario.fallback)
            scenario.fallback->from_vendor = vendors.front();
    }
    return set;
}

}
