#pragma once

#include <QColor>
#include <QFont>
#include <QGraphicsItem>
#include <optional>
#include <vector>

namespace leeway::ui {

/// The figures of one month beside a chart's cursor: an upright through the plot, a dot on each line and a
/// small card with a row a line.
class HoverCard : public QGraphicsItem
{
public:
    struct Row
    {
        QString name;
        QString figure;
        QColor color;
        std::optional<double> y; // of the line's dot; none: the row explains the one above
    };
    struct Content
    {
        QString title;
        std::vector<Row> rows;
        QRectF plot;
        double x = 0;
        QFont font;
        QColor ink;
        QColor muted;
        QColor line;
        QColor panel;
    };

    void setContent(Content content);

    [[nodiscard]] QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    [[nodiscard]] QRectF card() const;

    Content m_content;
};

}
