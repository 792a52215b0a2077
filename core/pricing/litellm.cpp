#include "core/pricing/litellm.h"

#include "core/pricing/litellmkey.h"
#include "core/pricing/numbertext.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace leeway::pricing {
namespace {

using nlohmann::json;

std::string text_of(const json& entry, const char* name)
{
    const auto found = entry.find(name);
    return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// What is left out, by field and reason.
class Ignored
{
public:
    void field(const std::string& model, const std::string& name, std::string_view reason)
    {
        Seen& seen = m_fields[{name, std::string(reason)}];
        if (seen.count++ == 0)
            seen.example = model;
    }
    void whole(const std::string& text) { m_models.push_back(text); }

    std::vector<std::string> list()
    {
        std::vector<std::string> lines;
        for (const auto& [what, seen] : m_fields)
            lines.push_back(seen.count == 1
                                ? fmt::format("{} of {}: {}", what.first, seen.example, what.second)
                                : fmt::format("{} of {} models, such as {}: {}", what.first, seen.count,
                                              seen.example, what.second));
        lines.insert(lines.end(), m_models.begin(), m_models.end());
        return lines;
    }

private:
    struct Seen
    {
        std::string example;
        int count = 0;
    };
    std::map<std::pair<std::string, std::string>, Seen> m_fields;
    std::vector<std::string> m_models;
};

// Reads the fields of one entry.
class Entry
{
public:
    Entry(const std::string& name, const json& value, Ignored& ignored) : m_name(name), m_ignored(ignored)
    {
        m_provider = text_of(value, "litellm_provider");
        model.vendor = canonical_vendor(m_provider);
        model.model = own_name();
        model.aliases.push_back(name);
        model.threshold_inclusive = m_provider == "xai";
        if (std::string mode = text_of(value, "mode"); !mode.empty())
            model.mode = std::move(mode);
        for (const auto& [field, content] : value.items())
            read(field, content);
        add_images();
        add_fast();
        for (auto& [place, chosen] : m_rates)
            m_dated.rates.push_back(std::move(chosen.rate));
        m_dated.source = text_of(value, "source");
        if (!m_dated.rates.empty())
            model.prices.push_back(std::move(m_dated));
    }

    Model model;

private:
    struct Chosen
    {
        Rate rate;
        int rank = 0;
        std::string field;
    };
    using Place =
        std::tuple<Component, std::int64_t, std::string>; // the tier standard is empty: it comes first

    [[nodiscard]] std::string own_name() const
    {
        for (const std::string& prefix : {m_provider, model.vendor}) {
            if (!prefix.empty() && m_name.starts_with(prefix + "/") && m_name.size() > prefix.size() + 1)
                return m_name.substr(prefix.size() + 1);
        }
        return m_name;
    }

    void ignore(const std::string& field, std::string_view reason) { m_ignored.field(m_name, field, reason); }

    void read(const std::string& field, const json& content)
    {
        if (field == "litellm_provider" || field == "mode" || field == "source")
            return;
        if (field == "max_input_tokens")
            read_size(field, content, model.max_input_tokens);
        else if (field == "max_output_tokens")
            read_size(field, content, model.max_output_tokens);
        else if (field == "prompt_cache_min_tokens")
            read_size(field, content, model.cache_min_tokens);
        else if (field == "deprecation_date")
            read_retirement(field, content);
        else if (field == "search_context_cost_per_query")
            read_searches(field, content);
        else if (field == "provider_specific_entry")
            read_factors(field, content);
        else if (field == "regional_endpoint_uplift_multiplier")
            read_factor(field, "*", content);
        else if (field.starts_with("regional_processing_uplift_multiplier_"))
            read_factor(field, field.substr(field.rfind('_') + 1), content);
        else if (const auto key = parse_litellm_key(field, model.mode))
            add(field, *key, content);
        else
            ignore(field, reason_to_ignore(field));
    }

    void read_size(const std::string& field, const json& content, std::int64_t& size)
    {
        if (const auto number = integer_of(content); number && *number >= 0)
            size = *number;
        else
            ignore(field, "is not a whole number");
    }

    void read_retirement(const std::string& field, const json& content)
    {
        const auto date = base::parse_date(content.is_string() ? content.get_ref<const std::string&>() : "");
        if (date)
            model.retires = *date;
        else
            ignore(field, "is not a date");
    }

    void read_searches(const std::string& field, const json& content)
    {
        if (!content.is_object()) {
            ignore(field, "has no prices by context size");
            return;
        }
        for (const auto& [size, price] : content.items()) {
            if (size == "search_context_size_low")
                add(field + "." + size, {Component::WebSearchLow, "standard", 0, 1, 0}, price);
            else if (size == "search_context_size_medium")
                add(field + "." + size, {Component::WebSearch, "standard", 0, 1, 0}, price);
            else if (size == "search_context_size_high")
                add(field + "." + size, {Component::WebSearchHigh, "standard", 0, 1, 0}, price);
            else
                ignore(field + "." + size, "is not a context size that Leeway knows");
        }
    }

    void read_factors(const std::string& field, const json& content)
    {
        if (!content.is_object()) {
            ignore(field, reason_to_ignore(field));
            return;
        }
        for (const auto& [name, value] : content.items()) {
            const auto factor = decimal_of(value);
            if (!factor || factor->is_negative() || factor->is_zero())
                ignore(field + "." + name, reason_to_ignore(field));
            else if (name == "fast")
                m_fast = *factor;
            else if (name == "us" || name == "eu" || name == "global")
                model.regional_factors.emplace_back(name, *factor);
            else
                ignore(field + "." + name, reason_to_ignore(field));
        }
    }

    void read_factor(const std::string& field, const std::string& region, const json& content)
    {
        const auto factor = decimal_of(content);
        if (factor && !factor->is_negative() && !factor->is_zero())
            model.regional_factors.emplace_back(region, *factor);
        else
            ignore(field, "is not a factor above zero");
    }

    void add(const std::string& field, const LiteLlmKey& key, const json& content)
    {
        if (content.is_null()) {
            ignore(field, "is null");
            return;
        }
        const auto price = decimal_of(content);
        if (!price || price->is_negative()) {
            ignore(field, price ? "is below zero" : "is not a number");
            return;
        }
        const bool cache_write = to_string(key.component).starts_with("cache_write");
        if (cache_write && price->is_zero()) {
            ignore(field, "is zero, which stands for no price of its own: charged as input");
            return;
        }
        if (has_more_places(content))
            ignore(field, "has digits beyond the 18th place: rounded there");
        Rate rate{key.component, *price / base::Decimal::from_integer(key.per), key.tier, key.above_tokens};
        const Place place{key.component, key.above_tokens, key.tier == "standard" ? std::string() : key.tier};
        const auto known = m_rates.find(place);
        if (known == m_rates.end()) {
            m_rates.emplace(place, Chosen{std::move(rate), key.rank, field});
            return;
        }
        // A second field for the same unit: never charged twice; a price of zero gives way.
        Chosen& other = known->second;
        const bool better = other.rate.price.is_zero() != rate.price.is_zero() ? other.rate.price.is_zero()
                                                                               : key.rank < other.rank;
        if (better) {
            ignore(other.field, fmt::format("{} is the price for the same unit", field));
            other = Chosen{std::move(rate), key.rank, field};
        } else {
            ignore(field, fmt::format("{} is the price for the same unit", other.field));
        }
    }

    // A model that makes no images has one price for images: that of those it reads.
    void add_images()
    {
        const bool makes = std::ranges::any_of(
            m_rates, [](const auto& entry) { return std::get<Component>(entry.first) == Component::Image; });
        if (makes)
            return;
        std::map<Place, Chosen> rates;
        for (auto& [place, chosen] : m_rates) {
            auto [component, above, tier] = place;
            if (component == Component::ImageRead)
                component = chosen.rate.component = Component::Image;
            rates.emplace(Place{component, above, tier}, std::move(chosen));
        }
        m_rates = std::move(rates);
    }

    // The factor for fast answers becomes a service tier with prices of its own.
    void add_fast()
    {
        if (!m_fast)
            return;
        std::vector<std::pair<Place, Chosen>> fast;
        for (const auto& [place, chosen] : m_rates) {
            if (chosen.rate.tier != "standard" || side_of(chosen.rate.component) == Side::Unit)
                continue;
            Chosen quick = chosen;
            quick.rate.tier = "fast";
            quick.rate.price = quick.rate.price * *m_fast;
            fast.emplace_back(Place{quick.rate.component, quick.rate.above_tokens, "fast"}, std::move(quick));
        }
        m_rates.insert(std::make_move_iterator(fast.begin()), std::make_move_iterator(fast.end()));
    }

    const std::string& m_name;
    Ignored& m_ignored;
    std::string m_provider;
    std::optional<base::Decimal> m_fast;
    std::map<Place, Chosen> m_rates;
    DatedRates m_dated;
};

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
        Entry entry(name, value, ignored);
        if (entry.model.prices.empty())
            ignored.whole(fmt::format("{}: has no price that Leeway reads", name));
        else
            insert(sheet.models, places, std::move(entry.model));
    }
    sheet.ignored = ignored.list();
    return sheet;
}

}
