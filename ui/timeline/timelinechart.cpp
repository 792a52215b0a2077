#include "ui/timeline/timelinechart.h"

#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

int rowHeight()
{
    return px(26);
}

int lanePadding()
{
    return px(8);
}

int headHeight()
{
    return px(28);
}

double radius()
{
    return px(6);
}

// Of the steps that years divide into, the first of at least so many months.
int ticksEvery(double months)
{
    for (const int step : {1, 2, 3, 4, 6})
        if (step >= months)
            return step;
    return 12;
}

}

TimelineChart::TimelineChart(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Dates over the next months"));
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        layOut();
        update();
    });
}

void TimelineChart::setDates(const std::vector<report::KeyDate>& dates, base::Date today)
{
    m_dates = dates;
    m_today = today;
    m_span = spanOf(dates, today);
    if (m_current >= int(m_dates.size()))
        m_current = -1;
    layOut();
    update();
}

void TimelineChart::setCurrent(int date)
{
    m_current = date;
    if (date >= 0 && date < int(m_dates.size())) {
        const report::KeyDate& shown = m_dates[std::size_t(date)];
        setAccessibleDescription(longDate(shown.date) + u": "_s + str(shown.what));
    }
    update();
}

QSize TimelineChart::sizeHint() const
{
    return {px(560), int(laneTop(Lane(laneCount)))};
}

double TimelineChart::left() const
{
    return px(120);
}

double TimelineChart::laneTop(Lane lane) const
{
    double top = headHeight();
    for (std::size_t i = 0; i < std::min(std::size_t(lane), m_placing.rows.size()); ++i)
        top += m_placing.rows[i] * rowHeight() + 2 * lanePadding();
    return top;
}

double TimelineChart::middle(const Mark& mark) const
{
    return laneTop(mark.lane) + lanePadding() + (mark.row + 0.5) * rowHeight();
}

QPointF TimelineChart::markOf(int date) const
{
    for (const Mark& mark : m_placing.marks)
        if (mark.date == date)
            return {left() + mark.x, middle(mark)};
    return {};
}

int TimelineChart::dateAt(QPointF point) const
{
    for (const Mark& mark : m_placing.marks) {
        const QRectF box(left() + std::min(mark.textLeft, mark.x - radius()),
                         middle(mark) - rowHeight() / 2.0, mark.textWidth + 2 * radius() + 5, rowHeight());
        if (box.contains(point))
            return mark.date;
    }
    return -1;
}

void TimelineChart::layOut()
{
    const QFontMetricsF metrics(Theme::instance().font(12, QFont::DemiBold));
    m_placing =
        placed(m_dates, m_span, std::max(1.0, width() - left() - px(8)), radius(),
               [&metrics](const QString& text) { return std::ceil(metrics.horizontalAdvance(text)); });
    updateGeometry();
}

void TimelineChart::paintMonths(QPainter& painter) const
{
    const Palette& palette = Theme::instance().palette();
    const double wide = width() - left() - px(8);
    const double month = wide / m_span.months;
    const int step = ticksEvery(px(60) / month);
    painter.setFont(Theme::instance().font(11));
    for (int i = 0; i < m_span.months; ++i) {
        const base::Month at = m_span.first + i;
        const int toNext = step - (at.month() - 1) % step;
        if (toNext != step && (i > 0 || toNext * month < px(72)))
            continue;
        const double x = left() + i * month;
        painter.setPen(palette["line"]);
        painter.drawLine(QPointF(std::round(x) + 0.5, headHeight() - px(6)),
                         QPointF(std::round(x) + 0.5, height()));
        const bool year = i == 0 || at.month() == 1;
        const QString name = QLocale::c().monthName(at.month(), QLocale::ShortFormat);
        painter.setPen(palette[year ? "ink" : "muted"]);
        painter.drawText(QRectF(x + 4, 0, px(80), headHeight() - px(4)), Qt::AlignLeft | Qt::AlignVCenter,
                         year ? name + u' ' + QString::number(at.year()) : name);
    }
}

