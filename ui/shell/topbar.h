#pragma once

#include <QFrame>
#include <QPointer>

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace leeway::ui {

class ElidedLabel;
class Page;
class Workspace;

/// Project and page on the left, search and the page's actions on the right.
class TopBar : public QFrame
{
    Q_OBJECT

public:
    explicit TopBar(Workspace& workspace, QWidget* parent = nullptr);
    void setPage(Page* page);

Q_SIGNALS:
    void searchWanted();

private:
    void showHeader();
    void showActions();
    void fillContracts();

    Workspace& m_workspace;
    QPointer<Page> m_page;
    QMetaObject::Connection m_header;
    QLabel* m_title;
    QToolButton* m_contracts;
    ElidedLabel* m_subtitle;
    QLabel* m_readOnly;
    QHBoxLayout* m_actions;
    QList<QAction*> m_shown;
};

/// A push button that is an action: its text, state and menu follow it.
QPushButton* actionButton(QAction* action, bool primary);

}
