#include "tests/ui/shell/testproject.h"
#include "ui/timeline/datesmodel.h"
#include "ui/timeline/timelinechart.h"
#include "ui/timeline/timelinepage.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QFile>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using simulation::DateKind;
using testproject::TestProject;

namespace {

base::Date day(const char* text)
{
    return *base::parse_date(text);
}

report::KeyDate keyDate(const char* date, DateKind kind, const char* title = "Frame", bool decision = false)
{
    report::KeyDate result{day(date), std::string("What of ") + title, decision, kind, {}, {}};
    result.source.title = title;
    result.uid = date;
    return result;
}

std::vector<report::KeyDate> crowded()
{
    std::vector<report::KeyDate> dates;
    for (const char* date : {"2027-01-01", "2027-01-02", "2027-01-03", "2027-06-01"})
        dates.push_back(keyDate(date, DateKind::Renewal));
    dates.push_back(keyDate("2027-06-02", DateKind::Retirement, "Prices", true));
    dates.push_back(keyDate("2027-12-30", DateKind::Notice, "A frame contract with a long name", true));
    return dates;
}

}

class TestTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        testproject::useTestSettings(m_settings);
        Theme::install(*qApp, Theme::Mode::Light);
    }
    void everyKindHasALane();
    void wordsNeverLieOverEachOther();
    void spanHoldsTheDates();
    void modelShowsTheDates();
    void chartGoesByKeyAndMouse();
    void emptyPageSaysWhatToDo();
    void pageLeadsToThePassage();
    void noticeLeadsToItsContract();
    void exportWritesACalendar();

private:
    QTemporaryDir m_settings;
};

void TestTimeline::everyKindHasALane()
{
    QSet<int> lanes;
    for (int kind = 0; kind < simulation::date_kinds; ++kind) {
        const Lane lane = laneOf(DateKind(kind));
        QVERIFY(!laneTitle(lane).isEmpty());
        QVERIFY(!shortTitle(keyDate("2027-01-01", DateKind(kind))).isEmpty());
        lanes.insert(int(lane));
    }
    QCOMPARE(lanes.size(), laneCount);
}

void TestTimeline::wordsNeverLieOverEachOther()
{
    const auto dates = crowded();
    const TimeSpan span = spanOf(dates, day("2026-11-30"));
    for (const double width : {300.0, 900.0, 1600.0}) {
        const Placing placing =
            placed(dates, span, width, 6, [](const QString& text) { return text.size() * 7.0; });
        QCOMPARE(placing.marks.size(), dates.size());
        for (const Mark& a : placing.marks) {
            QVERIFY(a.textLeft >= 0 && a.textLeft + a.textWidth <= width + 1);
            QVERIFY(a.row < placing.rows[std::size_t(a.lane)]);
            for (const Mark& b : placing.marks) {
                if (a.date >= b.date || a.lane != b.lane || a.row != b.row)
                    continue;
                const double end = std::max(a.textLeft + a.textWidth, a.x + 6);
                QVERIFY2(end <= std::min(b.textLeft, b.x - 6), qPrintable(QString::number(width)));
            }
        }
    }
}

void TestTimeline::spanHoldsTheDates()
{
    QCOMPARE(spanOf({}, day("2026-11-30")).months, 12);
    const TimeSpan span = spanOf(crowded(), day("2026-11-30"));
    QCOMPARE(base::to_string(span.first), std::string("2026-11"));
    QVERIFY(span.share(day("2026-11-01")) == 0.0);
    QVERIFY(span.share(day("2027-12-30")) < 1.0);
    QCOMPARE(spanOf({keyDate("2099-01-01", DateKind::Regulation)}, day("2026-11-30")).months, 60);
}

void TestTimeline::modelShowsTheDates()
{
    DatesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto dates = crowded();
    dates[5].source.section = "15.2";
    dates[5].source.page = 9;
    model.setDates(dates, day("2027-06-01"));
    QCOMPARE(model.rowCount(), 6);
    QCOMPARE(model.index(0, DatesModel::DistanceColumn).data().toString(), u"151 days ago"_s);
    QCOMPARE(model.index(3, DatesModel::DistanceColumn).data().toString(), u"today"_s);
    QCOMPARE(model.index(4, DatesModel::DistanceColumn).data().toString(), u"in 1 day"_s);
    QCOMPARE(model.index(5, DatesModel::PlaceColumn).data().toString(),
             u"A frame contract with a long name · §15.2 · p. 9"_s);
    QVERIFY(model.index(5, DatesModel::WhatColumn).data(Qt::FontRole).value<QFont>().bold() ||
            model.index(5, DatesModel::WhatColumn).data(Qt::FontRole).value<QFont>().weight() ==
                QFont::DemiBold);
    model.setDates({}, day("2027-06-01"));
    QCOMPARE(model.rowCount(), 0);
}

void TestTimeline::chartGoesByKeyAndMouse()
{
    TimelineChart chart;
    chart.setDates(crowded(), day("2026-11-30"));
    chart.resize(900, chart.sizeHint().height());
    chart.show();
    QSignalSpy chosen(&chart, &TimelineChart::currentChanged);
    QSignalSpy opened(&chart, &TimelineChart::activated);
    QTest::keyClick(&chart, Qt::Key_Right);
    QCOMPARE(chart.current(), 0);
    QTest::keyClick(&chart, Qt::Key_Left);
    QCOMPARE(chart.current(), 0);
    for (int i = 0; i < 9; ++i)
        QTest::keyClick(&chart, Qt::Key_Right);
    QCOMPARE(chart.current(), 5);
    QVERIFY(chart.accessibleDescription().contains(u"30 December 2027"_s));
    QTest::keyClick(&chart, Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.at(0).at(0).toInt(), 5);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.markOf(3).toPoint());
    QCOMPARE(chart.current(), 3);
    QCOMPARE(chosen.last().at(0).toInt(), 3);
    QCOMPARE(chart.dateAt({2, 2}), -1);
}

