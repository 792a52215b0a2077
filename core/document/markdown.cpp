#include "core/base/text.h"
#include "core/document/characters.h"
#include "core/document/rawblock.h"
#include "core/document/readers.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <memory>

namespace leeway::document {
namespace {

struct FreeParser
{
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct FreeNode
{
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeIterator
{
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};

std::unique_ptr<cmark_node, FreeNode> parse(std::string_view text)
{
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
    if (cmark_syntax_extension* table = cmark_find_syntax_extension("table"))
        cmark_parser_attach_syntax_extension(parser.get(), table);
    cmark_parser_feed(parser.get(), text.data(), text.size());
    return std::unique_ptr<cmark_node, FreeNode>(cmark_parser_finish(parser.get()));
}

class Walker
{
public:
    std::vector<RawBlock> walk(cmark_node* root)
    {
        const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(root));
        for (;;) {
            const cmark_event_type event = cmark_iter_next(iterator.get());
            if (event == CMARK_EVENT_DONE)
                return std::move(m_blocks);
            cmark_node* node = cmark_iter_get_node(iterator.get());
            if (event == CMARK_EVENT_ENTER)
                enter(node);
            else
                leave(node);
        }
    }

    [[nodiscard]] bool has_headings() const { return m_has_headings; }

private:
    struct List
    {
        bool ordered;
        bool bracket;
        int next;
    };

    void enter(cmark_node* node)
    {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_LIST) {
            m_lists.push_back({cmark_node_get_list_type(node) == CMARK_ORDERED_LIST,
                               cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM,
                               cmark_node_get_list_start(node)});
        } else if (type == CMARK_NODE_ITEM) {
            m_item = true;
            if (!m_lists.empty() && m_lists.back().ordered)
                m_marker = std::to_string(m_lists.back().next++) + (m_lists.back().bracket ? ") " : ". ");
            else
                m_marker.clear();
        } else if (type == CMARK_NODE_HEADING || type == CMARK_NODE_PARAGRAPH) {
            start();
        } else if (type == CMARK_NODE_STRONG) {
            ++m_strong;
        } else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
            add(literal(node));
        } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
            add(" ");
        } else if (type == CMARK_NODE_HTML_INLINE) {
            if (base::lowered(literal(node)).starts_with("<br"))
                add(" ");
        } else if (type == CMARK_NODE_CODE_BLOCK) {
            start();
            add(literal(node));
            finish(RawBlock::Kind::Unknown, 0);
        } else if (type == CMARK_NODE_HTML_BLOCK) {
            Document part;
            if (read_html(part, literal(node))) {
                for (const Block& block : part.blocks) {
                    start();
                    add(part.slice(block.begin, block.end));
                    finish(block.kind == BlockKind::TableRow ? RawBlock::Kind::Row : RawBlock::Kind::Unknown,
                           0);
                }
            }
        } else if (is_row(node)) {
            start();
        } else if (is_cell(node)) {
            if (!m_text.empty())
                m_text += '\t';
        }
    }

    void leave(cmark_node* node)
    {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_LIST) {
            m_lists.pop_back();
        } else if (type == CMARK_NODE_ITEM) {
            m_item = false;
        } else if (type == CMARK_NODE_STRONG) {
            --m_strong;
        } else if (type == CMARK_NODE_HEADING) {
            m_has_headings = true;
            finish(RawBlock::Kind::Heading, cmark_node_get_heading_level(node));
        } else if (type == CMARK_NODE_PARAGRAPH) {
            finish(m_item ? RawBlock::Kind::Item : RawBlock::Kind::Unknown, static_cast<int>(m_lists.size()));
        } else if (is_row(node)) {
            finish(RawBlock::Kind::Row, 0);
        }
    }

    // The types of the table extension are not in its public header; their names are.
    static bool is_row(cmark_node* node)
    {
        const std::string_view type = cmark_node_get_type_string(node);
        return type == "table_row" || type == "table_header";
    }
    static bool is_cell(cmark_node* node)
    {
        return cmark_node_get_type_string(node) == std::string_view("table_cell");
    }

    static std::string_view literal(cmark_node* node)
    {
        const char* text = cmark_node_get_literal(node);
        return text == nullptr ? std::string_view() : std::string_view(text);
    }

    void start()
    {
        m_text.clear();
        m_plain = 0;
        m_bold = 0;
    }

    void add(std::string_view text)
    {
        const auto blanks = static_cast<std::size_t>(std::count(text.begin(), text.end(), ' '));
        (m_strong > 0 ? m_bold : m_plain) += text.size() - blanks;
        m_text += text;
    }

    void finish(RawBlock::Kind kind, int level)
    {
        RawBlock block;
        block.kind = kind;
        block.level = level;
        block.emphasised = kind == RawBlock::Kind::Unknown && m_bold > 0 && m_plain == 0;
        if (kind == RawBlock::Kind::Row)
            block.text = tidy_cells();
        else
            block.text = tidy(m_text);
        if (block.text.empty())
            return;
        if (kind == RawBlock::Kind::Item) {
            block.text.insert(0, m_marker);
            m_item = false; // further paragraphs of the item are paragraphs
            m_marker.clear();
        }
        m_blocks.push_back(std::move(block));
    }

    [[nodiscard]] std::string tidy_cells() const
    {
        std::string result;
        for (const std::string& cell : base::split(m_text, '\t')) {
            const std::string clean = tidy(cell);
            if (clean.empty())
                continue;
            if (!result.empty())
                result += '\t';
            result += clean;
        }
        return result;
    }

    std::vector<RawBlock> m_blocks;
    std::vector<List> m_lists;
    std::string m_text;
    std::string m_marker; // "3. " of the item whose text comes next
    bool m_item = false;
    bool m_has_headings = false;
    int m_strong = 0;
    std::size_t m_bold = 0;
    std::size_t m_plain = 0;
};

}

void read_markdown(Document& document, std::string_view text)
{
    const auto root = parse(text);
    Walker walker;
    std::vector<RawBlock> blocks = walker.walk(root.get());
    assemble(document, std::move(blocks), !walker.has_headings());
}

}
