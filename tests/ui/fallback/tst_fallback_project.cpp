#include "core/project/fallback.h"
#include "tests/ui/fallback/fallbackparts.h"
#include "tests/ui/shell/testproject.h"
#include "ui/fallback/barrows.h"
#include "ui/fallback/desk.h"
#include "ui/fallback/endpointdialog.h"
#include "ui/fallback/fallbackpage.h"
#include "ui/shell/taskrunner.h"

#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using testproject::TestProject;
using namespace fallbackparts;

namespace {

// As another program sees the project's file.
project::FallbackPart inFile(const TestProject& project)
{
    const auto other = project::Project::open(project.file.toStdString(), project::Access::ReadOnly);
    if (!other)
        qFatal("%s", other.error().message.c_str());
    return other->fallback().value();
}

// Counts what is asked, and can keep one answer back.
struct CountingServer
{
    ScriptedServer server{[this](const HttpRequest& request, HttpAnswer answer) {
        if (request.path.endsWith("/chat/completions")) {
            for (const QByteArray name : {"one", "two", "three", "four"}) {
                if (request.body.contains("Say " + name))
                    ++asked[name];
            }
            if (holds && request.body.contains("Say three")) {
                held.push_back(answer);
                return;
            }
        }
        echo(request, answer);
    }};
    QHash<QByteArray, int> asked;
    bool holds = false; // back the answer to “three”
    std::vector<HttpAnswer> held;
};

}

class TestFallbackProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("LEEWAY_ENDPOINT_KEY", ""); // whatever this machine's keychain holds
        testproject::useTestSettings(m_settings);
        Theme::install(*qApp, Theme::Mode::Light);
    }
    void runSurvivesReopening();
    void aRunIsJudgedAndGradedAgain();
    void brokenRunGoesOnAfterReopening();
    void removedRunComesBack();
    void endpointsCanBeTakenBack();
    void suiteOfTheProjectIsChosenAgain();
    void readOnlyProjectSaysSo();
    void importedRunNeedsItsSuite();
    void throughputIsMeasuredAndDrawn();
    void endpointIsDescribed_data();
    void endpointIsDescribed();
    void keyIsNeverShown();
    void keyGoesToTheKeychainOrNowhere();

private:
    // A page that can start on Names at `server`.
    void prepare(FallbackPage& page, const TestProject& project, const ScriptedServer& server);

    QTemporaryDir m_settings;
};

void TestFallbackProject::prepare(FallbackPage& page, const TestProject& project,
                                  const ScriptedServer& server)
{
    page.desk().openSuite(suiteIn(project.folder));
    page.desk().addAddress(QString::fromStdString(server.url()));
    QTRY_VERIFY_WITH_TIMEOUT(page.desk().canStart(), patience);
}

void TestFallbackProject::runSurvivesReopening()
{
    TestProject project;
    CountingServer counting;
    {
        FallbackPage page(project.workspace, {});
        prepare(page, project, counting.server);
        page.desk().start(2);
        QTRY_VERIFY_WITH_TIMEOUT(!page.desk().isRunning(), patience);
        QVERIFY(page.desk().readiness().has_value());
    }
    const project::FallbackPart kept = inFile(project);
    QCOMPARE(kept.runs.size(), std::size_t{1});
    QVERIFY(kept.runs.front().ended);
    QCOMPARE(kept.runs.front().answers, 4);
    QCOMPARE(kept.suites.back().name, std::string("Names"));
    QCOMPARE(kept.endpoints.front().url, counting.server.url());
    QVERIFY(project.workspace.openProject(project.file));
    project.workspace.closeProject();
    QVERIFY(project.workspace.openProject(project.file));
    const int asked = counting.asked["one"];
    FallbackPage page(project.workspace, {});
    page.show();
    QCOMPARE(page.desk().suite()->name, std::string("Names"));
    QCOMPARE(page.desk().run()->results.size(), std::size_t{4});
    QVERIFY(page.desk().readiness().has_value());
    QVERIFY(page.findChild<QComboBox*>(u"runs"_s)->currentText().startsWith(
        u"Run %1 · "_s.arg(kept.runs.front().id)));
    QTRY_VERIFY_WITH_TIMEOUT(page.desk().canStart(), patience); // it was asked whether it is there
    QVERIFY(!page.desk().canResume());
    QCOMPARE(counting.asked["one"], asked);
    // And it follows the workspace into another project.
    const QString other = project.folder.filePath(u"other.leeway"_s);
    QVERIFY(project.workspace.createProject(other, u"Other"_s));
    QVERIFY(!page.desk().run());
    QCOMPARE(page.desk().endpoints().size(), std::size_t{0});
    QCOMPARE(page.desk().suite()->name, std::string("Business routine"));
}

