#include "core/usage/reader.h"
#include "tests/ui/fallback/fallbackparts.h"
#include "tests/ui/shell/testproject.h"
#include "ui/fallback/casesmodel.h"
#include "ui/fallback/desk.h"
#include "ui/fallback/differences.h"
#include "ui/fallback/drill.h"
#include "ui/fallback/drillcard.h"
#include "ui/fallback/drillchart.h"
#include "ui/fallback/fallbackpage.h"
#include "ui/fallback/thresholdrow.h"
#include "ui/shell/taskrunner.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using testproject::TestProject;
using namespace fallbackparts;

namespace {

// A log of a request every ten seconds for two hours.
QString logIn(const QTemporaryDir& folder)
{
    QFile file(folder.filePath(u"log.csv"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write the log");
    file.write("time,vendor,model,input_tokens,output_tokens\n");
    const QDateTime begin(QDate(2026, 10, 5), QTime(9, 0), Qt::UTC);
    for (int i = 0; i < 720; ++i)
        file.write(begin.addSecs(i * 10).toString(Qt::ISODate).toUtf8() + ",openai,gpt-5.4,200,60\n");
    return file.fileName();
}

}

class TestFallbackPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        testproject::useTestSettings(m_settings);
        Theme::install(*qApp, Theme::Mode::Light);
    }
    void differencesAreMarkedByWords();
    void modelShowsAndFiltersCases();
    void thresholdGoesByFieldAndSlider();
    void chartTellsWhoServed();
    void runIsShownWithItsReasons();
    void trafficIsPartedByThePolicysRules();
    void cancelledRunGoesOnWhereItWas();
    void replayFollowsTheThresholds();
    void severalIncidents();
    void onlyPricesAskForAnotherReplay();
    void policyIsWritten();
    void unreachableAddressSaysWhy();

private:
    QTemporaryDir m_settings;
};

void TestFallbackPage::differencesAreMarkedByWords()
{
    const MarkedAnswers both = markedDifferences(u"The total is 40 EUR."_s, u"the total is <b>44</b> EUR"_s,
                                                 u"met-tint"_s, u"adverse-tint"_s);
    QVERIFY(both.first.contains(u">40</span>"_s));
    QVERIFY(!both.first.contains(u"span style=\"background:#E4F4EA\">The"_s, Qt::CaseInsensitive));
    QVERIFY(both.second.contains(u"44"_s));
    QVERIFY(!both.second.contains(u"<b>"_s)); // answers are text, not HTML
    const MarkedAnswers same =
        markedDifferences(u"Yes, it is."_s, u"yes it is"_s, u"met-tint"_s, u"met-tint"_s);
    QVERIFY(!same.first.contains(u"span"_s));
}

void TestFallbackPage::modelShowsAndFiltersCases()
{
    fallback::Run run;
    for (int i = 0; i < 3; ++i) {
        fallback::CaseResult result;
        result.index = i;
        result.id = "case" + std::to_string(i);
        result.state = i == 1 ? fallback::CaseState::Invalid : fallback::CaseState::Passed;
        result.category = i == 2 ? fallback::Category::Critical : fallback::Category::Routine;
        result.score = 1;
        result.total_ms = 1200;
        run.results.push_back(result);
    }
    CasesModel model;
    CasesFilter filter;
    filter.setSourceModel(&model);
    const QAbstractItemModelTester tester(&model);
    const QAbstractItemModelTester filterTester(&filter);
    model.setRun(&run);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, CasesModel::StateColumn).data().toString(), u"Passed"_s);
    QCOMPARE(model.index(1, CasesModel::ScoreColumn).data().toString(), u"—"_s); // invalid is not wrong
    QCOMPARE(model.index(0, CasesModel::TotalColumn).data().toString(), u"1.20 s"_s);
    filter.setState(int(fallback::CaseState::Invalid));
    QCOMPARE(filter.rowCount(), 1);
    filter.setState(-1);
    filter.setCategory(int(fallback::Category::Critical));
    QCOMPARE(filter.rowCount(), 1);
    model.setRun(nullptr);
    QCOMPARE(filter.rowCount(), 0);
}

