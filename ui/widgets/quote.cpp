#include "ui/widgets/quote.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QResizeEvent>
#include <QTextLayout>

namespace leeway::ui {

namespace {

constexpr qsizetype longest = 420; // characters shown

QString shortened(const QString& text)
{
    if (text.size() <= longest)
        return text;
    // The beginning and the end, of whole words: what decides often stands in the exception at the end.
    const QString first = text.left(longest * 2 / 3);
    const QString last = text.right(longest / 3);
    return first.left(first.lastIndexOf(u' ')) + u" … "_s + last.mid(last.indexOf(u' ') + 1);
}

// Lays `text` out in `width` and returns its height; draws when a painter is given.
double layOut(const QString& text, qsizetype placeStart, const QFont& font, double width, QPainter* painter,
              QPointF at, const QColor& muted)
{
    QTextLayout layout(text, font);
    QTextCharFormat format;
    format.setForeground(muted);
    layout.setFormats({{int(placeStart), int(text.size() - placeStart), format}});
    layout.beginLayout();
    double y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y));
        y += line.height() * 1.1;
    }
    layout.endLayout();
    if (painter != nullptr)
        layout.draw(painter, at);
    return y;
}

}

Quote::Quote(const clauses::Evidence& evidence, clauses::Verdict verdict, bool removable, QWidget* parent)
    : QAbstractButton(parent),
      m_words(u"“"_s + shortened(str(evidence.text).simplified()) + u"”"_s),
      m_place(place(&evidence)),
      m_verdict(verdict),
      m_role(evidence.role)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Quote, %1: %2").arg(m_place, m_words));
    if (m_role == clauses::Role::Takes)
        m_place += tr(" · takes back");
    setToolTip(tr("Show this passage in the contract"));
    if (removable) {
        m_drop = iconButton(u"close"_s, tr("Drop this passage from the decision"));
        m_drop->setProperty("flat", true);
        m_drop->setParent(this);
        connect(m_drop, &QToolButton::clicked, this, &Quote::dropWanted);
    }
}

QRect Quote::textRect(int width) const
{
    const Theme& theme = Theme::instance();
    return {theme.px(14), theme.px(6), width - theme.px(14) - theme.px(m_drop != nullptr ? 36 : 12), 0};
}

int Quote::heightIn(int width) const
{
    const QString text = m_words + u"  "_s + m_place;
    return int(layOut(text, m_words.size(), font(), textRect(width).width(), nullptr, {}, {})) +
           Theme::instance().px(12);
}

QSize Quote::sizeHint() const
{
    const int width = std::max(this->width(), Theme::instance().px(300));
    return {Theme::instance().px(300), heightIn(width)};
}

QSize Quote::minimumSizeHint() const
{
    return {Theme::instance().px(120), Theme::instance().px(30)};
}

void Quote::resizeEvent(QResizeEvent* event)
{
    QAbstractButton::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        setFixedHeight(heightIn(width()));
    if (m_drop != nullptr) {
        const int side = Theme::instance().px(26);
        m_drop->setGeometry(width() - side - Theme::instance().px(4), Theme::instance().px(4), side, side);
    }
}

void Quote::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    const Palette& palette = theme.palette();
    QPainter painter(this);
    painter.fillRect(rect(), underMouse() ? palette["hover"] : palette["quote"]);
    const QColor edge = m_role == clauses::Role::Takes ? palette["adverse"] : palette.ink(m_verdict);
    painter.fillRect(QRect(0, 0, theme.px(3), height()), edge);
    const QRect area = textRect(width());
    painter.setPen(palette["ink"]);
    layOut(m_words + u"  "_s + m_place, m_words.size(), font(), area.width(), &painter, area.topLeft(),
           palette["muted"]);
    if (hasFocus()) {
        painter.setPen(palette["accent"]);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

}
