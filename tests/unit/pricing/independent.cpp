#include "independent.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <map>
#include <regex>
#include <set>
#include <vector>

using leeway::pricing::Component;
using leeway::pricing::Usage;
using nlohmann::json;

namespace {

__extension__ using Wide = __int128;

constexpr Wide one = 1'000'000'000'000'000'000;

Wide rounded_quotient(Wide a, Wide b)
{
    const Wide quotient = a / b;
    const Wide twice = a % b * 2;
    return quotient + (twice > b || (twice == b && quotient % 2 != 0) ? 1 : 0);
}

// "3e-7", "0.0000012", 5 → units of 10^-18, rounded half to even.
std::optional<Wide> units(const json& value)
{
    std::string text = value.is_string()           ? value.get<std::string>()
                       : value.is_number_integer() ? value.dump()
                                                   : "";
    if (text.empty() || text.find_first_not_of("0123456789.eE+-") != std::string::npos || text[0] == '-')
        return std::nullopt;
    int exponent = 18;
    if (const auto e = text.find_first_of("eE"); e != std::string::npos) {
        exponent += std::stoi(text.substr(e + 1));
        text.resize(e);
    }
    if (const auto point = text.find('.'); point != std::string::npos) {
        exponent -= static_cast<int>(text.size() - point - 1);
        text.erase(point, 1);
    }
    Wide number = 0;
    for (const char digit : text)
        number = number * 10 + (digit - '0');
    for (; exponent > 0; --exponent)
        number *= 10;
    Wide divisor = 1;
    for (; exponent < 0 && divisor < one * one / 10; ++exponent)
        divisor *= 10;
    return rounded_quotient(number, divisor);
}

std::string decimal_text(Wide amount)
{
    std::string digits;
    for (Wide rest = amount; rest > 0; rest /= 10)
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    while (digits.size() < 19)
        digits.insert(digits.begin(), '0');
    digits.insert(digits.size() - 18, ".");
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.'))
        digits.pop_back();
    return digits;
}

class Prices
{
public:
    Prices(const json& entry, const std::vector<std::int64_t>& thresholds, const Usage& usage)
        : m_entry(entry),
          m_thresholds(thresholds),
          m_usage(usage)
    {
        m_tier = usage.service_tier == "standard" ? "" : "_" + usage.service_tier;
        if (m_tier == "_batch")
            m_tier = "_batches";
        const json special = entry.value("provider_specific_entry", json::object());
        if (m_tier == "_fast") {
            if (special.is_object() && special.contains("fast"))
                m_fast = units(special["fast"]);
            m_tier = m_fast ? "" : "_priority";
        }
        choose_range();
        choose_off_peak();
    }

    std::optional<Wide> price(const std::string& field) const
    {
        if (m_off_peak.is_object() && m_off_peak.contains(field))
            return units(m_off_peak[field]);
        if (m_range.is_object())
            return price_in_range(field);
        return plain(field);
    }

    // The first of the fields that has a price.
    std::optional<Wide> first_of(std::initializer_list<const char*> fields) const
    {
        for (const char* field : fields) {
            if (const auto found = price(field))
                return found;
        }
        return std::nullopt;
    }

    std::optional<Wide> cache_write(std::initializer_list<const char*> fields) const
    {
        for (const char* field : fields) {
            const auto found = price(field);
            if (found && *found != 0)
                return found;
        }
        return price("input_cost_per_token");
    }

    std::optional<Wide> reasoning() const
    {
        const std::string own = "output_cost_per_reasoning_token";
        const bool tier_has_output =
            !m_tier.empty() && !m_range.is_object() && has_any("output_cost_per_token", m_tier);
        const bool tier_has_own = !m_tier.empty() && has_any(own, m_tier);
        if (tier_has_output && !tier_has_own)
            return price("output_cost_per_token");
        const auto found = price(own);
        return found ? found : price("output_cost_per_token");
    }

