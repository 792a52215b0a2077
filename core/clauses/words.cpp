#include "core/clauses/words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace leeway::clauses {
namespace {

bool ends_with(std::string_view word, std::string_view end)
{
    return word.size() > end.size() && word.substr(word.size() - end.size()) == end;
}

bool has_vowel(std::string_view word)
{
    return word.find_first_of("aeiouy") != std::string_view::npos;
}

// "us" + "e" for "using": a stem of one or two letters gets its silent e back.
std::string shorn(std::string_view word, std::size_t cut)
{
    std::string rest(word.substr(0, word.size() - cut));
    if (rest.size() < 3)
        rest += 'e';
    return rest;
}

std::string without_suffix(std::string_view word)
{
    if (word.size() > 4 && (ends_with(word, "ies") || ends_with(word, "ied")))
        return std::string(word.substr(0, word.size() - 3)) + "y";
    if (word.size() > 4 && (ends_with(word, "xes") || ends_with(word, "ches") || ends_with(word, "shes") ||
                            ends_with(word, "sses")))
        return std::string(word.substr(0, word.size() - 2));
    if (word.size() > 3 && word.back() == 's' && !ends_with(word, "ss") && !ends_with(word, "us") &&
        !ends_with(word, "is"))
        return std::string(word.substr(0, word.size() - 1));
    if (word == "agreed" || word == "agreeing")
        return "agree";
    if (word.size() > 4 && ends_with(word, "ing") && has_vowel(word.substr(0, word.size() - 3)))
        return shorn(word, 3);
    if (word.size() > 3 && ends_with(word, "ed") && !ends_with(word, "eed") &&
        has_vowel(word.substr(0, word.size() - 2)))
        return shorn(word, 2);
    return std::string(word);
}

constexpr std::array<std::pair<std::string_view, int>, 33> number_words{{
    {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},
    {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},
    {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
    {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
    {"thirty", 30},  {"forty", 40},     {"fourty", 40},   {"fifty", 50},    {"sixty", 60},
    {"seventy", 70}, {"eighty", 80},    {"ninety", 90},   {"hundred", 100}, {"thousand", 1000},
    {"zero", 0},     {"fortnight", 14}, {"dozen", 12},
}};

}

std::string stem(std::string_view word)
{
    std::string result = without_suffix(word);
    if (result.size() > 3 && result.back() == 'e')
        result.pop_back();
    const std::size_t n = result.size();
    if (n > 3 && result[n - 1] == result[n - 2] && result[n - 1] != 'e')
        result.pop_back();
    return result;
}

int number_word(std::string_view word)
{
    const auto* found = std::find_if(number_words.begin(), number_words.end(),
                                     [&](const auto& entry) { return entry.first == word; });
    return found == number_words.end() ? -1 : found->second;
}

std::uint32_t Vocabulary::intern(std::string_view lower)
{
    const auto found = m_index.find(lower);
    if (found != m_index.end())
        return found->second;
    const auto index = static_cast<std::uint32_t>(m_words.size());
    m_index.emplace(m_words.emplace_back(lower), index);
    m_stems.push_back(stem(lower));
    return index;
}

}
