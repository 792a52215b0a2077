#include "core/document/rawblock.h"

#include "core/document/characters.h"
#include "core/document/label.h"

#include <optional>

namespace leeway::document {
namespace {

constexpr std::size_t shortest_run = 60;

// What stands before a possible mark.
struct Before
{
    bool statement = false; // full stop, colon, semicolon; perhaps with "and" or "or" behind it
    bool colon = false;
    bool reference = false; // "Section", "and", "$" …
    bool wide = false;      // two blanks or more
};

Before look_back(std::string_view text, std::size_t at)
{
    Before before;
    std::size_t end = at;
    while (end > 0 && is_blank(text[end - 1]))
        --end;
    before.wide = at - end >= 2;
    std::size_t begin = end;
    while (begin > 0 && !is_blank(text[begin - 1]) && end - begin < 24)
        --begin;
    const std::string_view word = text.substr(begin, end - begin);
    before.reference = word.empty() || refers(word) || word.ends_with(",") || word.ends_with("$") ||
                       word.ends_with("(") || word.ends_with("-");
    before.statement = ends_statement(word) && !refers(word);
    before.colon = before.statement && without_closing(word).ends_with(":");
    if (word == "and" || word == "or" || word == "and/or") {
        std::size_t last = begin;
        while (last > 0 && is_blank(text[last - 1]))
            --last;
        before.statement = last > 0 && (text[last - 1] == ';' || text[last - 1] == ',');
    }
    return before;
}

// The numbers that may come next: a list of bracketed marks inside a numbered clause.
class Sequence
{
public:
    [[nodiscard]] bool continues(const Label& label) const
    {
        if (label.style == LabelStyle::Decimal)
            return is_next_decimal(label.path);
        for (const Open& open : m_open) {
            if (open.bracket == label.bracket && value_in(open, label) == open.value + 1)
                return true;
        }
        return false;
    }

    [[nodiscard]] static bool starts(const Label& label)
    {
        return label.path.size() == 1 && label.path[0] == 1;
    }

    void accept(const Label& label)
    {
        if (label.style == LabelStyle::Decimal || label.style == LabelStyle::Named) {
            m_open.clear();
            if (label.style == LabelStyle::Decimal)
                m_decimal = label.path;
            return;
        }
        for (std::size_t i = m_open.size(); i-- > 0;) {
            if (m_open[i].bracket == label.bracket && value_in(m_open[i], label) == m_open[i].value + 1) {
                ++m_open[i].value;
                m_open.resize(i + 1);
                return;
            }
        }
        if (m_open.size() < 8)
            m_open.push_back({label.style, label.bracket, label.path.empty() ? 0 : label.path[0]});
    }

private:
    struct Open
    {
        LabelStyle style;
        bool bracket;
        int value;
    };

    // The ordinal of `label` read in the style of an open list, 0 when it cannot be.
    static int value_in(const Open& open, const Label& label)
    {
        if (label.style == open.style)
            return label.path.empty() ? 0 : label.path[0];
        std::string letters;
        for (const char c : label.number) {
            if (is_letter(c))
                letters += c;
        }
        if (letters.empty())
            return 0;
        const bool upper = is_upper(letters[0]);
        for (char& c : letters)
            c = is_upper(c) ? static_cast<char>(c + 32) : c;
        switch (open.style) {
        case LabelStyle::LowerRoman:
            return upper ? 0 : roman_value(letters);
        case LabelStyle::UpperRoman:
            return upper ? roman_value(letters) : 0;
        case LabelStyle::LowerLetter:
            return upper ? 0 : letter_value(letters);
        case LabelStyle::UpperLetter:
            return upper ? letter_value(letters) : 0;
        default:
            return 0;
        }
    }

    [[nodiscard]] bool is_next_decimal(const std::vector<int>& path) const
    {
        if (m_decimal.empty())
            return path.size() == 1 && path[0] == 1;
        if (path.size() == m_decimal.size() + 1) // 4 → 4.1
            return std::equal(m_decimal.begin(), m_decimal.end(), path.begin()) && path.back() <= 1;
        if (path.size() > m_decimal.size()) // 4 → 5.1, where the heading "5" was lost
            return path.size() == 2 && path[0] == m_decimal[0] + 1 && path[1] <= 1;
        const std::size_t last = path.size() - 1; // 4.1 → 4.2, 4.1.3 → 4.2 or 5
        for (std::size_t i = 0; i < last; ++i) {
            if (path[i] != m_decimal[i])
                return path.size() == 2 && path[0] == m_decimal[0] + 1 && path[1] <= 1;
        }
        return path[last] == m_decimal[last] + 1;
    }

