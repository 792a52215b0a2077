#include "core/clauses/train/confidence.h"

#include "core/clauses/rules.h"

#include <cmath>
#include <fmt/format.h>
#include <map>

namespace leeway::clauses::train {
namespace {

// Over all labelled texts the rules alone are right in a little more than every second one.
constexpr double common_share = 0.55;
constexpr double common_weight = 3; // texts
constexpr double pack_weight = 10;  // the pack's numbers rest on more texts than the common share does

// Finds where the numbers of a text stand that is known to be JSON.
class NumberFinder
{
public:
    explicit NumberFinder(std::string_view text) : m_text(text) {}

    // JSON pointer → first byte and length
    std::map<std::string, std::pair<std::size_t, std::size_t>> find()
    {
        value("");
        return std::move(m_found);
    }

private:
    char next()
    {
        m_at = std::min(m_text.find_first_not_of(" \t\r\n,:", m_at), m_text.size());
        return m_at < m_text.size() ? m_text[m_at] : '\0';
    }

    std::string_view string()
    {
        const std::size_t begin = ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"')
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        m_at = std::min(m_at, m_text.size());
        return m_text.substr(begin, m_at++ - begin);
    }

    void members(const std::string& path, char close)
    {
        ++m_at;
        for (std::size_t i = 0; next() != close && m_at < m_text.size(); ++i) {
            const std::string step = close == '}' ? std::string(string()) : std::to_string(i);
            value(path + "/" + step);
        }
        ++m_at;
    }

    void value(const std::string& path)
    {
        const char first = next();
        if (first == '{') {
            members(path, '}');
        } else if (first == '[') {
            members(path, ']');
        } else if (first == '"') {
            string();
        } else {
            const std::size_t begin = m_at;
            m_at = std::min(m_text.find_first_of(" \t\r\n,]}", m_at), m_text.size());
            m_found[path] = {begin, m_at - begin};
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::map<std::string, std::pair<std::size_t, std::size_t>> m_found;
};

}

std::vector<std::vector<Led>> resolutions_led(const std::vector<CheckExample>& examples, const Pack& pack)
{
    std::vector<std::vector<Led>> result;
    for (const CheckRules& rules : pack.rules->checks)
        result.emplace_back(rules.resolutions.size());
    for (const CheckExample& example : examples) {
        Led& led = result[example.check][example.resolution];
        ++led.texts;
        led.right += example.by_rules == example.verdict ? 1 : 0;
    }
    return result;
}

double confidence_of(const Led& led, double before, From from)
{
    if (from == From::PackNumbers && led.texts == 0)
        return before;
    const double weight = from == From::Nothing ? common_weight : pack_weight;
    const double drawn = from == From::Nothing ? common_share : before;
    return std::round((led.right + drawn * weight) / (led.texts + weight) * 100) / 100;
}

Calibrated with_confidences(std::string_view text, const Pack& pack, const std::vector<std::vector<Led>>& led,
                            From from)
{
    const auto numbers = NumberFinder(text).find();
    std::map<std::size_t, std::pair<std::size_t, double>> places; // first byte → length, new value
    Calibrated result;
    for (std::size_t c = 0; c < led.size(); ++c) {
        for (std::size_t r = 0; r < led[c].size(); ++r) {
            const double before = pack.rules->checks[c].resolutions[r].confidence;
            const double after = confidence_of(led[c][r], before, from);
            const auto number = numbers.find(fmt::format("/checks/{}/resolve/{}/confidence", c, r));
            if (number == numbers.end())
                ++result.without;
            else if (after != before)
                places[number->second.first] = {number->second.second, after};
        }
    }
    std::size_t at = 0;
    for (const auto& [begin, place] : places) {
        result.text.append(text.substr(at, begin - at)).append(fmt::format("{}", place.second));
        at = begin + place.first;
    }
    result.text.append(text.substr(at));
    result.changed = static_cast<int>(places.size());
    return result;
}

}
