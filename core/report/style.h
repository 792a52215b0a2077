#pragma once

#include "core/clauses/pack.h"
#include "core/scoring/index.h"

#include <QColor>
#include <QFont>
#include <QString>
#include <string_view>

/// The look of the printed report: A4, one accent, Inter where it is installed.
namespace leeway::report {

inline constexpr int dots_per_inch = 720;
inline constexpr qreal pt = dots_per_inch / 72.0; // one point in units of the paper

/// The light palette of the window.
namespace ink {
inline constexpr QRgb text = 0xFF1B2430;
inline constexpr QRgb muted = 0xFF5B6776;
inline constexpr QRgb line = 0xFFDDE1E7;
inline constexpr QRgb background = 0xFFF6F7F9;
inline constexpr QRgb accent = 0xFF0B6B80;
inline constexpr QRgb rail = 0xFF17212D;
inline constexpr QRgb on_rail = 0xFFE6EAF0;
inline constexpr QRgb muted_on_rail = 0xFF9AA7B6;
}

struct TextStyle
{
    qreal size = 9; // points
    QFont::Weight weight = QFont::Normal;
    QRgb colour = ink::text;
    qreal leading = 1.42; // line height in font sizes
    Qt::Alignment align = Qt::AlignLeft;
    bool italic = false;

    [[nodiscard]] TextStyle in(QRgb other) const;
    [[nodiscard]] TextStyle bold() const;
    [[nodiscard]] TextStyle right() const;
    [[nodiscard]] qreal line_height() const { return size * leading * pt; }
};

inline constexpr TextStyle body{};
inline constexpr TextStyle small{.size = 7.5, .colour = ink::muted};
inline constexpr TextStyle label{.size = 7.5, .weight = QFont::DemiBold, .colour = ink::muted};

/// For text with plain letters, glyphs are not exchanged for contextual ones, so that every character can be
/// found and copied in the PDF.
QFont font_of(const TextStyle& style, const QString& text);

struct Tint
{
    QRgb ink = 0;
    QRgb ground = 0;
};
Tint tint_of(clauses::Verdict verdict);
/// Green, amber or red for the thirds of the index.
Tint tint_of_index(scoring::Tenths value);

/// For QTextLayout: valid, without control characters, line feeds as line separators; texts beyond 20,000
/// characters are shortened.
QString shown(std::string_view text);

}