void TimelineChart::paintLanes(QPainter& painter) const
{
    const Palette& palette = Theme::instance().palette();
    const double today = left() + m_span.share(m_today) * (width() - left() - px(8));
    for (int i = 0; i < laneCount; ++i) {
        const double top = laneTop(Lane(i));
        painter.setPen(palette["line"]);
        painter.drawLine(QPointF(0, std::round(top) + 0.5), QPointF(width(), std::round(top) + 0.5));
        painter.setFont(Theme::instance().font(12, QFont::DemiBold));
        painter.setPen(palette["muted"]);
        painter.drawText(QRectF(0, top + lanePadding(), left() - px(10), rowHeight()),
                         Qt::AlignLeft | Qt::AlignVCenter, laneTitle(Lane(i)));
        const bool empty = std::none_of(m_placing.marks.begin(), m_placing.marks.end(),
                                        [i](const Mark& mark) { return mark.lane == Lane(i); });
        if (!empty)
            continue;
        painter.setFont(Theme::instance().font(12));
        painter.drawText(QRectF(today + px(10), top + lanePadding(), width() - left(), rowHeight()),
                         Qt::AlignLeft | Qt::AlignVCenter, tr("no date known"));
    }
    painter.setPen(QPen(palette["accent"], 1.5));
    painter.drawLine(QPointF(today, headHeight()), QPointF(today, height()));
}

void TimelineChart::paintMark(QPainter& painter, const Mark& mark) const
{
    const Palette& palette = Theme::instance().palette();
    const report::KeyDate& date = m_dates[std::size_t(mark.date)];
    const QPointF at(left() + mark.x, middle(mark));
    const QColor ink = date.decision ? palette.ink(clauses::Verdict::Adverse) : palette["accent"];
    const QRectF words(left() + mark.textLeft, at.y() - rowHeight() / 2.0, mark.textWidth, rowHeight());
    if (mark.date == m_current) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette["selection"]);
        const QRectF around =
            words.united(QRectF(at.x() - radius() - 3, words.top(), 2 * radius() + 6, words.height()));
        painter.drawRoundedRect(around.adjusted(-2, 2, 4, -2), px(5), px(5));
        if (hasFocus()) {
            painter.setPen(palette["accent"]);
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(around.adjusted(-2, 2, 4, -2), px(5), px(5));
        }
    }
    painter.setPen(QPen(ink, 2));
    painter.setBrush(date.decision ? ink : palette["panel"]);
    if (date.decision) {
        const double r = radius();
        painter.drawPolygon(QPolygonF{
            {at.x(), at.y() - r}, {at.x() + r, at.y()}, {at.x(), at.y() + r}, {at.x() - r, at.y()}});
    } else {
        painter.drawEllipse(at, radius() - 1, radius() - 1);
    }
    if (mark.textWidth < px(24))
        return;
    painter.setFont(Theme::instance().font(12, date.decision ? QFont::DemiBold : QFont::Normal));
    painter.setPen(palette["ink"]);
    painter.drawText(
        words, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(shortTitle(date), Qt::ElideRight, int(std::ceil(mark.textWidth))));
}

void TimelineChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintMonths(painter);
    paintLanes(painter);
    for (const Mark& mark : m_placing.marks)
        paintMark(painter, mark);
}

void TimelineChart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void TimelineChart::choose(int date)
{
    if (date < 0 || date == m_current)
        return;
    setCurrent(date);
    Q_EMIT currentChanged(date);
}

void TimelineChart::mousePressEvent(QMouseEvent* event)
{
    choose(dateAt(event->position()));
}

void TimelineChart::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const int date = dateAt(event->position()); date >= 0)
        Q_EMIT activated(date);
}

void TimelineChart::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(dateAt(event->position()) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TimelineChart::keyPressEvent(QKeyEvent* event)
{
    const auto& marks = m_placing.marks;
    const auto now =
        std::find_if(marks.begin(), marks.end(), [this](const Mark& mark) { return mark.date == m_current; });
    switch (event->key()) {
    case Qt::Key_Right:
        if (!marks.empty())
            choose(now == marks.end() ? marks.front().date : std::min(now + 1, marks.end() - 1)->date);
        return;
    case Qt::Key_Left:
        if (!marks.empty())
            choose(now == marks.end() ? marks.back().date : (now == marks.begin() ? now : now - 1)->date);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            Q_EMIT activated(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void TimelineChart::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (m_current < 0 && !m_placing.marks.empty() && event->reason() != Qt::MouseFocusReason)
        choose(m_placing.marks.front().date);
    update();
}

void TimelineChart::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

bool TimelineChart::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int date = dateAt(help->pos());
        if (date < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(),
                               longDate(m_dates[std::size_t(date)].date) + u": "_s +
                                   str(m_dates[std::size_t(date)].what),
                               this);
        return true;
    }
    return QWidget::event(event);
}

}