    // What every price is multiplied by in the request's region.
    Wide factor() const
    {
        std::string region = m_usage.region.substr(0, m_usage.region.find('-'));
        if (region.empty())
            return one;
        const json special = m_entry.value("provider_specific_entry", json::object());
        for (const json& found :
             {m_entry.value("regional_processing_uplift_multiplier_" + region, json()),
              special.is_object() ? special.value(region, json()) : json(),
              region == "global" ? json() : m_entry.value("regional_endpoint_uplift_multiplier", json())}) {
            if (const auto number = units(found))
                return *number;
        }
        return one;
    }

private:
    std::int64_t input() const { return m_usage.counts.all_input(); }

    bool has_any(const std::string& field, const std::string& suffix) const
    {
        return m_entry.contains(field + suffix) ||
               std::ranges::any_of(m_thresholds, [&](std::int64_t thousands) {
                   return m_entry.contains(field + "_above_" + std::to_string(thousands) + "k_tokens" +
                                           suffix);
               });
    }

    // The price at the greatest context tier that the request reaches: of its service tier, else of standard.
    std::optional<Wide> plain(const std::string& field) const
    {
        const bool from = m_entry.value("litellm_provider", "") == "xai";
        const bool write = field.find("cache_creation") != std::string::npos;
        std::map<std::int64_t, std::optional<Wide>> tiers;
        for (const std::string& suffix : {std::string(), m_tier}) {
            if (m_entry.contains(field + suffix))
                keep(tiers[0], m_entry[field + suffix], write);
            if (suffix.empty() && field == "cache_read_input_token_cost")
                keep_cache_hit(tiers[0]);
            for (const std::int64_t thousands : m_thresholds) {
                const std::int64_t above = thousands * 1000;
                const auto found =
                    m_entry.find(field + "_above_" + std::to_string(thousands) + "k_tokens" + suffix);
                if (found != m_entry.end() && (from ? input() >= above : input() > above))
                    keep(tiers[above], *found, write);
            }
        }
        for (auto tier = tiers.rbegin(); tier != tiers.rend(); ++tier) {
            if (tier->second)
                return m_fast && field.find("token") != std::string::npos
                           ? rounded_quotient(*tier->second * *m_fast, one)
                           : *tier->second;
        }
        return std::nullopt;
    }

    // A cache write of zero stands for no price.
    static void keep(std::optional<Wide>& place, const json& value, bool write)
    {
        const auto number = units(value);
        if (number && !(write && *number == 0))
            place = number;
    }

    // The other name of a base price for cache reads: it counts when the first has none, or zero.
    void keep_cache_hit(std::optional<Wide>& place) const
    {
        const auto hit = units(m_entry.value("input_cost_per_token_cache_hit", json()));
        if (hit && (!place || (*place == 0 && *hit != 0)))
            place = hit;
    }

    void choose_range()
    {
        const json ranges = m_entry.value("tiered_pricing", json::array());
        for (const json& range : ranges) {
            if (!range.contains("range") || !range.contains("input_cost_per_token"))
                return;
        }
        for (const json& range : ranges) {
            const Wide begin = units(range["range"][0]).value_or(0) / one;
            if (input() > begin || (begin == 0 && !m_range.is_object()))
                m_range = range;
        }
    }

    bool stands_anywhere(const std::string& field) const
    {
        return m_entry.contains(field) ||
               (field == "cache_read_input_token_cost" &&
                m_entry.contains("input_cost_per_token_cache_hit")) ||
               std::ranges::any_of(m_entry["tiered_pricing"],
                                   [&](const json& range) { return range.contains(field); });
    }

    std::optional<Wide> price_in_range(const std::string& field) const
    {
        if (m_range.contains(field))
            return units(m_range[field]);
        const bool is_part = field.starts_with("cache_") || field == "output_cost_per_reasoning_token";
        if (is_part && !stands_anywhere(field))
            return std::nullopt;
        if (field == "cache_creation_input_token_cost_above_1hr")
            return price_in_range("cache_creation_input_token_cost");
        if (is_part) // what the whole costs in this range, off-peak or not
            return units(
                m_range[field.starts_with("cache_") ? "input_cost_per_token" : "output_cost_per_token"]);
        return plain(field);
    }

