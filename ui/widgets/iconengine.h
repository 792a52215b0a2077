#pragma once

#include <QByteArray>
#include <QColor>
#include <QIconEngine>

namespace leeway::ui {

/// An icon of resources/icons as SVG with `currentColor` replaced.
QByteArray tintedSvg(const QString& icon, const QColor& color);
void renderIcon(QPainter& painter, const QString& icon, const QRectF& rect, const QColor& color);

/// Draws an icon in a colour of the palette in use at the time of drawing.
class IconEngine : public QIconEngine
{
public:
    IconEngine(QString name, QString color);
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    [[nodiscard]] QIconEngine* clone() const override;
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }

private:
    QString m_name;
    QString m_color;
};

}
