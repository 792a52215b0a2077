#include "core/usage/warehouse/engines/sessions.h"

#include <QProcess>
#include <QStandardPaths>
#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <utility>

namespace leeway::usage::warehouse {
namespace {

constexpr int tick = 100; // milliseconds
constexpr qsizetype most_complaint = 64 << 10;

class DuckDbSession : public Session
{
public:
    explicit DuckDbSession(Connection connection) : m_connection(std::move(connection)) {}

    base::Status query(const std::string& sql, const RowSink& sink, const base::Progress& progress) override
    {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("duckdb"));
        if (program.isEmpty())
            return base::fail(
                base::ErrorCode::NotFound,
                "Parquet files and DuckDB databases need the program “duckdb”, which is not installed: "
                "get it with “pip install duckdb-cli” or from your distribution, in a folder of $PATH.");
        QStringList arguments{QStringLiteral("-no-init"),   QStringLiteral("-csv"),
                              QStringLiteral("-noheader"),  QStringLiteral("-bail"),
                              QStringLiteral("-nullvalue"), QString()};
        if (!m_connection.database.empty())
            arguments << QStringLiteral("-readonly") << QString::fromStdString(m_connection.database);
        QProcess process;
        process.start(program, arguments);
        // It must not fetch extensions by itself.
        process.write(QByteArray::fromStdString(
            "SET autoinstall_known_extensions = false; SET TimeZone = 'UTC';\n" + sql + ";\n"));
        process.closeWriteChannel();
        const auto status = run(process, sink, progress);
        if (process.state() != QProcess::NotRunning) {
            process.kill();
            process.waitForFinished();
        }
        return status;
    }

    [[nodiscard]] const Connection& connection() const override { return m_connection; }

private:
    base::Status run(QProcess& process, const RowSink& sink, const base::Progress& progress) const
    {
        const auto deadline = std::chrono::steady_clock::now() + m_connection.timeout;
        RecordSplitter records(sink);
        QByteArray complaint;
        bool running = true;
        while (running) {
            running = process.state() != QProcess::NotRunning;
            if (running)
                process.waitForReadyRead(tick);
            const QByteArray bytes = process.readAllStandardOutput();
            if (auto status = records.take({bytes.data(), static_cast<std::size_t>(bytes.size())}); !status)
                return status;
            complaint += process.readAllStandardError().left(most_complaint - complaint.size());
            if (!base::keep_going(progress, 0, 0))
                return base::fail(base::ErrorCode::Cancelled, "The import was stopped.");
            if (std::chrono::steady_clock::now() > deadline)
                return base::fail(
                    base::ErrorCode::TooLarge,
                    fmt::format("DuckDB did not finish within {} seconds; nothing was imported. Import "
                                "fewer days at a time, or give more time with ?timeout=SECONDS.",
                                m_connection.timeout.count()));
        }
        if (process.exitStatus() != QProcess::NormalExit)
            return base::fail(
                base::ErrorCode::Io,
                fmt::format("DuckDB ended in the middle of the query, perhaps for lack of memory; nothing "
                            "was imported. {}",
                            process.errorString().toStdString()));
        if (process.exitCode() != 0)
            return base::fail(base::ErrorCode::Database,
                              fmt::format("DuckDB refuses the query; nothing was imported. {}",
                                          complaint_of(complaint.toStdString(), {})));
        return records.finish();
    }

    Connection m_connection;
};

}

std::unique_ptr<Session> duckdb_session(const Connection& connection)
{
    return std::make_unique<DuckDbSession>(connection);
}

}