void TestFallbackProject::aRunIsJudgedAndGradedAgain()
{
    TestProject project;
    ScriptedServer server([](const HttpRequest& request, HttpAnswer answer) {
        if (!request.body.contains("SECOND ANSWER")) {
            echo(request, answer);
            return;
        }
        answer.begin();
        answer.chunk(said("\"{\\\"preferred\\\": \\\"first\\\", \\\"reason\\\": \\\"It is whole.\\\"}\"") +
                     ended(100, 10));
        answer.end();
    });
    FallbackPage page(project.workspace, {});
    page.show();
    prepare(page, project, server);
    QVERIFY(!page.desk().canGrade());
    page.desk().start(1);
    QTRY_VERIFY_WITH_TIMEOUT(!page.desk().isRunning(), patience);
    QVERIFY(page.findChild<QPushButton*>(u"judge"_s)->isEnabled());
    const int readiness = page.desk().readiness()->score;
    page.desk().judge(0);
    QVERIFY(page.desk().isRunning() && !page.desk().canGrade());
    QTRY_VERIFY_WITH_TIMEOUT(!page.desk().isRunning(), patience);
    const auto kept = project.workspace.run(page.desk().runId());
    for (const fallback::CaseResult& result : kept->results) {
        QCOMPARE(result.judgements.size(), std::size_t{2}); // both orders
        QVERIFY(!result.judgements[0].prompt.empty());
        QCOMPARE(QString::fromStdString(result.judgements[0].reason), u"It is whole."_s);
    }
    QVERIFY(labelsOf(page).contains(u"prefers this model"_s));
    QCOMPARE(page.desk().readiness()->score, readiness);

    fallback::Suite suite = *page.desk().suite();
    for (fallback::Case& each : suite.cases)
        each.assertions.front().value = "something else";
    suite.sha256 = std::string(64, 'a');
    page.desk().useSuite(suite);
    QVERIFY(page.desk().canGrade());
    QCOMPARE(fallback::totals(*page.desk().run()).passed, 3); // as it was graded
    page.findChild<QPushButton*>(u"gradeAgain"_s)->click();
    QCOMPARE(fallback::totals(*page.desk().run()).passed, 1);
    QCOMPARE(page.desk().run()->results[0].judgements.size(), std::size_t{2});
    suite.cases.front().messages.front().content = "Say something new";
    suite.sha256 = std::string(64, 'b');
    page.desk().useSuite(suite);
    QVERIFY(!page.desk().run()); // the answers are to another question
}

