#include "tests/ui/shell/testproject.h"
#include "ui/overview/asksmodel.h"
#include "ui/overview/overviewpage.h"
#include "ui/overview/todo.h"
#include "ui/widgets/chip.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;
using testproject::TestProject;

class TestOverview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        testproject::useTestSettings(m_settings);
        Theme::install(*qApp, Theme::Mode::Light);
    }
    void asksAreByEffectAndAddUp();
    void emptyStateSaysWhatToDo();
    void askLeadsToItsCheck();
    void moreAsksOnDemand();
    void decisionsChangeThePage();
    void nextStepsHavePlaces();
    void allDecidedLeadsToTheReport();

private:
    QTemporaryDir m_settings;
};

void TestOverview::asksAreByEffectAndAddUp()
{
    TestProject project;
    AsksModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const report::ContractPart& part = *project.workspace.part();
    model.setPart(&part, 0);
    QVERIFY(model.rowCount() > 5);
    int previous = 1000;
    int sum = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto* check = part.row(utf8(model.check(model.index(row, 0))));
        QVERIFY(check != nullptr && check->verdict != clauses::Verdict::Met);
        QVERIFY(check->points <= previous);
        previous = check->points;
        sum += check->points;
        QCOMPARE(model.indexAfter(row + 1), part.index.value - sum);
    }
    QCOMPARE(model.indexAfter(model.total()), 0); // every point belongs to an ask
    QCOMPARE(model.index(0, AsksModel::IndexColumn).data().toString(),
             points(part.index.value) + u" → "_s + points(model.indexAfter(1)));
    model.setPart(&part, 3);
    QCOMPARE(model.rowCount(), 3);
    model.setPart(nullptr, 3);
    QCOMPARE(model.rowCount(), 0);
}

void TestOverview::emptyStateSaysWhatToDo()
{
    TestProject project(0);
    OverviewPage page(project.workspace);
    page.show();
    QCOMPARE(page.pageActions().size(), 1);
    const auto labels = page.findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().contains(u"Add the vendor's agreement");
    }));
}

void TestOverview::askLeadsToItsCheck()
{
    TestProject project;
    OverviewPage page(project.workspace);
    page.resize(1200, 800);
    page.show();
    QSignalSpy goTo(&project.workspace, &Workspace::goTo);
    auto* table = page.findChild<QTableView*>();
    table->setFocus();
    table->setCurrentIndex(page.asks().index(1, 0));
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(goTo.count(), 1);
    QCOMPARE(goTo.first().at(0).toString(), u"contracts"_s);
    QCOMPARE(goTo.first().at(1).toString(), page.asks().check(page.asks().index(1, 0)));
}

void TestOverview::moreAsksOnDemand()
{
    TestProject project;
    OverviewPage page(project.workspace);
    page.show();
    QCOMPARE(page.asks().rowCount(), 5);
    const auto buttons = page.findChildren<QPushButton*>();
    const auto all = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton* button) {
        return button->text().startsWith(u"Show all");
    });
    QVERIFY(all != buttons.end());
    (*all)->click();
    QCOMPARE(page.asks().rowCount(), page.asks().total());
    (*all)->click();
    QCOMPARE(page.asks().rowCount(), 5);
}

void TestOverview::decisionsChangeThePage()
{
    TestProject project;
    OverviewPage page(project.workspace);
    page.show();
    const QString first = page.asks().check(page.asks().index(0, 0));
    project::Decision decision;
    decision.verdict = clauses::Verdict::Met;
    project.workspace.decide(first, decision);
    QVERIFY(page.asks().check(page.asks().index(0, 0)) != first);
    project.workspace.undoStack().undo();
    QCOMPARE(page.asks().check(page.asks().index(0, 0)), first);
}

void TestOverview::nextStepsHavePlaces()
{
    TestProject project(2);
    const auto steps = todo(project.workspace.model(), project.workspace.snapshot());
    QVERIFY(steps.size() >= 3);
    const QStringList pages{u"contracts"_s, u"costs"_s, u"report"_s, u"settings"_s};
    for (const Todo& step : steps) {
        QVERIFY(!step.text.isEmpty());
        QVERIFY2(pages.contains(step.page), qPrintable(step.page));
        if (step.contract != 0)
            QVERIFY(project.workspace.snapshot().contract(step.contract) != nullptr);
    }
    QVERIFY(steps.front().text.contains(u"22 open checks") || steps.front().text.contains(u"open check"));
}

void TestOverview::allDecidedLeadsToTheReport()
{
    TestProject project;
    const auto leadsToReport = [&] {
        const auto steps = todo(project.workspace.model(), project.workspace.snapshot());
        return std::any_of(steps.begin(), steps.end(),
                           [](const Todo& step) { return step.page == u"report"; });
    };
    QVERIFY(!leadsToReport());
    for (const auto& row : std::vector(project.workspace.part()->checklist)) {
        project::Decision decision;
        decision.verdict = row.verdict;
        project.workspace.decide(str(row.check), decision);
    }
    QVERIFY(leadsToReport());
}

QTEST_MAIN(TestOverview)
#include "tst_overview.moc"
