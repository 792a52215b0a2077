#include "core/pricing/litellm.h"

#include "core/pricing/ignored.h"
#include "core/pricing/litellmentry.h"
#include "core/pricing/numbertext.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>
#include <utility>

namespace leeway::pricing {
namespace {

using nlohmann::json;

// Two names of the map that lead to one name at one vendor: the same prices are one model with both aliases,
// other prices keep the map's full name.
void insert(std::vector<Model>& models, std::map<std::pair<std::string, std::string>, std::size_t>& places,
            Model model)
{
    const auto known = places.find({model.vendor, model.model});
    if (known == places.end()) {
        places.emplace(std::pair(model.vendor, model.model), models.size());
        models.push_back(std::move(model));
        return;
    }
    Model& other = models[known->second];
    if (other.prices.front().rates == model.prices.front().rates &&
        other.prices.front().off_peak == model.prices.front().off_peak &&
        other.regional_factors == model.regional_factors) {
        other.aliases.push_back(model.aliases.front());
        return;
    }
    if (model.aliases.front() == model.model) { // the map's plain name has the better right to it
        other.model = other.aliases.front();
        places[{other.vendor, other.model}] = known->second;
        places[{model.vendor, model.model}] = models.size();
    } else {
        model.model = model.aliases.front();
        places.emplace(std::pair(model.vendor, model.model), models.size());
    }
    models.push_back(std::move(model));
}

// All groups of models that share their free searches, in the order of the map.
class FreeGroups
{
public:
    void add(const Model& model, const FreeSearches& free)
    {
        const std::string group = free.group.empty() ? model.aliases.front() : free.group;
        const auto [place, added] =
            m_places.try_emplace({model.vendor, group, free.per, free.count}, allowances.size());
        if (added)
            allowances.push_back({fmt::format("{}: searches of {} that are free", model.vendor, group),
                                  {model.vendor, {}, {}},
                                  {Component::WebSearch, Component::WebSearchLow, Component::WebSearchHigh},
                                  free.count,
                                  free.per});
        allowances[place->second].scope.models.push_back(model.aliases.front());
    }

    std::vector<Allowance> allowances;

private:
    std::map<std::tuple<std::string, std::string, Per, std::int64_t>, std::size_t> m_places;
};

bool is_entry(const json& value)
{
    if (!value.is_object())
        return false;
    return value.contains("litellm_provider") || value.contains("input_cost_per_token") ||
           value.contains("output_cost_per_token");
}

}

bool is_litellm_map(const json& value)
{
    return value.is_object() && std::ranges::any_of(value, is_entry);
}

Sheet import_litellm(const NumberText& map)
{
    Sheet sheet;
    sheet.id = "litellm";
    sheet.title = "LiteLLM price map";
    sheet.source = "LiteLLM, model_prices_and_context_window.json (MIT licence)";
    Ignored ignored;
    FreeGroups free;
    std::map<std::pair<std::string, std::string>, std::size_t> places;
    for (const std::string& name : map.doubled)
        ignored.whole(fmt::format("{}: stands twice, the last one counts", name));
    for (const auto& [name, value] : map.value.items()) {
        if (name == "sample_spec") {
            ignored.whole("sample_spec: describes the fields, is not a model");
            continue;
        }
        if (!value.is_object()) {
            ignored.whole(fmt::format("{}: is not an object", name));
            continue;
        }
        LiteLlmEntry entry = read_litellm_entry(name, value, ignored);
        if (entry.model.prices.empty()) {
            ignored.whole(fmt::format("{}: has no price that Leeway reads", name));
            continue;
        }
        if (entry.free)
            free.add(entry.model, *entry.free);
        insert(sheet.models, places, std::move(entry.model));
    }
    sheet.agreement.allowances = std::move(free.allowances);
    sheet.ignored = ignored.list();
    return sheet;
}

}
