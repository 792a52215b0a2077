#include "core/fallback/endpoints/probe.h"
#include "core/fallback/runs/statefile.h"
#include "core/fallback/server/managed.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <map>
#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;
using namespace leeway;
using namespace leeway::fallback;

namespace {

constexpr int whole_suite = 60;
constexpr int enough = 15; // answers, before the server is killed

QString folder()
{
    const QString named = qEnvironmentVariable("LEEWAY_LOCAL_MODEL");
    return named.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                                 u"/leeway/local-model"_s
                           : named;
}

QString model()
{
    return folder() + u"/model.gguf"_s;
}

std::optional<ManagedServer> started()
{
    ServerOptions options;
    options.program = (folder() + u"/bin/llama-server"_s).toStdString();
    options.model = model().toStdString();
    options.context = 2048;
    options.parallel = 2;
    auto server = ManagedServer::start(options, {});
    if (!server)
        qFatal("%s", server.error().message.c_str());
    return std::move(*server);
}

qsizetype lines(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : 0;
}

// Answers by case, and how often the server was asked for them.
struct Kept
{
    std::map<std::string, std::string> finished;
    std::map<std::string, int> answers;
};

Kept kept_in(const QString& path)
{
    Kept kept;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return kept;
    file.readLine(); // the head
    while (!file.atEnd()) {
        const auto line = nlohmann::json::parse(file.readLine().toStdString());
        if (line.contains("trouble") && line["trouble"] == "none") {
            kept.finished[line["id"]] = line["answer"];
            ++kept.answers[line["id"]];
        }
    }
    return kept;
}

}

// The sample suite against a real server with a real, small model.
class TestLocalModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo(folder() + u"/bin/llama-server"_s).isExecutable() || !QFileInfo::exists(model()))
            QSKIP("NOT TESTED: there is no local model; installer/local-model.sh gets one");
    }

    void theServerIsKilledInTheMiddleAndTheRunGoesOn()
    {
        const QTemporaryDir temporary;
        const QString state = temporary.filePath(u"run.state"_s);
        auto server = started();
        const Endpoint endpoint = server->endpoint();
        QCOMPARE(probe(endpoint, {}).models.at(0).quantisation, std::string("Q4_1"));
        const QString url = QString::fromStdString(endpoint.url);
        QProcess first;
        start(first, {u"--endpoint"_s, url, u"--state"_s, state});
        QTRY_VERIFY_WITH_TIMEOUT(lines(state) > enough, 600'000);
        ::kill(static_cast<pid_t>(server->process_id()), SIGKILL);
        QVERIFY(first.waitForFinished(300'000));
        QCOMPARE(first.exitCode(), 0);
        const auto broken = nlohmann::json::parse(first.readAllStandardOutput().toStdString());
        QVERIFY(broken["run"]["errors"].get<int>() > 0);
        QCOMPARE(broken["run"]["cases"].get<int>(), whole_suite);
        const Kept before = kept_in(state);
        QVERIFY(static_cast<int>(before.finished.size()) >= enough - 1 &&
                static_cast<int>(before.finished.size()) < whole_suite);
        server.reset();

        // The same program at the same port, as a watchdog would start it.
        QProcess again;
        again.start(folder() + u"/bin/llama-server"_s,
                    {u"-m"_s, model(), u"--host"_s, u"127.0.0.1"_s, u"--port"_s, url.section(u':', 2),
                     u"-c"_s, u"4096"_s, u"-np"_s, u"2"_s});
        QTRY_VERIFY_WITH_TIMEOUT(probe(endpoint, {}).liveness == Liveness::Ready, 300'000);
        QProcess second;
        start(second, {u"--endpoint"_s, url, u"--state"_s, state});
        QVERIFY(second.waitForFinished(600'000));
        again.closeWriteChannel();
        again.terminate();
        QVERIFY(again.waitForFinished());
        QCOMPARE(second.exitCode(), 0);
        const auto run = nlohmann::json::parse(second.readAllStandardOutput().toStdString());
        QCOMPARE(run["run"]["cases"].get<int>(), whole_suite);
        QCOMPARE(run["run"]["errors"].get<int>(), 0);
        QCOMPARE(run["run"]["invalid"].get<int>(), 0);
        const Kept after = kept_in(state);
        QCOMPARE(static_cast<int>(after.finished.size()), whole_suite);
        for (const auto& [id, answer] : before.finished)
            QCOMPARE(after.finished.at(id), answer);
        for (const auto& [id, times] : after.answers)
            QVERIFY2(times == 1, id.c_str());
        // A model of 135 million weights is no fallback, and the report says so.
        QVERIFY2(run["readiness"]["score"].get<int>() < 40, run["readiness"].dump().c_str());
        const std::string verdict = run["readiness"]["reasons"].at(0);
        QVERIFY2(verdict.find("is not a fallback: in no category are enough of its answers right") !=
                     std::string::npos,
                 verdict.c_str());
    }

private:
    static void start(QProcess& process, const QStringList& more)
    {
        process.start(QStringLiteral(LEEWAY_BINARY_DIR "/bin/leeway-cli"),
                      QStringList{u"fallback"_s, u"run"_s, u"--suite"_s, u"business-routine"_s,
                                  u"--parallel"_s, u"2"_s, u"--max-tokens"_s, u"32"_s, u"--format"_s,
                                  u"json"_s} +
                          more);
        QVERIFY(process.waitForStarted());
    }
};

QTEST_GUILESS_MAIN(TestLocalModel)
#include "tst_local_model.moc"
