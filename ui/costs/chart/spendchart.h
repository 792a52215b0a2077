#pragma once

#include "core/simulation/matrix.h"
#include "ui/costs/chart/chartgrid.h"
#include "ui/costs/chart/fanbands.h"
#include "ui/costs/chart/scale.h"

#include <QChartView>
#include <QStringList>
#include <optional>
#include <vector>

class QGraphicsLineItem;
class QGraphicsSimpleTextItem;
class QLineSeries;
class QValueAxis;

namespace leeway::ui {

class HoverCard;

/// How the line of a scenario looks.
struct LineStyle
{
    QString name;
    QString color; // of the palette
    bool dashed = false;
};

/// Spend by month, one line a scenario, each named at its end; the decision gate as a dashed upright. The
/// pointer, or the arrow keys, show a month's figures.
class SpendChart : public QChartView
{
    Q_OBJECT

public:
    explicit SpendChart(QWidget* parent = nullptr);

    /// Shows the outcomes of `matrix`; money is divided by `divisor`. One style an outcome.
    void setMatrix(const simulation::Matrix& matrix, const std::vector<LineStyle>& styles, double divisor);

    /// Shown behind the lines until the next; what reaches far above the lines is cut at the top.
    void setFans(std::vector<Fan> fans);
    [[nodiscard]] const std::vector<Fan>& fans() const { return m_fans; }
    /// As it stands in the fan.
    [[nodiscard]] QString fanName(std::size_t fan) const { return m_bands.name(fan); }

    [[nodiscard]] int lineCount() const { return static_cast<int>(m_lines.size()); }
    [[nodiscard]] QList<QPointF> points(int line) const;
    [[nodiscard]] int shownMonth() const { return m_month; } // 0-based, −1 when none is shown
    void showMonth(int month);
    /// Where the names of the lines stand, in pixels: to check that none covers another.
    [[nodiscard]] QList<QRectF> nameRects() const;

    [[nodiscard]] QSize sizeHint() const override { return {720, 212}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {420, 180}; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Line
    {
        QLineSeries* series = nullptr;
        QGraphicsSimpleTextItem* name = nullptr;
        QGraphicsLineItem* leader = nullptr;
    };

    void setLineCount(std::size_t count);
    void applyColors();
    void layOut();
    void layOutNames();
    void layOutFans();
    void setScale();
    void layOutGate();
    void layOutCard();
    [[nodiscard]] QString fanText(std::size_t line, std::size_t month) const;
    [[nodiscard]] double x(double month) const;
    [[nodiscard]] double y(double value) const;

    simulation::Matrix m_matrix;
    std::vector<LineStyle> m_styles;
    double m_divisor = 1;
    Scale m_scale;
    QRectF m_plot;
    std::vector<Line> m_lines;
    ChartGrid m_grid;
    FanBands m_bands;
    std::vector<Fan> m_fans;
    QValueAxis* m_months = nullptr;
    QValueAxis* m_money = nullptr;
    QGraphicsLineItem* m_gate = nullptr;
    QGraphicsSimpleTextItem* m_gateName = nullptr;
    HoverCard* m_card = nullptr;
    int m_month = -1;
};

}