void TestFallbackPage::thresholdGoesByFieldAndSlider()
{
    ThresholdRow row(u"Over"_s, 0, 120, 1, u" s"_s, u"off"_s);
    const QSignalSpy moved(&row, &ThresholdRow::moved);
    row.setValue(45);
    QCOMPARE(moved.count(), 0);
    auto* slider = row.findChild<QSlider*>();
    QCOMPARE(slider->value(), 45);
    QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(row.value(), 46.0);
    QCOMPARE(moved.count(), 1);
}

void TestFallbackPage::chartTellsWhoServed()
{
    fallback::Policy policy;
    policy.targets.resize(2);
    policy.targets[0].title = "Primary";
    policy.targets[1].title = "Local";
    fallback::Outcome outcome;
    outcome.timeline.from = *base::parse_instant("2026-10-05T09:00:00Z");
    outcome.timeline.width_ms = 60'000;
    outcome.timeline.buckets.resize(10);
    outcome.timeline.buckets[3].served[1] = 7;
    outcome.timeline.buckets[3].failed = 2;
    DrillChart chart;
    chart.resize(600, 190);
    chart.setOutcome(outcome, policy);
    QCOMPARE(chart.wordsOf(3), u"09:03: 7 Local, 2 Failed"_s);
    QCOMPARE(chart.wordsOf(0), u"09:00: no request"_s);
    QCOMPARE(chart.bucketAt(QPointF(2, 50)), -1);
    QCOMPARE(chart.bucketAt(QPointF(599, 50)), 9);
    QVERIFY(!chart.grab().isNull());
}

