#include "resources/samples/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <memory>
#include <string_view>

namespace leeway::samples {

namespace {

struct NodeDeleter
{
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct ParserDeleter
{
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};

void append(Runs& runs, const QString& text, bool bold)
{
    if (!runs.isEmpty() && runs.last().bold == bold)
        runs.last().text += text;
    else
        runs.append({text, bold});
}

Runs inlineRuns(cmark_node* parent)
{
    Runs runs;
    int strong = 0;
    cmark_iter* it = cmark_iter_new(parent);
    for (cmark_event_type event = cmark_iter_next(it); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(it)) {
        cmark_node* node = cmark_iter_get_node(it);
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_STRONG)
            strong += event == CMARK_EVENT_ENTER ? 1 : -1;
        else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            append(runs, QString::fromUtf8(cmark_node_get_literal(node)), strong > 0);
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            append(runs, QStringLiteral(" "), strong > 0);
    }
    cmark_iter_free(it);
    return runs;
}

// The library keeps the node type of its table extension to itself, but not the name.
bool isTable(cmark_node* node)
{
    return std::string_view(cmark_node_get_type_string(node)) == "table";
}

Block tableBlock(cmark_node* table)
{
    Block block;
    block.kind = Block::Kind::Table;
    const int columns = cmark_gfm_extensions_get_table_columns(table);
    const uint8_t* alignments = cmark_gfm_extensions_get_table_alignments(table);
    for (int i = 0; i < columns; ++i) {
        const char mark = alignments ? static_cast<char>(alignments[i]) : '\0';
        block.alignments.append(mark == 'r'   ? Qt::AlignRight
                                : mark == 'c' ? Qt::AlignHCenter
                                              : Qt::AlignLeft);
    }
    for (cmark_node* row = cmark_node_first_child(table); row; row = cmark_node_next(row)) {
        QList<Runs> cells;
        for (cmark_node* cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell))
            cells.append(inlineRuns(cell));
        while (cells.size() < columns)
            cells.append(Runs{});
        block.rows.append(cells);
    }
    return block;
}

}

QList<Block> readMarkdown(const QByteArray& utf8)
{
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, ParserDeleter> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension("table"));
    cmark_parser_feed(parser.get(), utf8.constData(), static_cast<size_t>(utf8.size()));
    const std::unique_ptr<cmark_node, NodeDeleter> document(cmark_parser_finish(parser.get()));

    QList<Block> blocks;
    cmark_iter* it = cmark_iter_new(document.get());
    for (cmark_event_type event = cmark_iter_next(it); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(it)) {
        if (event != CMARK_EVENT_ENTER)
            continue;
        cmark_node* node = cmark_iter_get_node(it);
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_HEADING || type == CMARK_NODE_PARAGRAPH) {
            Block block;
            block.kind = type == CMARK_NODE_HEADING ? Block::Kind::Heading : Block::Kind::Paragraph;
            block.level = type == CMARK_NODE_HEADING ? cmark_node_get_heading_level(node) : 0;
            block.runs = inlineRuns(node);
            blocks.append(block);
        } else if (isTable(node)) {
            blocks.append(tableBlock(node));
        }
    }
    cmark_iter_free(it);
    return blocks;
}

}
