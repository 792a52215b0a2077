#include "core/document/docxwalker.h"

#include "core/base/text.h"

#include <utility>

namespace leeway::document::docx {
namespace {

constexpr QLatin1String id_name("id");

std::string utf8(QStringView text)
{
    return text.toUtf8().toStdString();
}

}

Walker::Walker(XmlReader& xml, Story& story, char notes)
    : m_xml(xml),
      m_story(story),
      m_maker(story),
      m_notes(notes)
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
            if (!m_open.empty() && m_open.back().tag == Tag::Text)
                words(m_xml.text());
            break;
        case XmlReader::Token::End:
            if (m_open.empty())
                return m_xml.status();
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
    switch (tag) {
    case Tag::Skipped:
        return false;
    case Tag::Paragraph:
        begin_paragraph();
        break;
    case Tag::ParagraphFormat:
        paragraph_format();
        return true;
    case Tag::Run:
        m_run = m_story.styles.paragraph(paragraph().format.style).run;
        break;
    case Tag::RunFormat:
        if (m_open.empty() || m_open.back().tag != Tag::Run)
            return false;
        run_format();
        return true;
    case Tag::DeletedText:
        mark_change();
        return false;
    case Tag::Inserted:
        break;
    case Tag::Deleted:
        ++m_deleted;
        break;
    case Tag::Table:
        if (!m_tables.empty())
            m_tables.back().has_tables = true;
        m_tables.push_back({});
        break;
    case Tag::Row:
        if (m_tables.empty())
            break;
        m_tables.back().cells.clear();
        m_tables.back().row_deleted = m_tables.back().has_tables = false;
        break;
    case Tag::RowFormat:
        row_format();
        return true;
    case Tag::Cell:
        m_boxes.push_back({});
        break;
    case Tag::CellFormat:
        cell_format();
        return true;
    case Tag::TextBox:
        m_boxes.push_back({});
        break;
    case Tag::CheckBox:
        check_box();
        return true;
    case Tag::Choice:
    case Tag::Fallback:
        if (m_open.empty() || m_open.back().tag != Tag::Choices || m_open.back().chosen)
            return false;
        m_open.back().chosen = true;
        break;
    case Tag::Note:
        if (m_notes == 0 || is_separator())
            return false;
        m_open.push_back({tag, m_notes + utf8(m_xml.attribute(id_name))});
        m_boxes.push_back({});
        return true;
    default:
        leaf(tag);
        break;
    }
    m_open.push_back({tag});
    return true;
}

void Walker::end()
{
    const Open open = std::move(m_open.back());
    m_open.pop_back();
    switch (open.tag) {
    case Tag::Paragraph:
        end_paragraph();
        break;
    case Tag::Inserted:
    case Tag::Deleted:
        m_deleted -= open.tag == Tag::Deleted ? 1 : 0;
        if (open.has_text)
            ++(open.tag == Tag::Deleted ? m_story.deleted : m_story.inserted);
        break;
    case Tag::Cell:
        end_cell();
        break;
    case Tag::Row:
        end_row();
        break;
    case Tag::Table:
        m_covered -= m_tables.back().cell_covered ? 1 : 0;
        m_tables.pop_back();
        break;
    case Tag::TextBox: {
        std::vector<RawBlock> blocks = close_box();
        append_blocks(box().beside, std::move(blocks));
        break;
    }
    case Tag::Note:
        m_story.notes[open.note] = close_box();
        break;
    default:
        break;
    }
}

bool Walker::is_separator() const
{
    const QStringView type = m_xml.attribute(QLatin1String("type"));
    return !type.isEmpty() && type != QLatin1String("normal");
}

void Walker::leaf(Tag tag)
{
    switch (tag) {
    case Tag::Tab:
        add(" ");
        break;
    case Tag::Hyphen:
        add("-");
        break;
    case Tag::Break:
        line_break();
        break;
    case Tag::Symbol:
        add(symbol(m_xml.attribute(QLatin1String("char")), m_xml.attribute(QLatin1String("font"))));
        break;
    case Tag::Field:
        field(m_xml.attribute(QLatin1String("fldCharType")));
        break;
    case Tag::PageBreak:
        if (visible() && m_boxes.size() == m_tables.size() + 1)
            paragraph().begin_page();
        break;
    case Tag::NoteReference:
        if (visible())
            paragraph().notes.push_back((m_xml.is(QLatin1String("footnoteReference")) ? "f" : "e") +
                                        utf8(m_xml.attribute(id_name)));
        break;
    case Tag::CommentStart:
    case Tag::Comment:
        begin_comment(utf8(m_xml.attribute(id_name)));
        break;
    case Tag::CommentEnd:
        paragraph().end_comment(utf8(m_xml.attribute(id_name)));
        break;
    case Tag::Foreign:
        ++m_story.unread;
        break;
    default:
        break;
    }
}

void Walker::words(QStringView text)
{
    if (!text.trimmed().isEmpty())
        mark_change();
    if (!visible())
        return;
    if (m_run.hidden.value_or(false)) {
        m_story.hidden += !text.trimmed().isEmpty() && !m_hidden_before ? 1 : 0;
        m_hidden_before = true;
        return;
    }
    m_hidden_before = false;
    add(m_run.capitals.value_or(false) ? text.toString().toUpper().toUtf8().toStdString() : utf8(text));
}

void Walker::add(std::string_view text)
{
    if (!visible() || m_run.hidden.value_or(false))
        return;
    paragraph().add(text, m_run.bold.value_or(false));
    if (!base::trimmed(text).empty())
        paragraph().broken = false;
}

void Walker::mark_change()
{
    for (auto open = m_open.rbegin(); open != m_open.rend() && open->tag != Tag::Paragraph; ++open) {
        if (open->tag == Tag::Inserted || open->tag == Tag::Deleted) {
            open->has_text = true;
            return;
        }
    }
}

void Walker::run_format()
{
    RunFormat format = read_run_format(m_xml);
    if (!format.style.empty())
        format.inherit(m_story.styles.run(format.style));
    format.inherit(m_run);
    m_run = std::move(format);
}

void Walker::check_box()
{
    bool on = false;
    while (m_xml.next_child()) {
        if (m_xml.is(QLatin1String("default")) || m_xml.is(QLatin1String("checked")))
            on = is_on(m_xml);
        m_xml.skip();
    }
    m_check_boxes.emplace_back(on ? "☒" : "☐");
}

void Walker::field(QStringView type)
{
    if (type == QLatin1String("begin")) {
        m_fields.push_back(false);
        ++m_codes;
    } else if (type == QLatin1String("separate") && !m_fields.empty()) {
        m_codes -= m_fields.back() ? 0 : 1;
        m_fields.back() = true;
    } else if (type == QLatin1String("end") && !m_fields.empty()) {
        m_codes -= m_fields.back() ? 0 : 1;
        m_fields.pop_back();
        for (const std::string& mark : std::exchange(m_check_boxes, {}))
            add(mark);
    }
}

void Walker::begin_comment(const std::string& id)
{
    const auto comment = m_story.comments.find(id);
    if (comment == m_story.comments.end())
        return;
    paragraph().begin_comment(id, std::move(comment->second));
    m_story.comments.erase(comment);
}

}
