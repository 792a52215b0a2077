#pragma once

#include <QFrame>

class QVBoxLayout;

namespace leeway::ui {

class TaskRunner;

/// What runs at the moment, each with its progress and a way to stop it. Hidden while nothing runs.
class TaskArea : public QFrame
{
    Q_OBJECT

public:
    explicit TaskArea(TaskRunner& tasks, QWidget* parent = nullptr);

private:
    class Row;
    void refresh();

    TaskRunner& m_tasks;
    QVBoxLayout* m_layout;
    QList<Row*> m_rows;
};

}
