#pragma once

#include "core/fallback/runs/runner.h"
#include "ui/fallback/desk.h"

#include <QMutex>
#include <memory>
#include <utility>

namespace leeway::ui {

/// What long work may call however long it lives: nothing happens once the desk is gone.
class Desk::Relay
{
public:
    explicit Relay(Desk* desk) : m_desk(desk) {}

    void leave()
    {
        const QMutexLocker lock(&m_mutex);
        m_desk = nullptr;
    }

    /// Calls `work(desk)` later, on the desk's thread.
    template<typename Work>
    void post(Work work)
    {
        const QMutexLocker lock(&m_mutex);
        if (m_desk != nullptr)
            QMetaObject::invokeMethod(
                m_desk, [desk = m_desk, work = std::move(work)] { work(*desk); }, Qt::QueuedConnection);
    }

    /// Hands the results of the run of that turn to the desk.
    static fallback::ResultSink sinkFor(const std::shared_ptr<Relay>& relay, int turn)
    {
        return [relay, turn](const fallback::Run& so_far, const fallback::CaseResult& result) {
            fallback::Run head = so_far;
            head.results.clear();
            relay->post([head, result, turn](Desk& desk) {
                if (turn == desk.m_turn)
                    desk.takeResult(head, result);
            });
            return base::Status();
        };
    }

    /// Tells the desk how far that turn is, beside `progress`.
    static base::Progress progressFor(const std::shared_ptr<Relay>& relay, int turn,
                                      const base::Progress& progress)
    {
        return [relay, turn, progress](std::int64_t done, std::int64_t total) {
            relay->post([done, total, turn](Desk& desk) {
                if (turn != desk.m_turn)
                    return;
                desk.m_done = int(done);
                desk.m_inAll = int(total);
                Q_EMIT desk.progressed();
            });
            return progress(done, total);
        };
    }

private:
    QMutex m_mutex;
    Desk* m_desk;
};

}
