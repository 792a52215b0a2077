#include "ui/shell/topbar.h"

#include "ui/shell/page.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>

namespace leeway::ui {

QPushButton* actionButton(QAction* action, bool primary)
{
    auto* button = new QPushButton;
    if (primary)
        button->setProperty("primary", true);
    button->setFocusPolicy(Qt::TabFocus);
    const auto follow = [button, action] {
        button->setText(action->menu() == nullptr ? action->text()
                                                  : action->text() + u' '); // room before the arrow
        button->setAccessibleName(QString(action->text()).remove(u'&').remove(u'…'));
        button->setToolTip(action->toolTip() == action->text() ? QString() : action->toolTip());
        button->setEnabled(action->isEnabled());
        button->setVisible(action->isVisible());
    };
    follow();
    if (action->menu() != nullptr) {
        button->setMenu(action->menu());
        button->setIcon(Theme::icon(u"chevron-down"_s, u"muted"_s));
        button->setIconSize(QSize(Theme::instance().px(12), Theme::instance().px(12)));
        button->setLayoutDirection(Qt::RightToLeft); // the arrow stands after the text
    } else
        QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::changed, button, follow);
    return button;
}

TopBar::TopBar(Workspace& workspace, QWidget* parent)
    : QFrame(parent),
      m_workspace(workspace),
      m_title(label({}, "title")),
      m_contracts(new QToolButton),
      m_subtitle(new ElidedLabel),
      m_readOnly(label(tr("Read-only"), "heading"))
{
    const Theme& theme = Theme::instance();
    setObjectName(u"TopBar"_s);
    setFixedHeight(theme.px(48));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme.px(18), 0, theme.px(18), 0);
    layout->setSpacing(theme.px(14));
    layout->addWidget(m_title);
    m_readOnly->setProperty("tone", u"partial"_s);
    m_readOnly->setToolTip(tr("The project is open in another window, or its file cannot be written."));
    layout->addWidget(m_readOnly);
    m_contracts->setProperty("flat", true);
    m_contracts->setPopupMode(QToolButton::InstantPopup);
    m_contracts->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_contracts->setLayoutDirection(Qt::RightToLeft); // the arrow stands after the name
    m_contracts->setIcon(Theme::icon(u"chevron-down"_s, u"muted"_s));
    m_contracts->setIconSize(QSize(theme.px(12), theme.px(12)));
    m_contracts->setToolTip(tr("Which contract the pages show"));
    m_contracts->setAccessibleName(tr("Contract"));
    m_contracts->setFocusPolicy(Qt::TabFocus);
    m_contracts->setMenu(new QMenu(m_contracts));
    m_contracts->setObjectName(u"ContractSwitch"_s);
    layout->addWidget(m_contracts);
    m_subtitle->setProperty("role", u"muted"_s);
    layout->addWidget(m_subtitle, 1);

    auto* search = new QPushButton(tr("Search or run a command  Ctrl+K"));
    search->setObjectName(u"SearchButton"_s);
    search->setMinimumWidth(theme.px(250));
    search->setFocusPolicy(Qt::TabFocus);
    connect(search, &QPushButton::clicked, this, &TopBar::searchWanted);
    layout->addWidget(search);
    m_actions = new QHBoxLayout;
    m_actions->setSpacing(theme.px(10));
    layout->addLayout(m_actions);

    connect(&workspace, &Workspace::changed, this, &TopBar::showHeader);
    connect(&workspace, &Workspace::contractSelected, this, &TopBar::showHeader);
    showHeader();
}

void TopBar::setPage(Page* page)
{
    disconnect(m_header);
    m_page = page;
    if (page != nullptr)
        m_header = connect(page, &Page::headerChanged, this, &TopBar::showHeader);
    showHeader();
}

void TopBar::showHeader()
{
    m_title->setText(m_workspace.isOpen() ? str(m_workspace.snapshot().settings.title) : tr("Leeway"));
    m_subtitle->setText(m_page ? m_page->subtitle() : QString());
    m_readOnly->setVisible(m_workspace.isReadOnly());
    fillContracts();
    showActions();
}

void TopBar::fillContracts()
{
    const auto& contracts = m_workspace.snapshot().contracts;
    m_contracts->setVisible(contracts.size() > 1);
    m_contracts->menu()->clear();
    for (const auto& contract : contracts) {
        QString text = str(contract.title);
        if (!contract.vendor.empty())
            text = str(contract.vendor) + u" · "_s + text;
        const bool current = &contract == m_workspace.contract();
        if (current)
            m_contracts->setText(fontMetrics().elidedText(text, Qt::ElideRight, Theme::instance().px(240)));
        QAction* action = m_contracts->menu()->addAction(text.replace(u'&', u"&&"_s));
        action->setCheckable(true);
        action->setChecked(current);
        connect(action, &QAction::triggered, this,
                [this, id = contract.id] { m_workspace.selectContract(id); });
    }
}

void TopBar::showActions()
{
    const QList<QAction*> actions = m_page ? m_page->pageActions() : QList<QAction*>();
    if (actions == m_shown)
        return;
    m_shown = actions;
    clearLayout(m_actions);
    for (QAction* action : actions)
        m_actions->addWidget(actionButton(action, action == actions.last()));
}

}
