#include "core/report/chart.h"

#include "core/report/format.h"
#include "core/report/model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace leeway::report {
namespace {

constexpr qreal chart_height = 210 * pt;
constexpr TextStyle axis_style{.size = 7.5, .colour = ink::muted, .leading = 1.2};

// The area of the lines, and what months and amounts are on it.
struct Frame
{
    QRectF area;
    std::size_t months = 0;
    double top = 1; // amount at the upper edge

    [[nodiscard]] qreal x(double month) const
    {
        return area.left() + (months > 1 ? month / static_cast<double>(months - 1) : 0.5) * area.width();
    }
    [[nodiscard]] qreal y(double amount) const { return area.bottom() - amount / top * area.height(); }
};

double greatest_spend(const simulation::Matrix& matrix)
{
    double greatest = 0;
    for (const simulation::Outcome& outcome : matrix.outcomes) {
        for (const simulation::MonthSpend& month : outcome.months)
            greatest = std::max(greatest, month.total().to_double());
    }
    return greatest;
}

void draw_amount_axis(QPainter& painter, const Frame& frame, double step, const std::string& currency)
{
    for (int i = 0; i * step <= frame.top * 1.0001; ++i) {
        const qreal y = frame.y(i * step);
        painter.setPen(QPen(QColor(i == 0 ? ink::muted : ink::line), 0.6 * pt));
        painter.drawLine(QPointF(frame.area.left(), y), QPointF(frame.area.right(), y));
        const std::string amount = i == 0 ? "0" : money_short(base::Decimal::from_double(i * step), currency);
        draw_line(painter, QPointF(frame.area.left() - 6 * pt, y + 2.6 * pt), shown(amount),
                  axis_style.right());
    }
}

void draw_month_axis(QPainter& painter, const Frame& frame, const simulation::Matrix& matrix)
{
    constexpr qreal room = 46 * pt; // for a label
    const auto fitting = static_cast<std::size_t>(std::max(1.0, frame.area.width() / room));
    std::size_t step = 1;
    for (const std::size_t candidate : {1U, 2U, 3U, 6U, 12U, 24U, 60U}) {
        step = candidate;
        if (frame.months / candidate <= fitting)
            break;
    }
    for (std::size_t i = 0; i < frame.months; i += step) {
        const qreal x = frame.x(static_cast<double>(i));
        const QString name = shown(month(matrix.months[i]));
        const qreal width = width_of(name, axis_style);
        painter.setPen(QPen(QColor(ink::muted), 0.6 * pt));
        painter.drawLine(QPointF(x, frame.area.bottom()), QPointF(x, frame.area.bottom() + 3 * pt));
        const qreal left = std::max(x - width / 2, frame.area.left() - 10 * pt);
        draw_line(painter, QPointF(left, frame.area.bottom() + 13 * pt), name, axis_style);
    }
}

void draw_gate(QPainter& painter, const Frame& frame, const simulation::Matrix& matrix)
{
    if (!matrix.gate || matrix.months.empty())
        return;
    const base::Month gate_month = base::Month::of(matrix.gate->decide_by);
    const int days = (matrix.gate->decide_by - gate_month.first_day()).count();
    const double at = gate_month - matrix.months.front() + days / 30.5;
    if (at < 0 || at > static_cast<double>(frame.months) - 1)
        return;
    const qreal x = frame.x(at);
    const QRgb colour = tint_of(clauses::Verdict::Partial).ink;
    painter.setPen(QPen(QColor(colour), 0.9 * pt, Qt::DashLine));
    painter.drawLine(QPointF(x, frame.area.top() - 8 * pt), QPointF(x, frame.area.bottom()));
    const QString name = shown("Decision gate " + date(matrix.gate->decide_by));
    const TextStyle style = axis_style.in(colour).bold();
    const bool on_the_left = x + width_of(name, style) + 4 * pt > frame.area.right();
    draw_line(painter, QPointF(x + (on_the_left ? -4 : 4) * pt, frame.area.top() - 3 * pt), name,
              on_the_left ? style.right() : style);
}

void draw_course(QPainter& painter, const Frame& frame, const simulation::Outcome& outcome, std::size_t place)
{
    const LineLook look = line_look(place);
    QPolygonF course;
    for (std::size_t i = 0; i < outcome.months.size(); ++i)
        course << QPointF(frame.x(static_cast<double>(i)), frame.y(outcome.months[i].total().to_double()));
    painter.setPen(QPen(QColor(look.colour), 1.5 * pt, look.dashed ? Qt::DashLine : Qt::SolidLine,
                        Qt::FlatCap, Qt::RoundJoin));
    if (course.size() == 1)
        painter.drawEllipse(course.front(), 2 * pt, 2 * pt);
    else
        painter.drawPolyline(course);
}

void draw_names(QPainter& painter, const Frame& frame, const simulation::Matrix& matrix, qreal room)
{
    std::vector<double> ends;
    for (const simulation::Outcome& outcome : matrix.outcomes)
        ends.push_back(outcome.months.empty() ? 0 : frame.y(outcome.months.back().total().to_double()));
    const auto places = spread(ends, 10.5 * pt, frame.area.top(), frame.area.bottom());
    for (std::size_t i = 0; i < matrix.outcomes.size(); ++i) {
        const LineLook look = line_look(i);
        const TextStyle style = axis_style.in(look.colour).bold();
        const QString name = elided(shown(matrix.outcomes[i].title), style, room - 12 * pt);
        painter.setPen(QPen(QColor(look.colour), 0.6 * pt));
        painter.drawLine(QPointF(frame.area.right() + 1 * pt, ends[i]),
                         QPointF(frame.area.right() + 8 * pt, places[i]));
        draw_line(painter, QPointF(frame.area.right() + 10 * pt, places[i] + 2.6 * pt), name, style);
    }
}

}

