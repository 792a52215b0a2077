#include "ui/shell/taskarea.h"

#include "ui/shell/taskrunner.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QProgressBar>

namespace leeway::ui {

class TaskArea::Row : public QWidget
{
public:
    Row(TaskRunner& tasks, int id, const QString& title) : task(id)
    {
        const Theme& theme = Theme::instance();
        auto* layout = new QHBoxLayout(this);
        layout->setContentsMargins(theme.px(18), theme.px(5), theme.px(18), theme.px(5));
        layout->setSpacing(theme.px(12));
        layout->addWidget(new ElidedLabel(title, Qt::ElideMiddle), 1);
        m_bar = new QProgressBar;
        m_bar->setTextVisible(false);
        m_bar->setFixedWidth(theme.px(200));
        m_bar->setAccessibleName(title);
        layout->addWidget(m_bar);
        m_cancel = new QPushButton(TaskArea::tr("Cancel"));
        m_cancel->setAccessibleName(TaskArea::tr("Cancel %1").arg(title));
        connect(m_cancel, &QPushButton::clicked, &tasks, [&tasks, id] { tasks.cancel(id); });
        layout->addWidget(m_cancel);
    }

    void update(const TaskRunner::Task& now)
    {
        m_bar->setRange(0, now.permille < 0 ? 0 : 1000);
        m_bar->setValue(now.permille);
        m_cancel->setEnabled(!now.cancelling);
        if (now.cancelling)
            m_cancel->setText(TaskArea::tr("Stopping…"));
    }

    const int task;

private:
    QProgressBar* m_bar;
    QPushButton* m_cancel;
};

TaskArea::TaskArea(TaskRunner& tasks, QWidget* parent)
    : QFrame(parent),
      m_tasks(tasks),
      m_layout(new QVBoxLayout(this))
{
    setObjectName(u"TaskArea"_s);
    setProperty("panel", true);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(horizontalRule());
    connect(&tasks, &TaskRunner::changed, this, &TaskArea::refresh);
    hide();
}

void TaskArea::refresh()
{
    const QList<TaskRunner::Task> tasks = m_tasks.tasks();
    const auto runs = [&](const Row* row) {
        return std::any_of(tasks.begin(), tasks.end(),
                           [row](const auto& task) { return task.id == row->task; });
    };
    for (Row* row : QList(m_rows))
        if (!runs(row)) {
            m_rows.removeOne(row);
            row->hide();
            row->deleteLater();
        }
    for (const auto& task : tasks) {
        auto row =
            std::find_if(m_rows.begin(), m_rows.end(), [&](const Row* r) { return r->task == task.id; });
        if (row == m_rows.end()) {
            m_rows.append(new Row(m_tasks, task.id, task.title));
            m_layout->addWidget(m_rows.last());
            row = m_rows.end() - 1;
        }
        (*row)->update(task);
    }
    setVisible(!tasks.isEmpty());
}

}
