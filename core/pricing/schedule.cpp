#include "core/pricing/schedule.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <map>
#include <numeric>
#include <string>
#include <utility>

namespace leeway::pricing {
namespace {

// Zones of the vendors who have off-peak prices, and others without summer time (tz database 2026).
constexpr std::array<std::pair<std::string_view, int>, 12> zones{{{"Asia/Shanghai", 480},
                                                                  {"Asia/Hong_Kong", 480},
                                                                  {"Asia/Singapore", 480},
                                                                  {"Asia/Taipei", 480},
                                                                  {"Asia/Tokyo", 540},
                                                                  {"Asia/Seoul", 540},
                                                                  {"Asia/Kolkata", 330},
                                                                  {"Asia/Dubai", 240},
                                                                  {"UTC", 0},
                                                                  {"Etc/UTC", 0},
                                                                  {"GMT", 0},
                                                                  {"Z", 0}}};

std::optional<int> two_digits(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return text.size() == 2 && error == std::errc{} && end == text.data() + 2 ? std::optional(value)
                                                                              : std::nullopt;
}

}

bool Schedule::contains(base::Instant time) const
{
    using namespace std::chrono;
    // 1970-01-05 was a Monday.
    const auto since = floor<minutes>(time.time_since_epoch()) - days(4);
    const auto minute = static_cast<int>(((since.count() % week_minutes) + week_minutes) % week_minutes);
    const auto after = std::ranges::upper_bound(spans, minute, {}, &WeekSpan::begin);
    return after != spans.begin() && minute < std::prev(after)->end;
}

Schedule schedule_where(const std::function<bool(int)>& holds)
{
    Schedule schedule;
    for (int minute = 0; minute < week_minutes; ++minute) {
        if (!holds(minute))
            continue;
        if (schedule.spans.empty() || schedule.spans.back().end != minute)
            schedule.spans.push_back({minute, minute});
        schedule.spans.back().end = minute + 1;
    }
    return schedule;
}

Schedule schedule_of(std::span<const DayHours> hours, int offset)
{
    // How many ranges begin (or, below zero, end) at each minute of the week in the zone.
    std::vector<int> borders(week_minutes + 1);
    for (const DayHours& range : hours) {
        for (int day = 0; day < 7; ++day) {
            if (((range.days >> static_cast<unsigned>(day)) & 1U) == 0)
                continue;
            ++borders[static_cast<std::size_t>(day * day_minutes + range.from)];
            --borders[static_cast<std::size_t>(day * day_minutes + range.to)];
        }
    }
    std::partial_sum(borders.begin(), borders.end(), borders.begin());
    return schedule_where([&](int minute) {
        return borders[static_cast<std::size_t>((minute + offset + week_minutes) % week_minutes)] > 0;
    });
}

std::vector<DayHours> hours_of(const Schedule& schedule)
{
    std::map<std::pair<int, int>, unsigned> days;
    for (const WeekSpan& span : schedule.spans) {
        for (int begin = span.begin; begin < span.end;) {
            const int midnight = (begin / day_minutes + 1) * day_minutes;
            const int end = std::min(span.end, midnight);
            const int from = begin % day_minutes;
            days[{from, from + end - begin}] |= 1U << static_cast<unsigned>(begin / day_minutes);
            begin = end;
        }
    }
    std::vector<DayHours> hours;
    hours.reserve(days.size());
    for (const auto& [time, mask] : days)
        hours.push_back({static_cast<std::uint8_t>(mask), time.first, time.second});
    return hours;
}

std::optional<int> fixed_offset(std::string_view zone)
{
    const auto known = std::ranges::find(zones, zone, &std::pair<std::string_view, int>::first);
    if (known != zones.end())
        return known->second;
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':')
        return std::nullopt;
    const auto hours = two_digits(zone.substr(1, 2));
    const auto minutes = two_digits(zone.substr(4, 2));
    if (!hours || !minutes || *hours > 14 || *minutes > 59)
        return std::nullopt;
    const int offset = *hours * 60 + *minutes;
    return zone[0] == '-' ? -offset : offset;
}

}
