#include "core/document/characters.h"
#include "core/document/label.h"
#include "core/document/rawblock.h"
#include "core/document/sentences.h"

#include "core/base/text.h"

#include <unordered_map>

namespace leeway::document {
namespace {

constexpr int deepest_level = 32;
constexpr std::size_t longest_title = 110;
constexpr std::size_t longest_heading = 150; // what a format calls a heading and reads like text is text
constexpr std::size_t longest_number = 64;

// Lines of signature blocks and forms: "By:", "Name: …", "________", "/s/ …".
bool is_form_line(std::string_view text)
{
    for (const std::string_view start :
         {"By:", "Name:", "Title:", "Date:", "/s/", "_", "Its:", "Dated", "Attn", "Attention", "Tel", "Fax",
          "Source:", "Email", "E-mail", "Address"}) {
        if (text.starts_with(start))
            return true;
    }
    return text.find("____") != std::string_view::npos || text.find('@') != std::string_view::npos ||
           text.find("....") != std::string_view::npos;
}

// A short line in capitals or title case that does not read like a part of a sentence.
bool reads_like_title(std::string_view text, bool numbered)
{
    if (text.empty() || text.size() > longest_title || is_form_line(text))
        return false;
    const char last = text.back();
    if (last == ';' || last == ',' || last == '-')
        return false;
    if (last == '.' && !numbered)
        return false;
    if (last == ':' && !numbered && (!all_capitals(text) || text.size() > 60))
        return false;
    const std::string_view body = last == '.' || last == ':' ? text.substr(0, text.size() - 1) : text;
    if (body.find(". ") != std::string_view::npos || body.find("; ") != std::string_view::npos)
        return false;
    if (!numbered && (!is_upper(text[0]) || body.find('$') != std::string_view::npos))
        return false;
    if (all_capitals(body))
        return true;
    for (const std::string_view verb :
         {" means ", " mean ", " shall ", " will ", " may ", " is ", " are ", " has "}) {
        if (body.find(verb) != std::string_view::npos)
            return false;
    }
    return title_share(body) >= (numbered ? 0.6 : 0.85) && std::count(body.begin(), body.end(), ' ') < 12;
}

// A line of a table of contents: a numbered title and a page.
bool is_contents_entry(std::string_view text)
{
    if (text.size() > 160 || !(is_digit(text[0]) || is_upper(text[0])))
        return false;
    std::size_t end = text.size();
    while (end > 0 && is_digit(text[end - 1]))
        --end;
    if (end == text.size() || text.size() - end > 3 || end < 4 ||
        (text[end - 1] != ' ' && text[end - 1] != '.'))
        return false;
    std::string_view title = text.substr(0, end);
    while (!title.empty() && (title.back() == ' ' || title.back() == '.'))
        title.remove_suffix(1);
    const auto label = parse_label(title);
    return label && label->size < title.size() && is_letter(title.back()) &&
           reads_like_title(title.substr(label->size), true);
}

class Assembler
{
public:
    Assembler(Document& document, bool guess_headings) : m_document(document), m_guess(guess_headings) {}

    /// Notes how often each attachment is named at the front of a block: all but the last are entries of a
    /// table of contents, below which the contract itself follows.
    void look_ahead(const std::vector<RawBlock>& blocks)
    {
        for (const RawBlock& block : blocks) {
            if (block.text.empty() || !is_upper(block.text[0]) || is_contents_entry(block.text))
                continue;
            const auto label = parse_label(std::string_view(block.text).substr(0, 200));
            if (label && label->style == LabelStyle::Named)
                ++m_attachments[base::lowered(label->number)];
        }
    }

    void add(RawBlock& raw, const RawBlock* next)
    {
        const std::string_view text = raw.text;
        if (text.find_first_not_of(" \t\n") == std::string_view::npos)
            return;
        std::optional<Label> label = label_of(raw);
        if (label && raw.kind == RawBlock::Kind::Row)
            label.reset();
        // Only the opening of a long block was looked at: what looks like a title may go on.
        Block block;
        block.number = label ? label->number : raw.number;
        if (block.number.size() > longest_number)
            block.number.clear();
        const std::size_t mark = label ? std::min(label->size, text.size()) : raw.mark;
        decide(block, raw, label, text.substr(mark), next);
        append(block, raw, mark);
    }

private:
    struct OpenHeading
    {
        std::int32_t index;
        int level;
    };
    struct OpenList
    {
        LabelStyle style;
        bool bracket;
        int value;
        int nesting; // of the format, 0 when unknown
        std::int32_t lead_in;
        std::int32_t last; // the list's last item
    };

