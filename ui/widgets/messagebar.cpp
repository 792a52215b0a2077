#include "ui/widgets/messagebar.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QPainter>
#include <QTimer>

namespace leeway::ui {

namespace {

constexpr int most = 3;
constexpr int good_news_ms = 8000;

class IconLabel : public QWidget
{
public:
    IconLabel(QString icon, QString color) : m_icon(std::move(icon)), m_color(std::move(color))
    {
        setFixedSize(Theme::instance().px(18), Theme::instance().px(18));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        Theme::paintIcon(painter, m_icon, rect(),
                         Theme::instance().palette().color(QLatin1StringView(m_color.toLatin1())));
    }

private:
    QString m_icon;
    QString m_color;
};

}

MessageBar::MessageBar(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    hide();
}

void MessageBar::show(Kind kind, const QString& text)
{
    for (QFrame* message : QList(m_messages))
        if (message->property("text") == text || message->property("message") == u"good"_s)
            remove(message);
    while (m_messages.size() >= most)
        remove(m_messages.first());
    add(kind, text);
}

void MessageBar::add(Kind kind, const QString& text)
{
    static const struct
    {
        const char* look;
        const char* icon;
        const char* color;
    } looks[] = {{"good", "done", "met"}, {"note", "info", "partial"}, {"bad", "warning", "adverse"}};
    const auto& look = looks[int(kind)];
    const Theme& theme = Theme::instance();

    auto* message = new QFrame;
    message->setProperty("message", QLatin1StringView(look.look));
    message->setProperty("text", text);
    message->setAccessibleName(text);
    auto* row = new QHBoxLayout(message);
    row->setContentsMargins(theme.px(18), theme.px(6), theme.px(10), theme.px(6));
    row->setSpacing(theme.px(10));
    row->addWidget(new IconLabel(QLatin1StringView(look.icon), QLatin1StringView(look.color)), 0,
                   Qt::AlignTop);
    QLabel* words = paragraph(text);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(words, 1, Qt::AlignVCenter);
    QToolButton* close = iconButton(u"close"_s, tr("Close this message"));
    connect(close, &QToolButton::clicked, message, [this, message] { remove(message); });
    row->addWidget(close, 0, Qt::AlignTop);
    m_layout->addWidget(message);
    m_messages.append(message);
    setVisible(true);
    if (kind == Kind::Good)
        QTimer::singleShot(good_news_ms, message, [this, message] { remove(message); });
    QAccessibleEvent event(message, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::remove(QFrame* message)
{
    if (m_messages.removeAll(message) == 0)
        return;
    message->hide();
    message->deleteLater();
    if (m_messages.isEmpty())
        hide();
}

void MessageBar::clear()
{
    for (QFrame* message : QList(m_messages))
        remove(message);
}

QStringList MessageBar::texts() const
{
    QStringList result;
    for (const QFrame* message : m_messages)
        result << message->property("text").toString();
    return result;
}

}
