#include "ui/costs/outlook/barschart.h"

#include "ui/widgets/figures.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace leeway::ui {

namespace {

constexpr double rowHeight = 26;
constexpr double barHeight = 14;
constexpr double gap = 12;

double px(double value)
{
    return Theme::instance().px(value);
}

QFont rowFont(bool strong)
{
    return Theme::instance().font(12, strong ? QFont::DemiBold : QFont::Normal);
}

}

BarsChart::BarsChart(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void BarsChart::setContent(Content content)
{
    if (content == m_content)
        return;
    const bool another = content.bars.size() != m_content.bars.size() ||
                         content.reference.has_value() != m_content.reference.has_value();
    m_content = std::move(content);
    QStringList spoken;
    for (const FloatingBar& bar : m_content.bars)
        spoken << bar.name + u' ' + bar.figure;
    setAccessibleDescription(spoken.join(u", "_s));
    if (another)
        updateGeometry();
    update();
}

QSize BarsChart::sizeHint() const
{
    const double footer = m_content.reference ? 18 : 0;
    return {int(px(360)), int(px(rowHeight * double(m_content.bars.size()) + footer))};
}

QSize BarsChart::minimumSizeHint() const
{
    return {int(px(240)), sizeHint().height()};
}

BarsChart::Layout BarsChart::layOut() const
{
    Layout layout;
    bool first = !m_content.joined;
    const auto include = [&](double value) {
        layout.least = first ? value : std::min(layout.least, value);
        layout.most = first ? value : std::max(layout.most, value);
        first = false;
    };
    if (m_content.joined)
        layout.most = 0;
    for (const FloatingBar& bar : m_content.bars) {
        const QFont font = rowFont(bar.strong);
        layout.names = std::max(layout.names, QFontMetricsF(font).horizontalAdvance(bar.name));
        layout.figures = std::max(layout.figures, double(figuresWidth(font, bar.figure)));
        include(bar.from);
        include(bar.to);
    }
    if (m_content.reference)
        include(*m_content.reference);
    if (!(layout.most > layout.least))
        layout.most = layout.least + 1;
    layout.names = std::min(layout.names + 2, width() * 0.44);
    return layout;
}

double BarsChart::x(const Layout& layout, double value) const
{
    const double left = layout.names + px(gap);
    const double right = width() - layout.figures - px(gap);
    return left + std::max(10.0, right - left) * (value - layout.least) / (layout.most - layout.least);
}

QRectF BarsChart::barRect(const Layout& layout, int row) const
{
    const FloatingBar& bar = m_content.bars[std::size_t(row)];
    const double left = x(layout, std::min(bar.from, bar.to));
    const double right = x(layout, std::max(bar.from, bar.to));
    const double top = px(rowHeight) * row + (px(rowHeight) - px(barHeight)) / 2;
    return {left, std::floor(top), std::max(1.5, right - left), px(barHeight)};
}

QRectF BarsChart::barRect(int row) const
{
    return barRect(layOut(), row);
}

void BarsChart::paintEvent(QPaintEvent*)
{
    const Palette& colors = Theme::instance().palette();
    const Layout layout = layOut();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double bottom = px(rowHeight) * double(m_content.bars.size());
    if (m_content.reference) {
        const double at = std::round(x(layout, *m_content.reference)) + 0.5;
        painter.setPen(QPen(colors["muted"], 1, Qt::DashLine));
        painter.drawLine(QPointF(at, 0), QPointF(at, bottom));
        painter.setFont(Theme::instance().font(11));
        painter.setPen(colors["muted"]);
        const double wide = QFontMetricsF(painter.font()).horizontalAdvance(m_content.referenceName) + 2;
        const double left = std::clamp(at - wide / 2, 0.0, std::max(0.0, width() - wide));
        painter.drawText(QRectF(left, bottom, wide, px(18)), Qt::AlignCenter, m_content.referenceName);
    }
    for (int row = 0; row < int(m_content.bars.size()); ++row) {
        const FloatingBar& bar = m_content.bars[std::size_t(row)];
        const QRectF rect = barRect(layout, row);
        const QFont font = rowFont(bar.strong);
        const double top = px(rowHeight) * row;
        painter.setFont(font);
        painter.setPen(colors["ink"]);
        const QString name = QFontMetricsF(font).elidedText(bar.name, Qt::ElideRight, layout.names);
        painter.drawText(QRectF(0, top, layout.names, px(rowHeight)), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.color(QLatin1StringView(bar.color.toLatin1())));
        painter.drawRoundedRect(rect, 2, 2);
        if (m_content.joined && row + 1 < int(m_content.bars.size())) {
            painter.setPen(QPen(colors["muted"], 1));
            const double at = std::round(x(layout, bar.to)) + 0.5;
            painter.drawLine(QPointF(at, rect.bottom()), QPointF(at, rect.top() + px(rowHeight)));
        }
        painter.setPen(colors["ink"]);
        const QRectF room(width() - layout.figures - 2, top, layout.figures + 2, px(rowHeight));
        drawFigures(painter, room.toRect(), Qt::AlignRight, bar.figure);
    }
}

bool BarsChart::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = int(help->pos().y() / px(rowHeight));
    if (row >= 0 && row < int(m_content.bars.size())) {
        const FloatingBar& bar = m_content.bars[std::size_t(row)];
        QToolTip::showText(help->globalPos(), bar.tip.isEmpty() ? bar.name : bar.name + u'\n' + bar.tip,
                           this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

}
