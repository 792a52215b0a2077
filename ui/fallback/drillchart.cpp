#include "ui/fallback/drillchart.h"

#include "core/fallback/policy/pace.h"
#include "ui/widgets/figures.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace leeway::ui {

namespace {

double px(double value)
{
    return Theme::instance().px(value);
}

// Logs are in UTC, and so are the times here.
QString timeText(base::Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), Qt::UTC).toString(u"HH:mm"_s);
}

}

DrillChart::DrillChart(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Who served what over time"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void DrillChart::setOutcome(const fallback::Outcome& outcome, const fallback::Policy& policy)
{
    m_timeline = outcome.close.buckets.empty() ? outcome.timeline : outcome.close;
    m_reactions = outcome.reactions;
    m_targets.clear();
    for (const fallback::RouteTarget& target : policy.targets)
        m_targets << str(target.title);
    QStringList spoken;
    for (int i = 0; i < int(m_timeline.buckets.size()) && i < 60; ++i)
        spoken << wordsOf(i);
    setAccessibleDescription(spoken.join(u"; "_s));
    update();
}

void DrillChart::clear()
{
    m_timeline = {};
    update();
}

QSize DrillChart::sizeHint() const
{
    return {int(px(560)), int(px(190))};
}

QSize DrillChart::minimumSizeHint() const
{
    return {int(px(320)), int(px(190))};
}

std::vector<DrillChart::Part> DrillChart::parts() const
{
    static const char* const colors[] = {"accent", "met", "missing", "control"};
    std::vector<Part> parts;
    for (qsizetype i = 0; i < m_targets.size(); ++i)
        parts.push_back({m_targets[i], QLatin1String(colors[std::min<qsizetype>(i, 3)])});
    parts.push_back({tr("Late"), u"partial"_s});
    parts.push_back({tr("Failed"), u"adverse"_s});
    return parts;
}

std::vector<std::int64_t> DrillChart::countsOf(const fallback::Bucket& bucket) const
{
    std::vector<std::int64_t> counts(bucket.served.begin(), bucket.served.begin() + m_targets.size());
    counts.push_back(bucket.late);
    counts.push_back(bucket.failed);
    return counts;
}

QRectF DrillChart::plot() const
{
    return QRectF(px(44), px(8), width() - px(44), height() - px(58));
}

double DrillChart::xOf(base::Instant at) const
{
    const auto ms = double((at - m_timeline.from).count());
    const double all = double(m_timeline.width_ms) * double(m_timeline.buckets.size());
    return plot().left() + plot().width() * std::clamp(ms / all, 0.0, 1.0);
}

int DrillChart::bucketAt(QPointF point) const
{
    const QRectF area = plot();
    if (m_timeline.buckets.empty() || !area.contains(point))
        return -1;
    const auto count = double(m_timeline.buckets.size());
    return std::min(int((point.x() - area.left()) / area.width() * count), int(count) - 1);
}

QString DrillChart::wordsOf(int bucket) const
{
    const auto at = m_timeline.from + std::chrono::milliseconds(m_timeline.width_ms * bucket);
    const auto names = parts();
    const auto counts = countsOf(m_timeline.buckets[std::size_t(bucket)]);
    QStringList words;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0)
            words << u"%1 %2"_s.arg(counts[i]).arg(names[i].name);
    }
    return timeText(at) + u": "_s + (words.isEmpty() ? tr("no request") : words.join(u", "_s));
}

