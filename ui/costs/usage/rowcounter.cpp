#include "ui/costs/usage/rowcounter.h"

#include "ui/widgets/text.h"

#include <QtConcurrent>

namespace leeway::ui {

RowCounter::RowCounter(const QString& file, QObject* parent) : QObject(parent), m_file(file)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(200);
    connect(&m_delay, &QTimer::timeout, this, &RowCounter::start);
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, this, &RowCounter::progress);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        if (!m_watcher.isCanceled() && m_watcher.future().resultCount() > 0)
            Q_EMIT counted(m_watcher.result());
    });
}

RowCounter::~RowCounter()
{
    stop();
    m_watcher.waitForFinished();
}

void RowCounter::stop()
{
    m_delay.stop();
    m_watcher.cancel();
}

void RowCounter::count(const usage::Mapping& mapping)
{
    m_watcher.cancel();
    m_mapping = mapping;
    m_delay.start();
}

void RowCounter::start()
{
    m_watcher.setFuture(
        QtConcurrent::run([file = utf8(m_file), mapping = m_mapping](QPromise<RowCount>& promise) {
            promise.setProgressRange(0, 1000);
            RowCount count;
            const auto read = usage::read_usage(
                file, &mapping, [&](const pricing::Usage&) { ++count.good; },
                [&](const usage::BadLine& line) {
                    ++count.bad;
                    if (count.examples.size() < 3)
                        count.examples.push_back(line);
                },
                [&](std::int64_t done, std::int64_t total) {
                    if (total > 0)
                        promise.setProgressValue(int(1000.0 * double(done) / double(total)));
                    return !promise.isCanceled();
                });
            if (!read)
                count.error = str(read.error().message);
            promise.addResult(count);
        }));
}

}