    std::vector<int> m_decimal;
    std::vector<Open> m_open;
};

bool splits(const Label& label, const Before& before, const Sequence& sequence, std::string_view rest)
{
    const bool capital = !rest.empty() && (is_upper(rest[0]) || rest[0] == '"' || rest[0] == '[' ||
                                           rest.starts_with("“") || rest[0] == '(');
    switch (label.style) {
    case LabelStyle::Bullet:
        return label.size > 3 && before.statement; // "•" and its kin, not a dash
    case LabelStyle::Named:
        return before.statement && (label.closed || is_upper(label.number[1]) || label.path.size() > 1);
    case LabelStyle::Decimal:
        if (!capital || before.reference)
            return false;
        if (sequence.continues(label))
            return before.statement || before.wide || label.path.size() > 1;
        return before.statement && label.path.size() > 1 && label.path[0] < 60;
    default:
        if (sequence.continues(label))
            return before.statement || before.wide;
        return Sequence::starts(label) && (before.colon || (before.statement && label.bracket && capital) ||
                                           (before.wide && label.bracket && !before.reference));
    }
}

// The text between a mark and the next possible one is only a title: "1.4 Additional Considerations (a) …".
bool is_title(std::string_view text)
{
    return text.size() < 90 && title_share(text) >= 0.8 && text.find_first_of(",;") == std::string_view::npos;
}

bool may_start_mark(char c)
{
    return is_digit(c) || c == '(' || is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

void cut(const RawBlock& block, const std::vector<std::size_t>& starts, std::vector<RawBlock>& out)
{
    auto word = block.words.begin();
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const std::size_t begin = starts[i];
        std::size_t end = i + 1 < starts.size() ? starts[i + 1] : block.text.size();
        const std::size_t limit = end;
        while (end > begin && is_blank(block.text[end - 1]))
            --end;
        RawBlock part;
        part.kind = i == 0 ? block.kind : RawBlock::Kind::Unknown;
        part.level = i == 0 ? block.level : 0;
        part.text = block.text.substr(begin, end - begin);
        for (; word != block.words.end() && word->begin < limit; ++word) {
            Word moved = *word;
            moved.begin -= static_cast<std::uint32_t>(begin);
            moved.end -= static_cast<std::uint32_t>(begin);
            part.words.push_back(moved);
        }
        out.push_back(std::move(part));
    }
}

}

std::vector<RawBlock> split_run_on(std::vector<RawBlock> blocks)
{
    constexpr std::size_t mark_window = 200; // a mark and the title that may follow it
    std::vector<RawBlock> result;
    result.reserve(blocks.size());
    Sequence sequence;
    for (RawBlock& block : blocks) {
        const std::string_view text = block.text;
        std::vector<std::size_t> starts{0};
        std::size_t at = 0;
        std::size_t behind = 0; // end of the last mark
        if (const auto label = parse_label(text.substr(0, mark_window))) {
            sequence.accept(*label);
            at = behind = label->size;
        }
        if (block.kind == RawBlock::Kind::Unknown && (text.size() >= shortest_run || at > 0)) {
            for (bool fresh = at > 0; at < text.size(); ++at) {
                if (!fresh && !is_blank(text[at - (at > 0 ? 1 : 0)]))
                    continue;
                if (is_blank(text[at]) || !may_start_mark(text[at]) || (at == 0 && starts.size() == 1))
                    continue;
                const bool behind_mark = fresh;
                fresh = false;
                const auto label = parse_label(text.substr(at, mark_window));
                if (!label)
                    continue;
                const Before before = look_back(text, at);
                // "1.2 (a) Provider agrees …": a list that opens right behind the number.
                const bool opens = behind_mark && label->bracket && Sequence::starts(*label);
                const bool titled = behind > 0 && !before.reference &&
                                    label->bracket != (label->path.size() > 1) &&
                                    (Sequence::starts(*label) || label->style == LabelStyle::Named) &&
                                    is_title(text.substr(behind, std::min(at - behind, mark_window)));
                if (!opens && !titled &&
                    (behind_mark || !splits(*label, before, sequence, text.substr(at + label->size))))
                    continue;
                if (!behind_mark)
                    starts.push_back(at);
                sequence.accept(*label);
                at += label->size > 1 ? label->size - 1 : 0;
                behind = at + 1;
                fresh = true;
                if (at + 1 >= text.size())
                    break;
            }
        }
        if (starts.size() == 1)
            result.push_back(std::move(block));
        else
            cut(block, starts, result);
    }
    return result;
}

}
