// Paragraphs and lists: what collects text, and what becomes of it at the end.

#include "core/document/odtwalker.h"

#include <utility>

namespace leeway::document::odt {
namespace {

std::string utf8(QStringView text)
{
    return text.toUtf8().toStdString();
}

}

void Walker::begin_paragraph(bool heading)
{
    if (box().in_paragraph)
        flush();
    Paragraph& p = paragraph();
    std::vector<std::uint32_t> page_starts = std::move(p.page_starts); // between paragraphs
    p = {};
    p.page_starts = std::move(page_starts);
    box().in_paragraph = true;
    m_break_at = 0;
    m_style = m_story.styles.text(utf8(m_xml.attribute(QLatin1String("style-name"))));
    p.title = m_style.name == "Title";
    if (heading)
        p.outline = std::clamp(
            m_xml.number(QLatin1String("outline-level")).value_or(m_style.outline.value_or(1)), 1, 10);
    const bool no_label = m_xml.attribute(QLatin1String("is-list-header")) == QLatin1String("true");
    p.depth = m_lists.size() - std::min(box().lists, m_lists.size());
    if (p.depth > 0) {
        if (std::exchange(m_lists.back().item_begins, false) && !no_label)
            p.label = list_label();
    } else if (heading && !no_label) {
        const auto level = static_cast<std::size_t>(p.outline - 1);
        const ListStyle& style = m_story.styles.outline();
        m_headings.count(style, level, m_xml.number(QLatin1String("start-value")));
        if (std::string label = m_headings.label(style, level); !label.empty())
            p.label = std::move(label);
    }
}

void Walker::begin_list()
{
    List list;
    const bool outermost = m_lists.size() <= box().lists;
    list.style = utf8(m_xml.attribute(QLatin1String("style-name")));
    if (outermost) {
        list.id = utf8(m_xml.attribute(QLatin1String("id")));
        if (list.id.empty())
            list.id = "#" + std::to_string(m_list_count++);
        const std::string continued = utf8(m_xml.attribute(QLatin1String("continue-list")));
        ListCounter counter;
        if (!continued.empty())
            counter = m_counters[continued];
        else if (m_xml.attribute(QLatin1String("continue-numbering")) == QLatin1String("true"))
            counter = m_counters[m_last_list[list.style]];
        m_counters[list.id] = counter;
        m_last_list[list.style] = list.id;
    } else {
        list.id = m_lists.back().id;
        if (list.style.empty())
            list.style = m_lists.back().style;
    }
    m_lists.push_back(std::move(list));
}

std::optional<std::string> Walker::list_label()
{
    const List& list = m_lists.back();
    const std::size_t level = std::min(m_lists.size() - box().lists, list_levels) - 1;
    const ListStyle* style = m_story.styles.list(list.style);
    if (style == nullptr)
        return std::string();
    ListCounter& counter = m_counters[list.id];
    counter.count(*style, level, list.restart);
    return counter.label(*style, level);
}

void Walker::flush()
{
    Box& b = box();
    b.in_paragraph = false;
    const bool in_cell = m_boxes.size() > 1;
    Paragraph p = std::exchange(b.paragraph, {});
    const Paragraph shape{{}, p.outline, p.title, p.counted, p.label, p.depth};
    const bool emphasised = p.emphasised();
    const std::string label = p.label && !p.counted ? *p.label : std::string();
    auto block = m_builder.build(std::move(p), label, false, in_cell);
    if (block) {
        give_kind(*block, shape);
        block->emphasised = block->kind == RawBlock::Kind::Unknown && emphasised;
        if (!in_cell && block->kind != RawBlock::Kind::Item)
            append_blocks(b.blocks, std::exchange(m_notes, {}));
        b.blocks.push_back(std::move(*block));
    }
    append_blocks(b.blocks, std::exchange(b.beside, {}));
    append_blocks(m_notes, std::exchange(b.notes, {}));
}

void Walker::give_kind(RawBlock& block, const Paragraph& shape)
{
    const std::string_view words = std::string_view(block.text).substr(block.mark);
    if (m_contents > 0) {
        block.kind = RawBlock::Kind::Row;
        block.mark = 0;
        block.number.clear();
    } else if ((shape.outline > 0 || shape.title) && !shape.counted && !reads_like_clause(words)) {
        block.kind = RawBlock::Kind::Heading;
        block.level = std::max(1, shape.outline);
        m_story.has_headings = m_story.has_headings || shape.outline > 0;
    } else if (shape.label && !shape.counted) {
        block.kind = RawBlock::Kind::Item;
        block.level = static_cast<int>(std::max<std::size_t>(1, shape.depth));
    }
}

void Walker::line_break()
{
    if (!box().in_paragraph)
        return;
    Paragraph& p = paragraph();
    const bool second = p.text.next() == m_break_at && !p.text.empty();
    p.text.add(" ");
    m_break_at = p.text.next();
    if (!second)
        return;
    Paragraph rest{{}, p.outline, p.title, true, p.label, p.depth};
    flush();
    paragraph() = std::move(rest);
    box().in_paragraph = true;
}

std::vector<RawBlock> Walker::close_box()
{
    if (box().in_paragraph)
        flush();
    m_lists.resize(std::min(m_lists.size(), box().lists));
    m_style = std::move(box().style);
    std::vector<RawBlock> blocks = std::move(box().blocks);
    m_boxes.pop_back();
    return blocks;
}

void Walker::finish()
{
    while (m_boxes.size() > 1)
        close_box();
    if (box().in_paragraph)
        flush();
    append_blocks(box().blocks, std::exchange(m_notes, {}));
    m_story.blocks = std::move(box().blocks);
    if (!m_story.blocks.empty())
        m_builder.finish(m_story.blocks.back());
}

}
