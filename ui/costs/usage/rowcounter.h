#pragma once

#include "core/usage/reader.h"

#include <QFutureWatcher>
#include <QObject>
#include <QTimer>

namespace leeway::ui {

/// How many rows of a file a mapping can read.
struct RowCount
{
    std::int64_t good = 0;
    std::int64_t bad = 0;
    std::vector<usage::BadLine> examples; // at most three
    QString error;                        // why an import would be refused; empty when it would not
};

/// Counts in the background, again whenever the mapping changes.
class RowCounter : public QObject
{
    Q_OBJECT

public:
    explicit RowCounter(const QString& file, QObject* parent = nullptr);
    ~RowCounter() override;
    void count(const usage::Mapping& mapping);
    void stop();

Q_SIGNALS:
    void progress(int permille);
    void counted(const leeway::ui::RowCount& count);

private:
    void start();

    QString m_file;
    usage::Mapping m_mapping;
    QTimer m_delay;
    QFutureWatcher<RowCount> m_watcher;
};

}
