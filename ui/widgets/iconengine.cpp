#include "ui/widgets/iconengine.h"

#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QCache>
#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace leeway::ui {

namespace {

QByteArray source(const QString& icon)
{
    static QHash<QString, QByteArray> cache;
    auto found = cache.constFind(icon);
    if (found == cache.constEnd()) {
        QFile file(u":/leeway/icons/"_s + icon + u".svg"_s);
        if (!file.open(QIODevice::ReadOnly))
            qWarning("no icon %s", qPrintable(icon));
        found = cache.insert(icon, file.readAll());
    }
    return *found;
}

QSvgRenderer& renderer(const QString& icon, const QColor& color)
{
    static QCache<QString, QSvgRenderer> cache(300);
    const QString key = icon + color.name();
    QSvgRenderer* cached = cache.object(key);
    if (cached == nullptr) {
        cached = new QSvgRenderer(tintedSvg(icon, color));
        cache.insert(key, cached);
    }
    return *cached;
}

}

QByteArray tintedSvg(const QString& icon, const QColor& color)
{
    return source(icon).replace("currentColor", color.name().toLatin1());
}

void renderIcon(QPainter& painter, const QString& icon, const QRectF& rect, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    renderer(icon, color).render(&painter, rect);
    painter.restore();
}

IconEngine::IconEngine(QString name, QString color) : m_name(std::move(name)), m_color(std::move(color)) {}

void IconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state)
{
    const Palette& palette = Theme::instance().palette();
    QString role = mode == QIcon::Disabled ? u"muted"_s : m_color;
    if (state == QIcon::On && m_color == u"rail-muted")
        role = u"rail-ink"_s;
    const int side = std::min(rect.width(), rect.height());
    const QRectF square(rect.x() + (rect.width() - side) / 2.0, rect.y() + (rect.height() - side) / 2.0, side,
                        side);
    renderIcon(*painter, m_name, square, palette.color(QLatin1StringView(role.toLatin1())));
}

QPixmap IconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1);
}

// `size` is in device pixels already.
QPixmap IconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal)
{
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect(QPoint(), size), mode, state);
    return pixmap;
}

QIconEngine* IconEngine::clone() const
{
    return new IconEngine(m_name, m_color);
}

}