void TestFallbackProject::brokenRunGoesOnAfterReopening()
{
    TestProject project;
    CountingServer counting;
    counting.holds = true;
    {
        FallbackPage page(project.workspace, {});
        prepare(page, project, counting.server);
        page.desk().start(1);
        QTRY_VERIFY_WITH_TIMEOUT(!counting.held.empty(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(inFile(project).runs.size(), std::size_t{1}, patience);
        QTRY_COMPARE_WITH_TIMEOUT(inFile(project).runs.front().answers, 2, patience); // not at the end only
        project.workspace.closeProject();
        QVERIFY(!page.desk().isRunning());
    }
    counting.holds = false;
    QVERIFY(project.workspace.openProject(project.file));
    FallbackPage page(project.workspace, {});
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(page.desk().canStart(), patience);
    QVERIFY(page.desk().canResume());
    QCOMPARE(page.findChild<QPushButton*>(u"startRun"_s)->text(), u"Go on"_s);
    page.desk().start(1);
    QTRY_VERIFY_WITH_TIMEOUT(!page.desk().isRunning(), patience);
    QCOMPARE(page.desk().run()->results.size(), std::size_t{4});
    QCOMPARE(counting.asked["two"], 1);
    QCOMPARE(counting.asked["four"], 1);
    const auto kept = inFile(project);
    QCOMPARE(kept.runs.size(), std::size_t{1}); // the same one
    QVERIFY(kept.runs.front().ended);
    QCOMPARE(kept.runs.front().answers, 4);
}

void TestFallbackProject::removedRunComesBack()
{
    TestProject project;
    CountingServer counting;
    FallbackPage page(project.workspace, {});
    page.show();
    prepare(page, project, counting.server);
    page.desk().start(2);
    QTRY_VERIFY_WITH_TIMEOUT(!page.desk().isRunning(), patience);
    const auto id = page.desk().runId();
    QVERIFY(id != 0);
    QTest::mouseClick(page.findChild<QToolButton*>(u"removeRun"_s), Qt::LeftButton);
    QVERIFY(!page.desk().run());
    QVERIFY(inFile(project).runs.empty());
    project.workspace.undoStack().undo();
    QCOMPARE(page.desk().runId(), id);
    QCOMPARE(page.desk().run()->results.size(), std::size_t{4});
    QCOMPARE(inFile(project).runs.size(), std::size_t{1});
}

void TestFallbackProject::endpointsCanBeTakenBack()
{
    TestProject project;
    CountingServer counting;
    FallbackPage page(project.workspace, {});
    page.show();
    prepare(page, project, counting.server);
    QCOMPARE(page.desk().endpoints().size(), std::size_t{1});
    page.findChild<QPushButton*>(u"forgetEndpoint"_s)->click();
    QTRY_COMPARE(page.desk().endpoints().size(), std::size_t{0});
    QVERIFY(!page.desk().canStart());
    QVERIFY(inFile(project).endpoints.empty());
    project.workspace.undoStack().undo();
    QCOMPARE(page.desk().endpoints().size(), std::size_t{1});
    QCOMPARE(inFile(project).endpoints.size(), std::size_t{1});
    project.workspace.undoStack().undo(); // the adding
    QCOMPARE(page.desk().endpoints().size(), std::size_t{0});
}

void TestFallbackProject::suiteOfTheProjectIsChosenAgain()
{
    TestProject project;
    FallbackPage page(project.workspace, {});
    page.show();
    page.desk().openSuite(suiteIn(project.folder));
    page.desk().useSampleSuite();
    QCOMPARE(page.desk().suite()->cases.size(), std::size_t{60});
    auto* suites = page.findChild<QComboBox*>(u"suites"_s);
    suites->setCurrentIndex(suites->findText(u"Names"_s));
    Q_EMIT suites->activated(suites->currentIndex());
    QCOMPARE(page.desk().suite()->cases.size(), std::size_t{4});
}

void TestFallbackProject::readOnlyProjectSaysSo()
{
    TestProject project; // holds the writer's lock
    CountingServer counting;
    {
        FallbackPage page(project.workspace, {});
        prepare(page, project, counting.server);
        page.desk().start(2);
        QTRY_VERIFY_WITH_TIMEOUT(!page.desk().isRunning(), patience);
    }
    Workspace reader(testproject::pack());
    QVERIFY(reader.openProject(project.file));
    QVERIFY(reader.isReadOnly());
    FallbackPage page(reader, {});
    page.show();
    QCOMPARE(page.desk().run()->results.size(), std::size_t{4});
    page.desk().look();
    QTRY_VERIFY_WITH_TIMEOUT(!page.desk().isLooking() && page.desk().endpoints().size() == 1, patience);
    QVERIFY(!page.desk().canStart());
    QVERIFY(labelsOf(page).contains(u"open read-only"_s));
    QVERIFY(!page.findChild<QToolButton*>(u"removeRun"_s)->isEnabled());
}

void TestFallbackProject::importedRunNeedsItsSuite()
{
    TestProject project;
    CountingServer counting;
    const QString file = project.folder.filePath(u"run.jsonl"_s);
    FallbackPage page(project.workspace, {});
    prepare(page, project, counting.server);
    page.desk().start(2);
    QTRY_VERIFY_WITH_TIMEOUT(!page.desk().isRunning(), patience);
    page.desk().keepRun(file);
    const QString other = project.folder.filePath(u"other.leeway"_s);
    QVERIFY(project.workspace.createProject(other, u"Other"_s));
    const QSignalSpy failed(&project.workspace, &Workspace::failed);
    page.desk().openRun(file);
    QCOMPARE(failed.count(), 1);
    QVERIFY(failed.front().front().toString().contains(u"Names"_s));
    QVERIFY(project.workspace.fallback()->runs.empty());
    page.desk().openSuite(project.folder.filePath(u"suite.yaml"_s));
    page.desk().openRun(file);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(project.workspace.fallback()->runs.size(), std::size_t{1});
    QVERIFY(project.workspace.fallback()->runs.front().ended);
    page.desk().openRun(file); // is there already
    QCOMPARE(project.workspace.fallback()->runs.size(), std::size_t{1});
}

void TestFallbackProject::throughputIsMeasuredAndDrawn()
{
    TestProject project;
    CountingServer counting;
    FallbackPage page(project.workspace, {});
    page.show();
    prepare(page, project, counting.server);
    page.desk().start(2, true);
    QTRY_VERIFY_WITH_TIMEOUT(!page.desk().isRunning(), patience);
    const auto stored = project.workspace.run(page.desk().runId());
    QCOMPARE(stored->throughput.size(), std::size_t{4});
    const auto charts = page.findChildren<BarRows*>();
    QCOMPARE(charts.size(), 2);
    QCOMPARE(charts[0]->rows().size(), std::size_t{3});
    QCOMPARE(charts[0]->rows()[0].label, u"First token"_s);
    QCOMPARE(charts[1]->rows().size(), std::size_t{4});
    QCOMPARE(charts[1]->rows()[3].label, u"8 at once"_s);
    QCOMPARE(charts[1]->rows()[3].value, stored->throughput[3].tokens_per_second);
    QVERIFY(charts[1]->accessibleDescription().contains(charts[1]->rows()[3].figure));
    QVERIFY(!charts[1]->grab().isNull());
}

void TestFallbackProject::endpointIsDescribed_data()
{
    using fallback::EndpointKind;
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("taken");
    QTest::newRow("llama.cpp") << u"http://127.0.0.1:8080"_s << QString() << int(EndpointKind::OpenAi)
                               << true;
    QTest::newRow("Ollama") << u"http://127.0.0.1:11434"_s << QString() << int(EndpointKind::Ollama) << true;
    QTest::newRow("Anthropic") << u"https://api.anthropic.com"_s << u"key"_s << int(EndpointKind::Anthropic)
                               << true;
    QTest::newRow("key in the open") << u"http://example.com"_s << u"key"_s << int(EndpointKind::OpenAi)
                                     << false;
    QTest::newRow("password") << u"https://me:secret@example.com"_s << QString() << int(EndpointKind::OpenAi)
                              << false;
    QTest::newRow("nothing") << QString() << QString() << int(EndpointKind::OpenAi) << false;
}

void TestFallbackProject::endpointIsDescribed()
{
    QFETCH(const QString, url);
    QFETCH(const QString, key);
    QFETCH(const bool, taken);
    EndpointDialog dialog({});
    dialog.findChild<QLineEdit*>(u"endpointUrl"_s)->setText(url);
    dialog.findChild<QLineEdit*>(u"endpointKey"_s)->setText(key);
    QTEST(int(dialog.endpoint().kind), "kind");
    QCOMPARE(dialog.findChild<QPushButton*>(u"acceptEndpoint"_s)->isEnabled(), taken);
    QCOMPARE(dialog.key(), key);
    auto* kind = dialog.findChild<QComboBox*>(u"endpointKind"_s);
    kind->setCurrentIndex(kind->findData(int(fallback::EndpointKind::Ollama)));
    Q_EMIT kind->activated(kind->currentIndex());
    dialog.findChild<QLineEdit*>(u"endpointUrl"_s)->setText(u"http://127.0.0.1:1"_s);
    QCOMPARE(dialog.endpoint().kind, fallback::EndpointKind::Ollama); // a choice is not guessed over
}

void TestFallbackProject::keyIsNeverShown()
{
    fallback::Endpoint known;
    known.url = "https://api.example.com";
    known.key_variable = "EXAMPLE_KEY";
    const EndpointDialog dialog(known);
    const auto* key = dialog.findChild<QLineEdit*>(u"endpointKey"_s);
    QCOMPARE(key->echoMode(), QLineEdit::Password);
    QVERIFY(key->text().isEmpty());
    QCOMPARE(dialog.endpoint(), known); // nothing was changed
}

void TestFallbackProject::keyGoesToTheKeychainOrNowhere()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"); // no keychain is behind it
    TestProject project;
    FallbackPage page(project.workspace, {});
    const QSignalSpy failed(&project.workspace, &Workspace::failed);
    fallback::Endpoint endpoint;
    endpoint.url = "https://127.0.0.1:1";
    page.desk().addEndpoint(endpoint, u"sk-very-secret"_s);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
    const QString said = failed.front().front().toString();
    QVERIFY2(said.contains(u"keychain"_s) && !said.contains(u"secret"_s), qPrintable(said));
    QVERIFY(page.desk().endpoints().empty());
    QVERIFY(inFile(project).endpoints.empty());
    for (const QFileInfo& each : QDir(project.folder.path()).entryInfoList(QDir::Files)) {
        QFile file(each.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("sk-very-secret"), qPrintable(each.fileName()));
    }
}

QTEST_MAIN(TestFallbackProject)
#include "tst_fallback_project.moc"
