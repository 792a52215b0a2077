#include "ui/widgets/parts.h"

#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QStyle>

namespace leeway::ui {

namespace {

int px(double value)
{
    return Theme::instance().px(value);
}

}

Card::Card(const QString& title, QWidget* parent) : QFrame(parent), m_title(label(title, "heading"))
{
    setProperty("card", true);
    m_body = new QVBoxLayout(this);
    m_body->setContentsMargins(px(18), px(16), px(18), px(16));
    m_body->setSpacing(px(8));
    m_title->setWordWrap(true);
    m_title->setVisible(!title.isEmpty());
    m_body->addWidget(m_title);
    setAccessibleName(title);
}

void Card::setTitle(const QString& title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

QLabel* label(const QString& text, const char* role)
{
    auto* result = new QLabel(text);
    result->setTextFormat(Qt::PlainText);
    if (role != nullptr)
        result->setProperty("role", QLatin1StringView(role));
    return result;
}

QLabel* paragraph(const QString& text, const char* role)
{
    QLabel* result = label(text, role);
    result->setWordWrap(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    result->setSizePolicy(policy);
    return result;
}

QFrame* horizontalRule()
{
    auto* rule = new QFrame;
    rule->setProperty("rule", true);
    rule->setFixedHeight(1);
    return rule;
}

QWidget* emptyDesk(const QString& title, const QString& text, QPushButton* button)
{
    const Theme& theme = Theme::instance();
    auto* desk = new QWidget;
    desk->setObjectName(u"Desk"_s);
    auto* layout = new QVBoxLayout(desk);
    auto* card = new Card(title);
    card->setFixedWidth(theme.px(480));
    card->body()->setContentsMargins(theme.px(32), theme.px(28), theme.px(32), theme.px(28));
    card->body()->addWidget(paragraph(text, "muted"));
    card->body()->addSpacing(theme.px(8));
    card->body()->addWidget(button, 0, Qt::AlignLeft);
    // Between stretches and not aligned: its height follows from its own width then.
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(card);
    row->addStretch();
    layout->addStretch(2);
    layout->addLayout(row);
    layout->addStretch(3);
    return desk;
}

QPushButton* linkButton(const QString& text)
{
    auto* button = new QPushButton(text);
    button->setProperty("link", true);
    button->setCursor(Qt::PointingHandCursor);
    button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    return button;
}

QToolButton* iconButton(const QString& icon, const QString& name)
{
    auto* button = new QToolButton;
    button->setProperty("square", true);
    button->setIcon(Theme::icon(icon));
    button->setIconSize(QSize(px(16), px(16)));
    button->setToolTip(name);
    button->setAccessibleName(QString(name).remove(u'…'));
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

ShareBar::ShareBar(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBar::setShare(double share, const QString& color)
{
    m_share = std::clamp(share, 0.0, 1.0);
    m_color = color;
    update();
}

QSize ShareBar::sizeHint() const
{
    return {px(96), px(6)};
}

void ShareBar::paintEvent(QPaintEvent*)
{
    const Palette& palette = Theme::instance().palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double height = px(6);
    QRectF bar(0, (this->height() - height) / 2, width(), height);
    painter.setBrush(palette["track"]);
    painter.drawRoundedRect(bar, height / 2, height / 2);
    if (m_share <= 0)
        return;
    bar.setWidth(std::max(height, bar.width() * m_share));
    painter.setBrush(palette.color(QLatin1StringView(m_color.toLatin1())));
    painter.drawRoundedRect(bar, height / 2, height / 2);
}

ElidedLabel::ElidedLabel(const QString& text, Qt::TextElideMode mode, QWidget* parent)
    : QLabel(text, parent),
      m_mode(mode)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {std::min(QLabel::minimumSizeHint().width(), px(48)), QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QString shown = fontMetrics().elidedText(text(), m_mode, contentsRect().width());
    setToolTip(shown == text() ? QString() : text());
    style()->drawItemText(&painter, contentsRect(), int(alignment()) | Qt::TextSingleLine, palette(),
                          isEnabled(), shown, foregroundRole());
}

void clearLayout(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (item->layout() != nullptr)
            clearLayout(item->layout());
        delete item;
    }
}

namespace {

void makeVertical(QScrollArea& area)
{
    area.setWidgetResizable(true);
    area.setFrameShape(QFrame::NoFrame);
    area.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area.setFocusPolicy(Qt::NoFocus);
}

}

QScrollArea* scrolled(QWidget* content)
{
    auto* area = new QScrollArea;
    makeVertical(*area);
    area->setWidget(content);
    return area;
}

SidePanel::SidePanel(QWidget* parent) : QFrame(parent)
{
    setProperty("panel", true);
    setFixedWidth(px(316));
    auto* content = new QFrame;
    content->setProperty("panel", true);
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(px(16), px(16), px(16), px(16));
    auto* fill = new QHBoxLayout(this);
    fill->setContentsMargins(0, 0, 0, 0);
    fill->setSpacing(0);
    fill->addWidget(scrolled(content), 1);
    auto* edge = new QFrame;
    edge->setProperty("ruleVertical", true);
    fill->addWidget(edge);
}

PageScroll::PageScroll(QWidget* parent) : QScrollArea(parent)
{
    setObjectName(u"PageScroll"_s);
    makeVertical(*this);
    auto* content = new QWidget;
    content->setObjectName(u"PageBody"_s);
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(px(24), px(20), px(24), px(24));
    m_body->setSpacing(px(16));
    setWidget(content);
}

}
