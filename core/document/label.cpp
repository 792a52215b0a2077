#include "core/document/label.h"

#include "core/base/text.h"
#include "core/document/characters.h"

namespace leeway::document {
namespace {

std::size_t blanks_at(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && is_blank(text[end]))
        ++end;
    return end - at;
}

// What follows a mark: a capital, quote, bracket, or a character outside ASCII.
bool opens_a_text(std::string_view rest)
{
    return rest.empty() || is_upper(rest[0]) || rest[0] == '"' || rest[0] == '\'' || rest[0] == '(' ||
           rest[0] == '[' || rest[0] == '_' || rest[0] == '*' || static_cast<unsigned char>(rest[0]) >= 0x80;
}

// A short line in capitals or title case, as it stands behind "8" or "ARTICLE IV".
bool is_title(std::string_view rest)
{
    return rest.size() <= 120 && rest.find_first_of(".;") >= rest.size() - (rest.empty() ? 0 : 1) &&
           title_share(rest) >= 0.6;
}

std::optional<Label> decimal(std::string_view text)
{
    Label label{LabelStyle::Decimal, {}, 0, {}, false, false};
    std::size_t at = 0;
    for (;;) {
        std::size_t end = at;
        int value = 0;
        while (end < text.size() && is_digit(text[end]) && end - at < 4)
            value = value * 10 + (text[end++] - '0');
        if (end == at || end - at > 3)
            return std::nullopt;
        label.path.push_back(value);
        at = end;
        if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1]) && label.path.size() < 7)
            ++at;
        else
            break;
    }
    label.number = text.substr(0, at);
    if (at < text.size() && text[at] == ')') {
        label.style = LabelStyle::Figure;
        label.bracket = label.closed = true;
        label.number += ')';
        ++at;
    } else if (at < text.size() && (text[at] == '.' || text[at] == ':')) {
        label.closed = true;
        ++at;
    }
    const std::size_t blanks = blanks_at(text, at);
    label.size = at + blanks;
    if (at == text.size() && !label.closed && label.path.size() < 2)
        return std::nullopt; // a number alone
    const std::string_view rest = text.substr(label.size);
    if (blanks == 0 && at < text.size() && !(label.closed && opens_a_text(rest)))
        return std::nullopt;
    const bool single = label.path.size() == 1;
    if (label.path[0] == 0 || (single && label.path[0] > 200))
        return std::nullopt;
    if (label.bracket)
        return label.path.size() == 1 ? std::optional(label) : std::nullopt;
    if (label.closed)
        return label;
    if (single) // "8 TERM", but not "30 Days' notice is …"
        return is_title(rest) && !rest.empty() && label.path[0] < 100 ? std::optional(label) : std::nullopt;
    return opens_a_text(rest) || label.path.size() > 2 ? std::optional(label) : std::nullopt;
}

// "A.1", "B.2.3": a decimal number whose first part is a letter.
std::optional<Label> letter_and_decimal(std::string_view text)
{
    if (text.size() < 4 || !is_upper(text[0]) || text[1] != '.' || !is_digit(text[2]))
        return std::nullopt;
    auto label = decimal(text.substr(2));
    if (!label || label->style != LabelStyle::Decimal)
        return std::nullopt;
    label->number.insert(0, text.substr(0, 2));
    label->path.insert(label->path.begin(), text[0] - 'A' + 1);
    label->size += 2;
    return label;
}