void TestTimeline::emptyPageSaysWhatToDo()
{
    Workspace workspace(testproject::pack());
    TimelinePage page(workspace);
    QCOMPARE(page.findChild<QStackedWidget*>()->currentIndex(), 0);
    QVERIFY(page.pageActions().isEmpty());
    QSignalSpy went(&workspace, &Workspace::goTo);
    auto* button = page.findChild<QPushButton*>();
    QVERIFY(button != nullptr);
    button->click();
    QCOMPARE(went.count(), 1);
    QCOMPARE(went.at(0).at(0).toString(), u"costs"_s);
}

void TestTimeline::pageLeadsToThePassage()
{
    TestProject project;
    QVERIFY(project.opened);
    TimelinePage page(project.workspace);
    const auto& dates = project.workspace.model().dates;
    QVERIFY(!dates.empty()); // days of regulations, at least
    QCOMPARE(page.findChild<QStackedWidget*>()->currentIndex(), 1);
    auto* table = page.findChild<QTableView*>();
    QCOMPARE(table->model()->rowCount(), int(dates.size()));
    page.showDetail(str(dates.back().uid));
    QCOMPARE(table->currentIndex().row(), int(dates.size()) - 1);
    QCOMPARE(page.findChild<TimelineChart*>()->current(), int(dates.size()) - 1);

    auto scenarios = simulation::load_scenarios("sample-matrix");
    QVERIFY(scenarios);
    scenarios->plan.budget_lock = project.workspace.model().date + std::chrono::days(400);
    project.workspace.setScenarios(*scenarios);
    const auto& later = project.workspace.model().dates;
    const auto gate = std::find_if(later.begin(), later.end(),
                                   [](const auto& date) { return date.kind == DateKind::Gate; });
    QVERIFY(gate != later.end());
    QSignalSpy went(&project.workspace, &Workspace::goTo);
    page.resize(1200, 2000);
    page.show();
    const QRect row = table->visualRect(table->model()->index(int(gate - later.begin()), 0));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(table->currentIndex().row(), int(gate - later.begin()));
    QCOMPARE(went.count(), 0);
    QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(went.count(), 1);
    QCOMPARE(went.takeFirst().at(0).toString(), u"costs"_s);
    Q_EMIT page.findChild<TimelineChart*>()->activated(int(gate - later.begin()));
    QCOMPARE(went.count(), 1);
    QCOMPARE(went.at(0).at(0).toString(), u"costs"_s);
}

void TestTimeline::noticeLeadsToItsContract()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"two.leeway"_s);
    project::Id second = 0;
    {
        auto made = project::Project::create(std::filesystem::path(file.toStdString()), "Two");
        QVERIFY(made);
        const std::string plain = "Nothing to keep.\n";
        const auto first = testproject::read(plain, "first.md");
        QVERIFY(made->add_contract("First", "A", first, plain,
                                   testproject::reviewOf(first, testproject::pack())));
        const std::string text =
            "**15.2 Renewal.** This Agreement continues until 31 December 2199. It renews "
            "automatically for successive terms of 12 months.\n";
        const auto document = testproject::read(text, "second.md");
        auto review = testproject::reviewOf(document, testproject::pack());
        for (clauses::Finding& finding : review.findings) {
            if (finding.check != "renewal-control")
                continue;
            finding.verdict = clauses::Verdict::Partial;
            finding.parameters = {{"notice", "30", "days"}};
            finding.evidence = {
                testproject::quote(document, "It renews automatically", clauses::Role::Takes)};
        }
        const auto added = made->add_contract("Second", "B", document, text, review);
        QVERIFY(added);
        second = *added;
    }
    Workspace workspace(testproject::pack());
    QVERIFY(workspace.openProject(file));
    TimelinePage page(workspace);
    QSignalSpy went(&workspace, &Workspace::goTo);
    const auto& dates = workspace.model().dates;
    const auto notice = std::find_if(dates.begin(), dates.end(),
                                     [](const auto& date) { return date.kind == DateKind::Notice; });
    QVERIFY(notice != dates.end());
    QCOMPARE(base::to_string(notice->date), std::string("2199-12-01"));
    auto* table = page.findChild<QTableView*>();
    Q_EMIT table->activated(table->model()->index(int(notice - dates.begin()), 0));
    QCOMPARE(went.count(), 1);
    QCOMPARE(went.at(0).at(0).toString(), u"contracts"_s);
    QCOMPARE(went.at(0).at(1).toString(), u"renewal-control"_s);
    QCOMPARE(workspace.contract()->id, second);
}

void TestTimeline::exportWritesACalendar()
{
    TestProject project;
    TimelinePage page(project.workspace);
    QSignalSpy done(&project.workspace, &Workspace::done);
    QSignalSpy failed(&project.workspace, &Workspace::failed);
    const QString file = project.folder.filePath(u"dates.ics"_s);
    page.exportTo(project.folder.filePath(u"dates"_s)); // without the suffix
    QCOMPARE(done.count(), 1);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray text = written.readAll();
    QCOMPARE(text.count("BEGIN:VEVENT"), qsizetype(project.workspace.model().dates.size()));
    page.exportTo(project.folder.filePath(u"no/such/folder/dates.ics"_s));
    QCOMPARE(failed.count(), 1);
}

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"
