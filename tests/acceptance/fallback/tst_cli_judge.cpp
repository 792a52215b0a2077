#include "../cli.h"
#include "tests/unit/fallback/endpoints/scriptedserver.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr const char* suite_text = R"(leeway-suite: 1
name: Three
cases:
  - id: recorded
    category: routine
    prompt: "Say one."
    incumbent: "the recorded one"
    assert: [{type: equals, value: something else}]
  - id: expected
    category: critical
    prompt: "Say two."
    expected: "the expected two"
    assert: [{type: equals, value: two}]
  - id: neither
    category: routine
    prompt: "Say three."
    assert: [{type: equals, value: three}]
)";

std::string prompt_in(const HttpRequest& request)
{
    return nlohmann::json::parse(request.body.toStdString())["messages"][0]["content"];
}

void say(HttpAnswer& answer, const std::string& text)
{
    answer.begin();
    answer.chunk(said(QByteArray::fromStdString(nlohmann::json(text).dump())) + ended(100, 10));
    answer.end();
}

void answer_case(const HttpRequest& request, HttpAnswer answer)
{
    if (answer_as_llama(request, answer))
        return;
    const std::string prompt = prompt_in(request);
    say(answer, prompt.substr(4, prompt.size() - 5));
}

// Prefers the recorded answer wherever it stands; between the others always the one that it reads first.
void judge(const HttpRequest& request, HttpAnswer answer)
{
    if (answer_as_llama(request, answer))
        return;
    const std::string prompt = prompt_in(request);
    const auto recorded = prompt.find("the recorded one");
    const bool second = recorded != std::string::npos && recorded > prompt.find("SECOND ANSWER");
    say(answer,
        nlohmann::json{{"preferred", second ? "second" : "first"}, {"reason", "It is whole."}}.dump());
}

