#include "core/document/docxstyles.h"

#include "core/base/text.h"

namespace leeway::document::docx {
namespace {

constexpr QLatin1String val("val");
constexpr int longest_line = 64; // of styles based on one another

std::string utf8(QStringView text)
{
    return text.toUtf8().toStdString();
}

template<typename T>
void inherit(std::optional<T>& value, const std::optional<T>& below)
{
    if (!value)
        value = below;
}

void read_list(XmlReader& xml, ParagraphFormat& format)
{
    while (xml.next_child()) {
        if (xml.is(QLatin1String("numId")))
            format.list = xml.number(val);
        else if (xml.is(QLatin1String("ilvl")))
            format.list_level = xml.number(val);
        xml.skip();
    }
}

// The w:rPr of a paragraph is that of its mark, the end of the paragraph.
void read_mark(XmlReader& xml, ParagraphFormat& format)
{
    while (xml.next_child()) {
        if (xml.is(QLatin1String("del")) || xml.is(QLatin1String("moveFrom")))
            format.mark_deleted = true;
        else if (xml.is(QLatin1String("vanish")) || xml.is(QLatin1String("specVanish")))
            format.mark_hidden = is_on(xml);
        xml.skip();
    }
}

}

void RunFormat::inherit(const RunFormat& below)
{
    docx::inherit(bold, below.bold);
    docx::inherit(hidden, below.hidden);
    docx::inherit(capitals, below.capitals);
}

bool is_on(const XmlReader& xml)
{
    const QStringView value = xml.attribute(val);
    return value != QLatin1String("0") && value != QLatin1String("false") && value != QLatin1String("off");
}

ParagraphFormat read_paragraph_format(XmlReader& xml)
{
    ParagraphFormat format;
    while (xml.next_child()) {
        if (xml.is(QLatin1String("numPr"))) {
            read_list(xml, format);
            continue;
        }
        if (xml.is(QLatin1String("rPr"))) {
            read_mark(xml, format);
            continue;
        }
        if (xml.is(QLatin1String("pStyle"))) {
            format.style = utf8(xml.attribute(val));
        } else if (xml.is(QLatin1String("outlineLvl"))) {
            format.outline = xml.number(val);
        } else if (xml.is(QLatin1String("ind"))) {
            format.left = xml.number(QLatin1String("left"));
            if (!format.left)
                format.left = xml.number(QLatin1String("start"));
        }
        xml.skip();
    }
    return format;
}

RunFormat read_run_format(XmlReader& xml)
{
    RunFormat format;
    while (xml.next_child()) {
        if (xml.is(QLatin1String("b")))
            format.bold = is_on(xml);
        else if (xml.is(QLatin1String("vanish")))
            format.hidden = is_on(xml);
        else if (xml.is(QLatin1String("caps")))
            format.capitals = is_on(xml);
        else if (xml.is(QLatin1String("rStyle")))
            format.style = utf8(xml.attribute(val));
        xml.skip();
    }
    return format;
}

base::Status Styles::read(const std::string& bytes)
{
    XmlReader xml(bytes);
    if (!xml.next_child())
        return xml.status();
    while (xml.next_child()) {
        if (xml.is(QLatin1String("style"))) {
            read_style(xml);
        } else if (xml.is(QLatin1String("docDefaults"))) {
            while (xml.next_child()) {
                if (!xml.is(QLatin1String("rPrDefault"))) {
                    xml.skip();
                    continue;
                }
                while (xml.next_child())
                    m_default_run = read_run_format(xml);
            }
        } else {
            xml.skip();
        }
    }
    return xml.status();
}

void Styles::read_style(XmlReader& xml)
{
    Style style;
    const std::string id = utf8(xml.attribute(QLatin1String("styleId")));
    const bool is_default = xml.attribute(QLatin1String("type")) == QLatin1String("paragraph") &&
                            !xml.attribute(QLatin1String("default")).isEmpty() &&
                            xml.attribute(QLatin1String("default")) != QLatin1String("0") &&
                            xml.attribute(QLatin1String("default")) != QLatin1String("false");
    while (xml.next_child()) {
        if (xml.is(QLatin1String("pPr"))) {
            style.format = read_paragraph_format(xml);
            continue;
        }
        if (xml.is(QLatin1String("rPr"))) {
            style.run = read_run_format(xml);
            continue;
        }
        if (xml.is(QLatin1String("name")))
            style.name = base::lowered(utf8(xml.attribute(val)));
        else if (xml.is(QLatin1String("basedOn")))
            style.based_on = utf8(xml.attribute(val));
        xml.skip();
    }
    if (is_default)
        m_default = id;
    m_styles.insert_or_assign(id, std::move(style));
}

ParagraphStyle Styles::resolved(const std::string& id) const
{
    ParagraphStyle result;
    auto at = m_styles.find(id);
    if (at == m_styles.end())
        at = m_styles.find(m_default);
    for (int steps = 0; at != m_styles.end() && steps < longest_line; ++steps) {
        const Style& style = at->second;
        if (steps == 0)
            result.name = style.name;
        if (!result.format.list)
            result.line.push_back(at->first);
        inherit(result.format.outline, style.format.outline);
        inherit(result.format.list, style.format.list);
        inherit(result.format.list_level, style.format.list_level);
        inherit(result.format.left, style.format.left);
        result.run.inherit(style.run);
        // Templates that leave out the built-in styles' outline levels still mean headings.
        if (!result.format.outline && style.name.size() == 9 && style.name.starts_with("heading ") &&
            style.name[8] >= '1' && style.name[8] <= '9')
            result.format.outline = style.name[8] - '1';
        at = style.based_on.empty() ? m_styles.end() : m_styles.find(style.based_on);
    }
    result.run.inherit(m_default_run);
    return result;
}

const ParagraphStyle& Styles::paragraph(const std::string& id) const
{
    const auto known = m_resolved.find(id);
    return known != m_resolved.end() ? known->second : m_resolved.emplace(id, resolved(id)).first->second;
}

RunFormat Styles::run(const std::string& id) const
{
    RunFormat result;
    auto at = m_styles.find(id);
    for (int steps = 0; at != m_styles.end() && steps < longest_line; ++steps) {
        result.inherit(at->second.run);
        at = at->second.based_on.empty() ? m_styles.end() : m_styles.find(at->second.based_on);
    }
    return result;
}

std::optional<int> Styles::list_of(const std::string& id) const
{
    const auto found = m_styles.find(id);
    return found == m_styles.end() ? std::nullopt : found->second.format.list;
}

}
