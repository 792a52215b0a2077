#include "core/report/strips.h"

#include "core/report/format.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>
#include <algorithm>
#include <memory>
#include <numeric>

namespace leeway::report {
namespace {

// Distance from the top of a line to its baseline, so that the letters stand in the middle.
qreal baseline_of(const QFont& font, qreal line_height)
{
    const QFontMetricsF metrics(font);
    return (line_height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent();
}

struct Digit
{
    QString text;
    qreal x = 0;
};

// Digits stand on cells of equal width. Gaps stay under a tenth of the font size, beyond which readers of the
// PDF would take them for spaces.
std::vector<Digit> on_cells(const QString& text, const QFont& font, qreal& width)
{
    const QFontMetricsF metrics(font);
    const qreal cell = metrics.horizontalAdvance(u'0');
    const qreal widest_gap = 0.085 * font.pixelSize();
    std::vector<Digit> digits;
    qreal x = 0;
    qreal gap_before = 0;
    for (const QChar character : text) {
        const qreal advance = metrics.horizontalAdvance(character);
        qreal side = character.isDigit() ? std::max(0.0, (cell - advance) / 2) : 0;
        const qreal left = std::min(side, widest_gap - gap_before);
        digits.push_back({QString(character), x + left});
        x += left + advance + side;
        gap_before = side;
    }
    width = x;
    return digits;
}

}

qreal height_of(const Strips& strips)
{
    return std::accumulate(strips.begin(), strips.end(), 0.0,
                           [](qreal sum, const Strip& strip) { return sum + strip.height; });
}

void append(Strips& strips, Strips more)
{
    std::move(more.begin(), more.end(), std::back_inserter(strips));
}

Strips text_strips(const QString& text, const TextStyle& style, qreal width)
{
    if (text.isEmpty())
        return {};
    const QFont font = font_of(style, text);
    const auto layout = std::make_shared<QTextLayout>(text, font);
    QTextOption option(style.align);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setUseDesignMetrics(true);
    layout->setTextOption(option);
    layout->setCacheEnabled(true);
    layout->beginLayout();
    while (true) {
        QTextLine line = layout->createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
    }
    layout->endLayout();

    Strips strips;
    const qreal height = style.line_height();
    for (int i = 0; i < layout->lineCount(); ++i) {
        strips.push_back({height, [layout, i, height, style](QPainter& painter, QPointF top_left) {
                              const QTextLine line = layout->lineAt(i);
                              const qreal shift = (height - line.ascent() - line.descent()) / 2;
                              painter.setPen(QColor(style.colour));
                              line.draw(&painter, top_left + QPointF(0, shift) - QPointF(0, line.y()));
                          }});
    }
    return strips;
}

Strips figure_strips(const QString& text, const TextStyle& style, qreal width)
{
    const QFont font = font_of(style, text);
    qreal figure_width = 0;
    const auto digits = on_cells(text, font, figure_width);
    if (figure_width > width)
        return text_strips(text, style.right(), width);
    const qreal height = style.line_height();
    return {{height, [=](QPainter& painter, QPointF top_left) {
                 const qreal start = top_left.x() + width - figure_width;
                 const qreal baseline = top_left.y() + baseline_of(font, height);
                 painter.setPen(QColor(style.colour));
                 painter.setFont(font);
                 for (const Digit& digit : digits)
                     painter.drawText(QPointF(start + digit.x, baseline), digit.text);
             }}};
}

Strips quote_strips(const QString& quote, const QString& place, clauses::Verdict verdict, qreal width)
{
    const qreal indent = 9 * pt;
    const TextStyle style{.size = 8.5, .leading = 1.4};
    Strips lines = text_strips(QStringLiteral("“%1”").arg(quote), style, width - indent);
    append(lines, text_strips(place, small, width - indent));
    const QRgb colour = tint_of(verdict).ink;
    Strips strips;
    for (const Strip& line : lines) {
        strips.push_back({line.height, [line, colour, indent](QPainter& painter, QPointF top_left) {
                              painter.fillRect(QRectF(top_left, QSizeF(1.6 * pt, line.height + 1)),
                                               QColor(colour));
                              line.draw(painter, top_left + QPointF(indent, 0));
                          }});
    }
    return strips;
}

Strips item_strips(const QString& text, const TextStyle& style, qreal width)
{
    const qreal indent = 11 * pt;
    Strips strips = text_strips(text, style, width - indent);
    for (std::size_t i = 0; i < strips.size(); ++i) {
        strips[i].draw = [line = strips[i], first = i == 0, indent](QPainter& painter, QPointF top_left) {
            const qreal side = 3 * pt;
            if (first)
                painter.fillRect(QRectF(top_left + QPointF(0, (line.height - side) / 2), QSizeF(side, side)),
                                 QColor(ink::accent));
            line.draw(painter, top_left + QPointF(indent, 0));
        };
    }
    return strips;
}

Strip verdict_strip(clauses::Verdict verdict)
{
    return {15 * pt, [verdict](QPainter& painter, QPointF top_left) {
                const TextStyle style{.size = 8, .weight = QFont::DemiBold, .colour = tint_of(verdict).ink};
                const QString word = shown(report::verdict(verdict));
                const qreal icon = 7 * pt;
                const qreal height = 13 * pt;
                const QRectF pill(top_left + QPointF(0, 0.2 * pt),
                                  QSizeF(width_of(word, style) + icon + 17 * pt, height));
                painter.setPen(Qt::NoPen);
                painter.setBrush(QColor(tint_of(verdict).ground));
                painter.drawRoundedRect(pill, height / 2, height / 2);
                draw_icon(painter, pill.topLeft() + QPointF(6 * pt, (height - icon) / 2), icon, verdict);
                const qreal baseline = baseline_of(font_of(style, word), height);
                draw_line(painter, pill.topLeft() + QPointF(icon + 10 * pt, baseline), word, style);
            }};
}

Strip gap_strip(qreal height)
{
    return {height, [](QPainter&, QPointF) {}};
}

qreal width_of(const QString& text, const TextStyle& style)
{
    return QFontMetricsF(font_of(style, text)).horizontalAdvance(text);
}

QString elided(const QString& text, const TextStyle& style, qreal room)
{
    // No line on the paper has room for more.
    constexpr qsizetype longest_line = 300;
    if (text.size() <= longest_line && width_of(text, style) <= room)
        return text;
    qsizetype fits = 0;
    qsizetype too_long = std::min(text.size(), longest_line);
    while (fits + 1 < too_long) {
        const qsizetype middle = (fits + too_long) / 2;
        (width_of(text.left(middle) + u'…', style) <= room ? fits : too_long) = middle;
    }
    if (fits > 0 && text[fits - 1].isHighSurrogate())
        --fits;
    return text.left(fits) + u'…';
}

void draw_line(QPainter& painter, QPointF baseline, const QString& text, const TextStyle& style)
{
    painter.setPen(QColor(style.colour));
    painter.setFont(font_of(style, text));
    const bool to_the_left = style.align.testFlag(Qt::AlignRight);
    painter.drawText(to_the_left ? baseline - QPointF(width_of(text, style), 0) : baseline, text);
}

void draw_icon(QPainter& painter, QPointF top_left, qreal size, clauses::Verdict verdict)
{
    const QColor colour(tint_of(verdict).ink);
    const auto at = [&](qreal x, qreal y) { return top_left + QPointF(x, y) * size; };
    const QRectF circle(at(0.1, 0.1), QSizeF(0.8 * size, 0.8 * size));
    painter.setPen(QPen(colour, 0.17 * size, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    switch (verdict) {
    case clauses::Verdict::Met:
        painter.drawPolyline(QPolygonF({at(0.08, 0.55), at(0.38, 0.85), at(0.92, 0.18)}));
        break;
    case clauses::Verdict::Partial:
        painter.drawEllipse(circle);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPie(circle, 90 * 16, 180 * 16);
        break;
    case clauses::Verdict::Missing:
        painter.drawEllipse(circle);
        break;
    case clauses::Verdict::Adverse:
        painter.drawLine(at(0.15, 0.15), at(0.85, 0.85));
        painter.drawLine(at(0.85, 0.15), at(0.15, 0.85));
        break;
    }
}

}
