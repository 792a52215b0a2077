#include "core/report/waterfallchart.h"

#include "core/report/format.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::report {
namespace {

constexpr qreal row_height = 17 * pt;
constexpr qreal bar_height = 9 * pt;
constexpr qreal gap = 10 * pt;
constexpr TextStyle row_style{.size = 8.5, .leading = 1.3};

struct Row
{
    std::string name;
    double from = 0;
    double to = 0;
    std::string figure;
    QRgb colour = 0;
    bool whole = false;
};

struct Columns
{
    qreal left = 0;
    qreal names = 0;
    qreal bars = 0; // left edge
    qreal bars_width = 0;
    double least = 0;
    double most = 1;

    [[nodiscard]] qreal x(double amount) const
    {
        return bars + (amount - least) / (most - least) * bars_width;
    }
};

std::string capitalised(std::string text)
{
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

std::vector<Row> rows_of(const Prospects& prospects, std::string_view currency)
{
    const simulation::Waterfall& fall = prospects.steps;
    std::vector<Row> rows;
    rows.push_back(
        {prospects.steps_from, 0, fall.from.to_double(), money(fall.from, currency), ink::accent, true});
    base::Decimal at = fall.from;
    for (const simulation::WaterfallStep& step : fall.steps) {
        const base::Decimal next = at + step.amount;
        const auto verdict = step.amount.is_negative() ? clauses::Verdict::Met : clauses::Verdict::Adverse;
        rows.push_back({capitalised(step.title), at.to_double(), next.to_double(),
                        money_difference(step.amount, currency), tint_of(verdict).ink, false});
        at = next;
    }
    rows.push_back({prospects.steps_to, 0, fall.to.to_double(), money(fall.to, currency), ink::accent, true});
    return rows;
}

TextStyle style_of(const Row& row)
{
    return row.whole ? row_style.bold() : row_style;
}

Columns columns_of(const Paper& paper, const std::vector<Row>& rows)
{
    Columns columns;
    columns.left = paper.left();
    qreal figures = 0;
    for (const Row& row : rows) {
        columns.names = std::max(columns.names, width_of(shown(row.name), style_of(row)));
        figures = std::max(figures, width_of(shown(row.figure), style_of(row)));
        columns.least = std::min({columns.least, row.from, row.to});
        columns.most = std::max({columns.most, row.from, row.to});
    }
    columns.names = std::min(columns.names, paper.width() * 0.36);
    figures = std::min(figures, paper.width() * 0.3);
    columns.bars = columns.left + columns.names + gap;
    columns.bars_width = paper.width() - columns.names - figures - 2 * gap;
    return columns;
}

void draw_row(QPainter& painter, const Columns& columns, const Row& row, qreal top, qreal right)
{
    const TextStyle style = style_of(row);
    const qreal baseline = top + row_height / 2 + style.size * 0.36 * pt;
    draw_line(painter, QPointF(columns.left, baseline), elided(shown(row.name), style, columns.names), style);
    const qreal from = columns.x(std::min(row.from, row.to));
    const qreal to = columns.x(std::max(row.from, row.to));
    painter.fillRect(
        QRectF(from, top + (row_height - bar_height) / 2, std::max(to - from, 0.8 * pt), bar_height),
        QColor(row.colour));
    draw_line(painter, QPointF(right, baseline), shown(row.figure), style.right());
}

}

std::string waterfall_title(const Prospects& prospects, std::string_view currency)
{
    const base::Decimal more = prospects.steps.to - prospects.steps.from;
    if (more.is_zero())
        return fmt::format("{} costs what {} costs over the term", prospects.steps_to, prospects.steps_from);
    return fmt::format("Why {} costs {} {} than {} over the term", prospects.steps_to,
                       money_short(more.is_negative() ? -more : more, currency),
                       more.is_negative() ? "less" : "more", prospects.steps_from);
}

void draw_waterfall(Paper& paper, const Prospects& prospects, std::string_view currency)
{
    if (prospects.steps.steps.empty())
        return;
    const std::vector<Row> rows = rows_of(prospects, currency);
    const Strips title =
        text_strips(shown(waterfall_title(prospects, currency)), TextStyle{.size = 10}.bold(), paper.width());
    paper.space(10 * pt);
    paper.need(height_of(title) + (static_cast<qreal>(rows.size()) + 0.5) * row_height);
    paper.flow(title);
    paper.space(4 * pt);
    const Columns columns = columns_of(paper, rows);
    QPainter& painter = paper.painter();
    const qreal right = paper.left() + paper.width();
    qreal top = paper.y();
    for (std::size_t i = 0; i < rows.size(); ++i, top += row_height) {
        draw_row(painter, columns, rows[i], top, right);
        if (i + 1 == rows.size())
            break;
        const qreal x = columns.x(rows[i].to);
        painter.setPen(QPen(QColor(ink::muted), 0.6 * pt));
        painter.drawLine(QPointF(x, top + (row_height + bar_height) / 2),
                         QPointF(x, top + row_height + (row_height - bar_height) / 2));
    }
    paper.move_to(top);
    paper.space(12 * pt);
}

}
