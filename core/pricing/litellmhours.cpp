#include "core/pricing/litellmhours.h"

#include "core/base/text.h"
#include "core/pricing/scheduletext.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace leeway::pricing {
namespace {

using nlohmann::json;

constexpr std::size_t most_ranges = 1000;

struct Window
{
    std::vector<std::pair<int, int>> hours; // minutes of the UTC day; over midnight when the end is not later
    std::uint8_t days = 0x7f;               // in the zone of the weekdays
};

// "16:30-00:30" or a list of such texts; nothing when one is none.
std::optional<std::vector<std::pair<int, int>>> hours_from(const json& value)
{
    std::vector<std::pair<int, int>> hours;
    for (const json& text : value.is_array() ? value : json::array({value})) {
        const auto parts = base::split(text.is_string() ? text.get<std::string>() : std::string(), '-');
        if (parts.size() != 2)
            return std::nullopt;
        const auto begin = minute_from(base::trimmed(parts[0]));
        const auto end = minute_from(base::trimmed(parts[1]));
        if (!begin || !end)
            return std::nullopt;
        hours.emplace_back(*begin, *end);
    }
    return hours;
}

// 1 or "Monday" … 7 or "Sunday".
std::optional<std::uint8_t> days_of(const json& value)
{
    unsigned days = 0;
    for (const json& day : value.is_array() ? value : json::array({value})) {
        if (day.is_number_integer() && day >= 1 && day <= 7)
            days |= 1U << (day.get<unsigned>() - 1);
        else if (const auto named = day.is_string()
                                        ? days_from(base::lowered(day.get<std::string>()).substr(0, 3))
                                        : std::nullopt)
            days |= *named;
        else
            return std::nullopt;
    }
    return static_cast<std::uint8_t>(days);
}

bool is_within(int minute, const std::pair<int, int>& hours)
{
    const auto [begin, end] = hours;
    return begin < end ? begin <= minute && minute < end : minute >= begin || minute < end;
}

bool holds(const Window& window, int minute, int offset)
{
    const int day = (minute + offset + week_minutes) % week_minutes / day_minutes;
    return ((window.days >> static_cast<unsigned>(day)) & 1U) != 0 &&
           std::ranges::any_of(window.hours,
                               [&](const auto& hours) { return is_within(minute % day_minutes, hours); });
}

}

tl::expected<Schedule, std::string> litellm_hours(const json& off_peak)
{
    std::vector<Window> windows;
    const auto add = [&](const json& value, std::uint8_t days) {
        auto hours = hours_from(value);
        if (hours)
            windows.push_back({std::move(*hours), days});
        return hours.has_value();
    };
    if (off_peak.contains("hours_utc") && !add(off_peak["hours_utc"], 0x7f))
        return tl::unexpected(std::string("has hours that are none"));
    for (const json& window : off_peak.value("windows", json::array())) {
        const bool is_window = window.is_object() && window.contains("hours_utc");
        const auto days = is_window && window.contains("weekdays") ? days_of(window["weekdays"])
                                                                   : std::optional<std::uint8_t>(0x7f);
        if (!is_window || !days || !add(window["hours_utc"], *days))
            return tl::unexpected(std::string("has hours that are none"));
    }
    std::size_t ranges = 0;
    for (const Window& window : windows)
        ranges += window.hours.size();
    if (ranges > most_ranges)
        return tl::unexpected(std::string("has too many hours"));
    const json zone = off_peak.value("weekday_timezone", json("UTC"));
    const auto offset = zone.is_string() ? fixed_offset(zone.get<std::string>()) : std::nullopt;
    if (!offset)
        return tl::unexpected(
            std::string("has weekdays of a zone with summer time, or of none that is known"));
    Schedule schedule = schedule_where([&](int minute) {
        return std::ranges::any_of(windows,
                                   [&](const Window& window) { return holds(window, minute, *offset); });
    });
    if (schedule.spans.empty())
        return tl::unexpected(std::string("has no hours"));
    return schedule;
}

}
