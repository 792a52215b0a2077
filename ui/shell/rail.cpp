#include "ui/shell/rail.h"

#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QButtonGroup>
#include <QToolButton>
#include <QVBoxLayout>

namespace leeway::ui {

Rail::Rail(QWidget* parent) : QFrame(parent), m_group(new QButtonGroup(this))
{
    setObjectName(u"Rail"_s);
    setFixedWidth(Theme::instance().px(76));
    auto* layout = new QVBoxLayout(this);
    const int inset = Theme::instance().px(10);
    layout->setContentsMargins(0, inset, 0, inset);
    layout->setSpacing(0);
    m_pages = new QVBoxLayout;
    m_foot = new QVBoxLayout;
    m_pages->setSpacing(Theme::instance().px(2));
    m_foot->setSpacing(Theme::instance().px(2));
    layout->addLayout(m_pages);
    layout->addStretch();
    layout->addLayout(m_foot);
}

QToolButton* Rail::button(const QString& title, const QString& icon)
{
    const Theme& theme = Theme::instance();
    auto* button = new QToolButton;
    button->setText(title);
    button->setAccessibleName(title);
    button->setIcon(Theme::icon(icon, u"rail-muted"_s));
    button->setIconSize(QSize(theme.px(20), theme.px(20)));
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setFixedHeight(theme.px(54));
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void Rail::addPage(const QString& id, const QString& title, const QString& icon, const QKeySequence& shortcut)
{
    QToolButton* page = button(title, icon);
    page->setObjectName(u"rail-"_s + id);
    page->setCheckable(true);
    page->setToolTip(title + u"  "_s + shortcut.toString(QKeySequence::NativeText));
    m_group->addButton(page);
    m_buttons.insert(id, page);
    m_pages->addWidget(page);
    page->setVisible(m_pagesShown);
    connect(page, &QToolButton::clicked, this, [this, id] { Q_EMIT chosen(id); });
}

QToolButton* Rail::addFoot(const QString& title, const QString& icon)
{
    QToolButton* foot = button(title, icon);
    m_foot->addWidget(foot);
    return foot;
}

void Rail::setCurrent(const QString& id)
{
    m_group->setExclusive(false);
    for (auto it = m_buttons.begin(); it != m_buttons.end(); ++it)
        it.value()->setChecked(it.key() == id);
    m_group->setExclusive(true);
}

void Rail::showPages(bool shown)
{
    m_pagesShown = shown;
    for (QToolButton* button : std::as_const(m_buttons))
        button->setVisible(shown);
}

}