    static std::optional<Label> label_of(const RawBlock& raw)
    {
        const std::string_view text = raw.text;
        if (raw.mark == 0)
            return parse_label(text.substr(0, 320));
        // What stands behind a mark that the format gives does not matter.
        std::optional<Label> label = parse_label(std::string(text.substr(0, raw.mark)) + " X");
        if (!label || label->size < raw.mark)
            return std::nullopt;
        label->size = raw.mark;
        return label;
    }

    void decide(Block& block, const RawBlock& raw, const std::optional<Label>& label, std::string_view rest,
                const RawBlock* next)
    {
        const bool contents = m_guess && is_contents_entry(raw.text);
        const bool in_contents =
            contents &&
            (m_contents || (next != nullptr && !next->text.empty() && is_contents_entry(next->text)));
        m_contents = in_contents;
        if (raw.kind == RawBlock::Kind::Row || in_contents) {
            block.kind = BlockKind::TableRow;
            block.number.clear();
            return;
        }
        const bool from_format = raw.kind == RawBlock::Kind::Heading &&
                                 (raw.text.size() <= longest_heading || !ends_statement(raw.text));
        if (label && label->style == LabelStyle::Named) {
            const bool title = from_format || rest.empty() || reads_like_title(rest, true);
            block.kind = title ? BlockKind::Heading : BlockKind::Paragraph;
            m_lists.clear();
            block.level = from_format ? std::max(1, raw.level) : named_level(*label);
            const std::string lower = base::lowered(block.number.substr(0, 7));
            m_article = m_article || lower == "article";
            // The mark of a filing ("Exhibit 10.2") on top of the contract is no part of it.
            if (m_document.blocks.size() < 2 && lower == "exhibit" && is_digit(block.number.back()))
                block.number.clear();
            else if (scopes_attachment(lower, label->number))
                m_attachment = m_numbered || m_document.blocks.size() < 2;
            close_headings(block);
            return;
        }
        if (label && label->style == LabelStyle::Decimal && !belongs_to_list(*label, raw)) {
            const bool goes_on = next != nullptr && !next->text.empty() && is_lower(next->text.front());
            const bool title = from_format || (!rest.empty() && reads_like_title(rest, true) && !goes_on);
            block.kind = title ? BlockKind::Heading : BlockKind::Paragraph;
            m_lists.clear();
            const int depth = static_cast<int>(label->path.size());
            m_numbered = true;
            const bool below = m_attachment || (m_article && depth == 1);
            block.level = std::max(from_format ? raw.level : 1, depth + (below ? 1 : 0));
            close_headings(block);
            return;
        }
        if (from_format) {
            block.kind = BlockKind::Heading;
            block.level = std::max(1, raw.level);
            m_lists.clear();
            return;
        }
        if (raw.kind == RawBlock::Kind::Item || label) {
            if (label && label->style == LabelStyle::UpperRoman && m_guess && reads_like_title(rest, true) &&
                all_capitals(rest)) {
                block.kind = BlockKind::Heading;
                block.level = 1;
                m_lists.clear();
                return;
            }
            block.kind = BlockKind::ListItem;
            place_in_list(block, raw, label);
            return;
        }
        if (raw.emphasised ? raw.text.size() <= longest_title && !ends_statement(raw.text)
                           : m_guess && reads_like_title(raw.text, false) && leads(raw, next)) {
            block.kind = BlockKind::Heading;
            block.level = unnumbered_level();
            m_lists.clear();
            return;
        }
        block.kind = BlockKind::Paragraph;
    }

    // A numbered paragraph ends the sections of its own depth: "2. Fees. The fees …" is not below "1. Term".
    void close_headings(Block& block)
    {
        if (block.kind == BlockKind::Heading)
            return;
        while (!m_headings.empty() && m_headings.back().level >= block.level)
            m_headings.pop_back();
        block.level = 0;
    }

