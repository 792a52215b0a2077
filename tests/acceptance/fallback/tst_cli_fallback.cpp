#include "../cli.h"
#include "tests/unit/fallback/endpoints/scriptedserver.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/file.h>

using namespace Qt::StringLiterals;

namespace {

constexpr const char* suite_text = R"(leeway-suite: 1
name: Three
cases:
  - id: right
    category: routine
    prompt: "Say right."
    assert: [{type: equals, value: right}]
  - id: other
    category: critical
    prompt: "Say other."
    assert: [{type: equals, value: something else}]
  - id: long
    category: routine
    prompt: "Say long."
    assert: [{type: equals, value: long}]
)";

std::string asked(const HttpRequest& request)
{
    const auto body = nlohmann::json::parse(request.body.toStdString());
    const std::string text = body["messages"][0]["content"];
    return text.substr(4, text.size() - 5);
}

void say(HttpAnswer& answer, const std::string& text)
{
    answer.begin();
    answer.chunk(said('"' + QByteArray::fromStdString(text) + '"') + ended(100, 10));
    answer.end();
}

// Says what it is asked to say; what is “long” does not fit.
void answer_well(const HttpRequest& request, HttpAnswer answer)
{
    if (answer_as_llama(request, answer))
        return;
    if (asked(request) == "long")
        answer.whole(400, R"({"error":{"type":"exceed_context_size_error"}})");
    else
        say(answer, asked(request));
}

/// `leeway-cli fallback …` beside this process, whose event loop serves it.
class Cli
{
public:
    explicit Cli(const QStringList& arguments,
                 const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment())
    {
        m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral(LEEWAY_BINARY_DIR "/bin/leeway-cli"),
                        QStringList{QStringLiteral("fallback")} + arguments);
    }
    CliRun wait()
    {
        QSignalSpy finished(&m_process, &QProcess::finished);
        if (m_process.state() != QProcess::NotRunning && !finished.wait(120'000))
            return {-1, {}, "did not finish"};
        return {m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1,
                m_process.readAllStandardOutput(), m_process.readAllStandardError()};
    }
    void interrupt() { ::kill(static_cast<pid_t>(m_process.processId()), SIGINT); }

private:
    QProcess m_process;
};

}

