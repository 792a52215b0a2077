#include "core/pricing/scheduletext.h"

#include "core/base/text.h"
#include "core/pricing/schedule.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace leeway::pricing {
namespace {

constexpr std::array<std::string_view, 7> names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::optional<unsigned> day_from(std::string_view text)
{
    const auto found = std::ranges::find(names, base::trimmed(text));
    return found == names.end() ? std::nullopt : std::optional(static_cast<unsigned>(found - names.begin()));
}

}

std::optional<std::uint8_t> days_from(std::string_view text)
{
    unsigned days = 0;
    for (const std::string& part : base::split(text, ',')) {
        const auto hyphen = part.find('-');
        const auto first = day_from(std::string_view(part).substr(0, hyphen));
        const auto last =
            hyphen == std::string::npos ? first : day_from(std::string_view(part).substr(hyphen + 1));
        if (!first || !last || *last < *first)
            return std::nullopt;
        for (unsigned day = *first; day <= *last; ++day)
            days |= 1U << day;
    }
    return days == 0 ? std::nullopt : std::optional(static_cast<std::uint8_t>(days));
}

std::string days_text(std::uint8_t days)
{
    std::string text;
    for (unsigned first = 0; first < names.size(); ++first) {
        if (((days >> first) & 1U) == 0)
            continue;
        unsigned last = first;
        while (last + 1 < names.size() && ((days >> (last + 1)) & 1U) != 0)
            ++last;
        text += text.empty() ? "" : ",";
        text += names[first];
        if (last > first)
            text += fmt::format("-{}", names[last]);
        first = last;
    }
    return text;
}

std::optional<int> minute_from(std::string_view text)
{
    if (text.size() != 5 || text[2] != ':')
        return std::nullopt;
    int hour = 0;
    int minute = 0;
    const auto read = [](std::string_view digits, int& value) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc{} && end == digits.data() + digits.size() && value >= 0;
    };
    if (!read(text.substr(0, 2), hour) || !read(text.substr(3), minute) || minute > 59)
        return std::nullopt;
    const int result = hour * 60 + minute;
    return result > day_minutes ? std::nullopt : std::optional(result);
}

std::string minute_text(int minute)
{
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

}
