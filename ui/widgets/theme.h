#pragma once

#include "ui/widgets/palette.h"

#include <QFont>
#include <QIcon>
#include <QObject>
#include <QTemporaryDir>

class QApplication;
class QWidget;

namespace leeway::ui {

/// Fonts, colours and style of the whole program: one palette file, one style file. Created once, after the
/// QApplication; widgets that paint themselves ask it in every paint event.
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)

    /// Sets font, palette and style of `app`. Aborts with a message when its own resources are broken.
    static void install(QApplication& app, Mode mode);
    static Theme& instance();

    [[nodiscard]] Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    [[nodiscard]] const Palette& palette() const { return m_dark ? m_palettes.dark : m_palettes.light; }
    [[nodiscard]] const Palette& paper() const { return m_palettes.light; } // pages are white in every theme
    [[nodiscard]] const Palettes& palettes() const { return m_palettes; }

    /// Pixels of a length that is `px` where the text is 13 px high.
    [[nodiscard]] int px(double px) const;
    /// The interface font at a size given likewise.
    [[nodiscard]] QFont font(double px, QFont::Weight weight = QFont::Normal) const;

    /// An icon of resources/icons in a colour of the palette; follows every change of the theme.
    static QIcon icon(const QString& name, const QString& color = QStringLiteral("ink"));
    static void paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& color);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Theme(QApplication& app, Palettes palettes, Mode mode);
    void apply();
    void writeStyleImages();
    [[nodiscard]] QString styleSheet() const;
    [[nodiscard]] bool systemIsDark() const;

    QApplication& m_app;
    Palettes m_palettes;
    Mode m_mode;
    bool m_dark = false;
    bool m_startedDark = false;
    bool m_applying = false;
    QTemporaryDir m_images; // the style file's arrows and ticks in the palette's colours
};

/// Sets a dynamic property that the style file selects by, and polishes the widget again.
void setLook(QWidget* widget, const char* property, const QVariant& value);

}
