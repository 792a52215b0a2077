#include "core/base/date.h"

#include <fmt/format.h>

namespace leeway::base {
namespace {

// Takes `count` digits off the front of `text`; -1 when they are not there.
int take_digits(std::string_view& text, std::size_t count)
{
    if (text.size() < count)
        return -1;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char c)
{
    if (!text.starts_with(c))
        return false;
    text.remove_prefix(1);
    return true;
}

bool take_date(std::string_view& text, Date& date)
{
    const int year = take_digits(text, 4);
    const bool first = take(text, '-');
    const int month = take_digits(text, 2);
    const bool second = take(text, '-');
    const int day = take_digits(text, 2);
    if (year < 1900 || year > 2200 || !first || !second || month < 0 || day < 0)
        return false;
    const auto ymd = std::chrono::year(year) / month / day;
    if (!ymd.ok())
        return false;
    date = ymd;
    return true;
}

bool take_time(std::string_view& text, std::chrono::milliseconds& time)
{
    const int hour = take_digits(text, 2);
    if (hour < 0 || hour > 23 || !take(text, ':'))
        return false;
    const int minute = take_digits(text, 2);
    if (minute < 0 || minute > 59)
        return false;
    int second = 0;
    int milliseconds = 0;
    if (take(text, ':')) {
        second = take_digits(text, 2);
        if (second < 0 || second > 60)
            return false;
        if (take(text, '.') || take(text, ',')) {
            int scale = 100;
            if (text.empty() || text[0] < '0' || text[0] > '9')
                return false;
            while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
                milliseconds += (text[0] - '0') * scale;
                scale /= 10;
                text.remove_prefix(1);
            }
        }
    }
    time = std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second) +
           std::chrono::milliseconds(milliseconds);
    return true;
}

// Takes all that is left.
bool take_zone(std::string_view& text, std::chrono::minutes& offset)
{
    offset = std::chrono::minutes(0);
    take(text, ' ');
    if (text == "UTC")
        text = {};
    if (text.empty() || take(text, 'Z') || take(text, 'z'))
        return text.empty();
    const bool west = text[0] == '-';
    if (!take(text, '+') && !take(text, '-'))
        return false;
    const int hours = take_digits(text, 2);
    const bool colon = take(text, ':');
    const int minutes = text.empty() && !colon ? 0 : take_digits(text, 2);
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59 || !text.empty())
        return false;
    offset = std::chrono::minutes((hours * 60 + minutes) * (west ? -1 : 1));
    return true;
}

tl::unexpected<Error> bad(std::string_view text, std::string_view kind, std::string_view example)
{
    return fail(ErrorCode::Invalid,
                fmt::format("“{}” is not a {}; write it as {}", text.substr(0, 40), kind, example));
}

}

Month Month::of(Date date)
{
    const std::chrono::year_month_day ymd(date);
    return of(static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())));
}

Date Month::first_day() const
{
    return std::chrono::year(year()) / month() / 1;
}

Result<Date> parse_date(std::string_view text)
{
    std::string_view rest = text;
    Date date;
    if (!take_date(rest, date) || !rest.empty())
        return bad(text, "date", "2026-11-30");
    return date;
}

std::string to_string(Date date)
{
    const std::chrono::year_month_day ymd(date);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                       static_cast<unsigned>(ymd.day()));
}

Result<Month> parse_month(std::string_view text)
{
    const auto date = parse_date(std::string(text.substr(0, 20)) + "-01");
    if (!date)
        return bad(text, "month", "2026-11");
    return Month::of(*date);
}

std::string to_string(Month month)
{
    return fmt::format("{:04}-{:02}", month.year(), month.month());
}

Result<Instant> parse_instant(std::string_view text)
{
    std::string_view rest = text;
    Date date;
    std::chrono::milliseconds time{0};
    std::chrono::minutes offset{0};
    if (!take_date(rest, date))
        return bad(text, "time", "2026-11-30T14:02:11Z");
    if (take(rest, 'T') || take(rest, 't') || take(rest, ' ')) {
        if (!take_time(rest, time) || !take_zone(rest, offset))
            return bad(text, "time", "2026-11-30T14:02:11Z");
    }
    if (!rest.empty())
        return bad(text, "time", "2026-11-30T14:02:11Z");
    return Instant(date) + time - offset;
}

std::string to_string(Instant instant)
{
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss time(instant - Instant(day));
    std::string text = fmt::format("{}T{:02}:{:02}:{:02}", to_string(Date(day)), time.hours().count(),
                                   time.minutes().count(), time.seconds().count());
    if (time.subseconds().count() != 0)
        text += fmt::format(".{:03}", time.subseconds().count());
    return text + "Z";
}

}