void TestFallbackPage::runIsShownWithItsReasons()
{
    TestProject project;
    ScriptedServer server(echo);
    FallbackPage page(project.workspace, {});
    page.resize(1200, 900);
    page.show();
    QAction* run = page.pageActions().back();
    QVERIFY(!run->isEnabled());
    page.desk().openSuite(suiteIn(project.folder));
    page.findChild<QLineEdit*>(u"address"_s)->setText(QString::fromStdString(server.url()));
    QTest::mouseClick(page.findChild<QPushButton*>(u"addAddress"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(page.desk().canStart(), patience);
    QTRY_VERIFY(labelsOf(page).contains(u"● ready"_s));
    QTest::mouseClick(page.findChild<QPushButton*>(u"startRun"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(page.desk().readiness().has_value(), patience);
    QCOMPARE(fallback::totals(*page.desk().run()).passed, 3);
    QTRY_VERIFY(labelsOf(page).contains(u"is not a fallback"_s)); // four cases prove nothing
    QTRY_VERIFY(labelsOf(page).contains(u"3 of 4 cases passed"_s));
    QTRY_VERIFY(labelsOf(page).contains(u"competing-use-ban"_s)); // the contract of the project
    auto* table = page.findChild<QTableView*>();
    QCOMPARE(table->model()->rowCount(), 4);
    table->selectRow(1);
    QVERIFY(labelsOf(page).contains(u">two</span>"_s));
    QVERIFY(labelsOf(page).contains(u">something else</span>"_s));
    auto* filter = page.findChild<QComboBox*>(u"stateFilter"_s);
    filter->setCurrentIndex(filter->findData(int(fallback::CaseState::Failed)));
    QCOMPARE(table->model()->rowCount(), 1);
}

void TestFallbackPage::trafficIsPartedByThePolicysRules()
{
    TestProject project;
    usage::MonthlyVolume volume;
    volume.month = base::Month::of(2026, 10);
    volume.vendor = "openai";
    volume.model = "gpt-5.4";
    volume.counts[pricing::Component::Request] = 1000;
    volume.counts[pricing::Component::Input] = 300'000;
    project.workspace.setCube(usage::cube_of_volumes({volume}, project.workspace.snapshot().sheet));
    ScriptedServer server(echo);
    FallbackPage page(project.workspace, {});
    page.show();
    page.desk().openSuite(suiteIn(project.folder));
    page.desk().addAddress(QString::fromStdString(server.url()));
    QTRY_VERIFY_WITH_TIMEOUT(page.desk().canStart(), patience);
    page.desk().start(2);
    QTRY_VERIFY_WITH_TIMEOUT(page.desk().readiness().has_value(), patience);
    QVERIFY(!page.desk().readiness()->could_move); // without rules nobody knows
    auto* policy = page.findChild<QComboBox*>(u"policy"_s);
    policy->setCurrentIndex(policy->findText(u"Routine work at home, complex work at the primary"_s));
    QTRY_VERIFY(page.desk().readiness()->could_move.has_value());
    QCOMPARE(*page.desk().readiness()->could_move, 0.0); // four cases prove nothing
    QCOMPARE(*page.desk().readiness()->categories.front().traffic, 1.0);
    QTRY_VERIFY(labelsOf(page).contains(u"0 % of traffic could move today"_s));
}

void TestFallbackPage::cancelledRunGoesOnWhereItWas()
{
    TestProject project;
    QHash<QByteArray, int> asked;
    bool holds = true; // back the answer to “three”
    std::vector<HttpAnswer> held;
    ScriptedServer server([&](const HttpRequest& request, HttpAnswer answer) {
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
    });
    FallbackPage page(project.workspace, {});
    page.show();
    page.desk().openSuite(suiteIn(project.folder));
    page.desk().addAddress(QString::fromStdString(server.url()));
    QTRY_VERIFY_WITH_TIMEOUT(page.desk().canStart(), patience);
    page.desk().start(1);
    QTRY_VERIFY_WITH_TIMEOUT(!held.empty(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(page.desk().run() && page.desk().run()->results.size() == 2, patience);
    QTest::mouseClick(page.findChild<QPushButton*>(u"cancelRun"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!page.desk().isRunning(), patience);
    QVERIFY(page.desk().canResume());
    QCOMPARE(page.findChild<QPushButton*>(u"startRun"_s)->text(), u"Go on"_s);
    holds = false;
    const int warmUps = asked.value("one");
    page.desk().start(1);
    QTRY_VERIFY_WITH_TIMEOUT(!page.desk().isRunning(), patience);
    QCOMPARE(page.desk().run()->results.size(), std::size_t{4});
    QCOMPARE(asked.value("two"), 1);
    QCOMPARE(asked.value("one"), warmUps);
    QCOMPARE(asked.value("four"), 1);
    QVERIFY(!page.desk().canResume());
    const QString file = project.folder.filePath(u"run.jsonl"_s);
    page.desk().keepRun(file);
    FallbackPage another(project.workspace, {});
    another.desk().openRun(file);
    QVERIFY(another.desk().run().has_value());
    QCOMPARE(another.desk().run()->results.size(), std::size_t{4});
    QCOMPARE(another.desk().readiness()->score, page.desk().readiness()->score);
}

void TestFallbackPage::replayFollowsTheThresholds()
{
    TestProject project;
    FallbackPage page(project.workspace, {});
    page.resize(1200, 900);
    page.show();
    Drill& drill = page.drill();
    auto* policy = page.findChild<QComboBox*>(u"policy"_s);
    policy->setCurrentIndex(policy->findText(u"LiteLLM as it comes"_s));
    drill.openLog(logIn(project.folder));
    QTRY_VERIFY_WITH_TIMEOUT(drill.replay().has_value() && !drill.isPlaying(), patience);
    QCOMPARE(drill.log()->requests, 720);
    QCOMPARE(drill.replay()->outcomes[0].during.requests, 120);
    QCOMPARE(drill.replay()->outcomes[0].during.all_failed(), 0);
    QCOMPARE(drill.replay()->outcomes[1].during.all_failed(), 120);
    QVERIFY(
        labelsOf(page).contains(u"With this policy 0.0 % of requests fail meanwhile, without it 100.0 %"_s));
    // An hour without a slot free but four, for answers of 2.8 s: nothing is late; with an incident of one
    // minute fewer requests fail without failover.
    fallback::Incident incident = drill.incident();
    incident.duration_s = 60;
    drill.setIncident(incident);
    QTRY_VERIFY_WITH_TIMEOUT(!drill.isPlaying() && drill.replay()->outcomes[1].during.requests == 6,
                             patience);
    fallback::Breaker breaker = drill.policy().breaker;
    breaker.cool_down_s = 300;
    drill.setBreaker(breaker);
    QTRY_VERIFY_WITH_TIMEOUT(!drill.isPlaying() && drill.replay()->outcomes[0].all.moved > 20, patience);
    QVERIFY(labelsOf(page).contains(u"back <b>"_s));
}

void TestFallbackPage::severalIncidents()
{
    TestProject project;
    FallbackPage page(project.workspace, {});
    page.resize(1200, 900);
    page.show();
    Drill& drill = page.drill();
    drill.openLog(logIn(project.folder));
    QTRY_VERIFY_WITH_TIMEOUT(drill.isCurrent(), patience);
    const auto failed = drill.replay()->outcomes[1].all.all_failed();
    auto* remove = page.findChild<QToolButton*>(u"removeIncident"_s);
    QVERIFY(!remove->isEnabled());
    page.findChild<QToolButton*>(u"addIncident"_s)->click();
    QVERIFY(!drill.isCurrent());
    QTRY_VERIFY_WITH_TIMEOUT(drill.isCurrent(), patience);
    QCOMPARE(drill.incidents().size(), std::size_t{2});
    QVERIFY(drill.incidents()[1].from > drill.incidents()[0].from);
    QCOMPARE(drill.replay()->outcomes[0].reactions.size(), std::size_t{2});
    QVERIFY(drill.replay()->outcomes[1].all.all_failed() > failed);
    auto* which = page.findChild<QComboBox*>(u"incidents"_s);
    QCOMPARE(which->currentText(), u"Incident 2 of 2"_s);
    remove->click();
    QTRY_VERIFY_WITH_TIMEOUT(drill.isCurrent(), patience);
    QCOMPARE(drill.replay()->outcomes[1].all.all_failed(), failed);
}

void TestFallbackPage::onlyPricesAskForAnotherReplay()
{
    TestProject project;
    FallbackPage page(project.workspace, {});
    page.show();
    Drill& drill = page.drill();
    drill.openLog(logIn(project.folder));
    QTRY_VERIFY_WITH_TIMEOUT(drill.isCurrent(), patience);
    auto settings = project.workspace.snapshot().settings;
    settings.title = "Another name";
    project.workspace.setSettings(settings);
    QVERIFY(drill.isCurrent());
    auto sheet = project.workspace.snapshot().sheet;
    sheet.models.pop_back();
    project.workspace.setSheet(sheet);
    QVERIFY(!drill.isCurrent());
    QTRY_VERIFY_WITH_TIMEOUT(drill.isCurrent(), patience);
}

void TestFallbackPage::policyIsWritten()
{
    TestProject project;
    FallbackPage page(project.workspace, {});
    const QString html = project.folder.filePath(u"policy.html"_s);
    const QSignalSpy done(&project.workspace, &Workspace::done);
    const QSignalSpy failed(&project.workspace, &Workspace::failed);
    page.exportPolicy(html);
    QCOMPARE(done.count(), 1);
    QFile file(html);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("Failover policy"));
    page.exportPolicy(project.folder.filePath(u"config.yaml"_s)); // nothing says which model the primary is
    QCOMPARE(failed.count(), 1);
    QVERIFY(!QFile::exists(project.folder.filePath(u"config.yaml"_s)));
}

void TestFallbackPage::unreachableAddressSaysWhy()
{
    TestProject project;
    FallbackPage page(project.workspace, {});
    page.show();
    const QSignalSpy failed(&project.workspace, &Workspace::failed);
    page.desk().addAddress(u"ftp://example.com"_s);
    QCOMPARE(failed.count(), 1);
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QString address = u"http://127.0.0.1:%1"_s.arg(closed.serverPort());
    closed.close();
    page.desk().addAddress(address);
    QTRY_COMPARE_WITH_TIMEOUT(page.desk().endpoints().size(), std::size_t{1}, patience);
    QTRY_VERIFY(labelsOf(page).contains(u"not reached"_s));
    QVERIFY(!page.desk().canStart());
}

QTEST_MAIN(TestFallbackPage)
#include "tst_fallback_page.moc"
