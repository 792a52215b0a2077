#include "core/document/numerals.h"

#include <array>
#include <cctype>
#include <fmt/format.h>
#include <string_view>

namespace leeway::document {
namespace {

constexpr int most = 32'767; // as word processors count

std::string letters(int value, char first)
{
    if (value < 1 || value > 26 * 30)
        return {};
    return std::string(static_cast<std::size_t>((value - 1) / 26 + 1),
                       static_cast<char>(first + (value - 1) % 26));
}

std::string roman(int value)
{
    static constexpr std::pair<int, std::string_view> steps[] = {
        {1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
        {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
    std::string text;
    for (const auto& [step, sign] : steps) {
        for (; value >= step; value -= step)
            text += sign;
    }
    return text;
}

std::string upper(std::string text)
{
    for (char& c : text)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

std::string ordinal(int value)
{
    const int tens = value / 10 % 10;
    const int ones = tens == 1 ? 0 : value % 10;
    static constexpr std::array<std::string_view, 4> endings = {"th", "st", "nd", "rd"};
    return fmt::format("{}{}", value, endings[ones < 4 ? static_cast<std::size_t>(ones) : 0]);
}

std::string in_words(int value, bool ordinal_words)
{
    static constexpr std::array<std::string_view, 20> ones = {
        "",         "One",     "Two",     "Three",     "Four",     "Five",    "Six",
        "Seven",    "Eight",   "Nine",    "Ten",       "Eleven",   "Twelve",  "Thirteen",
        "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen"};
    static constexpr std::array<std::string_view, 20> firsts = {
        "",           "First",     "Second",    "Third",       "Fourth",     "Fifth",     "Sixth",
        "Seventh",    "Eighth",    "Ninth",     "Tenth",       "Eleventh",   "Twelfth",   "Thirteenth",
        "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth"};
    static constexpr std::array<std::string_view, 10> tens = {
        "", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"};
    if (value < 1 || value > 99)
        return {};
    const auto& last = ordinal_words ? firsts : ones;
    if (value < 20)
        return std::string(last[static_cast<std::size_t>(value)]);
    std::string text(tens[static_cast<std::size_t>(value / 10)]);
    if (value % 10 != 0) {
        std::string unit(last[static_cast<std::size_t>(value % 10)]);
        unit[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(unit[0])));
        return text + "-" + unit;
    }
    if (ordinal_words)
        text.replace(text.size() - 1, 1, "ieth");
    return text;
}

}

std::string numeral(int value, NumberFormat format)
{
    if (value < 0 || value > most)
        return {};
    switch (format) {
    case NumberFormat::None:
    case NumberFormat::Bullet:
        return {};
    case NumberFormat::Decimal:
        return std::to_string(value);
    case NumberFormat::DecimalZero:
        return fmt::format("{:02}", value);
    case NumberFormat::LowerLetter:
        return letters(value, 'a');
    case NumberFormat::UpperLetter:
        return letters(value, 'A');
    case NumberFormat::LowerRoman:
        return roman(value);
    case NumberFormat::UpperRoman:
        return upper(roman(value));
    case NumberFormat::Ordinal:
        return ordinal(value);
    case NumberFormat::CardinalText:
        return in_words(value, false);
    case NumberFormat::OrdinalText:
        return in_words(value, true);
    }
    return {};
}

}
