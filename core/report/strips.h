#pragma once

#include "core/report/style.h"

#include <QPointF>
#include <QString>
#include <functional>
#include <vector>

class QPainter;

namespace leeway::report {

/// A piece of content that is never torn apart: a line of text, a verdict. Pages break between strips.
struct Strip
{
    qreal height = 0;
    std::function<void(QPainter& painter, QPointF top_left)> draw;
};
using Strips = std::vector<Strip>;

qreal height_of(const Strips& strips);
void append(Strips& strips, Strips more);

/// Wrapped text, breaking inside words that are wider than `width` alone. Nothing for an empty text.
Strips text_strips(const QString& text, const TextStyle& style, qreal width);

/// A figure, right-aligned, its digits on equal widths so that columns of figures line up. Wraps like text
/// when it is too wide.
Strips figure_strips(const QString& text, const TextStyle& style, qreal width);

/// A passage of the contract behind a bar in the verdict's colour, with its place.
Strips quote_strips(const QString& quote, const QString& place, clauses::Verdict verdict, qreal width);

/// A list item behind a small square.
Strips item_strips(const QString& text, const TextStyle& style, qreal width);

/// The verdict as word, drawn icon and colour.
Strip verdict_strip(clauses::Verdict verdict);

Strip gap_strip(qreal height);

/// Width of a single line of text.
qreal width_of(const QString& text, const TextStyle& style);
/// The text, or its beginning with “…” where it is wider than `room`.
QString elided(const QString& text, const TextStyle& style, qreal room);
/// One line, which is not wrapped, with its baseline at `baseline`; aligned to the left, or with its end
/// there.
void draw_line(QPainter& painter, QPointF baseline, const QString& text, const TextStyle& style);
/// The icon of a verdict in a square of side `size`.
void draw_icon(QPainter& painter, QPointF top_left, qreal size, clauses::Verdict verdict);

}
