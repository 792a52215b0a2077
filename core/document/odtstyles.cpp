#include "core/document/odtstyles.h"

#include "core/base/text.h"

#include <QHash>

namespace leeway::document::odt {
namespace {

constexpr int longest_line = 64; // of styles based on one another
constexpr std::size_t longest_affix = 100;
constexpr int most = 32'767;

std::string utf8(QStringView text)
{
    return text.toUtf8().toStdString();
}

NumberFormat format_named(QStringView name)
{
    static const QHash<QStringView, NumberFormat> formats{
        {u"1", NumberFormat::Decimal},        {u"a", NumberFormat::LowerLetter},
        {u"A", NumberFormat::UpperLetter},    {u"i", NumberFormat::LowerRoman},
        {u"I", NumberFormat::UpperRoman},     {u"01, 02, 03, ...", NumberFormat::DecimalZero},
        {u"1st", NumberFormat::Ordinal},      {u"One", NumberFormat::CardinalText},
        {u"First", NumberFormat::OrdinalText}};
    if (name.isEmpty())
        return NumberFormat::None;
    return formats.value(name, NumberFormat::Decimal);
}

std::string affix(QStringView text)
{
    std::string result = utf8(text);
    return result.size() > longest_affix ? std::string() : result;
}

ListStyle read_levels(XmlReader& xml)
{
    ListStyle style;
    while (xml.next_child()) {
        const std::optional<int> number = xml.number(QLatin1String("level"));
        if (number && *number >= 1 && *number <= static_cast<int>(list_levels)) {
            ListLevel level;
            level.format = xml.is(QLatin1String("list-level-style-bullet")) ||
                                   xml.is(QLatin1String("list-level-style-image"))
                               ? NumberFormat::Bullet
                               : format_named(xml.attribute(QLatin1String("num-format")));
            level.prefix = affix(xml.attribute(QLatin1String("num-prefix")));
            level.suffix = affix(xml.attribute(QLatin1String("num-suffix")));
            level.pattern = affix(xml.attribute(QLatin1String("num-list-format")));
            level.start = std::clamp(xml.number(QLatin1String("start-value")).value_or(1), 0, most);
            level.shown = static_cast<std::size_t>(
                std::clamp(xml.number(QLatin1String("display-levels")).value_or(1), 1, *number));
            style[static_cast<std::size_t>(*number - 1)] = std::move(level);
        }
        xml.skip();
    }
    return style;
}

}

void ListCounter::count(const ListStyle& style, std::size_t level, std::optional<int> restart)
{
    for (std::size_t above = 0; above < level; ++above) {
        if (!used[above])
            values[above] = style[above].start;
        used[above] = true;
    }
    values[level] = restart ? std::clamp(*restart, 0, most)
                            : (used[level] ? std::min(values[level] + 1, most) : style[level].start);
    used[level] = true;
    std::fill(used.begin() + static_cast<std::ptrdiff_t>(level) + 1, used.end(), false);
}

std::string ListCounter::label(const ListStyle& style, std::size_t level) const
{
    const ListLevel& own = style[level];
    if (own.format == NumberFormat::Bullet || (own.format == NumberFormat::None && own.pattern.empty()))
        return std::string(base::trimmed(own.format == NumberFormat::None ? own.prefix + own.suffix : ""));
    std::string text;
    if (own.pattern.empty()) {
        for (std::size_t i = level + 1 - own.shown; i <= level; ++i) {
            const std::string count = numeral(values[i], style[i].format);
            text += text.empty() || count.empty() ? "" : ".";
            text += count;
        }
        return std::string(base::trimmed(own.prefix + text + own.suffix));
    }
    for (std::size_t i = 0; i < own.pattern.size(); ++i) {
        const std::size_t close = own.pattern[i] == '%' ? own.pattern.find('%', i + 1) : std::string::npos;
        if (close == std::string::npos) {
            text += own.pattern[i];
            continue;
        }
        const int named =
            std::atoi(own.pattern.substr(i + 1, std::min<std::size_t>(close - i - 1, 3)).c_str());
        if (named >= 1 && named <= static_cast<int>(level) + 1)
            text += numeral(values[static_cast<std::size_t>(named - 1)],
                            style[static_cast<std::size_t>(named - 1)].format);
        i = close;
    }
    return std::string(base::trimmed(text));
}

void Styles::read(XmlReader& xml)
{
    const bool automatic = xml.is(QLatin1String("automatic-styles"));
    while (xml.next_child()) {
        if (xml.is(QLatin1String("style"))) {
            read_style(xml, automatic);
        } else if (xml.is(QLatin1String("list-style"))) {
            std::string name = utf8(xml.attribute(QLatin1String("name")));
            m_lists.insert_or_assign(std::move(name), read_levels(xml));
        } else if (xml.is(QLatin1String("outline-style"))) {
            m_outline = read_levels(xml);
        } else {
            xml.skip();
        }
    }
}

void Styles::read_style(XmlReader& xml, bool automatic)
{
    Style style;
    style.automatic = automatic;
    const std::string name = utf8(xml.attribute(QLatin1String("name")));
    style.parent = utf8(xml.attribute(QLatin1String("parent-style-name")));
    style.text.outline = xml.number(QLatin1String("default-outline-level"));
    while (xml.next_child()) {
        if (xml.is(QLatin1String("text-properties"))) {
            const QStringView weight = xml.attribute(QLatin1String("font-weight"));
            if (!weight.isEmpty())
                style.text.bold = weight == QLatin1String("bold") || weight.toInt() >= 600;
            const QStringView display = xml.attribute(QLatin1String("display"));
            if (!display.isEmpty())
                style.text.hidden = display == QLatin1String("none");
            const QStringView transform = xml.attribute(QLatin1String("text-transform"));
            if (!transform.isEmpty())
                style.text.capitals = transform == QLatin1String("uppercase");
        }
        xml.skip();
    }
    m_styles.insert_or_assign(name, std::move(style));
}

TextStyle Styles::text(const std::string& name) const
{
    TextStyle result;
    auto at = m_styles.find(name);
    for (int steps = 0; at != m_styles.end() && steps < longest_line; ++steps) {
        const TextStyle& own = at->second.text;
        if (result.name.empty() && !at->second.automatic)
            result.name = at->first;
        const auto inherit = [](auto& value, const auto& below) {
            if (!value)
                value = below;
        };
        inherit(result.bold, own.bold);
        inherit(result.hidden, own.hidden);
        inherit(result.capitals, own.capitals);
        inherit(result.outline, own.outline);
        at = m_styles.find(at->second.parent);
    }
    return result;
}

const ListStyle* Styles::list(const std::string& name) const
{
    const auto found = m_lists.find(name);
    return found == m_lists.end() ? nullptr : &found->second;
}

}
