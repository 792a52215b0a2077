#include "core/base/text.h"
#include "core/document/characters.h"
#include "core/document/numerals.h"
#include "core/document/rawblock.h"
#include "core/document/readers.h"

#include <gumbo.h>

#include <utility>

namespace leeway::document {
namespace {

constexpr int deepest_nesting = 2000;

// An upper bound of how deep elements nest, without building the tree.
int nesting_of(std::string_view text)
{
    // Elements without content, and those that the next one of their kind closes.
    static constexpr std::string_view flat[] = {"br",  "hr",    "img",   "input", "meta",   "link",  "p",
                                                "li",  "td",    "th",    "tr",    "dd",     "dt",    "option",
                                                "col", "tbody", "thead", "area",  "source", "param", "wbr"};
    int depth = 0;
    int deepest = 0;
    for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        const bool closing = text.substr(at + 1).starts_with('/');
        std::size_t begin = at + (closing ? 2 : 1);
        std::size_t end = begin;
        while (end < text.size() && end - begin < 8 && (is_letter(text[end]) || is_digit(text[end])))
            ++end;
        const std::string name = base::lowered(text.substr(begin, end - begin));
        if (name.empty() || std::find(std::begin(flat), std::end(flat), name) != std::end(flat))
            continue;
        depth = closing ? std::max(0, depth - 1) : depth + 1;
        deepest = std::max(deepest, depth);
    }
    return deepest;
}

std::string_view attribute(const GumboElement& element, const char* name)
{
    const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
    return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool is_skipped(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_TEXTAREA:
        return true;
    default:
        return false;
    }
}

bool is_inline(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_ACRONYM:
    case GUMBO_TAG_B:
    case GUMBO_TAG_BIG:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_I:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_U:
    case GUMBO_TAG_UNKNOWN:
        return true;
    default:
        return false;
    }
}

bool is_hidden(const GumboElement& element)
{
    if (gumbo_get_attribute(&element.attributes, "hidden") != nullptr ||
        attribute(element, "aria-hidden") == "true")
        return true;
    std::string style = base::lowered(attribute(element, "style"));
    std::erase_if(style, is_blank);
    return style.find("display:none") != std::string::npos ||
           style.find("visibility:hidden") != std::string::npos;
}

bool is_bold(const GumboElement& element)
{
    if (element.tag == GUMBO_TAG_B || element.tag == GUMBO_TAG_STRONG)
        return true;
    std::string style = base::lowered(attribute(element, "style"));
    std::erase_if(style, is_blank);
    return style.find("font-weight:bold") != std::string::npos ||
           style.find("font-weight:7") != std::string::npos;
}

std::string numeral_of(int value, std::string_view type)
{
    if (type == "a" || type == "A") {
        if (value > 26)
            return {};
        return numeral(value, type == "a" ? NumberFormat::LowerLetter : NumberFormat::UpperLetter);
    }
    if (type == "i" || type == "I")
        return numeral(value, type == "i" ? NumberFormat::LowerRoman : NumberFormat::UpperRoman);
    return std::to_string(value);
}

class Walker
{
public:
    void walk(const GumboNode& node)
    {
        switch (node.type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_CDATA:
        case GUMBO_NODE_WHITESPACE:
            add(node.v.text.text);
            break;
        case GUMBO_NODE_ELEMENT:
            element(node.v.element);
            break;
        default:
            break;
        }
    }

    std::vector<RawBlock> take()
    {
        flush();
        return std::move(m_blocks);
    }

    [[nodiscard]] bool has_headings() const { return m_has_headings; }

private:
    struct List
    {
        bool ordered;
        std::string type;
        int next;
    };

    void element(const GumboElement& e)
    {
        if (is_skipped(e.tag) || is_hidden(e))
            return;
        if (e.tag == GUMBO_TAG_BR) {
            line_break();
            return;
        }
        if (e.tag == GUMBO_TAG_HR) {
            flush();
            return;
        }
        const bool bold = is_bold(e);
        m_bold_depth += bold ? 1 : 0;
        if (is_inline(e.tag))
            children(e);
        else if (e.tag == GUMBO_TAG_TR)
            row(e);
        else if (e.tag >= GUMBO_TAG_H1 && e.tag <= GUMBO_TAG_H6)
            heading(e);
        else if (e.tag == GUMBO_TAG_OL || e.tag == GUMBO_TAG_UL)
            list(e);
        else if (e.tag == GUMBO_TAG_LI)
            item(e);
        else {
            flush();
            children(e);
            flush();
        }
        m_bold_depth -= bold ? 1 : 0;
    }

