#include "ui/fallback/ratechart.h"

#include "ui/widgets/figures.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <cmath>

namespace leeway::ui {

namespace {

constexpr double rowHeight = 28;

double px(double value)
{
    return Theme::instance().px(value);
}

QString percent(double share)
{
    return QString::number(int(std::lround(share * 100)));
}

}

QString categoryWord(fallback::Category category)
{
    switch (category) {
    case fallback::Category::Routine:
        return QCoreApplication::translate("Fallback", "Routine");
    case fallback::Category::Complex:
        return QCoreApplication::translate("Fallback", "Complex");
    case fallback::Category::Critical:
        return QCoreApplication::translate("Fallback", "Critical");
    }
    return {};
}

RateChart::RateChart(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Share of cases passed by category"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RateChart::setRates(const std::vector<fallback::CategoryReadiness>& rates)
{
    m_rates = rates;
    QStringList spoken;
    for (const auto& rate : m_rates)
        spoken << tr("%1: %2 %, between %3 and %4 %, %5 % wanted")
                      .arg(categoryWord(rate.category), percent(rate.rate.value), percent(rate.rate.low),
                           percent(rate.rate.high), percent(rate.bar));
    setAccessibleDescription(spoken.join(u"; "_s));
    updateGeometry();
    update();
}

QSize RateChart::sizeHint() const
{
    return {int(px(420)), int(px(rowHeight * double(std::max<std::size_t>(1, m_rates.size()))))};
}

QSize RateChart::minimumSizeHint() const
{
    return {int(px(260)), sizeHint().height()};
}

void RateChart::paintEvent(QPaintEvent*)
{
    const Palette& palette = Theme::instance().palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double left = px(72);
    const double right = width() - px(112);
    for (std::size_t i = 0; i < m_rates.size(); ++i) {
        const auto& rate = m_rates[i];
        const double top = px(rowHeight) * double(i);
        const double middle = top + px(rowHeight) / 2;
        const auto x = [&](double share) { return left + (right - left) * share; };
        painter.setFont(Theme::instance().font(13));
        painter.setPen(palette["ink"]);
        painter.drawText(QRectF(0, top, left, px(rowHeight)), Qt::AlignVCenter, categoryWord(rate.category));
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette["track"]);
        painter.drawRoundedRect(QRectF(left, middle - px(5), right - left, px(10)), 2, 2);
        const char* color = rate.may_move ? "met" : rate.rate.high >= rate.bar ? "partial" : "adverse";
        painter.setBrush(palette[color]);
        painter.drawRoundedRect(QRectF(left, middle - px(5), x(rate.rate.value) - left, px(10)), 2, 2);
        painter.setPen(QPen(palette["ink"], px(2)));
        painter.drawLine(QPointF(x(rate.rate.low), middle), QPointF(x(rate.rate.high), middle));
        painter.setPen(QPen(palette["muted"], 1, Qt::DashLine));
        painter.drawLine(QPointF(x(rate.bar), middle - px(11)), QPointF(x(rate.bar), middle + px(11)));
        painter.setFont(Theme::instance().font(13, QFont::DemiBold));
        painter.setPen(palette["ink"]);
        drawFigures(painter, QRect(int(right + px(8)), int(top), int(px(46)), int(px(rowHeight))),
                    Qt::AlignRight, rate.cases == 0 ? u"—"_s : percent(rate.rate.value) + u" %"_s);
        painter.setFont(Theme::instance().font(13));
        painter.setPen(palette["muted"]);
        drawFigures(painter, QRect(int(right + px(58)), int(top), int(px(54)), int(px(rowHeight))),
                    Qt::AlignLeft,
                    rate.cases == 0 ? QString() : percent(rate.rate.low) + u"–"_s + percent(rate.rate.high));
    }
}

}
