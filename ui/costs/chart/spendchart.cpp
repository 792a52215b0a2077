#include "ui/costs/chart/spendchart.h"

#include "ui/costs/chart/hovercard.h"
#include "ui/costs/words.h"
#include "ui/widgets/figures.h"
#include "ui/widgets/theme.h"

#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QGraphicsLineItem>
#include <QGraphicsSimpleTextItem>
#include <QKeyEvent>
#include <QLegend>
#include <QLineSeries>
#include <QMouseEvent>
#include <QValueAxis>
#include <cmath>

namespace leeway::ui {

namespace {

constexpr double nameGap = 10;  // between the end of a line and its name
constexpr double mostFan = 1.5; // how far above the dearest line a fan may take the axis

QFont smallFont(bool strong = false)
{
    return Theme::instance().font(11, strong ? QFont::DemiBold : QFont::Normal);
}

QColor color(const QString& name)
{
    return Theme::instance().palette().color(QLatin1StringView(name.toLatin1()));
}

}

SpendChart::SpendChart(QWidget* parent) : QChartView(new QChart, parent), m_grid(chart()), m_bands(chart())
{
    auto* drawing = chart();
    drawing->setAnimationOptions(QChart::NoAnimation);
    drawing->legend()->hide();
    drawing->setMargins({});
    drawing->setBackgroundRoundness(0);
    drawing->layout()->setContentsMargins(0, 0, 0, 0);
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);

    // The axes place the lines; grid and figures are drawn here, so that they fit the names beside the plot.
    m_months = new QValueAxis(this);
    m_money = new QValueAxis(this);
    m_months->setVisible(false);
    m_money->setVisible(false);
    drawing->addAxis(m_months, Qt::AlignBottom);
    drawing->addAxis(m_money, Qt::AlignLeft);

    m_gate = new QGraphicsLineItem(drawing);
    m_gate->setZValue(8);
    m_gateName = new QGraphicsSimpleTextItem(drawing);
    m_gateName->setZValue(8);
    m_card = new HoverCard;
    m_card->setParentItem(drawing);
    m_card->setZValue(20);
    m_card->hide();
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        applyColors();
        layOut();
    });
    applyColors();
}

void SpendChart::setLineCount(std::size_t count)
{
    while (m_lines.size() > count) {
        chart()->removeSeries(m_lines.back().series);
        delete m_lines.back().series;
        delete m_lines.back().name;
        delete m_lines.back().leader;
        m_lines.pop_back();
    }
    while (m_lines.size() < count) {
        Line line;
        line.series = new QLineSeries;
        chart()->addSeries(line.series);
        line.series->attachAxis(m_months);
        line.series->attachAxis(m_money);
        line.name = new QGraphicsSimpleTextItem(chart());
        line.name->setZValue(9);
        line.leader = new QGraphicsLineItem(chart());
        line.leader->setZValue(8);
        m_lines.push_back(line);
    }
}

void SpendChart::setMatrix(const simulation::Matrix& matrix, const std::vector<LineStyle>& styles,
                           double divisor)
{
    m_matrix = matrix;
    m_styles = styles;
    m_styles.resize(matrix.outcomes.size());
    m_divisor = divisor > 0 ? divisor : 1;
    setLineCount(matrix.outcomes.size());

    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const auto& months = matrix.outcomes[i].months;
        QList<QPointF> line;
        line.reserve(static_cast<qsizetype>(months.size()));
        for (std::size_t month = 0; month < months.size(); ++month) {
            const double value = months[month].total().to_double() / m_divisor;
            line.append(QPointF(static_cast<double>(month), value));
        }
        m_lines[i].series->replace(line);
    }
    m_months->setRange(0, std::max(1, static_cast<int>(matrix.months.size()) - 1));
    std::erase_if(m_fans, [this](const Fan& fan) {
        return fan.line >= static_cast<int>(m_lines.size()) || fan.low.size() != m_matrix.months.size();
    });
    setScale();
    if (m_month >= static_cast<int>(matrix.months.size()))
        m_month = -1;
    applyColors();
    layOut();
}

void SpendChart::setFans(std::vector<Fan> fans)
{
    std::erase_if(fans, [this](const Fan& fan) {
        return fan.line < 0 || fan.line >= static_cast<int>(m_lines.size()) ||
               fan.low.size() != m_matrix.months.size() || fan.high.size() != fan.low.size();
    });
    m_fans = std::move(fans);
    setScale();
    layOut();
}

