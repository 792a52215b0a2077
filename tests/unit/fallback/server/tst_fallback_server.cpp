#include "core/fallback/endpoints/probe.h"
#include "core/fallback/runs/runner.h"
#include "core/fallback/server/managed.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <thread>

using namespace leeway;
using namespace leeway::fallback;

namespace {

const std::string program = LEEWAY_BINARY_DIR "/tests/scripted_llama";

// Gone, or dead and only not yet collected by its new parent.
bool is_gone(qint64 process)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return true;
    const QByteArray text = file.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1) == "Z";
}

}

class TestServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }

    void itServesAndEnds_data()
    {
        QTest::addColumn<QByteArray>("manner");
        QTest::newRow("at once") << QByteArray("ready");
        QTest::newRow("after loading") << QByteArray("slow");
    }
    void itServesAndEnds()
    {
        QFETCH(QByteArray, manner);
        int looks = 0;
        ServerOptions options = with(manner);
        options.context = 2048;
        options.parallel = 3;
        qint64 process = 0;
        {
            const auto server = ManagedServer::start(options, [&](std::int64_t loaded, std::int64_t all) {
                ++looks;
                return loaded <= all;
            });
            QVERIFY2(server.has_value(), server ? "" : server.error().message.c_str());
            QVERIFY(manner != "slow" || looks > 0);
            process = server->process_id();
            QVERIFY(!is_gone(process));
            Suite suite;
            suite.cases.resize(1);
            suite.cases[0].id = "one";
            suite.cases[0].messages = {{"user", "What were you told?"}};
            const auto run = run_suite(suite, server->endpoint(), {}, {}, nullptr, {}, {});
            QVERIFY2(run.has_value(), run ? "" : run.error().message.c_str());
            QCOMPARE(run->results.at(0).answer.text, std::string("6144 3"));
        }
        QVERIFY(is_gone(process));
    }

    void itEndsWithTheThreadThatHoldsIt()
    {
        qint64 process = 0;
        std::thread([&] {
            const auto server = ManagedServer::start(with("ready"), {});
            process = server ? server->process_id() : -1;
        }).join();
        QVERIFY(process > 0);
        QVERIFY(is_gone(process));
    }

    void itOutlivesTheThreadThatStartedIt()
    {
        std::optional<ManagedServer> server;
        std::thread([&] { server.emplace(*ManagedServer::start(with("ready"), {})); }).join();
        QCOMPARE(probe(server->endpoint(), {}).liveness, Liveness::Ready);
    }

    void itIsNotLeftBehindByACrash()
    {
        QProcess holder;
        holder.start(QStringLiteral(LEEWAY_BINARY_DIR "/tests/server_holder"),
                     {QString::fromStdString(program), QString::fromStdString(model("ready"))});
        QVERIFY(holder.waitForReadyRead(60'000));
        const qint64 process = holder.readLine().trimmed().toLongLong();
        QVERIFY(process > 0 && !is_gone(process));
        holder.kill(); // SIGKILL: nothing of ours runs after it
        QVERIFY(holder.waitForFinished());
        QTRY_VERIFY(is_gone(process));
    }

    void faults_data()
    {
        QTest::addColumn<QByteArray>("manner"); // empty: no model
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("words");
        using enum base::ErrorCode;
        const QByteArray own = QByteArray::fromStdString(program);
        QTest::newRow("no such model") << QByteArray() << own << int(NotFound) << QByteArray("is not there");
        QTest::newRow("broken") << QByteArray("broken") << own << int(Crashed)
                                << QByteArray("tensor 'output' is missing");
        QTest::newRow("never ready") << QByteArray("never") << own << int(TooLarge)
                                     << QByteArray("not loaded");
        QTest::newRow("no such program") << QByteArray("ready") << QByteArray("/nowhere/llama-server")
                                         << int(NotFound) << QByteArray("/nowhere/llama-server");
    }
    void faults()
    {
        QFETCH(QByteArray, manner);
        QFETCH(QByteArray, program);
        QFETCH(int, code);
        QFETCH(QByteArray, words);
        ServerOptions options = with(manner);
        if (manner.isEmpty())
            options.model = "/nowhere/model.gguf";
        options.program = program.toStdString();
        options.patience = std::chrono::milliseconds(manner == "never" ? 400 : 30'000);
        const auto server = ManagedServer::start(options, {});
        QVERIFY(!server.has_value());
        QCOMPARE(int(server.error().code), code);
        QVERIFY2(server.error().message.find(words.toStdString()) != std::string::npos,
                 server.error().message.c_str());
    }

    void aFileThatIsNoModel()
    {
        QFile file(m_folder.filePath(QStringLiteral("notes.gguf")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("my notes");
        file.close();
        ServerOptions options = with("ready");
        options.model = file.fileName().toStdString();
        const auto server = ManagedServer::start(options, {});
        QVERIFY(!server.has_value());
        QCOMPARE(server.error().code, base::ErrorCode::Unreadable);
    }

    void loadingCanBeStopped()
    {
        const auto server =
            ManagedServer::start(with("never"), [](std::int64_t, std::int64_t) { return false; });
        QVERIFY(!server.has_value());
        QCOMPARE(server.error().code, base::ErrorCode::Cancelled);
    }

    void theProgramIsFound()
    {
        qputenv("LEEWAY_LLAMA_SERVER", QByteArray::fromStdString(program));
        QCOMPARE(find_server_program()->string(), program);
        qputenv("LEEWAY_LLAMA_SERVER", "/nowhere/llama-server");
        QVERIFY(find_server_program().error().message.find("/nowhere/llama-server") != std::string::npos);
        qunsetenv("LEEWAY_LLAMA_SERVER");
    }

private:
    std::string model(const QByteArray& manner)
    {
        QFile file(m_folder.filePath(QString::fromLatin1(manner) + QStringLiteral(".gguf")));
        if (file.open(QIODevice::WriteOnly))
            file.write("GGUF" + manner);
        return file.fileName().toStdString();
    }

    ServerOptions with(const QByteArray& manner)
    {
        ServerOptions options;
        options.program = program;
        options.model = model(manner);
        options.patience = std::chrono::seconds(30);
        return options;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestServer)
#include "tst_fallback_server.moc"
