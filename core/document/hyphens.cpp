#include "core/document/hyphens.h"

#include "core/base/text.h"
#include "core/document/characters.h"
#include "core/document/layout.h"

#include <array>

namespace leeway::document {
namespace {

// Letters, digits and inner hyphens at the front of `text`.
std::string_view core(std::string_view text)
{
    while (!text.empty() && !is_letter(text.front()) && !is_digit(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && !is_letter(text.back()) && !is_digit(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string_view last_word(std::string_view text)
{
    const auto blank = text.find_last_of(" \t\n");
    return blank == std::string_view::npos ? text : text.substr(blank + 1);
}

std::string_view first_word(std::string_view text)
{
    return text.substr(0, text.find_first_of(" \t\n"));
}

}

std::size_t Hyphens::hyphen_size(std::string_view line)
{
    if (line.ends_with("\u00ad"))
        return 2;
    if (line.ends_with("\u2010"))
        return 3;
    return line.ends_with("-") ? 1 : 0;
}

Hyphens::Hyphens(const std::vector<PrintedPage>& pages)
{
    bool any = false;
    for (const PrintedPage& page : pages) {
        for (const PrintedWord& word : page.words)
            any = any || (word.line_end && word.text.size() > 1 && hyphen_size(word.text) > 0);
    }
    if (!any)
        return;
    for (const PrintedPage& page : pages) {
        bool half = false; // what follows a broken word is no word
        for (const PrintedWord& word : page.words) {
            const bool broken = word.line_end && hyphen_size(word.text) > 0;
            if (!half && !broken)
                learn(word.text);
            half = broken;
        }
    }
}

Hyphens::Hyphens(const std::vector<std::string_view>& lines)
{
    const bool any = std::any_of(lines.begin(), lines.end(),
                                 [](std::string_view line) { return hyphen_size(base::trimmed(line)) > 0; });
    if (!any)
        return;
    bool half = false;
    for (const std::string_view line : lines) {
        const bool broken = hyphen_size(line) > 0;
        for (std::size_t at = 0; at < line.size();) {
            while (at < line.size() && is_blank(line[at]))
                ++at;
            const std::size_t begin = at;
            while (at < line.size() && !is_blank(line[at]))
                ++at;
            if (!half && !(broken && at == line.size()))
                learn(line.substr(begin, at - begin));
            half = false;
        }
        half = broken;
    }
}

void Hyphens::learn(std::string_view word)
{
    word = core(word);
    if (word.size() > 2 && word.size() < 40)
        m_words.insert(base::lowered(word));
}

Hyphens::Join Hyphens::at_line_end(std::string_view line, std::string_view next) const
{
    const std::size_t hyphen = hyphen_size(line);
    if (hyphen == 0 || next.empty() || line.size() <= hyphen)
        return Join::Blank;
    if (hyphen == 2)
        return Join::Drop; // a soft hyphen is nothing else
    const char before = line[line.size() - hyphen - 1];
    const bool letters = is_letter(before) || static_cast<unsigned char>(before) >= 0x80;
    if (!letters && !is_digit(before))
        return Join::Blank; // a dash
    const bool small = is_lower(next.front()) || static_cast<unsigned char>(next.front()) >= 0xC3;
    if (!small || !letters)
        return is_letter(next.front()) || is_digit(next.front()) ? Join::Keep : Join::Blank;
    std::string first = base::lowered(last_word(line.substr(0, line.size() - hyphen)));
    first = core(first);
    const std::string second = base::lowered(core(first_word(next)));
    if (second == "and" || second == "or" || second == "to")
        return Join::Blank; // "pre- and post-sale"
    if (m_words.contains(first + second))
        return Join::Drop;
    if (m_words.contains(first + "-" + second) || first.find('-') != std::string::npos)
        return Join::Keep;
    static constexpr std::array<std::string_view, 12> prefixes = {
        "non", "self", "pre", "post", "third", "co", "multi", "sub", "cross", "anti", "well", "long"};
    if (std::find(prefixes.begin(), prefixes.end(), first) != prefixes.end())
        return Join::Keep;
    return m_words.contains(first) && m_words.contains(second) ? Join::Keep : Join::Drop;
}

}