    // A title has text below it; names and addresses in a signature block have more of their kind.
    static bool leads(const RawBlock& raw, const RawBlock* next)
    {
        if (next == nullptr || is_form_line(next->text))
            return false;
        constexpr std::size_t running_text = 80;
        return all_capitals(raw.text) || next->text.size() >= running_text ||
               parse_label(std::string_view(next->text).substr(0, 200)).has_value();
    }

    bool scopes_attachment(std::string_view start, const std::string& number)
    {
        if (!start.starts_with("schedu") && !start.starts_with("exhibi") && !start.starts_with("append") &&
            !start.starts_with("annex") && !start.starts_with("attach"))
            return false;
        const auto found = m_attachments.find(base::lowered(number));
        return found == m_attachments.end() || --found->second == 0;
    }

    [[nodiscard]] int named_level(const Label& label) const
    {
        const std::string lower = base::lowered(label.number.substr(0, 7));
        if (lower == "section" || lower.starts_with("clause") || lower.starts_with("§"))
            return static_cast<int>(std::max<std::size_t>(label.path.size(), m_article ? 2 : 1));
        return 1;
    }

    // An unnumbered title stands below the numbered heading it follows, so that its text is still cited by
    // that number.
    [[nodiscard]] int unnumbered_level() const
    {
        for (std::size_t i = m_headings.size(); i-- > 0;) {
            if (!m_document.blocks[static_cast<std::size_t>(m_headings[i].index)].number.empty())
                return std::min(m_headings[i].level + 1, deepest_level);
        }
        return 1;
    }

    // "1." opens a list behind a colon, and goes on while its numbers do; elsewhere it numbers a clause.
    [[nodiscard]] bool belongs_to_list(const Label& label, const RawBlock& raw) const
    {
        if (label.path.size() != 1)
            return false;
        if (raw.kind == RawBlock::Kind::Item && raw.level > 1)
            return true;
        for (const OpenList& list : m_lists) {
            if (list.style == LabelStyle::Decimal && list.value + 1 == label.path[0])
                return true;
        }
        if (label.path[0] != 1 || m_document.blocks.empty())
            return false;
        const Block& before = m_document.blocks.back();
        const std::string_view text = m_document.slice(before.begin, before.end);
        return before.kind != BlockKind::Heading && without_closing(text).ends_with(":") &&
               !before.number.empty();
    }

