#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <optional>

namespace leeway::ui {

/// Long work off the GUI thread, each with a title, progress and cancel. Work is a synchronous function of
/// core that gets copies of its inputs; its result comes back on the GUI thread.
class TaskRunner : public QObject
{
    Q_OBJECT

public:
    struct Task
    {
        int id = 0;
        QString title;     // "Reading aurora.pdf"
        int permille = -1; // −1: unknown
        bool cancelling = false;
    };

    explicit TaskRunner(QObject* parent = nullptr);
    ~TaskRunner() override; // cancels everything and waits; no result is delivered any more

    /// Runs `work(progress)` → base::Result<T>, then calls `then(result)` as long as `context` lives. A task
    /// cancelled before its end delivers ErrorCode::Cancelled. Returns its id.
    template<typename T>
    int start(const QString& title, QObject* context,
              std::function<base::Result<T>(const base::Progress&)> work,
              std::function<void(base::Result<T>)> then)
    {
        auto result = std::make_shared<std::optional<base::Result<T>>>();
        return run(
            title,
            [work = std::move(work), result](const base::Progress& progress) {
                result->emplace(work(progress));
            },
            [context = QPointer<QObject>(context), then = std::move(then), result](bool cancelled) {
                if (!context)
                    return;
                if (cancelled || !result->has_value())
                    then(base::fail(base::ErrorCode::Cancelled, "Cancelled."));
                else
                    then(std::move(**result));
            });
    }

    [[nodiscard]] QList<Task> tasks() const;
    [[nodiscard]] bool isIdle() const { return m_running.empty(); }

public Q_SLOTS:
    void cancel(int id);
    void cancelAll();

Q_SIGNALS:
    void changed(); // a task started, moved on or ended

private:
    struct Running
    {
        Task task;
        std::unique_ptr<QFutureWatcher<void>> watcher;
        std::function<void(bool)> finished;
    };

    int run(const QString& title, std::function<void(const base::Progress&)> work,
            std::function<void(bool)> finished);
    void finish(int id);
    Running* find(int id);

    QThreadPool m_pool;
    std::vector<std::unique_ptr<Running>> m_running;
    int m_last = 0;
};

}
