#include "ui/costs/chart/hovercard.h"

#include "ui/widgets/figures.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

namespace leeway::ui {

namespace {

constexpr double padding = 10;
constexpr double gap = 16;
constexpr double swatch = 14;

}

void HoverCard::setContent(Content content)
{
    prepareGeometryChange();
    m_content = std::move(content);
    update();
}

QRectF HoverCard::card() const
{
    const QFontMetricsF metrics(m_content.font);
    double names = 0;
    double figures = 0;
    for (const Row& row : m_content.rows) {
        names = std::max(names, metrics.horizontalAdvance(row.name));
        figures = std::max<double>(figures, figuresWidth(m_content.font, row.figure));
    }
    const double width =
        std::max(swatch + names + gap + figures, metrics.horizontalAdvance(m_content.title)) + 2 * padding;
    const double line = metrics.height() + 4;
    const double height = line * static_cast<double>(m_content.rows.size() + 1) + 2 * padding - 4;
    const QRectF& plot = m_content.plot;
    double left = m_content.x + 12;
    if (left + width > plot.right())
        left = m_content.x - 12 - width;
    return {std::max(left, plot.left()), plot.top() + 4, width, height};
}

QRectF HoverCard::boundingRect() const
{
    return m_content.plot.united(card()).adjusted(-8, -8, 8, 8);
}

void HoverCard::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(m_content.muted, 1));
    painter->drawLine(QPointF(m_content.x, m_content.plot.top()),
                      QPointF(m_content.x, m_content.plot.bottom()));
    for (const Row& row : m_content.rows) {
        if (!row.y)
            continue;
        painter->setPen(QPen(m_content.panel, 2));
        painter->setBrush(row.color);
        painter->drawEllipse(QPointF(m_content.x, *row.y), 5, 5);
    }
    const QRectF frame = card();
    painter->setPen(QPen(m_content.line, 1));
    painter->setBrush(m_content.panel);
    painter->drawRoundedRect(frame, 6, 6);

    const QFontMetricsF metrics(m_content.font);
    const double line = metrics.height() + 4;
    QRectF rowRect(frame.left() + padding, frame.top() + padding - 2, frame.width() - 2 * padding, line);
    QFont bold = m_content.font;
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    painter->setPen(m_content.ink);
    painter->drawText(rowRect, Qt::AlignLeft | Qt::AlignVCenter, m_content.title);
    painter->setFont(m_content.font);
    for (const Row& row : m_content.rows) {
        rowRect.translate(0, line);
        if (row.y) {
            painter->setPen(QPen(row.color, 2));
            painter->drawLine(QPointF(rowRect.left(), rowRect.center().y()),
                              QPointF(rowRect.left() + 8, rowRect.center().y()));
        }
        painter->setPen(m_content.muted);
        painter->drawText(rowRect.adjusted(swatch, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, row.name);
        painter->setPen(m_content.ink);
        if (!row.y)
            painter->setPen(m_content.muted);
        drawFigures(*painter, rowRect.toAlignedRect(), Qt::AlignRight, row.figure);
    }
}

}