LineLook line_look(std::size_t outcome)
{
    const std::array<QRgb, 4> colours = {ink::muted, tint_of(clauses::Verdict::Adverse).ink, ink::accent,
                                         tint_of(clauses::Verdict::Met).ink};
    return {colours[outcome % colours.size()], outcome >= colours.size() || outcome == 3};
}

double nice_step(double greatest)
{
    if (!(greatest > 0) || !std::isfinite(greatest))
        return 1;
    const double raw = greatest / 5;
    const double power = std::pow(10, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (raw <= factor * power * 1.0001)
            return factor * power;
    }
    return 10 * power;
}

std::vector<double> spread(std::vector<double> wanted, double distance, double low, double high)
{
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return wanted[a] < wanted[b]; });
    double least = low;
    for (const std::size_t i : order) {
        wanted[i] = std::max(wanted[i], least);
        least = wanted[i] + distance;
    }
    double most = high;
    for (auto it = order.rbegin(); it != order.rend(); ++it) {
        wanted[*it] = std::min(wanted[*it], most);
        most = wanted[*it] - distance;
    }
    return wanted;
}

void draw_spend_chart(Paper& paper, const simulation::Matrix& matrix)
{
    const TextStyle title_style = TextStyle{.size = 10}.bold();
    const Strips title =
        text_strips(shown("Monthly spend: " + answer_of(matrix)), title_style, paper.width());
    paper.need(height_of(title) + chart_height);
    paper.flow(title);

    qreal room = 0; // for the names of the lines
    for (const simulation::Outcome& outcome : matrix.outcomes)
        room = std::max(room, width_of(shown(outcome.title), axis_style.bold()) + 14 * pt);
    room = std::min(room, paper.width() * 0.28);
    const double greatest = greatest_spend(matrix);
    const double step = nice_step(greatest);
    Frame frame;
    frame.months = matrix.months.size();
    frame.top = std::max(1.0, std::ceil(greatest / step * 0.9999)) * step;
    frame.area = QRectF(QPointF(paper.left() + 40 * pt, paper.y() + 22 * pt),
                        QPointF(paper.left() + paper.width() - room, paper.y() + chart_height - 24 * pt));
    QPainter& painter = paper.painter();
    painter.setBrush(Qt::NoBrush);
    draw_amount_axis(painter, frame, step, matrix.currency);
    draw_month_axis(painter, frame, matrix);
    draw_gate(painter, frame, matrix);
    for (std::size_t i = 0; i < matrix.outcomes.size(); ++i)
        draw_course(painter, frame, matrix.outcomes[i], i);
    draw_names(painter, frame, matrix, room);
    paper.move_to(paper.y() + chart_height);
}

}
