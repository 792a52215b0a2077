#include "ui/widgets/palette.h"

#include "ui/widgets/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>

namespace leeway::ui {

namespace {

double luminance(const QColor& color)
{
    const auto linear = [](double v) {
        return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

}

QColor Palette::color(QLatin1StringView name) const
{
    const auto found = m_colors.constFind(QString(name));
    Q_ASSERT_X(found != m_colors.constEnd(), "Palette", name.data());
    return found == m_colors.constEnd() ? QColor(Qt::magenta) : *found;
}

QColor Palette::ink(clauses::Verdict verdict) const
{
    return m_colors.value(verdictKey(verdict));
}

QColor Palette::tint(clauses::Verdict verdict) const
{
    return m_colors.value(verdictKey(verdict) + u"-tint"_s);
}

base::Result<Palettes> Palettes::parse(const QByteArray& json)
{
    QJsonParseError error;
    const QJsonObject root = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError)
        return base::fail(base::ErrorCode::Invalid, utf8(u"palette.json: "_s + error.errorString()));

    Palettes result;
    result.dark.m_dark = true;
    for (auto [key, palette] : {std::pair{u"light"_s, &result.light}, std::pair{u"dark"_s, &result.dark}}) {
        const QJsonObject colors = root.value(key).toObject();
        for (auto it = colors.begin(); it != colors.end(); ++it) {
            const QColor color(it.value().toString());
            if (!color.isValid())
                return base::fail(base::ErrorCode::Invalid,
                                  utf8(u"palette.json: “%1” in “%2” is not a colour"_s.arg(it.key(), key)));
            palette->m_colors.insert(it.key(), color);
        }
    }
    if (result.light.m_colors.isEmpty() || result.light.m_colors.size() != result.dark.m_colors.size())
        return base::fail(base::ErrorCode::Invalid,
                          "palette.json: light and dark must name the same colours");
    const QJsonArray pairs = root.value(u"text-on").toArray();
    for (const auto& pair : pairs) {
        const QString text = pair.toArray().at(0).toString();
        const QString background = pair.toArray().at(1).toString();
        if (!result.light.m_colors.contains(text) || !result.light.m_colors.contains(background))
            return base::fail(base::ErrorCode::Invalid,
                              utf8(u"palette.json: no colours “%1” and “%2”"_s.arg(text, background)));
        result.textOn.emplace_back(text, background);
    }
    return result;
}

double contrast(const QColor& a, const QColor& b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

}
