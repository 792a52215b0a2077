#include "core/usage/warehouse/engines/password.h"

#include <QEventLoop>
#include <cstdlib>
#include <fmt/format.h>
#include <qt6keychain/keychain.h>

namespace leeway::usage::warehouse {
namespace {

QString service()
{
    return QStringLiteral("Leeway");
}

void run(QKeychain::Job& job, const Connection& connection)
{
    job.setAutoDelete(false);
    job.setInsecureFallback(false);
    job.setKey(QString::fromStdString(name_of(connection)));
    QEventLoop loop;
    QObject::connect(&job, &QKeychain::Job::finished, &loop, &QEventLoop::quit);
    job.start();
    loop.exec();
}

base::Status verdict(const QKeychain::Job& job)
{
    if (job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound)
        return {};
    return base::fail(
        base::ErrorCode::Io,
        fmt::format("The keychain of this system cannot be used ({}). Put the password, which may be "
                    "empty, into the environment variable {} instead.",
                    job.errorString().toStdString(), password_variable));
}

}

base::Result<std::string> password_for(const Connection& connection)
{
    if (connection.engine == Engine::DuckDb)
        return std::string();
    if (const char* password = std::getenv(password_variable); password != nullptr)
        return std::string(password);
    QKeychain::ReadPasswordJob job(service());
    run(job, connection);
    if (job.error() == QKeychain::NoBackendAvailable)
        return std::string(); // a server without a desktop: there may be no password at all
    if (auto status = verdict(job); !status)
        return tl::unexpected(status.error());
    return job.textData().toStdString();
}

base::Status keep_password(const Connection& connection, const std::string& password)
{
    if (password.empty()) {
        QKeychain::DeletePasswordJob job(service());
        run(job, connection);
        return verdict(job);
    }
    QKeychain::WritePasswordJob job(service());
    job.setTextData(QString::fromStdString(password));
    run(job, connection);
    return verdict(job);
}

}
