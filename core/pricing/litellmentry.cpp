#include "core/pricing/litellmentry.h"

#include "core/pricing/litellmhours.h"
#include "core/pricing/litellmkey.h"
#include "core/pricing/numbertext.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace leeway::pricing {
namespace {

using nlohmann::json;

std::string text_of(const json& entry, const char* name)
{
    const auto found = entry.find(name);
    return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

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
        if (const auto tiers = value.find("tiered_pricing"); tiers != value.end())
            read_tiers("tiered_pricing", *tiers);
        add_images();
        add_fast();
        for (auto& [place, chosen] : m_rates)
            m_dated.rates.push_back(std::move(chosen.rate));
        if (const auto off_peak = value.find("off_peak_pricing"); off_peak != value.end())
            read_off_peak("off_peak_pricing", *off_peak);
        m_dated.source = text_of(value, "source");
        if (!m_dated.rates.empty())
            model.prices.push_back(std::move(m_dated));
    }

    Model model;
    std::optional<FreeSearches> free;

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
        if (field == "litellm_provider" || field == "mode" || field == "source" ||
            field == "tiered_pricing" || field == "off_peak_pricing")
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
        else if (field == "search_free_requests")
            read_free_searches(field, content);
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

    void read_free_searches(const std::string& field, const json& content)
    {
        const json number = content.is_object() ? content.value("count", json()) : json();
        const std::int64_t count = integer_of(number).value_or(0);
        const std::string period = content.is_object() ? text_of(content, "period") : std::string();
        if (count <= 0 || (period != "day" && period != "month"))
            ignore(field, "is no number of searches a day or a month");
        else
            free = FreeSearches{text_of(content, "shared_group"), count,
                                period == "day" ? Per::Day : Per::Month};
    }

    // Ranges of the whole input. One is chosen for all of a request; a part without a price in it costs what
    // the range's input costs, reasoning what its output costs.
    void read_tiers(const std::string& field, const json& content)
    {
        std::map<std::int64_t, const json*> ranges;
        static const json none = json::array();
        for (const json& range : content.is_array() ? content : none) {
            const json ends = range.is_object() ? range.value("range", json()) : json();
            const auto begin = ends.is_array() && ends.size() == 2 ? integer_of(ends[0]) : std::nullopt;
            if (!begin || *begin < 0 || *begin > 1'000'000'000 || !range.contains("input_cost_per_token"))
                return ignore(field, "has no prices by ranges of input tokens");
            ranges.emplace(*begin, &range);
        }
        if (ranges.empty())
            return ignore(field, "has no prices by ranges of input tokens");
        model.threshold_inclusive = false; // a range ends with its last token at every vendor
        std::set<Component> parts;
        for (const auto& [begin, range] : ranges) {
            for (const auto& [name, price] : range->items()) {
                const auto key = parse_litellm_key(name, model.mode);
                if (key && key->tier == "standard" && key->above_tokens == 0)
                    parts.insert(key->component);
            }
        }
        std::erase_if(m_rates, [&](const auto& entry) {
            const auto& [component, above, tier] = entry.first;
            const bool replaced = component == Component::Output ? parts.contains(component)
                                                                 : component < Component::AudioInput;
            if (tier.empty() && side_of(component) != Side::Unit && replaced)
                parts.insert(component);
            return tier.empty() && replaced;
        });
        for (const auto& [begin, range] : ranges)
            add_range(field, begin, *range, parts);
    }

    void add_range(const std::string& field, std::int64_t begin, const json& range,
                   const std::set<Component>& parts)
    {
        std::set<Component> missing = parts;
        for (const auto& [name, price] : range.items()) {
            if (name == "range")
                continue;
            auto key = parse_litellm_key(name, model.mode);
            if (!key || key->tier != "standard" || key->above_tokens != 0) {
                ignore(field + "." + name, "is not a price that ranges have");
                continue;
            }
            key->above_tokens = begin;
            add(field + "." + name, *key, price);
            missing.erase(key->component);
        }
        for (const Component part : missing) {
            const auto whole = m_rates.find({whole_of(part), begin, std::string()});
            if (whole == m_rates.end())
                continue;
            Chosen chosen = whole->second;
            chosen.rate.component = part;
            m_rates.emplace(Place{part, begin, std::string()}, std::move(chosen));
        }
    }

    void read_off_peak(const std::string& field, const json& content)
    {
        if (!content.is_object())
            return ignore(field, "has no hours");
        auto schedule = litellm_hours(content);
        if (!schedule)
            return ignore(field, schedule.error());
        m_rates.clear();
        for (const auto& [name, price] : content.items()) {
            if (name == "hours_utc" || name == "windows" || name == "weekday_timezone")
                continue;
            const auto key = parse_litellm_key(name, model.mode);
            if (key && key->tier == "standard" && key->above_tokens == 0)
                add(field + "." + name, *key, price);
            else
                ignore(field + "." + name, "is not a price that off-peak hours have");
        }
        WeekRates week{std::move(*schedule), {}};
        for (auto& [place, chosen] : m_rates)
            week.rates.push_back(std::move(chosen.rate));
        if (!week.rates.empty())
            m_dated.off_peak.push_back(std::move(week));
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

}

LiteLlmEntry read_litellm_entry(const std::string& name, const json& value, Ignored& ignored)
{
    Entry entry(name, value, ignored);
    return {std::move(entry.model), entry.free};
}

}
