#include "ui/widgets/theme.h"

#include "ui/widgets/appstyle.h"
#include "ui/widgets/iconengine.h"
#include "ui/widgets/text.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QFontInfo>
#include <QPalette>
#include <QPointer>
#include <QRegularExpression>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>
#include <cmath>

namespace leeway::ui {

namespace {

QPointer<Theme> s_theme;

constexpr double body_points = 9.75; // 13 px at 96 dpi
constexpr double body_pixels = 13;

QByteArray resource(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("missing resource %s", qPrintable(path));
    return file.readAll();
}

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

}

void Theme::install(QApplication& app, Mode mode)
{
    Q_ASSERT(!s_theme);
    auto palettes = Palettes::parse(resource(u":/leeway/theme/palette.json"_s));
    if (!palettes)
        qFatal("%s", palettes.error().message.c_str());
    auto* theme = new Theme(app, std::move(*palettes), mode); // owned by the application
    theme->apply();
}

Theme& Theme::instance()
{
    Q_ASSERT(s_theme);
    return *s_theme;
}

Theme::Theme(QApplication& app, Palettes palettes, Mode mode)
    : QObject(&app),
      m_app(app),
      m_palettes(std::move(palettes)),
      m_mode(mode),
      m_startedDark(ui::isDark(app.palette()))
{
    s_theme = this;
    QFont font = app.font();
    if (QFontDatabase::families().contains(u"Inter"_s))
        font.setFamily(u"Inter"_s);
    font.setPointSizeF(body_points);
    app.setFont(font);
    app.setStyle(new AppStyle);
    app.installEventFilter(this);
}

void Theme::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    apply();
}

bool Theme::systemIsDark() const
{
    return m_startedDark || ui::isDark(m_app.style()->standardPalette());
}

bool Theme::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ThemeChange && m_mode == Mode::System && !m_applying &&
        systemIsDark() != m_dark)
        apply();
    return QObject::eventFilter(watched, event);
}

int Theme::px(double px) const
{
    return int(std::lround(px * QFontInfo(m_app.font()).pixelSize() / body_pixels));
}

QFont Theme::font(double px, QFont::Weight weight) const
{
    QFont font = m_app.font();
    font.setPointSizeF(font.pointSizeF() * px / body_pixels);
    font.setWeight(weight);
    return font;
}

void Theme::apply()
{
    m_applying = true;
    m_dark = m_mode == Mode::Dark || (m_mode == Mode::System && systemIsDark());
    const Palette& p = palette();
    QPalette qt;
    qt.setColor(QPalette::Window, p["background"]);
    qt.setColor(QPalette::WindowText, p["ink"]);
    qt.setColor(QPalette::Base, p["panel"]);
    qt.setColor(QPalette::AlternateBase, p["background"]);
    qt.setColor(QPalette::Text, p["ink"]);
    qt.setColor(QPalette::PlaceholderText, p["muted"]);
    qt.setColor(QPalette::Button, p["panel"]);
    qt.setColor(QPalette::ButtonText, p["ink"]);
    qt.setColor(QPalette::Highlight, p["accent"]);
    qt.setColor(QPalette::HighlightedText, p["on-accent"]);
    qt.setColor(QPalette::Link, p["accent"]);
    qt.setColor(QPalette::LinkVisited, p["accent"]);
    qt.setColor(QPalette::ToolTipBase, p["panel"]);
    qt.setColor(QPalette::ToolTipText, p["ink"]);
    qt.setColor(QPalette::Light, p["panel"]);
    qt.setColor(QPalette::Midlight, p["hover"]);
    qt.setColor(QPalette::Mid, p["line"]);
    qt.setColor(QPalette::Dark, p["control"]);
    qt.setColor(QPalette::Shadow, p["line"]);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        qt.setColor(QPalette::Disabled, role, p["muted"]);
    m_app.setPalette(qt);
    writeStyleImages();
    m_app.setStyleSheet(styleSheet());
    m_applying = false;
    Q_EMIT changed();
}

void Theme::writeStyleImages()
{
    const auto write = [this](const QString& file, const QString& icon, const QColor& color) {
        QFile out(m_images.filePath(file + (m_dark ? u"-dark.svg"_s : u"-light.svg"_s)));
        if (out.open(QIODevice::WriteOnly))
            out.write(tintedSvg(icon, color));
    };
    const Palette& p = palette();
    for (const auto& name : {u"chevron-up"_s, u"chevron-down"_s, u"chevron-right"_s})
        write(name, name, p["muted"]);
    write(u"check"_s, u"met"_s, p["accent"]);
    write(u"check-on-accent"_s, u"met"_s, p["on-accent"]);
}

QString Theme::styleSheet() const
{
    static const QRegularExpression reference(u"@(?:image/([a-z-]+)|([0-9.]+)px|([a-z]+(?:-[a-z]+)*))"_s);
    const QString text = QString::fromUtf8(resource(u":/leeway/theme/leeway.qss"_s));
    QString sheet;
    qsizetype last = 0;
    for (auto it = reference.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        sheet += text.mid(last, match.capturedStart() - last);
        last = match.capturedEnd();
        if (match.hasCaptured(1))
            sheet += m_images.filePath(match.captured(1) + (m_dark ? u"-dark.svg"_s : u"-light.svg"_s));
        else if (match.hasCaptured(2))
            sheet += QString::number(px(match.captured(2).toDouble())) + u"px"_s;
        else
            sheet += palette().color(QLatin1StringView(match.captured(3).toLatin1())).name();
    }
    return sheet + text.mid(last);
}

QIcon Theme::icon(const QString& name, const QString& color)
{
    return QIcon(new IconEngine(name, color));
}

void Theme::paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& color)
{
    renderIcon(painter, name, rect, color);
}

void setLook(QWidget* widget, const char* property, const QVariant& value)
{
    if (widget->property(property) == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

}