    static int value_in(LabelStyle style, const Label& label)
    {
        if (label.style == style)
            return label.path.empty() ? 0 : label.path[0];
        std::string letters;
        for (const char c : label.number) {
            if (is_letter(c))
                letters += c;
        }
        if (letters.empty())
            return 0;
        const bool upper = is_upper(letters[0]);
        letters = base::lowered(letters);
        switch (style) {
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

    void place_in_list(Block& block, const RawBlock& raw, const std::optional<Label>& label)
    {
        const auto self = static_cast<std::int32_t>(m_document.blocks.size());
        const Label mark = label.value_or(Label{});
        const int nesting = raw.kind == RawBlock::Kind::Item ? raw.level : 0;
        std::size_t open = m_lists.size();
        for (std::size_t i = m_lists.size(); i-- > 0;) {
            const OpenList& list = m_lists[i];
            if (list.bracket != mark.bracket || (nesting > 0 && list.nesting > 0 && list.nesting != nesting))
                continue;
            const bool bullets = mark.style == LabelStyle::Bullet && list.style == LabelStyle::Bullet;
            const int value = value_in(list.style, mark);
            // A gap of one or two is a mark that was lost, but "(i)" behind "(f)" opens a list of its own.
            const int most = list.style == mark.style ? list.value + 3 : list.value + 1;
            if (bullets || (value > list.value && value <= most)) {
                open = i;
                if (bullets || value == list.value + 1)
                    break;
            }
        }
        if (open < m_lists.size()) {
            m_lists.resize(open + 1);
            OpenList& list = m_lists.back();
            list.value = std::max(list.value, value_in(list.style, mark));
            list.last = self;
            block.lead_in = list.lead_in;
        } else {
            // The same kind of list again starts over at its own depth.
            for (std::size_t i = 0; i < m_lists.size(); ++i) {
                const bool same = m_lists[i].style == mark.style && m_lists[i].bracket == mark.bracket;
                const bool outside = nesting > 0 && m_lists[i].nesting >= nesting;
                if ((same && nesting == 0) || outside) {
                    m_lists.resize(i);
                    break;
                }
            }
            if (m_lists.size() >= deepest_level)
                m_lists.pop_back();
            std::int32_t lead_in = self - 1;
            if (lead_in >= 0) {
                const Block& before = m_document.blocks[static_cast<std::size_t>(lead_in)];
                if (before.kind == BlockKind::Heading || before.kind == BlockKind::TableRow)
                    lead_in = -1;
                else if (before.kind == BlockKind::ListItem && m_lists.empty())
                    lead_in = before.lead_in;
                else if (!m_lists.empty() && before.kind == BlockKind::ListItem)
                    lead_in = m_lists.back().last;
            }
            m_lists.push_back(
                {mark.style, mark.bracket, mark.path.empty() ? 0 : mark.path[0], nesting, lead_in, self});
            block.lead_in = lead_in;
        }
        block.level = static_cast<int>(m_lists.size());
    }

    void append(Block& block, RawBlock& raw, std::size_t mark)
    {
        Document& d = m_document;
        if (!d.text.empty())
            d.text += block.kind == BlockKind::ListItem || block.kind == BlockKind::TableRow ? "\n" : "\n\n";
        block.begin = static_cast<std::uint32_t>(d.text.size());
        d.text += raw.text;
        block.end = static_cast<std::uint32_t>(d.text.size());
        for (Word word : raw.words) {
            word.begin += block.begin;
            word.end += block.begin;
            d.words.push_back(word);
        }
        for (Notice& notice : raw.notices) {
            notice.begin += block.begin;
            notice.end += block.begin;
            d.notices.push_back(std::move(notice));
        }
        for (const std::uint32_t start : raw.page_starts)
            d.page_starts.push_back(block.begin + start);
        block.first_sentence = static_cast<std::uint32_t>(d.sentences.size());
        if (block.kind == BlockKind::Heading) {
            d.sentences.push_back({block.begin, block.end});
        } else {
            for (const Sentence& s : sentences_of(raw.text, mark))
                d.sentences.push_back({s.begin + block.begin, s.end + block.begin});
        }
        block.sentence_count = static_cast<std::uint32_t>(d.sentences.size()) - block.first_sentence;
        if (block.kind == BlockKind::Heading) {
            block.level = std::clamp(block.level, 1, deepest_level);
            while (!m_headings.empty() && m_headings.back().level >= block.level)
                m_headings.pop_back();
        }
        block.heading = m_headings.empty() ? -1 : m_headings.back().index;
        if (block.kind == BlockKind::Heading)
            m_headings.push_back({static_cast<std::int32_t>(d.blocks.size()), block.level});
        d.blocks.push_back(std::move(block));
    }

    Document& m_document;
    bool m_guess;
    std::unordered_map<std::string, std::size_t> m_attachments; // how often each is still to come
    bool m_contents = false;   // the block before was a line of a table of contents
    bool m_numbered = false;   // a clause with a number has been seen
    bool m_attachment = false; // inside a schedule, whose numbers start again
    bool m_article = false;    // the contract has articles, so "1." stands below them
    std::vector<OpenHeading> m_headings;
    std::vector<OpenList> m_lists;
};

}

void assemble(Document& document, std::vector<RawBlock> blocks, bool guess_headings)
{
    std::size_t bytes = 0;
    std::size_t words = 0;
    for (const RawBlock& block : blocks) {
        bytes += block.text.size() + 2;
        words += block.words.size();
    }
    document.text.reserve(bytes);
    document.words.reserve(words);
    document.blocks.reserve(blocks.size());
    Assembler assembler(document, guess_headings);
    assembler.look_ahead(blocks);
    for (std::size_t i = 0; i < blocks.size(); ++i)
        assembler.add(blocks[i], i + 1 < blocks.size() ? &blocks[i + 1] : nullptr);
}

}