class TestCliFallback : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QFile file(suite());
        QVERIFY(m_folder.isValid() && file.open(QIODevice::WriteOnly));
        file.write(suite_text);
    }

    void aRunInJson()
    {
        ScriptedServer server(answer_well);
        const CliRun run =
            Cli({u"run"_s, u"--suite"_s, suite(), u"--endpoint"_s, url(server), u"--format"_s, u"json"_s})
                .wait();
        QVERIFY2(run.exit == 0, run.error);
        const auto json = run.json();
        const auto& head = json["run"];
        QCOMPARE(head["suite"].get<std::string>(), std::string("Three"));
        QCOMPARE(head["model"].get<std::string>(), std::string("tiny"));
        QCOMPARE(head["cases"].get<int>(), 3);
        QCOMPARE(head["passed"].get<int>(), 1);
        QCOMPARE(head["failed"].get<int>(), 1);
        QCOMPARE(head["invalid"].get<int>(), 1);
        QCOMPARE(head["errors"].get<int>(), 0);
        QVERIFY(!head["started"].get<std::string>().empty() && !head["finished"].get<std::string>().empty());
        const std::vector<std::pair<std::string, std::string>> expected{
            {"right", "passed"}, {"other", "failed"}, {"long", "invalid"}};
        for (std::size_t i = 0; i < 3; ++i) {
            const auto& one = json["cases"][i];
            QCOMPARE(one["index"].get<std::size_t>(), i);
            QCOMPARE(one["id"].get<std::string>(), expected[i].first);
            QCOMPARE(one["state"].get<std::string>(), expected[i].second);
            QVERIFY(!one["why"].get<std::string>().empty());
        }
        const auto& first = json["cases"][0];
        QCOMPARE(first["answer"].get<std::string>(), std::string("right"));
        QCOMPARE(first["assertions"][0]["type"].get<std::string>(), std::string("equals"));
        QVERIFY(first["assertions"][0]["pass"].get<bool>());
        QCOMPARE(first["tokens"]["prompt"].get<int>(), 100);
        QCOMPARE(first["tokens"]["cached"].get<int>(), 5);
        QCOMPARE(first["tokens"]["completion"].get<int>(), 10);
        QVERIFY(first["first_token_ms"].is_number() && first["total_ms"].is_number());
        QVERIFY(first["cost"].is_null());
        QCOMPARE(json["categories"][0]["category"].get<std::string>(), std::string("routine"));
        QCOMPARE(json["categories"][0]["cases"].get<int>(), 1);
        QVERIFY(json["readiness"]["score"].is_number() && !json["readiness"]["reasons"].empty());
    }

    void aRunForPeople()
    {
        ScriptedServer server(answer_well);
        const CliRun run = Cli({u"run"_s, u"--suite"_s, suite(), u"--endpoint"_s, url(server)}).wait();
        QVERIFY2(run.exit == 0, run.error);
        for (const char* words : {"right", "invalid", "1 of 3 cases passed", "Readiness"})
            QVERIFY2(run.out.contains(words), run.out);
    }

    void theBar()
    {
        ScriptedServer server(answer_well);
        QCOMPARE(
            Cli({u"run"_s, u"--suite"_s, suite(), u"--endpoint"_s, url(server), u"--fail-under"_s, u"50"_s})
                .wait()
                .exit,
            1);
        QCOMPARE(
            Cli({u"run"_s, u"--suite"_s, suite(), u"--endpoint"_s, url(server), u"--fail-under"_s, u"30"_s})
                .wait()
                .exit,
            0);
    }

    void stoppedAndGoneOn()
    {
        // Keeps “long” waiting, until the program has been interrupted.
        std::optional<HttpAnswer> waiting;
        ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
            if (answer_as_llama(request, answer))
                return;
            if (asked(request) == "long" && !waiting)
                waiting = answer;
            else
                say(answer, asked(request));
        });
        const QStringList arguments{u"run"_s,    u"--suite"_s,      suite(),       u"--endpoint"_s,
                                    url(server), u"--state"_s,      state(),       u"--parallel"_s,
                                    u"2"_s,      u"--no-warm-up"_s, u"--format"_s, u"json"_s};
        Cli first(arguments);
        QTRY_VERIFY_WITH_TIMEOUT(waiting && lines(state()) == 3, 60'000);
        first.interrupt();
        const CliRun stopped = first.wait();
        QCOMPARE(stopped.exit, 4);
        QVERIFY2(stopped.error.contains("--state"), stopped.error);
        QCOMPARE(server.count("/v1/chat/completions"), 3);

        const CliRun second = Cli(arguments).wait();
        QVERIFY2(second.exit == 0, second.error);
        QCOMPARE(second.json()["run"]["cases"].get<int>(), 3);
        QCOMPARE(second.json()["run"]["errors"].get<int>(), 0);
        QCOMPARE(server.count("/v1/chat/completions"), 4);

        QFile changed(suite() + QStringLiteral("2.yaml"));
        QVERIFY(changed.open(QIODevice::WriteOnly));
        changed.write(QByteArray(suite_text).replace("something else", "other"));
        changed.close();
        const CliRun again = Cli({u"regrade"_s, u"--suite"_s, changed.fileName(), u"--state"_s, state(),
                                  u"--format"_s, u"json"_s})
                                 .wait();
        QVERIFY2(again.exit == 0, again.error);
        QCOMPARE(again.json()["run"]["passed"].get<int>(), 3);
        QCOMPARE(server.count("/v1/chat/completions"), 4);

        const CliRun other = Cli({u"run"_s, u"--suite"_s, changed.fileName(), u"--endpoint"_s, url(server),
                                  u"--state"_s, state()})
                                 .wait();
        QVERIFY2(other.exit == 3 && other.error.contains("another suite"), other.error);
    }

    void aRunInAProject()
    {
        const QString project = m_folder.filePath(u"risk.leeway"_s);
        QCOMPARE(cli({u"new"_s, project, u"--title"_s, u"Risk"_s}).exit, 0);
        bool away = true;
        ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
            if (!answer_as_llama(request, answer) && away && asked(request) == "long")
                answer.reset();
            else if (request.method == "POST")
                answer_well(request, answer);
        });
        const QStringList arguments{u"run"_s,      u"--suite"_s,   suite(), u"--endpoint"_s,
                                    url(server),   u"--project"_s, project, u"--no-warm-up"_s,
                                    u"--format"_s, u"json"_s};
        const CliRun first = Cli(arguments).wait();
        QVERIFY2(first.exit == 0, first.error);
        QCOMPARE(first.json()["run"]["errors"].get<int>(), 1);
        away = false;
        const int before = server.count("/v1/chat/completions");
        const CliRun second = Cli(arguments).wait();
        QVERIFY2(second.exit == 0, second.error);
        QCOMPARE(second.json()["run"]["invalid"].get<int>(), 1);
        QCOMPARE(server.count("/v1/chat/completions"), before + 1);
        QCOMPARE(Cli(arguments).wait().exit, 0); // a new run: the one before has come to its end
        QCOMPARE(server.count("/v1/chat/completions"), before + 4);
        away = true;
        QVERIFY(Cli(arguments).wait().json()["run"]["errors"] == 1); // could be gone on with
        const int unfinished = server.count("/v1/chat/completions");
        away = false;
        QCOMPARE(Cli(arguments + QStringList{u"--new"_s}).wait().exit, 0);
        QCOMPARE(server.count("/v1/chat/completions"), unfinished + 3);

        QFile changed(m_folder.filePath(u"changed.yaml"_s));
        QVERIFY(changed.open(QIODevice::WriteOnly));
        changed.write(QByteArray(suite_text).replace("something else", "other"));
        changed.close();
        for (const QString& file : {changed.fileName(), changed.fileName()}) {
            const CliRun graded =
                Cli({u"regrade"_s, u"--suite"_s, file, u"--project"_s, project, u"--format"_s, u"json"_s})
                    .wait();
            QVERIFY2(graded.exit == 0, graded.error);
            QCOMPARE(graded.json()["run"]["passed"].get<int>(), 2);
            QCOMPARE(graded.json()["run"]["invalid"].get<int>(), 1);
            const auto readiness = graded.json()["readiness"];
            QVERIFY(readiness["parts"]["quality"].is_number() && readiness["parts"]["cost"].is_null());
            QVERIFY(readiness["could_move"].is_null() && readiness["leave"].empty()); // no usage, no contract
            QCOMPARE(readiness["categories"].size(), std::size_t{2});
            QVERIFY(readiness["categories"][0]["may_move"].is_boolean());
        }
        QCOMPARE(server.count("/v1/chat/completions"), unfinished + 3);
        const CliRun shown = cli({u"show"_s, project, u"--format"_s, u"json"_s});
        QVERIFY2(shown.exit == 0, shown.error);
    }

    void aTrainingSetIsNotedBeforeItIsWritten()
    {
        const QString project = m_folder.filePath(u"train.leeway"_s);
        QCOMPARE(cli({u"new"_s, project, u"--title"_s, u"Train"_s}).exit, 0);
        QFile log(m_folder.filePath(u"approved.jsonl"_s));
        QVERIFY(log.open(QIODevice::WriteOnly));
        for (int i = 0; i < 20; ++i)
            log.write(QByteArray::fromStdString(nlohmann::json{{"prompt", "Question " + std::to_string(i)},
                                                               {"answer", "Answer " + std::to_string(i)},
                                                               {"conversation", std::to_string(i)},
                                                               {"approved", true}}
                                                    .dump() +
                                                "\n"));
        log.close();
        const QString out = m_folder.filePath(u"set"_s);
        const QStringList arguments{u"export"_s, u"finetune"_s, log.fileName(),      u"--project"_s, project,
                                    u"-o"_s,     out,           u"--contract-read"_s};
        {
            QFile lock(project + u".lock"_s); // as another window holds it
            QVERIFY(lock.open(QIODevice::ReadWrite) && ::flock(lock.handle(), LOCK_EX) == 0);
            const CliRun held = Cli(arguments).wait();
            QVERIFY2(held.exit != 0 && held.error.contains("open in another"), held.error);
            QVERIFY(!QFile::exists(out + u"/train.jsonl"_s));
        }
        const CliRun run = Cli(arguments).wait();
        QVERIFY2(run.exit == 0, run.error);
        QVERIFY(lines(out + u"/train.jsonl"_s) + lines(out + u"/held-out.jsonl"_s) == 20);
    }

    void theKeyIsSentAndNotTold()
    {
        ScriptedServer server([](const HttpRequest& request, HttpAnswer answer) {
            if (!answer_as_llama(request, answer))
                answer.whole(401,
                             QByteArray::fromStdString(nlohmann::json{
                                 {"error", {{"message", request.headers.at("authorization").toStdString()}}}}
                                                           .dump()));
        });
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("MY_KEY"), QStringLiteral("sk-quiet-42"));
        const CliRun run = Cli({u"run"_s, u"--suite"_s, suite(), u"--endpoint"_s, url(server),
                                u"--key-variable"_s, u"MY_KEY"_s, u"--format"_s, u"json"_s},
                               environment)
                               .wait();
        QCOMPARE(server.requests().back().headers.at("authorization"), QByteArray("Bearer sk-quiet-42"));
        QCOMPARE(run.json()["run"]["errors"].get<int>(), 3);
        QVERIFY(!run.out.contains("sk-quiet-42") && !run.error.contains("sk-quiet-42"));
    }

    void endpoints()
    {
        ScriptedServer server(answer_well);
        const CliRun run =
            Cli({u"endpoints"_s, u"--endpoint"_s, url(server), u"--format"_s, u"json"_s}).wait();
        QVERIFY2(run.exit == 0, run.error);
        const auto endpoint = run.json()["endpoints"][0];
        QCOMPARE(endpoint["state"].get<std::string>(), std::string("ready"));
        QCOMPARE(endpoint["models"][0]["id"].get<std::string>(), std::string("tiny"));
    }

    void aServerOfOurOwn()
    {
        QFile model(m_folder.filePath(QStringLiteral("model.gguf")));
        QVERIFY(model.open(QIODevice::WriteOnly));
        model.write("GGUFslow");
        model.close();
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LEEWAY_LLAMA_SERVER"),
                           QStringLiteral(LEEWAY_BINARY_DIR "/tests/scripted_llama"));
        const CliRun run = Cli({u"run"_s, u"--suite"_s, suite(), u"--server"_s, model.fileName(),
                                u"--context"_s, u"512"_s, u"--parallel"_s, u"3"_s, u"--format"_s, u"json"_s},
                               environment)
                               .wait();
        QVERIFY2(run.exit == 0, run.error);
        QCOMPARE(run.json()["cases"][0]["answer"].get<std::string>(), std::string("1536 3"));
    }

    void badUse_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exit");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("no endpoint") << QStringList{u"run"_s, u"--suite"_s, suite()} << 2
                                     << QByteArray("--endpoint");
        QTest::newRow("no suite") << QStringList{u"run"_s, u"--endpoint"_s, u"http://127.0.0.1:1"_s} << 2
                                  << QByteArray("--suite");
        QTest::newRow("both")
            << QStringList{u"run"_s,      u"--suite"_s, suite(), u"--endpoint"_s, u"http://127.0.0.1:1"_s,
                           u"--server"_s, u"m.gguf"_s}
            << 2 << QByteArray("--endpoint");
        QTest::newRow("no such suite") << QStringList{u"run"_s, u"--suite"_s, u"/nowhere.yaml"_s,
                                                      u"--endpoint"_s, u"http://127.0.0.1:1"_s}
                                       << 3 << QByteArray("/nowhere.yaml");
        QTest::newRow("nobody there")
            << QStringList{u"run"_s, u"--suite"_s, suite(), u"--endpoint"_s, u"http://127.0.0.1:1"_s} << 4
            << QByteArray("Nobody answers");
        QTest::newRow("not an address")
            << QStringList{u"run"_s, u"--suite"_s, suite(), u"--endpoint"_s, u"localhost"_s} << 3
            << QByteArray("must look like");
        QTest::newRow("no such model")
            << QStringList{u"run"_s, u"--suite"_s, suite(), u"--server"_s, u"/nowhere.gguf"_s} << 3
            << QByteArray("/nowhere.gguf");
        QTest::newRow("too many at a time")
            << QStringList{u"run"_s,        u"--suite"_s, suite(), u"--endpoint"_s, u"http://127.0.0.1:1"_s,
                           u"--parallel"_s, u"65"_s}
            << 2 << QByteArray("--parallel");
    }
    void badUse()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exit);
        QFETCH(QByteArray, words);
        const CliRun run = Cli(arguments).wait();
        QVERIFY2(run.exit == exit && run.error.contains(words), run.error + QByteArray::number(run.exit));
        QVERIFY(run.out.isEmpty());
    }

private:
    [[nodiscard]] QString suite() const { return m_folder.filePath(QStringLiteral("three.yaml")); }
    [[nodiscard]] QString state() const { return m_folder.filePath(QStringLiteral("run.state")); }
    static QString url(const ScriptedServer& server) { return QString::fromStdString(server.url()); }
    static qsizetype lines(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : 0;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCliFallback)
#include "tst_cli_fallback.moc"
