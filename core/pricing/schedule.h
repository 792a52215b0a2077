#pragma once

#include "core/base/date.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace leeway::pricing {

inline constexpr int day_minutes = 24 * 60;
inline constexpr int week_minutes = 7 * day_minutes;

/// Minutes from Monday 00:00 UTC; `end` is the first one after it.
struct WeekSpan
{
    int begin = 0;
    int end = 0;

    auto operator<=>(const WeekSpan&) const = default;
};

/// The part of the week in which other rates hold. Spans are ascending and do not touch, so that the same
/// hours are the same value however they were written.
struct Schedule
{
    std::vector<WeekSpan> spans;

    [[nodiscard]] bool contains(base::Instant time) const;
    auto operator<=>(const Schedule&) const = default;
};

/// The minutes of the week for which `holds` is true.
Schedule schedule_where(const std::function<bool(int minute)>& holds);

/// From `from` up to `to` on some days, both in minutes of the day; 0 ≤ from < to ≤ 1440.
struct DayHours
{
    std::uint8_t days = 0; // bit 0 Monday … bit 6 Sunday
    int from = 0;
    int to = day_minutes;

    bool operator==(const DayHours&) const = default;
};
/// Hours of a zone that is `offset` minutes east of UTC.
Schedule schedule_of(std::span<const DayHours> hours, int offset);
/// The same in UTC, days with the same hours together; by `from`, then by days.
std::vector<DayHours> hours_of(const Schedule& schedule);

/// Minutes east of UTC of "UTC", "+08:00" or the IANA name of a zone without summer time ("Asia/Shanghai");
/// nothing for other zones.
std::optional<int> fixed_offset(std::string_view zone);

}
