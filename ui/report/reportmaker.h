#pragma once

#include "core/base/result.h"
#include "core/document/document.h"
#include "core/document/worker.h"
#include "core/report/model.h"

#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <memory>

namespace leeway::ui {

/// A report as it would be exported, with its text and pages for the view.
struct MadeReport
{
    std::string bytes;
    document::Document document;
};

/// Writes the report off the GUI thread and reads it back. One thread at a time; only the answer to the
/// latest call is told.
class ReportMaker : public QObject
{
    Q_OBJECT

public:
    explicit ReportMaker(QObject* parent = nullptr);
    ~ReportMaker() override;

    /// `model` is of `snapshot`, or of a part of it.
    void make(const report::Model& model, const project::Snapshot& snapshot);

Q_SIGNALS:
    void made(std::shared_ptr<const leeway::ui::MadeReport> made);
    void failed(const QString& message);

private:
    QThreadPool m_pool;
    std::shared_ptr<document::Worker> m_worker;
    std::atomic<int> m_call{0};
};

}