void DrillChart::paintBars(QPainter& painter) const
{
    const Palette& palette = Theme::instance().palette();
    const QRectF area = plot();
    std::int64_t most = 1;
    for (const fallback::Bucket& bucket : m_timeline.buckets)
        most = std::max(most, bucket.requests());
    painter.setFont(Theme::instance().font(11));
    painter.setPen(palette["line"]);
    painter.drawLine(area.topLeft(), area.topRight());
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.setPen(palette["muted"]);
    drawFigures(painter, QRect(0, int(area.top() - px(8)), int(px(36)), int(px(16))), Qt::AlignRight,
                QString::number(most));
    drawFigures(painter, QRect(0, int(area.bottom() - px(8)), int(px(36)), int(px(16))), Qt::AlignRight,
                u"0"_s);
    const auto names = parts();
    const double step = area.width() / double(m_timeline.buckets.size());
    const double space = step > px(4) ? 1 : 0;
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < m_timeline.buckets.size(); ++i) {
        double bottom = area.bottom();
        const auto counts = countsOf(m_timeline.buckets[i]);
        for (std::size_t part = 0; part < counts.size(); ++part) {
            const double tall = area.height() * double(counts[part]) / double(most);
            if (tall <= 0)
                continue;
            painter.setBrush(palette.color(QLatin1StringView(names[part].color.toLatin1())));
            painter.drawRect(
                QRectF(area.left() + step * double(i), bottom - tall, std::max(0.5, step - space), tall));
            bottom -= tall;
        }
    }
}

void DrillChart::paintTimes(QPainter& painter) const
{
    const Palette& palette = Theme::instance().palette();
    const QRectF area = plot();
    painter.setFont(Theme::instance().font(11));
    const QFontMetricsF metrics(painter.font());
    double free = area.left(); // nothing is written left of it
    const auto write = [&](double x, const QString& text, const char* color, bool mark) {
        const double wide = metrics.horizontalAdvance(text) + 2;
        const double left = std::clamp(x - wide / 2, area.left(), std::max(area.left(), area.right() - wide));
        if (mark) {
            painter.setPen(QPen(palette[color], 1, Qt::DashLine));
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() + px(4)));
        }
        if (left < free)
            return;
        painter.setPen(palette[color]);
        painter.drawText(QRectF(left, area.bottom() + px(4), wide, px(18)), Qt::AlignCenter, text);
        free = left + wide + px(12);
    };
    const auto last = m_timeline.from + std::chrono::milliseconds(m_timeline.width_ms *
                                                                  std::int64_t(m_timeline.buckets.size()));
    write(area.left(), timeText(m_timeline.from), "muted", false);
    for (const fallback::Reaction& reaction : m_reactions) {
        write(xOf(reaction.incident.from), tr("Begins %1").arg(timeText(reaction.incident.from)), "adverse",
              true);
        if (reaction.incident.duration_s == 0)
            continue;
        const base::Instant end(std::chrono::milliseconds(fallback::end_of(reaction.incident)));
        if (reaction.returned_ms && *reaction.returned_ms > 0) {
            const auto back = end + std::chrono::milliseconds(*reaction.returned_ms);
            write(xOf(back), tr("Back %1").arg(timeText(back)), "met", true);
        } else {
            write(xOf(end), tr("Ends %1").arg(timeText(end)), "muted", true);
        }
    }
    write(area.right(), timeText(last) + tr(" UTC"), "muted", false);
}

void DrillChart::paintLegend(QPainter& painter) const
{
    const Palette& palette = Theme::instance().palette();
    painter.setFont(Theme::instance().font(12));
    const QFontMetricsF metrics(painter.font());
    double x = plot().left();
    const double top = height() - px(22);
    for (const Part& part : parts()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette.color(QLatin1StringView(part.color.toLatin1())));
        painter.drawRect(QRectF(x, top + px(5), px(10), px(10)));
        painter.setPen(palette["ink"]);
        const double wide = metrics.horizontalAdvance(part.name) + 2;
        painter.drawText(QRectF(x + px(16), top, wide, px(20)), Qt::AlignLeft | Qt::AlignVCenter, part.name);
        x += px(16) + wide + px(20);
    }
}

void DrillChart::paintEvent(QPaintEvent*)
{
    if (m_timeline.buckets.empty())
        return;
    QPainter painter(this);
    paintBars(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintTimes(painter);
    paintLegend(painter);
}

bool DrillChart::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int bucket = bucketAt(help->pos());
        QToolTip::showText(help->globalPos(), bucket < 0 ? QString() : wordsOf(bucket), this);
        return true;
    }
    return QWidget::event(event);
}

}
