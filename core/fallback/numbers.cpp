#include "core/fallback/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace leeway::fallback {
namespace {

bool digit(char c)
{
    return c >= '0' && c <= '9';
}

bool word(char c)
{
    return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
}

// The separators at the front of `text`: point, comma, apostrophe, space, no-break and narrow no-break space.
std::string_view separator(std::string_view text)
{
    for (const std::string_view sign : {".", ",", "'", "’", " ", "\u00a0", "\u202f"}) {
        if (text.starts_with(sign))
            return sign;
    }
    return {};
}

// Digits by groups with the separators between them.
struct Groups
{
    std::vector<std::string> digits;
    std::vector<std::string> separators;
};

double value_of(const std::string& digits)
{
    double value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

// Joins the groups; the separator `decimal`, when given, stands before the last one.
double joined(const Groups& groups, bool decimal)
{
    std::string text;
    for (std::size_t i = 0; i < groups.digits.size(); ++i)
        text += (decimal && i + 1 == groups.digits.size() ? "." : "") + groups.digits[i];
    return value_of(text);
}

bool threes(const Groups& groups, std::size_t from, std::size_t to)
{
    for (std::size_t i = from; i < to; ++i) {
        if (groups.digits[i].size() != 3 || groups.separators[i - 1] != groups.separators.front())
            return false;
    }
    return groups.digits.front().size() <= 3;
}

std::vector<double> readings_of(const Groups& groups)
{
    const std::size_t n = groups.digits.size();
    if (n == 1)
        return {value_of(groups.digits.front())};
    std::vector<double> readings;
    const std::string& last = groups.separators.back();
    if (threes(groups, 1, n))
        readings.push_back(joined(groups, false));
    const bool may_be_decimal = (last == "." || last == ",") &&
                                std::count(groups.separators.begin(), groups.separators.end(), last) == 1;
    if (may_be_decimal && (n == 2 || threes(groups, 1, n - 1)))
        readings.push_back(joined(groups, true));
    return readings;
}

}

std::vector<FoundNumber> numbers_in(std::string_view text)
{
    std::vector<FoundNumber> found;
    for (std::size_t at = 0; at < text.size();) {
        if (!digit(text[at])) {
            ++at;
            continue;
        }
        const bool inside_word = at > 0 && word(text[at - 1]) && !text.substr(0, at).ends_with("€") &&
                                 !text.substr(0, at).ends_with("£") &&
                                 !text.substr(0, at).ends_with("\u00a0") &&
                                 !text.substr(0, at).ends_with("−");
        const bool minus = at > 0 && (text[at - 1] == '-' || text.substr(0, at).ends_with("−"));
        const bool negative = minus && !(at > 1 && text[at - 1] == '-' && word(text[at - 2]));
        const bool part_of_date = minus && !negative;
        Groups groups;
        for (;;) {
            std::size_t end = at;
            while (end < text.size() && digit(text[end]))
                ++end;
            groups.digits.emplace_back(text.substr(at, end - at));
            at = end;
            const std::string_view sign = separator(text.substr(at));
            const std::string_view behind = text.substr(at + sign.size());
            const std::size_t run = std::min(behind.find_first_not_of("0123456789"), behind.size());
            const bool spaced =
                sign == " " || sign == "'" || sign == "’" || sign == "\u00a0" || sign == "\u202f";
            if (sign.empty() || run == 0 || (spaced && (run != 3 || groups.digits.front().size() > 3)))
                break;
            groups.separators.emplace_back(sign);
            at += sign.size();
        }
        const bool before_hyphen = at + 1 < text.size() && text[at] == '-' && digit(text[at + 1]);
        if (inside_word || part_of_date || before_hyphen || groups.digits.front().size() > 18)
            continue;
        FoundNumber number{readings_of(groups)};
        for (double& reading : number.readings)
            reading = negative ? -reading : reading;
        if (!number.readings.empty())
            found.push_back(std::move(number));
    }
    return found;
}

}