    void choose_off_peak()
    {
        const json block = m_entry.value("off_peak_pricing", json());
        if (!block.is_object())
            return;
        const int shift = block.value("weekday_timezone", "UTC") == "Asia/Shanghai" ? 8 : 0;
        const auto seconds =
            std::chrono::floor<std::chrono::seconds>(m_usage.time).time_since_epoch().count();
        const std::time_t now = seconds;
        const std::time_t there = seconds + shift * 3600;
        std::tm utc{};
        std::tm local{};
        gmtime_r(&now, &utc);
        gmtime_r(&there, &local);
        const int weekday = local.tm_wday == 0 ? 7 : local.tm_wday;
        const auto within = [&](const json& hours) {
            const json list = hours.is_array() ? hours : json::array({hours});
            return std::ranges::any_of(list, [&](const json& text) {
                const std::string time = text.get<std::string>();
                const int begin = std::stoi(time.substr(0, 2)) * 60 + std::stoi(time.substr(3, 2));
                const int end = std::stoi(time.substr(6, 2)) * 60 + std::stoi(time.substr(9, 2));
                const int minute = utc.tm_hour * 60 + utc.tm_min;
                return begin < end ? minute >= begin && minute < end : minute >= begin || minute < end;
            });
        };
        bool open = block.contains("hours_utc") && within(block["hours_utc"]);
        for (const json& window : block.value("windows", json::array())) {
            const json days = window.value("weekdays", json::array({1, 2, 3, 4, 5, 6, 7}));
            open =
                open || (std::ranges::find(days, json(weekday)) != days.end() && within(window["hours_utc"]));
        }
        if (open)
            m_off_peak = block;
    }

    const json& m_entry;
    const std::vector<std::int64_t>& m_thresholds; // in thousands
    const Usage& m_usage;
    std::string m_tier; // as fields end in it
    std::optional<Wide> m_fast;
    json m_range;
    json m_off_peak;
};

}

std::vector<std::int64_t> independent_thresholds(const json& entry)
{
    const std::regex pattern("_above_([0-9]{1,6})k_tokens");
    std::set<std::int64_t> thresholds;
    for (const auto& [key, value] : entry.items()) {
        std::smatch match;
        if (std::regex_search(key, match, pattern))
            thresholds.insert(std::stoll(match[1].str()));
    }
    return {thresholds.begin(), thresholds.end()};
}

std::optional<std::string> independent_cost(const json& entry, const std::vector<std::int64_t>& thresholds,
                                            const Usage& usage)
{
    using enum Component;
    const Prices prices(entry, thresholds, usage);
    const std::vector<std::pair<Component, std::optional<Wide>>> tokens{
        {Input, prices.price("input_cost_per_token")},
        {CacheRead, prices.first_of({"cache_read_input_token_cost", "input_cost_per_token"})},
        {CacheWrite5m, prices.cache_write({"cache_creation_input_token_cost"})},
        {CacheWrite1h, prices.cache_write(
                           {"cache_creation_input_token_cost_above_1hr", "cache_creation_input_token_cost"})},
        {AudioInput, prices.first_of({"input_cost_per_audio_token", "input_cost_per_token"})},
        {ImageInput, prices.first_of({"input_cost_per_image_token", "input_cost_per_token"})},
        {Output, prices.price("output_cost_per_token")},
        {Reasoning, prices.reasoning()},
        {AudioOutput, prices.first_of({"output_cost_per_audio_token", "output_cost_per_token"})},
    };
    Wide cost = 0;
    for (const auto& [component, price] : tokens) {
        const std::int64_t count = usage.counts[component];
        if (count > 0 && !price)
            return std::nullopt;
        if (count > 0)
            cost += rounded_quotient(*price * prices.factor(), one) * count;
    }
    const json searches = entry.value("search_context_cost_per_query", json::object());
    if (searches.is_object() && searches.contains("search_context_size_medium"))
        cost += units(searches["search_context_size_medium"]).value_or(0) * usage.counts[WebSearch];
    if (const auto fee = prices.first_of({"input_cost_per_request", "input_cost_per_query"}))
        cost += rounded_quotient(*fee * prices.factor(), one) * usage.counts.requests();
    return decimal_text(cost);
}
