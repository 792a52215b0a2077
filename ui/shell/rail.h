#pragma once

#include <QFrame>
#include <QHash>

class QButtonGroup;
class QToolButton;
class QVBoxLayout;

namespace leeway::ui {

/// The pages of the project from top to bottom; what belongs to the program at the foot.
class Rail : public QFrame
{
    Q_OBJECT

public:
    explicit Rail(QWidget* parent = nullptr);
    void addPage(const QString& id, const QString& title, const QString& icon, const QKeySequence& shortcut);
    /// A button that is no page: Menu, Settings.
    QToolButton* addFoot(const QString& title, const QString& icon);
    void setCurrent(const QString& id); // empty: none
    void showPages(bool shown);         // hidden until a project is open

Q_SIGNALS:
    void chosen(const QString& id);

private:
    QToolButton* button(const QString& title, const QString& icon);

    QVBoxLayout* m_pages;
    QVBoxLayout* m_foot;
    QButtonGroup* m_group;
    QHash<QString, QToolButton*> m_buttons;
    bool m_pagesShown = false;
};

}
