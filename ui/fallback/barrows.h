#pragma once

#include <QString>
#include <QWidget>
#include <vector>

namespace leeway::ui {

/// Figures of one unit as bars from zero, one a row: label, bar, figure in words.
class BarRows : public QWidget
{
    Q_OBJECT

public:
    struct Row
    {
        QString label;
        double value = 0; // not negative; the longest bar is the largest
        QString figure;   // "1.20 s"
        QString note;     // muted, behind the figure

        bool operator==(const Row&) const = default;
    };

    explicit BarRows(const QString& name, QWidget* parent = nullptr);
    void setRows(std::vector<Row> rows);
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Row> m_rows;
};

}
