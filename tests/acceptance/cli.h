#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>
#include <nlohmann/json.hpp>

/// What `leeway-cli` did with these arguments.
struct CliRun
{
    int exit = -1;
    QByteArray out;
    QByteArray error;

    [[nodiscard]] nlohmann::json json() const
    {
        return nlohmann::json::parse(out.toStdString(), nullptr, false);
    }
};

inline CliRun cli(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(LEEWAY_BINARY_DIR "/bin/leeway-cli"), arguments);
    if (!process.waitForFinished(120'000)) {
        process.kill();
        process.waitForFinished();
        return {-1, {}, "did not finish"};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

inline QString sample(const char* name)
{
    return QStringLiteral(LEEWAY_BINARY_DIR "/samples/") + QString::fromUtf8(name);
}