    void children(const GumboElement& e)
    {
        for (unsigned i = 0; i < e.children.length; ++i)
            walk(*static_cast<const GumboNode*>(e.children.data[i]));
    }

    void heading(const GumboElement& e)
    {
        flush();
        m_kind = RawBlock::Kind::Heading;
        m_level = static_cast<int>(e.tag) - static_cast<int>(GUMBO_TAG_H1) + 1;
        m_has_headings = true;
        children(e);
        flush();
        m_kind = RawBlock::Kind::Unknown;
    }

    void list(const GumboElement& e)
    {
        flush();
        const std::string start(attribute(e, "start"));
        int first = std::atoi(start.substr(0, 6).c_str());
        if (start.empty())
            first = 1;
        m_lists.push_back({e.tag == GUMBO_TAG_OL, std::string(attribute(e, "type")), first});
        children(e);
        flush();
        m_lists.pop_back();
        m_pending_item = false;
    }

    void item(const GumboElement& e)
    {
        flush();
        m_pending_item = true;
        m_number.clear();
        if (!m_lists.empty() && m_lists.back().ordered)
            m_number = numeral_of(m_lists.back().next++, m_lists.back().type);
        children(e);
        flush();
        m_pending_item = false;
    }

    void row(const GumboElement& e)
    {
        flush();
        if (m_in_row) {
            children(e);
            return;
        }
        m_in_row = true;
        std::vector<RawBlock> outer = std::move(m_blocks);
        std::vector<std::vector<RawBlock>> cells;
        m_blocks.clear();
        for (unsigned i = 0; i < e.children.length; ++i) {
            walk(*static_cast<const GumboNode*>(e.children.data[i]));
            flush();
            cells.push_back(std::exchange(m_blocks, {}));
        }
        m_blocks = std::move(outer);
        m_in_row = false;
        for (RawBlock& block : row_of(std::move(cells)))
            m_blocks.push_back(std::move(block));
    }

    // Two breaks in a row end a paragraph; one is a blank.
    void line_break()
    {
        if (m_broken)
            flush();
        else
            m_text += '\n';
        m_broken = true;
    }

    void add(std::string_view text)
    {
        const auto blanks = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_blank));
        if (blanks < text.size())
            m_broken = false;
        (m_bold_depth > 0 ? m_bold : m_plain) += text.size() - blanks;
        m_text += text;
    }

    void flush()
    {
        RawBlock block;
        block.text = tidy(m_text);
        block.emphasised = m_kind == RawBlock::Kind::Unknown && m_bold > 0 && m_plain == 0;
        m_text.clear();
        m_bold = m_plain = 0;
        m_broken = false;
        if (block.text.empty())
            return;
        block.kind = m_kind;
        block.level = m_kind == RawBlock::Kind::Heading ? m_level : 0;
        if (m_pending_item && m_kind == RawBlock::Kind::Unknown) {
            block.kind = RawBlock::Kind::Item;
            block.level = static_cast<int>(m_lists.size());
            block.number = m_number;
            block.emphasised = false;
            m_pending_item = false;
        }
        m_blocks.push_back(std::move(block));
    }

    std::vector<RawBlock> m_blocks;
    std::vector<List> m_lists;
    std::string m_text;
    std::string m_number;
    RawBlock::Kind m_kind = RawBlock::Kind::Unknown;
    int m_level = 0;
    int m_bold_depth = 0;
    std::size_t m_bold = 0;
    std::size_t m_plain = 0;
    bool m_broken = false;
    bool m_pending_item = false;
    bool m_in_row = false;
    bool m_has_headings = false;
};

}

base::Status read_html(Document& document, std::string_view text)
{
    if (nesting_of(text) > deepest_nesting)
        return base::fail(base::ErrorCode::Unreadable,
                          "nests its parts too deeply to be a contract. Save the page as text and add that.");
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    GumboOutput* output = gumbo_parse_with_options(&options, text.data(), text.size());
    if (output == nullptr)
        return base::fail(base::ErrorCode::Unreadable, "cannot be read as a web page. Save it as text.");
    Walker walker;
    walker.walk(*output->root);
    gumbo_destroy_output(&options, output);
    std::vector<RawBlock> blocks = walker.take();
    assemble(document, std::move(blocks), !walker.has_headings());
    return {};
}

}
