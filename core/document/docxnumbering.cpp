#include "core/document/docxnumbering.h"

#include "core/base/text.h"

#include <QHash>

namespace leeway::document::docx {
namespace {

constexpr QLatin1String val("val");
constexpr std::size_t longest_label = 200;

NumberFormat format_named(QStringView name)
{
    static const QHash<QStringView, NumberFormat> formats{{u"none", NumberFormat::None},
                                                          {u"bullet", NumberFormat::Bullet},
                                                          {u"decimalZero", NumberFormat::DecimalZero},
                                                          {u"lowerLetter", NumberFormat::LowerLetter},
                                                          {u"upperLetter", NumberFormat::UpperLetter},
                                                          {u"lowerRoman", NumberFormat::LowerRoman},
                                                          {u"upperRoman", NumberFormat::UpperRoman},
                                                          {u"ordinal", NumberFormat::Ordinal},
                                                          {u"cardinalText", NumberFormat::CardinalText},
                                                          {u"ordinalText", NumberFormat::OrdinalText}};
    return formats.value(name, NumberFormat::Decimal);
}

int in_range(std::optional<int> value)
{
    return std::clamp(value.value_or(0), 0, 32'767);
}

ListLevel read_level(XmlReader& xml)
{
    ListLevel level;
    while (xml.next_child()) {
        if (xml.is(QLatin1String("pPr"))) {
            level.left = read_paragraph_format(xml).left;
            continue;
        }
        if (xml.is(QLatin1String("rPr"))) {
            level.hidden = read_run_format(xml).hidden.value_or(false);
            continue;
        }
        if (xml.is(QLatin1String("start")))
            level.start = in_range(xml.number(val));
        else if (xml.is(QLatin1String("numFmt")))
            level.format = format_named(xml.attribute(val));
        else if (xml.is(QLatin1String("lvlText")))
            level.text = xml.attribute(val).toUtf8().toStdString();
        else if (xml.is(QLatin1String("isLgl")))
            level.legal = is_on(xml);
        else if (xml.is(QLatin1String("lvlRestart")))
            level.restart = xml.number(val);
        else if (xml.is(QLatin1String("suff")))
            level.joined = xml.attribute(val) == QLatin1String("nothing");
        else if (xml.is(QLatin1String("pStyle")))
            level.style = xml.attribute(val).toUtf8().toStdString();
        xml.skip();
    }
    if (level.text.size() > longest_label)
        level.text.clear();
    return level;
}

bool is_level(std::optional<int> level)
{
    return level && *level >= 0 && *level < list_levels;
}

}

base::Status Numbering::read(const std::string& bytes, const Styles& styles)
{
    XmlReader xml(bytes);
    if (!xml.next_child())
        return xml.status();
    while (xml.next_child()) {
        if (xml.is(QLatin1String("abstractNum")))
            read_abstract(xml);
        else if (xml.is(QLatin1String("num")))
            read_list(xml);
        else
            xml.skip();
    }
    // A list that stands for a numbering style counts with the list of that style.
    for (auto& [id, list] : m_lists) {
        const auto abstract = m_abstracts.find(list.abstract);
        if (abstract == m_abstracts.end() || abstract->second.linked_style.empty())
            continue;
        const std::optional<int> target = styles.list_of(abstract->second.linked_style);
        if (target && m_lists.contains(*target))
            list.abstract = m_lists.at(*target).abstract;
    }
    return xml.status();
}

void Numbering::read_abstract(XmlReader& xml)
{
    const std::optional<int> id = xml.number(QLatin1String("abstractNumId"));
    Abstract abstract;
    while (xml.next_child()) {
        if (xml.is(QLatin1String("lvl"))) {
            const std::optional<int> level = xml.number(QLatin1String("ilvl"));
            ListLevel read = read_level(xml);
            if (is_level(level))
                abstract.levels[static_cast<std::size_t>(*level)] = std::move(read);
            continue;
        }
        if (xml.is(QLatin1String("numStyleLink")))
            abstract.linked_style = xml.attribute(val).toUtf8().toStdString();
        xml.skip();
    }
    if (id)
        m_abstracts.insert_or_assign(*id, std::move(abstract));
}

void Numbering::read_list(XmlReader& xml)
{
    const std::optional<int> id = xml.number(QLatin1String("numId"));
    List list;
    while (xml.next_child()) {
        if (!xml.is(QLatin1String("lvlOverride"))) {
            if (xml.is(QLatin1String("abstractNumId")))
                list.abstract = xml.number(val).value_or(-1);
            xml.skip();
            continue;
        }
        const std::optional<int> level = xml.number(QLatin1String("ilvl"));
        while (xml.next_child()) {
            if (xml.is(QLatin1String("lvl"))) {
                ListLevel read = read_level(xml);
                if (is_level(level))
                    list.levels.insert_or_assign(*level, std::move(read));
                continue;
            }
            if (xml.is(QLatin1String("startOverride")) && is_level(level))
                list.starts.insert_or_assign(*level, in_range(xml.number(val)));
            xml.skip();
        }
    }
    if (id)
        m_lists.insert_or_assign(*id, std::move(list));
}

const ListLevel& Numbering::level_in(const List& list, int level) const
{
    if (const auto own = list.levels.find(level); own != list.levels.end())
        return own->second;
    return m_abstracts.at(list.abstract).levels[static_cast<std::size_t>(level)];
}

std::optional<int> Numbering::level_of(int id, const std::vector<std::string>& styles) const
{
    const auto list = m_lists.find(id);
    if (list == m_lists.end() || !m_abstracts.contains(list->second.abstract))
        return std::nullopt;
    for (const std::string& style : styles) {
        for (int level = 0; level < list_levels; ++level) {
            if (level_in(list->second, level).style == style)
                return level;
        }
    }
    return std::nullopt;
}

std::optional<ListLabel> Numbering::next(int id, int level)
{
    const auto found = m_lists.find(id);
    if (found == m_lists.end() || !is_level(level) || !m_abstracts.contains(found->second.abstract))
        return std::nullopt;
    List& list = found->second;
    Counter& counter = m_counters[list.abstract];
    const auto at = static_cast<std::size_t>(level);
    // A level that was passed over counts as if it had been there once.
    for (std::size_t above = 0; above < at; ++above) {
        if (counter.used[above])
            continue;
        counter.used[above] = true;
        counter.values[above] = level_in(list, static_cast<int>(above)).start;
    }
    if (const auto start = list.starts.find(level); start != list.starts.end()) {
        counter.values[at] = start->second;
        list.starts.erase(start);
    } else {
        counter.values[at] =
            counter.used[at] ? std::min(counter.values[at] + 1, 32'767) : level_in(list, level).start;
    }
    counter.used[at] = true;
    for (int below = level + 1; below < list_levels; ++below) {
        if (level < level_in(list, below).restart.value_or(below))
            counter.used[static_cast<std::size_t>(below)] = false;
    }
    const ListLevel& own = level_in(list, level);
    ListLabel label{{}, own.format == NumberFormat::Bullet, own.joined, list.abstract, level, own.left};
    if (!label.bullet && !own.hidden)
        label.text = printed(list, counter, level);
    return label;
}

std::string Numbering::printed(const List& list, const Counter& counter, int level) const
{
    const ListLevel& own = level_in(list, level);
    std::string text;
    for (std::size_t i = 0; i < own.text.size(); ++i) {
        const char digit = own.text[i] == '%' && i + 1 < own.text.size() ? own.text[i + 1] : '\0';
        if (digit < '1' || digit > '9') {
            text += own.text[i];
            continue;
        }
        ++i;
        const int named = digit - '1';
        if (named > level)
            continue;
        const NumberFormat format = level_in(list, named).format;
        const int value = counter.values[static_cast<std::size_t>(named)];
        text += numeral(value, own.legal && format != NumberFormat::None ? NumberFormat::Decimal : format);
    }
    return std::string(base::trimmed(text));
}

}