void SpendChart::setScale()
{
    double lines = 0;
    for (const Line& line : m_lines) {
        for (const QPointF& point : line.series->points())
            lines = std::max(lines, point.y());
    }
    double fans = 0;
    for (const Fan& fan : m_fans) {
        for (const base::Decimal& value : fan.high)
            fans = std::max(fans, value.to_double() / m_divisor);
    }
    m_scale = scaleTo(std::max(lines, std::min(fans, lines * mostFan)));
    if (m_money->max() != m_scale.maximum)
        m_money->setRange(0, m_scale.maximum);
}

QList<QPointF> SpendChart::points(int line) const
{
    return m_lines.at(static_cast<std::size_t>(line)).series->points();
}

QList<QRectF> SpendChart::nameRects() const
{
    QList<QRectF> rects;
    for (const Line& line : m_lines)
        rects << line.name->sceneBoundingRect();
    return rects;
}

void SpendChart::applyColors()
{
    const Palette& colors = Theme::instance().palette();
    chart()->setBackgroundBrush(colors["panel"]);
    chart()->setBackgroundPen(Qt::NoPen);
    setBackgroundBrush(colors["panel"]);
    const QFont plain = smallFont();
    const QFont strong = smallFont(true);
    m_gate->setPen(QPen(colors["partial"], 1, Qt::DashLine));
    m_gateName->setBrush(colors["partial"]);
    m_gateName->setFont(plain);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const LineStyle& style = m_styles[i];
        const QColor stroke = color(style.color);
        QPen pen(stroke, 2);
        pen.setJoinStyle(Qt::RoundJoin);
        pen.setCapStyle(Qt::RoundCap);
        if (style.dashed)
            pen.setDashPattern({4, 3});
        if (m_lines[i].series->pen() != pen)
            m_lines[i].series->setPen(pen);
        m_lines[i].name->setBrush(stroke);
        m_lines[i].name->setFont(strong);
        m_lines[i].leader->setPen(QPen(stroke, 1));
    }
}

void SpendChart::layOut()
{
    const QFontMetricsF plain(smallFont());
    const QFontMetricsF strong(smallFont(true));
    double names = 0;
    for (const LineStyle& style : m_styles)
        names = std::max(names, strong.horizontalAdvance(style.name));
    names = std::min(names, width() * 0.24);
    const double figures =
        plain.horizontalAdvance(QString::number(m_scale.maximum, 'f', m_scale.decimals)) + 16;
    const QRectF plot(std::ceil(figures), std::ceil(plain.height() / 2) + 4,
                      std::max(50.0, std::floor(width() - figures - names - nameGap - 8)),
                      std::max(50.0, std::floor(height() - plain.height() * 1.9 - 4)));
    if (plot != m_plot) {
        m_plot = plot;
        chart()->setPlotArea(plot);
    }
    const Palette& colors = Theme::instance().palette();
    const ChartGrid::Look look{smallFont(), colors["line"], colors["muted"]};
    m_grid.layOut(m_plot, m_scale, look);
    m_grid.layOutMonths(m_plot, m_matrix.months, look);
    layOutFans();
    layOutNames();
    layOutGate();
    layOutCard();
}

double SpendChart::x(double month) const
{
    const double last = std::max(1, static_cast<int>(m_matrix.months.size()) - 1);
    return m_plot.left() + m_plot.width() * month / last;
}

double SpendChart::y(double value) const
{
    return m_plot.bottom() - m_plot.height() * value / m_scale.maximum;
}

void SpendChart::layOutNames()
{
    const QFontMetricsF metrics(smallFont(true));
    const double room = width() - m_plot.right() - nameGap - 2;
    std::vector<double> wanted;
    for (const Line& line : m_lines) {
        const auto all = line.series->points();
        wanted.push_back(all.isEmpty() ? m_plot.bottom() : y(all.constLast().y()));
    }
    const double height = metrics.height();
    const auto placed =
        spreadLabels(wanted, height + 1, m_plot.top(), std::max(m_plot.top(), m_plot.bottom()));
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const Line& line = m_lines[i];
        line.name->setText(metrics.elidedText(m_styles[i].name, Qt::ElideRight, room));
        line.name->setPos(m_plot.right() + nameGap, placed[i] - height / 2);
        line.leader->setLine(m_plot.right() + 2, wanted[i], m_plot.right() + nameGap - 2, placed[i]);
        line.leader->setVisible(std::abs(placed[i] - wanted[i]) > 3);
    }
}

