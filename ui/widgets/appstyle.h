#pragma once

#include <QProxyStyle>

namespace leeway::ui {

/// What the style file cannot say: font-sized icons, no dotted focus frames (the style file draws rings),
/// calm menus and no native file-dialog icons in buttons.
class AppStyle : public QProxyStyle
{
    Q_OBJECT

public:
    AppStyle();
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
};

}
