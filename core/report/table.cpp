#include "core/report/table.h"

#include <algorithm>
#include <numeric>

namespace leeway::report {
namespace {

constexpr qreal gutter = 12 * pt; // between the contents of two columns
constexpr qreal padding = 5.5 * pt;
constexpr qreal header_height = 20 * pt;

}

Table::Table(Paper& paper, std::vector<Column> columns) : m_paper(paper), m_columns(std::move(columns))
{
    m_shares = std::accumulate(m_columns.begin(), m_columns.end(), 0.0,
                               [](qreal sum, const Column& column) { return sum + column.share; });
}

qreal Table::width_of(std::size_t column) const
{
    return m_paper.width() * m_columns[column].share / m_shares;
}

qreal Table::inner_width(std::size_t column) const
{
    return width_of(column) - (column + 1 < m_columns.size() ? gutter : 0);
}

qreal Table::x_of(std::size_t column) const
{
    qreal x = m_paper.left();
    for (std::size_t i = 0; i < column; ++i)
        x += width_of(i);
    return x;
}

Strips Table::cell(std::size_t column, const QString& text, const TextStyle& style) const
{
    return m_columns[column].figures ? figure_strips(text, style, inner_width(column))
                                     : text_strips(text, style, inner_width(column));
}

void Table::rule(QRgb colour, qreal thickness)
{
    m_paper.painter().setPen(QPen(QColor(colour), thickness));
    const qreal y = m_paper.y();
    m_paper.painter().drawLine(QPointF(m_paper.left(), y), QPointF(m_paper.left() + m_paper.width(), y));
}

void Table::header()
{
    qreal height = 0;
    std::vector<Strips> titles;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const TextStyle style = m_columns[i].figures ? label.right() : label;
        titles.push_back(text_strips(m_columns[i].title, style, inner_width(i)));
        height = std::max(height, height_of(titles.back()));
    }
    for (std::size_t i = 0; i < titles.size(); ++i) {
        qreal y = m_paper.y() + height - height_of(titles[i]);
        for (const Strip& strip : titles[i]) {
            strip.draw(m_paper.painter(), QPointF(x_of(i), y));
            y += strip.height;
        }
    }
    m_paper.move_to(m_paper.y() + height + 4 * pt);
    rule(ink::muted, 0.8 * pt);
}

void Table::start(qreal first_row)
{
    if (m_started)
        return;
    m_paper.need(header_height + first_row);
    header();
    m_started = true;
}

void Table::group(const QString& title)
{
    m_group = text_strips(title, label.in(ink::accent), m_paper.width());
}

void Table::draw_group()
{
    if (m_group.empty())
        return;
    m_paper.move_to(m_paper.y() + padding + 2 * pt);
    m_paper.flow(m_group);
    m_paper.move_to(m_paper.y() + padding - 2 * pt);
    rule(ink::line, 0.6 * pt);
    m_group.clear();
}

void Table::row(std::vector<Strips> cells)
{
    qreal height = 0;
    for (const Strips& cell : cells)
        height = std::max(height, height_of(cell));
    height += 2 * padding;
    const qreal group_height = m_group.empty() ? 0 : height_of(m_group) + 2 * padding;
    const qreal longest_moved = 0.28 * m_paper.body_height();
    const qreal least_torn = 60 * pt;
    start(group_height + (height <= longest_moved ? height : least_torn));
    const qreal room = m_paper.remaining() - group_height;
    if (height > room && (height <= longest_moved || room < least_torn)) {
        m_paper.new_page();
        header();
    }
    draw_group();

    std::vector<std::size_t> drawn(cells.size(), 0);
    const auto is_done = [&] {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (drawn[i] < cells[i].size())
                return false;
        }
        return true;
    };
    while (true) {
        const qreal top = m_paper.y() + padding;
        const qreal free = m_paper.remaining() - 2 * padding;
        qreal used = 0;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            qreal y = 0;
            while (drawn[i] < cells[i].size() && y + cells[i][drawn[i]].height <= free) {
                const Strip& strip = cells[i][drawn[i]++];
                strip.draw(m_paper.painter(), QPointF(x_of(i), top + y));
                y += strip.height;
            }
            used = std::max(used, y);
        }
        for (std::size_t i = 0; i < cells.size(); ++i)
            m_paper.place_cell(QRectF(x_of(i), top - padding, inner_width(i), used + 2 * padding));
        m_paper.move_to(top + used + padding);
        rule(ink::line, 0.6 * pt);
        if (is_done())
            return;
        m_paper.new_page();
        header();
    }
}

}