std::optional<Label> lettered(std::string_view text)
{
    Label label;
    const bool opened = text[0] == '(';
    const std::size_t begin = opened ? 1 : 0;
    std::size_t at = begin;
    while (at < text.size() && is_letter(text[at]) && at - begin < 7)
        ++at;
    const std::string_view mark = text.substr(begin, at - begin);
    if (mark.empty() || at >= text.size())
        return std::nullopt;
    const bool upper = is_upper(mark[0]);
    for (const char c : mark) {
        if (is_upper(c) != upper)
            return std::nullopt;
    }
    label.bracket = text[at] == ')';
    label.closed = true;
    if (!label.bracket && (opened || text[at] != '.'))
        return std::nullopt;
    ++at;
    const std::string lower = base::lowered(mark);
    const int roman = roman_value(lower);
    const int letter = letter_value(lower);
    if (roman == 0 && letter == 0)
        return std::nullopt;
    const std::size_t mark_end = label.bracket ? at : at - 1;
    if (label.bracket && opened && at + 1 < text.size() && text[at] == '.' && is_blank(text[at + 1]))
        ++at; // "(II). Attendance"
    const std::size_t blanks = blanks_at(text, at);
    const std::string_view rest = text.substr(at + blanks);
    if (blanks == 0 && !rest.empty() && !(label.bracket && opened))
        return std::nullopt;
    if (!label.bracket) {
        if (mark.size() > 1 && roman == 0)
            return std::nullopt;                                          // "no.", "Inc."
        const bool small = !upper && !rest.empty() && is_letter(rest[0]); // "b. to the best of its knowledge"
        if (rest.empty() || !(opens_a_text(rest) || small))
            return std::nullopt;
        if (rest.size() > 1 && is_letter(rest[0]) && rest[1] == '.')
            return std::nullopt; // initials, "i. e."
    }
    // Which of the two it is, if both are possible, is decided where the items before it are known.
    const bool as_roman = roman != 0 && (letter == 0 || roman < 40) &&
                          (mark.size() > 1 || mark == "i" || mark == "I" || letter == 0);
    label.style = as_roman ? (upper ? LabelStyle::UpperRoman : LabelStyle::LowerRoman)
                           : (upper ? LabelStyle::UpperLetter : LabelStyle::LowerLetter);
    label.path = {as_roman ? roman : letter};
    label.number = text.substr(0, mark_end);
    label.size = at + blanks;
    return label;
}

std::optional<Label> bracketed_figure(std::string_view text)
{
    std::size_t at = 1;
    int value = 0;
    while (at < text.size() && is_digit(text[at]) && at < 4)
        value = value * 10 + (text[at++] - '0');
    if (at == 1 || at >= text.size() || text[at] != ')')
        return std::nullopt;
    ++at;
    return Label{
        LabelStyle::Figure, std::string(text.substr(0, at)), at + blanks_at(text, at), {value}, true, true};
}

