#include "core/report/paper.h"

#include <algorithm>
#include <utility>

namespace leeway::report {
namespace {

constexpr qreal page_width = 595 * pt;
constexpr qreal page_height = 842 * pt;
constexpr qreal side_margin = 54 * pt;
constexpr qreal top_margin = 56 * pt;
constexpr qreal bottom_margin = 64 * pt;
constexpr qreal foot_baseline = page_height - 34 * pt;

qreal gap_above(int level)
{
    return (level == 0 ? 0 : 16) * pt;
}

qreal gap_below(int level)
{
    return (level == 0 ? 8 : 5) * pt;
}

}

Paper::Paper(QIODevice& device, QString title, int pages)
    : m_writer(&device),
      m_title(std::move(title)),
      m_pages(pages),
      m_y(top_margin)
{
    m_writer.setPageSize(QPageSize(QPageSize::A4));
    m_writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    m_writer.setResolution(dots_per_inch);
    m_writer.setTitle(m_title);
    m_writer.setCreator(QStringLiteral("Leeway"));
    m_painter.begin(&m_writer);
    m_painter.setRenderHint(QPainter::Antialiasing);
}

qreal Paper::left() const
{
    return side_margin;
}

qreal Paper::width() const
{
    return page_width - 2 * side_margin;
}

qreal Paper::remaining() const
{
    return page_height - bottom_margin - m_y;
}

qreal Paper::body_height() const
{
    return page_height - bottom_margin - top_margin;
}

void Paper::new_page()
{
    m_writer.newPage();
    ++m_page;
    m_y = top_margin;
    furnish();
}

void Paper::need(qreal height)
{
    qreal headings = 0;
    for (const Heading& heading : m_waiting)
        headings += gap_above(heading.level) + height_of(heading.lines) + gap_below(heading.level);
    if (headings + height > remaining() && m_y > top_margin)
        new_page();
    for (const Heading& heading : std::exchange(m_waiting, {}))
        draw(heading);
}

void Paper::draw(const Heading& heading)
{
    space(gap_above(heading.level));
    bookmark(heading.level, heading.text);
    flow(heading.lines);
    space(gap_below(heading.level));
}

void Paper::new_part()
{
    if (remaining() < 0.5 * body_height())
        new_page();
    else
        space(34 * pt);
}

void Paper::space(qreal height)
{
    if (m_y > top_margin)
        m_y += std::min(height, std::max(0.0, remaining()));
}

void Paper::flow(const Strips& strips)
{
    if (!strips.empty())
        need(strips.size() > 2 ? 2 * strips.front().height : height_of(strips));
    for (const Strip& strip : strips) {
        need(strip.height);
        strip.draw(m_painter, QPointF(left(), m_y));
        m_y += strip.height;
    }
}

void Paper::text(const QString& text, const TextStyle& style)
{
    flow(text_strips(text, style, width()));
}

void Paper::items(const std::vector<std::string>& texts, const TextStyle& style)
{
    for (const std::string& item : texts) {
        flow(item_strips(shown(item), style, width()));
        space(3 * pt);
    }
}

void Paper::heading(int level, const QString& text)
{
    const TextStyle style = level == 0 ? TextStyle{.size = 20, .weight = QFont::DemiBold, .leading = 1.25}
                                       : TextStyle{.size = 11.5, .weight = QFont::DemiBold, .leading = 1.3};
    m_waiting.push_back({level, text, text_strips(text, style, width())});
}

void Paper::bookmark(int level, const QString& title)
{
    m_bookmarks.push_back({title, level, m_page, m_y / pt});
}

void Paper::place_cell(const QRectF& box)
{
    m_cells.push_back({m_page, QRectF(box.topLeft() / pt, box.size() / pt)});
}

void Paper::furnish()
{
    const QString number = m_pages > 0 ? QStringLiteral("Page %1 of %2").arg(m_page + 1).arg(m_pages)
                                       : QStringLiteral("Page %1").arg(m_page + 1);
    m_painter.setPen(QPen(QColor(ink::line), 0.6 * pt));
    const qreal rule = foot_baseline - 14 * pt;
    m_painter.drawLine(QPointF(left(), rule), QPointF(left() + width(), rule));
    const TextStyle style = small;
    draw_line(m_painter, QPointF(left() + width(), foot_baseline), number, style.right());
    const qreal room = width() - width_of(number, style) - 20 * pt;
    draw_line(m_painter, QPointF(left(), foot_baseline), elided(m_title, style, room), style);
}

}
