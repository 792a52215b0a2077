// Paragraphs, cells and tables: what collects text, and what becomes of it at the end.

#include "core/document/docxwalker.h"

#include <utility>

namespace leeway::document::docx {

void Walker::begin_paragraph()
{
    if (box().in_paragraph)
        end_paragraph();
    box().in_paragraph = true;
    m_run = {};
    if (!box().carried)
        paragraph() = {};
    box().carried = false;
    if (!paragraph().text.empty())
        paragraph().text.add(" ");
}

void Walker::paragraph_format()
{
    ParagraphFormat format = read_paragraph_format(m_xml);
    Paragraph& p = paragraph();
    if (p.run_in) {
        // The label and style of a run-in heading stay; only where it ends is of this paragraph.
        p.format.mark_deleted = format.mark_deleted;
        p.format.mark_hidden = format.mark_hidden;
    } else {
        p.format = std::move(format);
    }
}

void Walker::end_paragraph()
{
    Box& b = box();
    b.in_paragraph = false;
    if (m_codes > 0) {
        // No code goes on over a paragraph's end: a field that never ends must not hide what follows.
        m_fields.assign(m_fields.size(), true);
        m_codes = 0;
    }
    Paragraph& p = b.paragraph;
    if (p.format.mark_deleted || p.format.mark_hidden) {
        if (!p.text.empty())
            p.run_in = p.run_in || !p.format.mark_deleted;
        b.carried = true;
        p.format.mark_deleted = p.format.mark_hidden = false;
        return;
    }
    flush();
}

void Walker::flush()
{
    Box& b = box();
    b.carried = false;
    if (std::any_of(m_tables.begin(), m_tables.end(), [](const Table& t) { return t.row_deleted; })) {
        m_maker.builder().pass_over(std::exchange(b.paragraph, {}));
        return;
    }
    std::vector<std::string> notes = std::exchange(b.paragraph.notes, {});
    const bool in_cell = m_boxes.size() > 1;
    std::optional<RawBlock> block = m_maker.block(std::exchange(b.paragraph, {}), in_cell);
    if (block) {
        if (!in_cell && block->kind != RawBlock::Kind::Item)
            put_notes();
        b.blocks.push_back(std::move(*block));
    }
    append_blocks(b.blocks, std::exchange(b.beside, {}));
    std::move(notes.begin(), notes.end(), std::back_inserter(m_due));
}

void Walker::put_notes()
{
    for (const std::string& key : m_due) {
        const auto note = m_story.notes.find(key);
        if (note == m_story.notes.end())
            continue;
        append_blocks(box().blocks, std::move(note->second));
        m_story.notes.erase(note); // text stands once
    }
    m_due.clear();
}

std::vector<RawBlock> Walker::close_box()
{
    if (box().in_paragraph || box().carried)
        flush();
    std::vector<RawBlock> blocks = std::move(box().blocks);
    m_boxes.pop_back();
    return blocks;
}

void Walker::row_format()
{
    while (m_xml.next_child()) {
        if (m_xml.is(QLatin1String("del")) && !m_tables.empty()) {
            m_tables.back().row_deleted = true;
            ++m_story.deleted;
        } else if (m_xml.is(QLatin1String("ins"))) {
            ++m_story.inserted;
        }
        m_xml.skip();
    }
}

void Walker::cell_format()
{
    while (m_xml.next_child()) {
        if (m_xml.is(QLatin1String("vMerge")) && !m_tables.empty() &&
            m_xml.attribute(QLatin1String("val")) != QLatin1String("restart"))
            m_covered += std::exchange(m_tables.back().cell_covered, true) ? 0 : 1;
        m_xml.skip();
    }
}

void Walker::end_cell()
{
    if (m_tables.empty()) {
        std::vector<RawBlock> blocks = close_box();
        append_blocks(box().blocks, std::move(blocks));
        return;
    }
    m_tables.back().cells.push_back(close_box());
    m_covered -= std::exchange(m_tables.back().cell_covered, false) ? 1 : 0;
}

void Walker::end_row()
{
    if (m_tables.empty() || m_tables.back().row_deleted)
        return;
    Table& table = m_tables.back();
    std::vector<RawBlock> row = office_row(std::exchange(table.cells, {}), table.has_tables);
    if (m_boxes.size() == 1 && !row.empty() && row[0].kind != RawBlock::Kind::Row)
        put_notes();
    append_blocks(box().blocks, std::move(row));
}

void Walker::line_break()
{
    if (!visible())
        return;
    const QStringView type = m_xml.attribute(QLatin1String("type"));
    Paragraph& p = paragraph();
    if (!p.broken && type != QLatin1String("page") && type != QLatin1String("column")) {
        p.text.add(" ");
        p.broken = true;
        return;
    }
    if (p.text.empty())
        return;
    Paragraph rest;
    rest.format = p.format;
    rest.goes_on = true;
    flush();
    box().paragraph = std::move(rest);
}

void Walker::finish()
{
    while (m_boxes.size() > 1)
        close_box();
    if (box().in_paragraph || box().carried)
        flush();
    if (m_notes != 0)
        return;
    put_notes();
    m_story.blocks = std::move(box().blocks);
    if (!m_story.blocks.empty())
        m_maker.builder().finish(m_story.blocks.back());
}

}
