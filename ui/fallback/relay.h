#pragma once

#include "ui/fallback/desk.h"

#include <QMutex>
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

private:
    QMutex m_mutex;
    Desk* m_desk;
};

}
