#include "core/document/odtwalker.h"

#include "core/base/text.h"

#include <utility>

namespace leeway::document::odt {
namespace {

std::string utf8(QStringView text)
{
    return text.toUtf8().toStdString();
}

}

Walker::Walker(XmlReader& xml, Story& story) : m_xml(xml), m_story(story)
{
    m_boxes.push_back({});
}

base::Status Walker::read()
{
    for (;;) {
        switch (m_xml.next()) {
        case XmlReader::Token::Start:
            if (!start(tag_of(m_xml)))
                m_xml.skip();
            break;
        case XmlReader::Token::Text:
            words(m_xml.text());
            break;
        case XmlReader::Token::End:
            end();
            break;
        case XmlReader::Token::Done:
            finish();
            return m_xml.status();
        }
    }
}

bool Walker::start(Tag tag)
{
    Open open{tag, m_style};
    switch (tag) {
    case Tag::Skipped:
        return false;
    case Tag::Styles:
        m_story.styles.read(m_xml);
        return true;
    case Tag::Paragraph:
    case Tag::Heading:
        begin_paragraph(tag == Tag::Heading);
        break;
    case Tag::Span:
        take_style(m_story.styles.text(utf8(m_xml.attribute(QLatin1String("style-name")))));
        break;
    case Tag::List:
        begin_list();
        break;
    case Tag::ListItem:
        if (m_lists.size() > box().lists) {
            m_lists.back().item_begins = true;
            m_lists.back().restart = m_xml.number(QLatin1String("start-value"));
        }
        break;
    case Tag::Section:
        if (m_xml.attribute(QLatin1String("display")) == QLatin1String("none")) {
            ++m_story.hidden;
            return false;
        }
        break;
    case Tag::Hidden:
        if (m_xml.attribute(QLatin1String("is-hidden")) == QLatin1String("true")) {
            ++m_story.hidden;
            return false;
        }
        break;
    case Tag::Contents:
        ++m_contents;
        break;
    case Tag::Change:
        change();
        return true;
    case Tag::Table:
        if (!m_tables.empty())
            m_tables.back().has_tables = true;
        m_tables.push_back({});
        break;
    case Tag::Row:
        if (!m_tables.empty()) {
            m_tables.back().cells.clear();
            m_tables.back().has_tables = false;
        }
        break;
    case Tag::Cell:
    case Tag::TextBox:
    case Tag::Note:
        m_boxes.push_back({});
        box().lists = m_lists.size();
        box().style = std::exchange(m_style, {});
        break;
    case Tag::Comment:
        comment();
        return true;
    default:
        leaf(tag);
        break;
    }
    m_open.push_back(std::move(open));
    return true;
}

void Walker::end()
{
    if (m_open.empty())
        return;
    const Open open = std::move(m_open.back());
    m_open.pop_back();
    switch (open.tag) {
    case Tag::Paragraph:
    case Tag::Heading:
        flush();
        break;
    case Tag::List:
        if (m_lists.size() > box().lists)
            m_lists.pop_back();
        break;
    case Tag::Contents:
        --m_contents;
        break;
    case Tag::Cell: {
        std::vector<RawBlock> blocks = close_box();
        if (!m_tables.empty())
            m_tables.back().cells.push_back(std::move(blocks));
        else
            append_blocks(box().blocks, std::move(blocks));
        break;
    }
    case Tag::Row:
        if (!m_tables.empty()) {
            Table& table = m_tables.back();
            append_blocks(box().blocks, office_row(std::exchange(table.cells, {}), table.has_tables));
        }
        break;
    case Tag::Table:
        m_tables.pop_back();
        break;
    case Tag::TextBox:
    case Tag::Note: {
        std::vector<RawBlock> blocks = close_box();
        append_blocks(open.tag == Tag::Note ? box().notes : box().beside, std::move(blocks));
        break;
    }
    default:
        break;
    }
    m_style = open.before;
}

void Walker::leaf(Tag tag)
{
    switch (tag) {
    case Tag::Space:
        add(" ");
        break;
    case Tag::Break:
        line_break();
        break;
    case Tag::PageBreak:
        if (m_boxes.size() == m_tables.size() + 1)
            paragraph().begin_page();
        break;
    case Tag::CommentEnd:
        paragraph().end_comment(utf8(m_xml.attribute(QLatin1String("name"))));
        break;
    default:
        break;
    }
}

void Walker::words(QStringView text)
{
    if (!box().in_paragraph)
        return;
    if (m_style.hidden.value_or(false)) {
        m_story.hidden += !text.trimmed().isEmpty() && !m_hidden_before ? 1 : 0;
        m_hidden_before = true;
        return;
    }
    m_hidden_before = false;
    add(m_style.capitals.value_or(false) ? utf8(text.toString().toUpper()) : utf8(text));
}

void Walker::add(std::string_view text)
{
    if (box().in_paragraph && !m_style.hidden.value_or(false))
        paragraph().add(text, m_style.bold.value_or(false));
}

void Walker::take_style(const TextStyle& style)
{
    m_style.bold = style.bold ? style.bold : m_style.bold;
    m_style.hidden = style.hidden ? style.hidden : m_style.hidden;
    m_style.capitals = style.capitals ? style.capitals : m_style.capitals;
}

void Walker::change()
{
    while (m_xml.next_child()) {
        m_story.inserted += m_xml.is(QLatin1String("insertion")) ? 1 : 0;
        m_story.deleted += m_xml.is(QLatin1String("deletion")) ? 1 : 0;
        m_xml.skip();
    }
}

void Walker::comment()
{
    constexpr std::size_t longest = 4000;
    const std::string id = utf8(m_xml.attribute(QLatin1String("name")));
    TidyText text;
    int depth = 1;
    int passed = 0; // elements that name author and date
    while (depth > 0) {
        const XmlReader::Token token = m_xml.next();
        if (token == XmlReader::Token::Done)
            return;
        if (token == XmlReader::Token::Text) {
            if (passed == 0)
                text.add(utf8(m_xml.text()));
            continue;
        }
        const bool starts = token == XmlReader::Token::Start;
        depth += starts ? 1 : -1;
        if (is_comment_detail(m_xml))
            passed += starts ? 1 : -1;
        text.add(" ");
    }
    Paragraph& p = paragraph();
    p.begin_comment(id, base::shortened(text.take(), longest));
    if (id.empty())
        p.end_comment(id); // it hangs at a point
}

base::Status read_content(const std::string& bytes, Story& story)
{
    XmlReader xml(bytes);
    return Walker(xml, story).read();
}

}
