#pragma once

#include "core/base/result.h"
#include "core/clauses/pack.h"

#include <QByteArray>
#include <QColor>
#include <QHash>
#include <QString>
#include <utility>
#include <vector>

namespace leeway::ui {

/// The colours of one theme by name, from resources/theme/palette.json.
class Palette
{
public:
    [[nodiscard]] QColor operator[](const char* name) const { return color(QLatin1StringView(name)); }
    [[nodiscard]] QColor color(QLatin1StringView name) const;
    [[nodiscard]] QColor ink(clauses::Verdict verdict) const;
    [[nodiscard]] QColor tint(clauses::Verdict verdict) const;
    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] const QHash<QString, QColor>& colors() const { return m_colors; }

private:
    friend struct Palettes;
    QHash<QString, QColor> m_colors;
    bool m_dark = false;
};

struct Palettes
{
    Palette light;
    Palette dark;
    std::vector<std::pair<QString, QString>> textOn; // every pair of text and background that the window uses

    /// Errors name the missing or malformed colour.
    static base::Result<Palettes> parse(const QByteArray& json);
};

/// Contrast of two colours after WCAG 2.1: 1 to 21.
double contrast(const QColor& a, const QColor& b);

}
