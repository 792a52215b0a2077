#include "ui/widgets/figures.h"

#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

namespace leeway::ui {

namespace {

double digitWidth(const QFontMetricsF& metrics)
{
    double width = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        width = std::max(width, metrics.horizontalAdvance(QChar(digit)));
    return width;
}

// Calls `piece` with each digit alone and each run of other characters, and with the width it takes.
template<typename Piece>
void layOut(const QFontMetricsF& metrics, const QString& text, Piece piece)
{
    const double digit = digitWidth(metrics);
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at + 1;
        if (!text[at].isDigit())
            while (end < text.size() && !text[end].isDigit())
                ++end;
        const QString part = text.mid(at, end - at);
        const double natural = metrics.horizontalAdvance(part);
        piece(part, text[at].isDigit() ? digit : natural, natural);
        at = end;
    }
}

}

int figuresWidth(const QFont& font, const QString& text)
{
    double width = 0;
    layOut(QFontMetricsF(font), text, [&](const QString&, double taken, double) { width += taken; });
    return int(std::ceil(width));
}

void drawFigures(QPainter& painter, const QRect& rect, Qt::Alignment alignment, const QString& text)
{
    const QFontMetricsF metrics(painter.font());
    const int width = figuresWidth(painter.font(), text);
    double x = rect.x();
    if (alignment & Qt::AlignRight)
        x = rect.x() + rect.width() - width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.x() + (rect.width() - width) / 2.0;
    const double y = rect.y() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    layOut(metrics, text, [&](const QString& part, double taken, double natural) {
        painter.drawText(QPointF(x + (taken - natural) / 2, y), part);
        x += taken;
    });
}

FigureLabel::FigureLabel(double px, QFont::Weight weight, QWidget* parent)
    : QWidget(parent),
      m_font(Theme::instance().font(px, weight))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FigureLabel::setText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void FigureLabel::setColor(const QString& name)
{
    m_color = name;
    update();
}

QSize FigureLabel::sizeHint() const
{
    return {figuresWidth(m_font, m_text) + 1, int(std::ceil(QFontMetricsF(m_font).height()))};
}

void FigureLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(m_font);
    painter.setPen(Theme::instance().palette().color(QLatin1StringView(m_color.toLatin1())));
    drawFigures(painter, rect(), m_alignment, m_text);
}

}
