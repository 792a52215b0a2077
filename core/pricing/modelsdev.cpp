#include "core/pricing/modelsdev.h"

#include "core/pricing/ignored.h"
#include "core/pricing/numbertext.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <string_view>
#include <utility>

namespace leeway::pricing {
namespace {

using nlohmann::json;
using enum Component;

constexpr std::array<std::pair<std::string_view, Component>, 7> fields{{{"input", Input},
                                                                        {"output", Output},
                                                                        {"reasoning", Reasoning},
                                                                        {"cache_read", CacheRead},
                                                                        {"cache_write", CacheWrite5m},
                                                                        {"input_audio", AudioInput},
                                                                        {"output_audio", AudioOutput}}};

constexpr std::array<std::string_view, 18> descriptive{
    "attachment",        "benchmarks",  "description",       "experimental", "family",
    "interleaved",       "knowledge",   "last_updated",      "links",        "name",
    "provider",          "reasoning",   "reasoning_options", "release_date", "status",
    "structured_output", "temperature", "tool_call"};

std::string text_of(const json& value, const char* name)
{
    const auto found = value.find(name);
    return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
}

class Entry
{
public:
    Entry(const std::string& provider, const std::string& id, const json& value, Ignored& ignored)
        : m_name(provider + "/" + id),
          m_ignored(ignored)
    {
        model.vendor = canonical_vendor(provider);
        model.model = id;
        model.aliases.push_back(m_name);
        for (const auto& [field, content] : value.items())
            read(field, content);
        if (!m_dated.rates.empty())
            model.prices.push_back(std::move(m_dated));
    }

    Model model;

private:
    void ignore(const std::string& field, std::string_view reason) { m_ignored.field(m_name, field, reason); }

    void read(const std::string& field, const json& content)
    {
        if (field == "id")
            return;
        if (field == "cost")
            read_cost(content);
        else if (field == "limit")
            read_limits(content);
        else if (field == "modalities")
            read_modalities(content);
        else if (field == "open_weights")
            model.open_weights = content.is_boolean() && content.get<bool>();
        else if (std::ranges::find(descriptive, field) != descriptive.end())
            ignore(field, "says what the model is or can do, not what it costs");
        else
            ignore(field, "is not a field that Leeway knows");
    }

    void read_limits(const json& content)
    {
        const auto size = [&](const char* name) {
            const auto number =
                content.is_object() && content.contains(name) ? integer_of(content[name]) : std::nullopt;
            return std::max<std::int64_t>(number.value_or(0), 0);
        };
        model.max_input_tokens = size("input") > 0 ? size("input") : size("context");
        model.max_output_tokens = size("output");
    }

    void read_modalities(const json& content)
    {
        const json made = content.is_object() ? content.value("output", json()) : json();
        const auto makes = [&](const char* what) {
            return made.is_array() && std::ranges::find(made, json(what)) != made.end();
        };
        if (!makes("text") && makes("image"))
            model.mode = "image_generation";
        else if (!makes("text") && makes("video"))
            model.mode = "video_generation";
        else if (!makes("text") && makes("audio"))
            model.mode = "audio_speech";
    }

    void read_cost(const json& cost)
    {
        if (!cost.is_object())
            return ignore("cost", "is not an object");
        read_rates("cost", cost, 0);
        const auto tiers = cost.find("tiers");
        const auto over = cost.find("context_over_200k");
        if (tiers != cost.end() && tiers->is_array()) {
            for (const json& tier : *tiers)
                read_tier(tier);
        } else if (over != cost.end()) {
            read_rates("cost.context_over_200k", *over, 200'000);
        }
    }

    void read_tier(const json& tier)
    {
        const json kind = tier.is_object() ? tier.value("tier", json()) : json();
        const bool is_context = kind.is_object() && text_of(kind, "type") == "context";
        const auto size = is_context && kind.contains("size") ? integer_of(kind["size"]) : std::nullopt;
        if (!size || *size <= 0 || *size > 1'000'000'000)
            ignore("cost.tiers", "is not a tier by the length of the context");
        else
            read_rates("cost.tiers", tier, *size);
    }

    void read_rates(const std::string& place, const json& rates, std::int64_t above)
    {
        if (!rates.is_object())
            return ignore(place, "is not an object");
        for (const auto& [field, content] : rates.items()) {
            const std::string name = fmt::format("{}.{}", place, field);
            const auto known =
                std::ranges::find(fields, field, &std::pair<std::string_view, Component>::first);
            if (field == "tiers" || field == "tier" || field == "context_over_200k" || content.is_null())
                continue;
            if (known == fields.end())
                ignore(name, "is not a price that Leeway knows");
            else
                add(name, known->second, content, above);
        }
    }

    void add(const std::string& name, Component component, const json& content, std::int64_t above)
    {
        const auto million = decimal_of(content);
        if (!million || million->is_negative())
            return ignore(name, million ? "is below zero" : "is not a number");
        const base::Decimal price = *million / base::Decimal::from_integer(1'000'000);
        if (price * 1'000'000 != *million || has_more_places(content))
            ignore(name, "has digits beyond the 18th place of a token's price: rounded there");
        const bool twice = std::ranges::any_of(m_dated.rates, [&](const Rate& rate) {
            return rate.component == component && rate.above_tokens == above;
        });
        if (twice)
            return ignore(name, "stands twice for one tier: the first one counts");
        m_dated.rates.push_back({component, price, "standard", above});
    }

    std::string m_name;
    Ignored& m_ignored;
    DatedRates m_dated;
};

const json& providers_of(const json& value)
{
    const auto providers = value.is_object() ? value.find("providers") : value.end();
    return value.is_object() && providers != value.end() && providers->is_object() ? *providers : value;
}

bool is_provider(const json& value)
{
    return value.is_object() && value.contains("models") && value["models"].is_object();
}

}

bool is_models_dev(const json& value)
{
    const json& providers = providers_of(value);
    return providers.is_object() && std::ranges::any_of(providers, is_provider);
}

Sheet import_models_dev(const NumberText& api)
{
    Sheet sheet;
    sheet.id = "models.dev";
    sheet.title = "models.dev prices";
    sheet.source = "models.dev, api.json (MIT licence)";
    Ignored ignored;
    std::set<std::pair<std::string, std::string>> names;
    for (const std::string& name : api.doubled)
        ignored.whole(fmt::format("{}: stands twice, the last one counts", name));
    for (const auto& [provider, value] : providers_of(api.value).items()) {
        if (!is_provider(value)) {
            ignored.whole(fmt::format("{}: has no models", provider));
            continue;
        }
        for (const auto& [id, model] : value["models"].items()) {
            const std::string name = fmt::format("{}/{}", provider, id);
            if (!model.is_object() || id.empty()) {
                ignored.whole(fmt::format("{}: is not a model", name));
                continue;
            }
            Entry entry(provider, id, model, ignored);
            if (entry.model.prices.empty())
                ignored.whole(fmt::format("{}: has no price that Leeway reads", name));
            else if (!names.emplace(entry.model.vendor, entry.model.model).second)
                ignored.whole(fmt::format("{}: another provider has the same model under one name", name));
            else
                sheet.models.push_back(std::move(entry.model));
        }
    }
    sheet.ignored = ignored.list();
    return sheet;
}

}
