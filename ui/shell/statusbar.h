#pragma once

#include <QFrame>

class QLabel;

namespace leeway::ui {

class Workspace;

/// "Saved 14:02 · offline · 3 contracts · EUR" and the versions of what computed the figures.
class StatusBar : public QFrame
{
    Q_OBJECT

public:
    explicit StatusBar(Workspace& workspace, QWidget* parent = nullptr);

private:
    void refresh();

    Workspace& m_workspace;
    QLabel* m_left;
    QLabel* m_right;
};

}
