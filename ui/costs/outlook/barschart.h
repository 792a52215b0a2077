#pragma once

#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

namespace leeway::ui {

/// A bar that lies between two values of a common axis, with its name at the left and its figure at the
/// right.
struct FloatingBar
{
    QString name;
    double from = 0;
    double to = 0;
    QString figure;
    QString color; // of the palette
    QString tip;   // where the figure comes from
    bool strong = false;

    bool operator==(const FloatingBar&) const = default;
};

/// Floating bars in rows: a waterfall, whose bars are joined, or a tornado around a reference value. The axis
/// spans the bars and, for a waterfall, zero.
class BarsChart : public QWidget
{
    Q_OBJECT

public:
    explicit BarsChart(QWidget* parent = nullptr);

    struct Content
    {
        std::vector<FloatingBar> bars;
        bool joined = false;
        std::optional<double> reference; // an upright through all rows
        QString referenceName;

        bool operator==(const Content&) const = default;
    };
    void setContent(Content content);
    [[nodiscard]] const Content& content() const { return m_content; }
    /// Where a bar is drawn: to check that bars stay in their place.
    [[nodiscard]] QRectF barRect(int row) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Layout
    {
        double names = 0;
        double figures = 0;
        double least = 0;
        double most = 1;
    };
    [[nodiscard]] Layout layOut() const;
    [[nodiscard]] double x(const Layout& layout, double value) const;
    [[nodiscard]] QRectF barRect(const Layout& layout, int row) const;

    Content m_content;
};

}
