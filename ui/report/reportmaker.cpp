#include "ui/report/reportmaker.h"

#include "core/base/file.h"
#include "core/report/writers.h"
#include "ui/widgets/text.h"

#include <QTemporaryDir>

namespace leeway::ui {

namespace {

constexpr std::size_t mostBytes = std::size_t{200} << 20;

base::Result<MadeReport> makeReport(const report::Model& shown, const project::Snapshot& snapshot,
                                    document::Worker& worker, const base::Progress& progress)
{
    const auto model = report::with_prospects(shown, snapshot, 1, progress);
    if (!model)
        return tl::unexpected(model.error());
    const QTemporaryDir folder;
    if (!folder.isValid())
        return base::fail(base::ErrorCode::Io,
                          "no temporary folder could be made: " + utf8(folder.errorString()));
    const std::filesystem::path file = std::filesystem::path(utf8(folder.path())) / "report.pdf";
    if (const auto written = report::write_pdf(*model, file); !written)
        return tl::unexpected(written.error());
    MadeReport made;
    auto bytes = base::read_file(file, mostBytes);
    if (!bytes)
        return tl::unexpected(bytes.error());
    made.bytes = std::move(*bytes);
    auto document = worker.read("report.pdf", made.bytes);
    if (!document)
        return tl::unexpected(document.error());
    made.document = std::move(*document);
    return made;
}

}

ReportMaker::ReportMaker(QObject* parent) : QObject(parent), m_worker(std::make_shared<document::Worker>())
{
    m_pool.setMaxThreadCount(1); // the worker takes one caller at a time
}

ReportMaker::~ReportMaker()
{
    ++m_call;
    m_pool.clear();
    m_pool.waitForDone();
}

void ReportMaker::make(const report::Model& model, const project::Snapshot& snapshot)
{
    const int call = ++m_call;
    m_pool.start([this, model, snapshot, call, worker = m_worker] {
        if (call != m_call)
            return;
        const base::Progress latest = [this, call](std::int64_t, std::int64_t) { return call == m_call; };
        auto result = makeReport(model, snapshot, *worker, latest);
        QMetaObject::invokeMethod(this, [this, call, result = std::move(result)]() mutable {
            if (call != m_call)
                return;
            if (result)
                Q_EMIT made(std::make_shared<const MadeReport>(std::move(*result)));
            else
                Q_EMIT failed(str(result.error().message));
        });
    });
}

}
