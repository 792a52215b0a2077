#pragma once

#include "core/base/result.h"

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

namespace leeway::base {

using Date = std::chrono::sys_days;
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// A calendar month; arithmetic is in whole months.
struct Month
{
    int index = 0; // months since January of year 0

    static constexpr Month of(int year, int month) { return {year * 12 + month - 1}; }
    static Month of(Date date);
    [[nodiscard]] int year() const { return index / 12; }
    [[nodiscard]] int month() const { return index % 12 + 1; }
    [[nodiscard]] Date first_day() const;
    friend Month operator+(Month m, int months) { return {m.index + months}; }
    friend int operator-(Month a, Month b) { return a.index - b.index; }
    auto operator<=>(const Month&) const = default;
};

/// "2026-11-30"; years 1900 to 2200.
Result<Date> parse_date(std::string_view text);
std::string to_string(Date date);

/// "2026-11".
Result<Month> parse_month(std::string_view text);
std::string to_string(Month month);

/// ISO 8601 with zone, UTC when none: "2026-11-30T14:02:11.250+01:00", "2026-11-30 14:02:11", "2026-11-30".
/// Digits below the millisecond are cut off.
Result<Instant> parse_instant(std::string_view text);
/// "2026-11-30T13:02:11.250Z"; the milliseconds only when they are not zero.
std::string to_string(Instant instant);

}