/// `leeway-cli fallback …` beside this process, whose event loop serves it.
CliRun fallback(const QStringList& arguments)
{
    QProcess process;
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(QStringLiteral(LEEWAY_BINARY_DIR "/bin/leeway-cli"),
                  QStringList{u"fallback"_s} + arguments);
    if (finished.isEmpty() && !finished.wait(120'000))
        return {-1, {}, "did not finish"};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

}

class TestCliJudge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QFile file(suite());
        QVERIFY(m_folder.isValid() && file.open(QIODevice::WriteOnly));
        file.write(suite_text);
        file.close();
        ScriptedServer server(answer_case);
        const CliRun run = fallback({u"run"_s, u"--suite"_s, suite(), u"--endpoint"_s, url(server),
                                     u"--state"_s, state(), u"--no-warm-up"_s});
        QVERIFY2(run.exit == 0, run.error);
    }

    void opinionsInJson()
    {
        ScriptedServer server(judge);
        const CliRun run = fallback(judging(server) + QStringList{u"--format"_s, u"json"_s});
        QVERIFY2(run.exit == 0, run.error);
        const auto json = run.json();
        QCOMPARE(json["opinion"]["wins"].get<int>(), 0);
        QCOMPARE(json["opinion"]["losses"].get<int>(), 1);
        QCOMPARE(json["opinion"]["ties"].get<int>(), 1);
        QCOMPARE(json["opinion"]["flipped"].get<int>(), 1);
        QCOMPARE(json["opinion"]["without_reference"].get<int>(), 1);
        QCOMPARE(json["judge"]["model"].get<std::string>(), std::string("tiny"));
        QVERIFY(json["judge"]["instructions"].get<std::string>().find("{{first}}") != std::string::npos);
        QCOMPARE(json["cases"].size(), std::size_t{2});
        const auto& recorded = json["cases"][0];
        QCOMPARE(recorded["state"].get<std::string>(), std::string("failed"));
        QCOMPARE(recorded["preferred"].get<std::string>(), std::string("reference"));
        QCOMPARE(recorded["reference_is"].get<std::string>(), std::string("incumbent"));
        QCOMPARE(recorded["judgements"].size(), std::size_t{2});
        const auto prompt = recorded["judgements"][0]["prompt"][0]["content"].get<std::string>();
        QVERIFY(prompt.find("Say one.") != std::string::npos && prompt.find("{{") == std::string::npos);
        const auto& expected = json["cases"][1];
        QCOMPARE(expected["state"].get<std::string>(), std::string("passed"));
        QCOMPARE(expected["preferred"].get<std::string>(), std::string("tie"));
        QVERIFY(!expected["orders_agree"].get<bool>());
        QCOMPARE(server.count("/v1/chat/completions"), 4);
        // The judge is called what the model of the run was called.
        QVERIFY2(run.error.contains("prefer their own"), run.error);
    }

    void whatWasJudgedIsNotAskedAgain()
    {
        ScriptedServer server(judge);
        QVERIFY(fallback(judging(server)).exit == 0);
        const int asked = server.count("/v1/chat/completions");
        const CliRun again = fallback(judging(server));
        QCOMPARE(server.count("/v1/chat/completions"), asked);
        QVERIFY2(again.out.contains("a model's opinion") && again.out.contains("the other 1"), again.out);
        const CliRun graded =
            fallback({u"regrade"_s, u"--suite"_s, suite(), u"--state"_s, state(), u"--format"_s, u"json"_s});
        QVERIFY2(graded.exit == 0, graded.error);
        QCOMPARE(graded.json()["run"]["passed"].get<int>(), 2);
    }

    void aRunOfAProject()
    {
        const QString project = m_folder.filePath(u"judged.leeway"_s);
        QCOMPARE(cli({u"new"_s, project, u"--title"_s, u"Judged"_s}).exit, 0);
        ScriptedServer model(answer_case);
        const QStringList in_project{u"--suite"_s, suite(), u"--project"_s, project};
        QVERIFY(fallback(QStringList{u"run"_s, u"--endpoint"_s, url(model)} + in_project).exit == 0);
        ScriptedServer server(judge);
        const QStringList arguments = QStringList{u"judge"_s, u"--endpoint"_s, url(server)} + in_project +
                                      QStringList{u"--format"_s, u"json"_s};
        const CliRun run = fallback(arguments);
        QVERIFY2(run.exit == 0, run.error);
        QCOMPARE(run.json()["opinion"]["losses"].get<int>(), 1);
        QCOMPARE(server.count("/v1/chat/completions"), 4);
        QCOMPARE(fallback(arguments).json()["opinion"].dump(), run.json()["opinion"].dump());
        QCOMPARE(server.count("/v1/chat/completions"), 4); // every judgement was kept in the project
        const CliRun other = fallback(arguments + QStringList{u"--of"_s, u"another"_s});
        QVERIFY2(other.exit != 0 && other.error.contains("no run of the suite"), other.error);
    }

    void instructionsOfOnesOwn()
    {
        const QString file = m_folder.filePath(u"mine.txt"_s);
        QFile prompt(file);
        QVERIFY(prompt.open(QIODevice::WriteOnly));
        prompt.write("Mine: {{question}} FIRST ANSWER {{first}} SECOND ANSWER {{second}}");
        prompt.close();
        ScriptedServer server(judge);
        const CliRun run = fallback(judging(server) + QStringList{u"--prompt"_s, file});
        QVERIFY2(run.exit == 0, run.error);
        QVERIFY(prompt_in(server.requests().back()).starts_with("Mine: Say"));
    }

    void badUse_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exit");
        QTest::addColumn<QByteArray>("words");
        const QString empty = m_folder.filePath(u"empty.state"_s);
        QVERIFY(QFile(empty).open(QIODevice::WriteOnly));
        const QStringList nobody{u"--endpoint"_s, u"http://127.0.0.1:1"_s};
        QTest::newRow("no endpoint") << QStringList{u"--suite"_s, suite(), u"--state"_s, state()} << 2
                                     << QByteArray("--endpoint");
        QTest::newRow("no state") << QStringList{u"--suite"_s, suite()} + nobody << 2
                                  << QByteArray("--state");
        QTest::newRow("a state without a run")
            << QStringList{u"--suite"_s, suite(), u"--state"_s, empty} + nobody << 3
            << QByteArray("holds no run");
        QTest::newRow("nobody there") << QStringList{u"--suite"_s, suite(), u"--state"_s, state()} + nobody
                                      << 4 << QByteArray("Nobody answers");
        QTest::newRow("another suite")
            << QStringList{u"--suite"_s, u"business-routine"_s, u"--state"_s, state()} + nobody << 3
            << QByteArray("is not in the suite");
        QTest::newRow("instructions that show nothing")
            << QStringList{u"--suite"_s, suite(), u"--state"_s, state(), u"--prompt"_s, suite()} + nobody << 3
            << QByteArray("do not hold {{");
    }
    void badUse()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exit);
        QFETCH(QByteArray, words);
        const CliRun run = fallback(QStringList{u"judge"_s} + arguments);
        QVERIFY2(run.exit == exit && run.error.contains(words), run.error + QByteArray::number(run.exit));
        QVERIFY(run.out.isEmpty());
    }

private:
    [[nodiscard]] QString suite() const { return m_folder.filePath(u"three.yaml"_s); }
    [[nodiscard]] QString state() const { return m_folder.filePath(u"run.state"_s); }
    [[nodiscard]] QStringList judging(const ScriptedServer& server) const
    {
        return {u"judge"_s, u"--suite"_s, suite(), u"--state"_s, state(), u"--endpoint"_s, url(server)};
    }
    static QString url(const ScriptedServer& server) { return QString::fromStdString(server.url()); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCliJudge)
#include "tst_cli_judge.moc"