std::optional<Label> named(std::string_view text)
{
    static constexpr std::string_view names[] = {"article",  "section",  "schedule", "exhibit",
                                                 "appendix", "annexure", "annex",    "attachment",
                                                 "part",     "chapter",  "clause",   "§"};
    const std::string head = base::lowered(text.substr(0, 12));
    for (const std::string_view name : names) {
        if (!head.starts_with(name) || is_lower(text[0]))
            continue;
        std::size_t at = name.size() + blanks_at(text, name.size());
        if (at == name.size() && name != "§")
            continue;
        const std::size_t begin = at;
        Label label{LabelStyle::Named, {}, 0, {}, false, false};
        while (at < text.size() && at - begin < 12 && (is_letter(text[at]) || is_digit(text[at]))) {
            ++at;
            if (at + 1 < text.size() && (text[at] == '.' || text[at] == '-') &&
                (is_digit(text[at + 1]) || (is_upper(text[at + 1]) && !is_lower(text[at - 1]))))
                ++at;
        }
        const std::string_view mark = text.substr(begin, at - begin);
        if (mark.empty() || is_lower(mark[0]))
            return std::nullopt;
        const std::string lower = base::lowered(mark);
        if (is_digit(mark[0])) {
            for (const std::string& part : base::split(mark, '.'))
                label.path.push_back(
                    part.size() < 5 && !part.empty() && is_digit(part[0]) ? std::atoi(part.c_str()) : 0);
        } else if (const int roman = roman_value(lower); roman != 0) {
            label.path = {roman};
        } else if (mark.size() <= 2 || mark.find_first_of(".-") != std::string_view::npos) {
            label.path = {letter_value(lower)};
        } else if (lower != "one" && lower != "two" && lower != "three" && lower != "four" &&
                   lower != "five") {
            return std::nullopt;
        }
        label.number = text.substr(0, at);
        if (at < text.size() && (text[at] == '.' || text[at] == ':')) {
            label.closed = true;
            ++at;
        }
        std::size_t blanks = blanks_at(text, at);
        for (const std::string_view dash : {"-", "–", "—", ":"}) {
            if (text.substr(at + blanks).starts_with(dash)) {
                label.closed = true;
                at += blanks + dash.size();
                blanks = blanks_at(text, at);
                break;
            }
        }
        const std::string_view rest = text.substr(at + blanks);
        if (blanks == 0 && !rest.empty() && !label.closed)
            return std::nullopt;
        label.size = at + blanks;
        const bool capitals = is_upper(text[1]);
        if (rest.empty() || is_title(rest) ||
            (opens_a_text(rest) && (label.closed || capitals || label.path.size() > 1)))
            return label;
        return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Label> bullet(std::string_view text)
{
    static constexpr std::string_view marks[] = {"•",      "·",      "▪", "●", "○", "◦", "‣",
                                                 "■",      "□",      "➢", "✓", "–", "—", "\uf0b7",
                                                 "\uf0a7", "\uf0d8", "-", "*", "o"};
    for (const std::string_view mark : marks) {
        if (!text.starts_with(mark))
            continue;
        const std::size_t blanks = blanks_at(text, mark.size());
        const std::string_view rest = text.substr(mark.size() + blanks);
        const bool plain = mark.size() == 1 || mark == "–" || mark == "—";
        if (rest.empty() || (plain && (blanks == 0 || !(is_letter(rest[0]) || opens_a_text(rest)))))
            return std::nullopt;
        return Label{LabelStyle::Bullet, {}, mark.size() + blanks, {}, true, false};
    }
    return std::nullopt;
}

}

int roman_value(std::string_view letters)
{
    int total = 0;
    int before = 0;
    for (std::size_t i = letters.size(); i-- > 0;) {
        const char c = letters[i];
        const int value = c == 'i' ? 1 : c == 'v' ? 5 : c == 'x' ? 10 : c == 'l' ? 50 : c == 'c' ? 100 : 0;
        if (value == 0 || letters.size() > 8)
            return 0;
        total += value < before ? -value : value;
        before = std::max(before, value);
    }
    // Only the usual spelling counts: "iiii" and "ic" are no numerals.
    std::string spelled;
    int left = total;
    static constexpr std::pair<int, std::string_view> steps[] = {
        {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}};
    for (const auto& [value, text] : steps) {
        while (left >= value) {
            spelled += text;
            left -= value;
        }
    }
    return spelled == letters ? total : 0;
}

int letter_value(std::string_view letters)
{
    if (letters.empty() || letters.size() > 2 || !is_lower(letters[0]) || letters.back() != letters[0])
        return 0;
    return (letters[0] - 'a') + 1 + (letters.size() == 2 ? 26 : 0);
}

std::optional<Label> parse_label(std::string_view text)
{
    if (text.empty())
        return std::nullopt;
    if (is_digit(text[0]))
        return decimal(text);
    if (text[0] == '(' && text.size() > 2 && is_digit(text[1]))
        return bracketed_figure(text);
    if (const auto label = named(text))
        return label;
    if (const auto label = letter_and_decimal(text))
        return label;
    if (text[0] == '(' || is_letter(text[0])) {
        if (const auto label = lettered(text))
            return label;
    }
    return bullet(text);
}

bool refers(std::string_view word)
{
    static constexpr std::string_view words[] = {
        "section", "sections", "sec.",  "sec",      "article",  "articles", "clause",     "clauses",
        "§",       "§§",       "para.", "and",      "or",       "to",       "through",    "exhibit",
        "rule",    "item",     "items", "schedule", "appendix", "annex",    "paragraph",  "paragraphs",
        "no.",     "nos.",     "part",  "in",       "of",       "by",       "subsection", "subsections",
        "with",    "under",    "art.",  "version",  "v.",       "page",     "chapter",    "least",
        "than",    "from",     "about", "number"};
    const std::string lower = base::lowered(word);
    return std::find(std::begin(words), std::end(words), lower) != std::end(words);
}

}
