#include "core/base/keychain/keychain.h"

#include <QFileInfo>
#include <QObject>
#include <QThread>
#include <chrono>
#include <fmt/format.h>
#include <functional>
#include <future>
#include <memory>
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

constexpr auto patience = std::chrono::seconds(60); // a person may have to unlock it

/// The one thread on which jobs of the keychain live, whoever asks: they share state and need an event loop.
class Porter
{
public:
    Porter()
    {
        m_worker.moveToThread(&m_thread);
        m_thread.start();
    }
    ~Porter()
    {
        m_thread.quit();
        m_thread.wait();
    }
    Porter(const Porter&) = delete;
    Porter& operator=(const Porter&) = delete;
    Porter(Porter&&) = delete;
    Porter& operator=(Porter&&) = delete;

    void post(const std::function<void()>& work)
    {
        QMetaObject::invokeMethod(&m_worker, work, Qt::QueuedConnection);
    }

private:
    QThread m_thread;
    QObject m_worker;
};

Porter& porter()
{
    static Porter only;
    return only;
}

struct Outcome
{
    QKeychain::Error error = QKeychain::OtherError;
    QString words;
    QString secret;
};

Outcome outcome_of(const QKeychain::Job& job)
{
    const auto* read = qobject_cast<const QKeychain::ReadPasswordJob*>(&job);
    return {job.error(), job.errorString(), read != nullptr ? read->textData() : QString()};
}

// The job deletes itself at its end, also when nobody waits for it any more.
template<typename JobType>
Outcome run(const std::string& name, const std::function<void(JobType&)>& prepare)
{
    auto promised = std::make_shared<std::promise<Outcome>>();
    std::future<Outcome> outcome = promised->get_future();
    porter().post([name, prepare, promised] {
        auto* job = new JobType(service());
        job->setAutoDelete(true);
        job->setInsecureFallback(false);
        job->setKey(QString::fromStdString(name));
        prepare(*job);
        QObject::connect(job, &QKeychain::Job::finished, job,
                         [promised](QKeychain::Job* done) { promised->set_value(outcome_of(*done)); });
        job->start();
    });
    if (outcome.wait_for(patience) != std::future_status::ready)
        return {QKeychain::OtherError, QStringLiteral("it did not answer"), {}};
    return outcome.get();
}

Status verdict(const Outcome& outcome, const std::string& variable)
{
    if (outcome.error == QKeychain::NoError || outcome.error == QKeychain::EntryNotFound)
        return {};
    return fail(ErrorCode::Io,
                fmt::format("The keychain of this system cannot be used ({}). Put the password or key, which "
                            "may be empty, into the environment variable {} instead.",
                            outcome.words.toStdString(), variable));
}

}

Result<std::string> read_secret(const std::string& name, const std::string& variable)
{
    if (!may_have_keychain())
        return std::string();
    const Outcome outcome = run<QKeychain::ReadPasswordJob>(name, [](auto&) {});
    if (outcome.error == QKeychain::NoBackendAvailable)
        return std::string();
    if (auto status = verdict(outcome, variable); !status)
        return tl::unexpected(status.error());
    return outcome.secret.toStdString();
}

Status keep_secret(const std::string& name, const std::string& secret, const std::string& variable)
{
    if (secret.empty())
        return verdict(run<QKeychain::DeletePasswordJob>(name, [](auto&) {}), variable);
    return verdict(run<QKeychain::WritePasswordJob>(
                       name, [secret](auto& job) { job.setTextData(QString::fromStdString(secret)); }),
                   variable);
}

}
