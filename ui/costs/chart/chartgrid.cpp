#include "ui/costs/chart/chartgrid.h"

#include "ui/costs/words.h"

#include <QBrush>
#include <QGraphicsLineItem>
#include <QGraphicsSimpleTextItem>
#include <QPen>
#include <algorithm>
#include <cmath>

namespace leeway::ui {

void ChartGrid::layOut(const QRectF& plot, const Scale& scale, const Look& look)
{
    const auto count = std::size_t(std::lround(scale.maximum / scale.step)) + 1;
    while (m_lines.size() > count) {
        delete m_lines.back().line;
        delete m_lines.back().figure;
        m_lines.pop_back();
    }
    while (m_lines.size() < count) {
        const GridLine made{new QGraphicsLineItem(m_parent), new QGraphicsSimpleTextItem(m_parent)};
        made.line->setZValue(-1); // under the lines of the scenarios
        m_lines.push_back(made);
    }
    for (std::size_t i = 0; i < count; ++i) {
        const double value = scale.step * double(i);
        const double at = std::round(plot.bottom() - plot.height() * value / scale.maximum) + 0.5;
        m_lines[i].line->setPen(QPen(look.line, 1));
        m_lines[i].line->setLine(plot.left(), at, plot.right(), at);
        auto* figure = m_lines[i].figure;
        figure->setFont(look.font);
        figure->setBrush(look.text);
        figure->setText(scale.decimals == 0 ? countText(std::llround(value))
                                            : QString::number(value, 'f', scale.decimals));
        const QRectF box = figure->boundingRect();
        figure->setPos(plot.left() - 10 - box.width(), at - box.height() / 2);
    }
}

void ChartGrid::layOutMonths(const QRectF& plot, const std::vector<base::Month>& months, const Look& look)
{
    std::vector<MonthTick> ticks;
    if (!months.empty())
        ticks =
            monthTicks(months.front(), static_cast<int>(months.size()), static_cast<int>(plot.width() / 70));
    while (m_months.size() > ticks.size()) {
        delete m_months.back();
        m_months.pop_back();
    }
    while (m_months.size() < ticks.size())
        m_months.push_back(new QGraphicsSimpleTextItem(m_parent));
    const double last = std::max<double>(1, double(months.size()) - 1);
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        auto* item = m_months[i];
        item->setFont(look.font);
        item->setBrush(look.text);
        item->setText(ticks[i].label);
        const double at = plot.left() + plot.width() * ticks[i].index / last;
        item->setPos(at - item->boundingRect().width() / 2, plot.bottom() + 6);
    }
}

}
