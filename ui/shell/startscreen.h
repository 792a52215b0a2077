#pragma once

#include <QStringList>
#include <QWidget>

class QVBoxLayout;

namespace leeway::ui {

/// What the window shows while no project is open.
class StartScreen : public QWidget
{
    Q_OBJECT

public:
    StartScreen(QAction* create, QAction* open, QAction* sample, QWidget* parent = nullptr);
    void setRecent(const QStringList& files);

Q_SIGNALS:
    void openWanted(const QString& file);

private:
    QWidget* m_recentBox;
    QVBoxLayout* m_recent;
};

}
