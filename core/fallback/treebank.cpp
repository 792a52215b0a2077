#include "core/fallback/treebank.h"

#include "core/base/text.h"
#include "core/fallback/jstext.h"

#include <algorithm>
#include <array>
#include <re2/re2.h>

namespace leeway::fallback {
namespace {

using Text = std::string;

void replace_all(Text& text, const re2::RE2& pattern, const char* with)
{
    re2::RE2::GlobalReplace(&text, pattern, with);
}

Text single_spaced(std::string_view text)
{
    Text result;
    bool blank = false;
    while (!text.empty()) {
        const auto [code, length] = front_of(text);
        if (code == 0x85 || blank_length(text) > 0) {
            blank = true;
        } else {
            if (blank && !result.empty())
                result += ' ';
            blank = false;
            result += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
    return result;
}

char32_t last_of(std::string_view text)
{
    if (text.empty())
        return 0;
    std::size_t begin = text.size() - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80)
        --begin;
    return front_of(text.substr(begin)).first;
}

std::string_view quote_at(std::string_view text)
{
    for (const std::string_view quote : {"``", "''", "\""}) {
        if (text.starts_with(quote))
            return quote;
    }
    return {};
}

std::string_view next_quote(std::string_view text)
{
    for (; !text.empty(); text.remove_prefix(1)) {
        if (const auto quote = quote_at(text); !quote.empty())
            return quote;
    }
    return {};
}

bool opens(std::string_view text, std::size_t at, std::string_view quote, bool inside)
{
    const char32_t before = last_of(text.substr(0, at));
    const bool at_start = at == 0;
    const auto kind = class_of(before);
    const bool ends = at + quote.size() >= text.size();
    if (ends && !at_start && before != ' ' && before != '<' && kind != Letters::Opening)
        return false;
    const bool free = at_start || before == ' ' || before == '<' || kind == Letters::Punctuation ||
                      kind == Letters::Opening || text.substr(0, at).ends_with("``");
    if (inside || !free || before == '.' || before == '!' || before == '?')
        return false;
    if (quote == "\"")
        return true;
    const std::string_view behind = text.substr(std::min(at + 2, text.size()));
    const auto next = class_of(front_of(behind).first);
    return at > 0 && !behind.empty() &&
           (next == Letters::Letter || next == Letters::Number || next == Letters::Currency ||
            next == Letters::Opening) &&
           next_quote(behind) == "''";
}

// Quotation marks become `` where they open and '' where they close.
Text with_marked_quotes(std::string_view text)
{
    Text result;
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view quote = quote_at(text.substr(at));
        if (quote.empty()) {
            result += text[at++];
            continue;
        }
        inside = quote == "``" || opens(text, at, quote, inside);
        result += inside ? " `` " : " '' ";
        at += quote.size();
    }
    return result;
}

// A space on both sides of : and , unless a digit follows.
Text with_loose_commas(std::string_view text)
{
    Text result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const auto next = front_of(text.substr(at + 1)).first;
        if ((c == ':' || c == ',') && !(class_of(next) == Letters::Number && in_identifier(next)))
            result += {' ', c, ' '};
        else
            result += c;
    }
    return result;
}

bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The full stop that ends the text is a word of its own, unless it follows another stop or an abbreviation as
// in e.g.
void loosen_last_stop(Text& text)
{
    auto end = text.find_last_not_of("])}>' ");
    if (end == Text::npos || end == 0 || text[end] != '.' || text[end - 1] == '.')
        return;
    const bool initials = end >= 3 && is_ascii_letter(text[end - 1]) && text[end - 2] == '.' &&
                          is_ascii_letter(text[end - 3]) &&
                          (end == 3 || !(is_ascii_letter(text[end - 4]) || text[end - 4] == '_' ||
                                         (text[end - 4] >= '0' && text[end - 4] <= '9')));
    if (initials)
        return;
    text = text.substr(0, end) + " ." + text.substr(end + 1) + " ";
}

struct Pair
{
    std::string_view first;
    std::string_view second;
    bool needs_space = false;
};

constexpr std::array<Pair, 10> contractions = {{{"can", "not"},
                                                {"d", "'ye"},
                                                {"gim", "me"},
                                                {"gon", "na"},
                                                {"got", "ta"},
                                                {"lem", "me"},
                                                {"more", "'n"},
                                                {"wan", "na", true},
                                                {"'t", "is"},
                                                {"'t", "was"}}};

bool in_word_at_end(std::string_view text)
{
    return !text.empty() && in_identifier(last_of(text));
}

void part(Text& text, const Pair& pair)
{
    const Text whole = Text(pair.first) + Text(pair.second);
    const Text lowered = base::lowered(text);
    Text result;
    std::size_t from = 0;
    for (std::size_t at = lowered.find(whole); at != Text::npos; at = lowered.find(whole, at + 1)) {
        const std::size_t end = at + whole.size();
        if (at < from || in_word_at_end(std::string_view(text).substr(0, at)) ||
            (end < text.size() && in_identifier(front_of(std::string_view(text).substr(end)).first)) ||
            (pair.needs_space && !std::string_view(text).substr(end).starts_with(' ')))
            continue;
        result += text.substr(from, at - from) + " " + text.substr(at, pair.first.size()) + " " +
                  text.substr(at + pair.first.size(), pair.second.size()) + " ";
        from = end;
    }
    text = result + text.substr(from);
}

}

std::vector<std::string> treebank_words(std::string_view input)
{
    Text text = single_spaced(input);
    if (text.empty())
        return {};
    static const re2::RE2 dots("\\.{3}");
    static const re2::RE2 signs("([;@#$%&])");
    static const re2::RE2 ends("([?!])");
    static const re2::RE2 brackets("([\\]\\[(){}<>])");
    static const re2::RE2 dashes("--");
    static const re2::RE2 apostrophe("([^'])' ");
    static const re2::RE2 short_forms("'([sSmMdD]) ");
    static const re2::RE2 long_forms("('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ");
    text = with_marked_quotes(text);
    replace_all(text, dots, " ... ");
    text = with_loose_commas(text);
    replace_all(text, signs, " \\1 ");
    loosen_last_stop(text);
    replace_all(text, ends, " \\1 ");
    replace_all(text, brackets, " \\1 ");
    replace_all(text, dashes, " -- ");
    text = " " + text + " ";
    replace_all(text, apostrophe, "\\1 ' ");
    replace_all(text, short_forms, " '\\1 ");
    replace_all(text, long_forms, " \\1 ");
    for (const Pair& pair : contractions)
        part(text, pair);
    std::vector<std::string> words;
    for (std::string& word : base::split(text, ' ')) {
        if (!word.empty())
            words.push_back(std::move(word));
    }
    return words;
}

}