void SpendChart::layOutFans()
{
    m_bands.layOut(m_fans,
                   {m_plot, [this](double month) { return x(month); },
                    [this](double amount) { return y(amount / m_divisor); },
                    [this](int line) { return color(m_styles[std::size_t(line)].color); }, smallFont()});
}

void SpendChart::layOutGate()
{
    bool shown = m_matrix.gate.has_value() && !m_matrix.months.empty();
    if (shown) {
        const double at = monthsSince(m_matrix.months.front(), m_matrix.gate->decide_by);
        shown = at >= 0 && at <= static_cast<double>(m_matrix.months.size()) - 1;
        if (shown) {
            m_gate->setLine(x(at), m_plot.top(), x(at), m_plot.bottom());
            m_gateName->setText(tr("Decision gate %1").arg(dateText(m_matrix.gate->decide_by)));
            const double nameWidth = m_gateName->boundingRect().width();
            const bool left = x(at) + 4 + nameWidth > m_plot.right();
            m_gateName->setPos(left ? x(at) - 4 - nameWidth : x(at) + 4, m_plot.top());
        }
    }
    m_gate->setVisible(shown);
    m_gateName->setVisible(shown);
}

void SpendChart::layOutCard()
{
    if (m_month < 0 || m_matrix.months.empty()) {
        m_card->hide();
        setAccessibleDescription({});
        return;
    }
    const Palette& colors = Theme::instance().palette();
    HoverCard::Content content;
    const auto month = static_cast<std::size_t>(m_month);
    content.title = monthText(m_matrix.months[month]);
    content.plot = m_plot;
    content.x = x(m_month);
    content.font = smallFont();
    content.ink = colors["ink"];
    content.muted = colors["muted"];
    content.line = colors["line"];
    content.panel = colors["panel"];
    QStringList spoken{content.title};
    for (std::size_t i = 0; i < m_matrix.outcomes.size(); ++i) {
        const auto& months = m_matrix.outcomes[i].months;
        if (month >= months.size())
            continue;
        const base::Decimal total = months[month].total();
        content.rows.push_back({m_styles[i].name, moneyText(total, m_matrix.currency),
                                color(m_styles[i].color), y(total.to_double() / m_divisor)});
        spoken << content.rows.back().name + u' ' + content.rows.back().figure;
        if (const QString between = fanText(i, month); !between.isEmpty()) {
            content.rows.push_back({tr("P10–P90"), between, color(m_styles[i].color), std::nullopt});
            spoken << content.rows.back().name + u' ' + between;
        }
    }
    m_card->setContent(std::move(content));
    m_card->show();
    setAccessibleDescription(spoken.join(u", "_s));
}

QString SpendChart::fanText(std::size_t line, std::size_t month) const
{
    for (const Fan& fan : m_fans) {
        if (fan.line != static_cast<int>(line) || fan.faded || month >= fan.low.size())
            continue;
        return tr("%1 to %2")
            .arg(moneyText(fan.low[month], m_matrix.currency), moneyText(fan.high[month], m_matrix.currency));
    }
    return {};
}

void SpendChart::showMonth(int month)
{
    const int last = static_cast<int>(m_matrix.months.size()) - 1;
    month = month < 0 ? -1 : std::min(month, last);
    if (month == m_month)
        return;
    m_month = month;
    layOutCard();
}

void SpendChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    layOut();
}

void SpendChart::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    if (m_matrix.months.empty() || at.x() < m_plot.left() - 8 || at.x() > m_plot.right() + 8)
        showMonth(-1);
    else
        showMonth(std::max(0, static_cast<int>(std::lround((at.x() - m_plot.left()) / m_plot.width() *
                                                           static_cast<double>(std::max<std::size_t>(
                                                               1, m_matrix.months.size() - 1))))));
    QChartView::mouseMoveEvent(event);
}

void SpendChart::leaveEvent(QEvent* event)
{
    showMonth(-1);
    QChartView::leaveEvent(event);
}

void SpendChart::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_matrix.months.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return showMonth(m_month < 0 ? last : std::max(0, m_month - 1));
    case Qt::Key_Right:
        return showMonth(std::min(last, m_month + 1));
    case Qt::Key_Home:
        return showMonth(0);
    case Qt::Key_End:
        return showMonth(last);
    case Qt::Key_Escape:
        if (m_month >= 0)
            return showMonth(-1);
        break;
    default:
        break;
    }
    QChartView::keyPressEvent(event);
}

void SpendChart::focusOutEvent(QFocusEvent* event)
{
    showMonth(-1);
    QChartView::focusOutEvent(event);
}

}
