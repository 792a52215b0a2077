#include "ui/costs/chart/fanbands.h"

#include <QBrush>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QGraphicsPathItem>
#include <QGraphicsSimpleTextItem>
#include <QPainterPath>
#include <QPen>
#include <algorithm>

namespace leeway::ui {

void FanBands::layOut(const std::vector<Fan>& fans, const Place& place)
{
    while (m_bands.size() > fans.size()) {
        delete m_bands.back().area;
        delete m_bands.back().name;
        m_bands.pop_back();
    }
    while (m_bands.size() < fans.size()) {
        Band band{new QGraphicsPathItem(m_parent), new QGraphicsSimpleTextItem(m_parent)};
        band.area->setZValue(-0.5); // over the grid, under the lines
        band.area->setPen(Qt::NoPen);
        band.name->setZValue(7);
        m_bands.push_back(band);
    }
    for (std::size_t i = 0; i < fans.size(); ++i)
        layOut(m_bands[i], fans[i], place);
}

QString FanBands::name(std::size_t fan) const
{
    return m_bands.at(fan).name->text();
}

void FanBands::layOut(const Band& band, const Fan& fan, const Place& place)
{
    const auto at = [&](std::size_t month, const base::Decimal& amount) {
        return QPointF(place.x(double(month)),
                       std::clamp(place.y(amount.to_double()), place.plot.top(), place.plot.bottom()));
    };
    const bool cut = std::ranges::any_of(fan.high, [&](const base::Decimal& amount) {
        return place.y(amount.to_double()) < place.plot.top() - 0.5;
    });
    QPolygonF outline;
    for (std::size_t month = 0; month < fan.high.size(); ++month)
        outline << at(month, fan.high[month]);
    for (std::size_t month = fan.low.size(); month-- > 0;)
        outline << at(month, fan.low[month]);
    QPainterPath path;
    path.addPolygon(outline);
    path.closeSubpath();
    band.area->setPath(path);
    QColor fill = place.color(fan.line);
    band.name->setBrush(fill);
    fill.setAlphaF(fan.faded ? 0.08F : 0.15F);
    band.area->setBrush(fill);

    band.name->setFont(place.font);
    band.name->setText(cut ? QCoreApplication::translate("FanBands", "%1, beyond the chart").arg(fan.name)
                           : fan.name);
    if (fan.high.empty())
        return band.name->hide();
    // Where the fan has opened, below its upper edge along the whole name.
    const double wide = band.name->boundingRect().width();
    const std::size_t last = (fan.high.size() - 1) * 8 / 10;
    const double right = place.x(double(last));
    double top = place.plot.top();
    double bottom = place.plot.bottom();
    for (std::size_t month = 0; month <= last; ++month) {
        if (month < last && place.x(double(month + 1)) < right - wide)
            continue;
        top = std::max(top, at(month, fan.high[month]).y());
        bottom = std::min(bottom, at(month, fan.low[month]).y());
    }
    band.name->setVisible(bottom - top > QFontMetricsF(place.font).height() + 6);
    band.name->setPos(right - wide, top + 3);
}

}
