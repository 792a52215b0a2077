#pragma once

#include "core/base/decimal.h"

#include <QColor>
#include <QFont>
#include <QRectF>
#include <QString>
#include <functional>
#include <vector>

class QGraphicsItem;
class QGraphicsPathItem;
class QGraphicsSimpleTextItem;

namespace leeway::ui {

/// Between which amounts the spend of a line lies on 80 of 100 paths, month by month.
struct Fan
{
    int line = 0;
    std::vector<base::Decimal> low; // money, as in the matrix
    std::vector<base::Decimal> high;
    QString name;       // stands in the fan
    bool faded = false; // the line has moved on since
};

/// Fans as bands behind the lines of a chart, cut at the borders of its plot; the name of one that is cut
/// says so.
class FanBands
{
public:
    /// `parent`: the chart, which owns the items.
    explicit FanBands(QGraphicsItem* parent) : m_parent(parent) {}

    struct Place
    {
        QRectF plot;
        std::function<double(double month)> x;
        std::function<double(double amount)> y;
        std::function<QColor(int line)> color;
        QFont font;
    };
    void layOut(const std::vector<Fan>& fans, const Place& place);
    /// The name that stands in a fan.
    [[nodiscard]] QString name(std::size_t fan) const;

private:
    struct Band
    {
        QGraphicsPathItem* area = nullptr;
        QGraphicsSimpleTextItem* name = nullptr;
    };
    static void layOut(const Band& band, const Fan& fan, const Place& place);

    QGraphicsItem* m_parent;
    std::vector<Band> m_bands;
};

}
