#pragma once

#include "ui/costs/chart/scale.h"

#include <QColor>
#include <QFont>
#include <QRectF>
#include <vector>

class QGraphicsItem;
class QGraphicsLineItem;
class QGraphicsSimpleTextItem;

namespace leeway::ui {

/// Grid lines with their figures at the left of a plot, and the months below it.
class ChartGrid
{
public:
    /// `parent`: the chart, which owns the items.
    explicit ChartGrid(QGraphicsItem* parent) : m_parent(parent) {}

    struct Look
    {
        QFont font;
        QColor line;
        QColor text;
    };
    void layOut(const QRectF& plot, const Scale& scale, const Look& look);
    /// `months`: of the term that fills the width of the plot.
    void layOutMonths(const QRectF& plot, const std::vector<base::Month>& months, const Look& look);

private:
    struct GridLine
    {
        QGraphicsLineItem* line = nullptr;
        QGraphicsSimpleTextItem* figure = nullptr;
    };

    QGraphicsItem* m_parent;
    std::vector<GridLine> m_lines;
    std::vector<QGraphicsSimpleTextItem*> m_months;
};

}
