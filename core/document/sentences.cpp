#include "core/document/sentences.h"

#include "core/base/text.h"
#include "core/document/characters.h"
#include "core/document/label.h"

#include <array>

namespace leeway::document {
namespace {

// Never the end of a sentence: titles, references, Latin.
constexpr std::array<std::string_view, 46> inner = {
    "mr",  "mrs", "ms",   "dr",    "prof", "messrs", "hon",  "sec",  "secs",   "sect",   "art",  "arts",
    "no",  "nos", "para", "paras", "par",  "cl",     "fig",  "figs", "ex",     "exh",    "vol",  "ch",
    "pp",  "pt",  "e.g",  "i.e",   "viz",  "cf",     "vs",   "v",    "re",     "approx", "incl", "ref",
    "rev", "tel", "attn", "st",    "ave",  "blvd",   "dept", "cal",  "subsec", "reg"};

// The end of a sentence only when something that looks like a new one follows.
constexpr std::array<std::string_view, 37> either = {
    "inc",  "corp", "ltd", "co",  "llc", "llp",  "l.l.c", "l.p",   "lp",    "plc", "s.a", "n.v", "b.v",
    "gmbh", "etc",  "al",  "jr",  "sr",  "u.s",  "u.k",   "u.s.a", "u.s.c", "a.m", "p.m", "jan", "feb",
    "mar",  "apr",  "jun", "jul", "aug", "sept", "oct",   "nov",   "dec",   "n.a", "d.c"};

template<std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

// The word that ends right before `at`, lower case, without leading brackets and quotes.
std::string word_before(std::string_view text, std::size_t at)
{
    constexpr std::size_t longest = 12;
    std::size_t begin = at;
    while (begin > 0 && at - begin < longest && (is_letter(text[begin - 1]) || text[begin - 1] == '.'))
        --begin;
    return base::lowered(text.substr(begin, at - begin));
}

// A word that opens sentences far more often than it continues "Acme Inc." or "the U.S.".
bool opens_sentence(std::string_view rest)
{
    static constexpr std::array<std::string_view, 34> openers = {
        "the",     "this",    "these",  "any",      "all",
        "each",    "if",      "in",     "upon",     "no",
        "such",    "except",  "unless", "subject",  "for",
        "either",  "neither", "where",  "when",     "notwithstanding",
        "to",      "it",      "we",     "you",      "as",
        "at",      "after",   "during", "customer", "provider",
        "nothing", "a",       "an",     "however"};
    std::size_t end = 0;
    while (end < rest.size() && is_letter(rest[end]) && end < 16)
        ++end;
    return end > 0 && is_upper(rest[0]) && among(openers, base::lowered(rest.substr(0, end)));
}

// "c.f.r", "n.y": single letters with dots between them.
bool is_initialism(std::string_view word)
{
    for (std::size_t i = 0; i < word.size(); ++i) {
        if ((i % 2 == 1) != (word[i] == '.'))
            return false;
    }
    return word.size() >= 3 && word.size() % 2 == 1;
}

// Where the text after the blanks at `at` starts, or size() at the end.
std::size_t skip_blanks(std::string_view text, std::size_t at)
{
    while (at < text.size() && is_blank(text[at]))
        ++at;
    return at;
}

// End of the closing quotes and brackets that follow the full stop at `at`.
std::size_t skip_closing(std::string_view text, std::size_t at)
{
    for (;;) {
        if (at < text.size() && (text[at] == '"' || text[at] == '\'' || text[at] == ')' || text[at] == ']'))
            ++at;
        else if (text.substr(at).starts_with("”") || text.substr(at).starts_with("’"))
            at += 3;
        else
            return at;
    }
}

bool starts_like_sentence(std::string_view rest)
{
    const auto first = static_cast<unsigned char>(rest[0]);
    return is_upper(rest[0]) || is_digit(rest[0]) || first >= 0x80 || rest[0] == '"' || rest[0] == '\'' ||
           rest[0] == '(' || rest[0] == '[' || rest[0] == '$' || rest[0] == '_';
}

// Whether the full stop at `dot` ends a sentence; `next` is the next character that is no blank.
bool ends_at(std::string_view text, std::size_t dot, std::size_t next)
{
    const std::string_view rest = text.substr(next);
    if (!starts_like_sentence(rest))
        return false;
    if (text[dot] != '.')
        return !is_digit(rest[0]);
    const std::string word = word_before(text, dot);
    if (among(inner, word))
        // "… under that Section 3 no. The …" is rare; "No. 5", "Sec. 4.2" and "Dr. Smith" are not.
        return (word == "no" || word == "st" || word == "ex" || word == "v" || word == "re") &&
               opens_sentence(rest) && rest[0] != 'A';
    if (among(either, word) || is_initialism(word))
        return opens_sentence(rest);
    if (word.size() == 1 && word != "i" && (dot < 2 || text[dot - 2] == ' ' || text[dot - 2] == '.'))
        return opens_sentence(rest) && !(dot >= 2 && text[dot - 2] == ' ' && is_upper(text[dot - 1]) &&
                                         dot > 8 && is_upper(rest[0]) && rest.size() > 1 && rest[1] == '.');
    return true;
}

}

std::vector<Sentence> sentences_of(std::string_view text, std::size_t skip)
{
    std::vector<Sentence> result;
    std::size_t begin = skip_blanks(text, 0);
    const auto add = [&](std::size_t end) {
        while (end > begin && is_blank(text[end - 1]))
            --end;
        if (end > begin)
            result.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    };
    for (std::size_t at = std::max(begin, skip); at < text.size(); ++at) {
        if (text[at] != '.' && text[at] != '?' && text[at] != '!')
            continue;
        const std::size_t end = skip_closing(text, at + 1);
        const std::size_t next = skip_blanks(text, end);
        if (next >= text.size())
            break;
        if (next > end && ends_at(text, at, next)) {
            add(end);
            begin = next;
            // A mark inside the block ("… fees. 2. The …") belongs to what follows it.
            if (const auto label = parse_label(text.substr(begin, 160)); label && label->closed)
                at = begin + label->size;
            else
                at = begin;
            --at;
        } else {
            at = end - 1;
        }
    }
    add(text.size());
    return result;
}

}
