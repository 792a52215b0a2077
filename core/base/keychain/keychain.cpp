#include "core/base/keychain/keychain.h"

#include <QEventLoop>
#include <QFileInfo>
#include <fmt/format.h>
#include <qt6keychain/keychain.h>

namespace leeway::base {
namespace {

QString service()
{
    return QStringLiteral("Leeway");
}

// Keychains of Linux are reached over the bus of a person's session; a server in a data centre has none.
bool may_have_keychain()
{
#ifdef Q_OS_LINUX
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR", QStringLiteral("/nowhere")) +
                             QStringLiteral("/bus"));
#else
    return true;
#endif
}

void run(QKeychain::Job& job, const std::string& name)
{
    job.setAutoDelete(false);
    job.setInsecureFallback(false);
    job.setKey(QString::fromStdString(name));
    QEventLoop loop;
    QObject::connect(&job, &QKeychain::Job::finished, &loop, &QEventLoop::quit);
    job.start();
    loop.exec();
}

Status verdict(const QKeychain::Job& job, const std::string& variable)
{
    if (job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound)
        return {};
    return fail(ErrorCode::Io,
                fmt::format("The keychain of this system cannot be used ({}). Put the password or key, which "
                            "may be empty, into the environment variable {} instead.",
                            job.errorString().toStdString(), variable));
}

}

Result<std::string> read_secret(const std::string& name, const std::string& variable)
{
    if (!may_have_keychain())
        return std::string();
    QKeychain::ReadPasswordJob job(service());
    run(job, name);
    if (job.error() == QKeychain::NoBackendAvailable)
        return std::string();
    if (auto status = verdict(job, variable); !status)
        return tl::unexpected(status.error());
    return job.textData().toStdString();
}

Status keep_secret(const std::string& name, const std::string& secret, const std::string& variable)
{
    if (secret.empty()) {
        QKeychain::DeletePasswordJob job(service());
        run(job, name);
        return verdict(job, variable);
    }
    QKeychain::WritePasswordJob job(service());
    job.setTextData(QString::fromStdString(secret));
    run(job, name);
    return verdict(job, variable);
}

}
