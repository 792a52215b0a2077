#include "ui/shell/taskrunner.h"

#include <QPromise>
#include <QtConcurrent>
#include <algorithm>

namespace leeway::ui {

namespace {

constexpr int scale = 1000; // promises count in int, files in bytes

}

TaskRunner::TaskRunner(QObject* parent) : QObject(parent) {}

TaskRunner::~TaskRunner()
{
    for (const auto& running : m_running)
        running->watcher->cancel();
    m_pool.waitForDone();
}

int TaskRunner::run(const QString& title, std::function<void(const base::Progress&)> work,
                    std::function<void(bool)> finished)
{
    auto running = std::make_unique<Running>();
    const int id = ++m_last;
    running->task.id = id;
    running->task.title = title;
    running->finished = std::move(finished);
    running->watcher = std::make_unique<QFutureWatcher<void>>();
    auto* watcher = running->watcher.get();
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, [this, id](int value) {
        if (Running* task = find(id)) {
            task->task.permille = value;
            Q_EMIT changed();
        }
    });
    connect(watcher, &QFutureWatcherBase::finished, this, [this, id] { finish(id); });
    m_running.push_back(std::move(running));
    watcher->setFuture(QtConcurrent::run(&m_pool, [work = std::move(work)](QPromise<void>& promise) {
        promise.setProgressRange(0, scale);
        work([&promise](std::int64_t done, std::int64_t total) {
            if (total > 0)
                promise.setProgressValue(int(scale * std::clamp(double(done) / double(total), 0.0, 1.0)));
            return !promise.isCanceled();
        });
    }));
    Q_EMIT changed();
    return id;
}

TaskRunner::Running* TaskRunner::find(int id)
{
    const auto found = std::find_if(m_running.begin(), m_running.end(),
                                    [id](const auto& running) { return running->task.id == id; });
    return found == m_running.end() ? nullptr : found->get();
}

void TaskRunner::finish(int id)
{
    const auto found = std::find_if(m_running.begin(), m_running.end(),
                                    [id](const auto& running) { return running->task.id == id; });
    if (found == m_running.end())
        return;
    const std::unique_ptr<Running> ended = std::move(*found);
    m_running.erase(found);
    ended->watcher.release()->deleteLater(); // it is the sender of the signal being handled
    Q_EMIT changed();
    ended->finished(ended->task.cancelling);
}

QList<TaskRunner::Task> TaskRunner::tasks() const
{
    QList<Task> result;
    for (const auto& running : m_running)
        result << running->task;
    return result;
}

void TaskRunner::cancel(int id)
{
    if (Running* running = find(id)) {
        running->task.cancelling = true;
        running->watcher->cancel();
        Q_EMIT changed();
    }
}

void TaskRunner::cancelAll()
{
    for (const auto& task : tasks())
        cancel(task.id);
}

}
