#pragma once

#include "ui/timeline/lanes.h"

#include <QWidget>

namespace leeway::ui {

/// Dates over months, a lane for each kind. Filled marks are decisions. Left and right go from mark to mark,
/// Enter opens the date's passage.
class TimelineChart : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineChart(QWidget* parent = nullptr);
    void setDates(const std::vector<report::KeyDate>& dates, base::Date today);
    void setCurrent(int date); // index, −1 for none
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    /// The date whose mark or words are there; −1 for none.
    [[nodiscard]] int dateAt(QPointF point) const;
    /// The middle of a date's mark.
    [[nodiscard]] QPointF markOf(int date) const;

Q_SIGNALS:
    void currentChanged(int date);
    void activated(int date);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    void layOut();
    void choose(int date);
    [[nodiscard]] double left() const;
    [[nodiscard]] double laneTop(Lane lane) const;
    [[nodiscard]] double middle(const Mark& mark) const;
    void paintMonths(QPainter& painter) const;
    void paintLanes(QPainter& painter) const;
    void paintMark(QPainter& painter, const Mark& mark) const;

    std::vector<report::KeyDate> m_dates;
    base::Date m_today{};
    TimeSpan m_span;
    Placing m_placing;
    int m_current = -1;
};

}
