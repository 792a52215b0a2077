#include "openproject.h"
#include "ui/costs/chart/spendchart.h"
#include "ui/costs/costspage.h"
#include "ui/costs/matrix/matrixcard.h"
#include "ui/costs/matrix/matrixmodel.h"
#include "ui/costs/outlook/forecaster.h"
#include "ui/costs/resultsview.h"
#include "ui/costs/whatif/draft.h"
#include "ui/costs/whatif/knobrow.h"
#include "ui/costs/whatif/whatifpanel.h"
#include "ui/costs/words.h"
#include "ui/widgets/text.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::ui;

class TestCostsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void emptyState();
    void sliderMovesChartAndUndoRestores();
    void dragIsOneStep();
    void keysOnSlider();
    void exactField();
    void peopleTimesRate();
    void budgetLockSetsGate();
    void switchPointFollowsPrices();
    void lineNamesKeepApart();
    void hoverShowsMonth();
    void resetAndPreset();
    void newerUsageMovesTheTerm();
    void readOnlyPlaysOnly();
    void themeSwitch();
    void tabOrderReachesEveryKnob();

private:
    static QSlider* slider(CostsPage& page, Knob knob)
    {
        return page.whatIf()->row(knob)->findChild<QSlider*>();
    }
    static QDoubleSpinBox* field(CostsPage& page, Knob knob)
    {
        return page.whatIf()->row(knob)->findChild<QDoubleSpinBox*>();
    }
    static QString total(CostsPage& page, int row)
    {
        return page.results()->matrix()->model()->index(row, MatrixModel::TotalColumn).data().toString();
    }
    QTemporaryDir m_settings;
};

void TestCostsPage::initTestCase()
{
    OpenProject::useTestSettings(m_settings);
    Theme::install(*qApp, Theme::Mode::Light);
}

void TestCostsPage::emptyState()
{
    OpenProject project(false);
    QVERIFY(project.opened);
    CostsPage page(project.workspace);
    page.resize(1200, 700);
    page.show();
    auto* import = page.findChild<QPushButton*>(u"emptyImport"_s);
    auto* type = page.findChild<QPushButton*>(u"emptyType"_s);
    QVERIFY(import->isVisible() && type->isVisible());
    QVERIFY(!page.results()->chart()->isVisible());
    QVERIFY(!page.whatIf()->isEnabled());
    // Typing volumes brings the chart.
    project.workspace.setSheet(sampletraffic::sheet());
    project.workspace.setCube(sampletraffic::cube());
    QVERIFY(page.results()->chart()->isVisible());
    QVERIFY(page.whatIf()->isEnabled());
    QVERIFY(page.results()->chart()->lineCount() >= 2);
    QVERIFY(page.subtitle().contains(u"20"_s));
    project.workspace.undoStack().undo();
    QVERIFY(!page.results()->chart()->isVisible());
}

void TestCostsPage::sliderMovesChartAndUndoRestores()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.resize(1200, 700);
    page.show();
    const auto before = page.results()->chart()->points(1);
    QCOMPARE(before.size(), 24);
    QCOMPARE(before.at(11).y(), 30.0); // € thousand
    QCOMPARE(before.at(12).y(), 45.0);
    auto* rise = slider(page, Knob::Rise);
    rise->setSliderDown(true);
    rise->setValue(100);
    QCOMPARE(page.results()->chart()->points(1).at(12).y(), 60.0); // at once
    QCOMPARE(field(page, Knob::Rise)->value(), 100.0);
    QVERIFY(page.findChild<QLabel*>(u"chartTitle"_s)->text().contains(u"100\u00a0% rise costs 360\u00a0k"_s));
    QCOMPARE(project.workspace.undoStack().count(), 0);
    rise->setSliderDown(false);
    QTRY_COMPARE(project.workspace.undoStack().count(), 1);
    QCOMPARE(project.workspace.snapshot().scenarios.scenarios[1].price_changes[0].percent, 100.0);
    project.workspace.undoStack().undo();
    QCOMPARE(page.results()->chart()->points(1), before);
    QCOMPARE(rise->value(), 50);
    QCOMPARE(total(page, 1), u"€\u00a0900,000"_s);
    project.workspace.undoStack().redo();
    QCOMPARE(page.results()->chart()->points(1).at(12).y(), 60.0);
}

void TestCostsPage::dragIsOneStep()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    auto* share = slider(page, Knob::MovedShare);
    share->setSliderDown(true);
    for (int at = 50; at <= 80; ++at)
        share->setValue(at);
    share->setSliderDown(false);
    QTRY_COMPARE(project.workspace.undoStack().count(), 1);
    QCOMPARE(project.workspace.snapshot().scenarios.scenarios[2].transfer->share_percent, 80.0);
    project.workspace.undoStack().undo();
    QCOMPARE(share->value(), 50);
    // Leaving the page does not lose what is not yet at rest.
    share->setSliderDown(true);
    share->setValue(60);
    page.hide();
    QCOMPARE(project.workspace.snapshot().scenarios.scenarios[2].transfer->share_percent, 60.0);
    share->setSliderDown(false);
}

void TestCostsPage::keysOnSlider()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    auto* from = slider(page, Knob::RiseFrom);
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(from, Qt::Key_Left);
    QCOMPARE(from->value(), 10);
    QCOMPARE(page.results()->chart()->points(1).at(9).y(), 45.0);
    QTRY_COMPARE(project.workspace.undoStack().count(), 1); // three keys, one step
    QCOMPARE(project.workspace.snapshot().scenarios.scenarios[3].price_changes[0].from_month, 10);
}

void TestCostsPage::exactField()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    auto* rise = field(page, Knob::Rise);
    rise->setFocus();
    rise->selectAll();
    QTest::keyClicks(rise, u"12.5"_s);
    QTest::keyClick(rise, Qt::Key_Return);
    QCOMPARE(page.results()->chart()->points(1).at(12).y(), 33.75);
    QCOMPARE(rise->text(), u"+12.5\u00a0%"_s);
    QTRY_COMPARE(project.workspace.undoStack().count(), 1);
    QCOMPARE(project.workspace.snapshot().scenarios.scenarios[1].price_changes[0].percent, 12.5);
    // Beyond the slider, within the field.
    rise->selectAll();
    QTest::keyClicks(rise, u"900"_s);
    QTest::keyClick(rise, Qt::Key_Return);
    QCOMPARE(page.results()->chart()->points(1).at(12).y(), 300.0);
    QCOMPARE(slider(page, Knob::Rise)->value(), slider(page, Knob::Rise)->maximum());
}

void TestCostsPage::peopleTimesRate()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    auto* people = page.findChild<QDoubleSpinBox*>(u"people"_s);
    auto* rate = page.findChild<QDoubleSpinBox*>(u"personRate"_s);
    QCOMPARE(people->value(), 1.0); // € 9,000 of upkeep at the usual € 9,000 a person
    rate->setValue(10'000);
    QCOMPARE(people->value(), 1.0);
    QCOMPARE(field(page, Knob::Upkeep)->value(), 10'000.0);
    people->setValue(2.5);
    QCOMPARE(field(page, Knob::Upkeep)->value(), 25'000.0);
    QCOMPARE(page.draft().scenarios().scenarios[2].transfer->upkeep_per_month,
             sampletraffic::decimal("25000"));
    field(page, Knob::Upkeep)->setValue(5'000);
    QCOMPARE(people->value(), 0.5);
}

void TestCostsPage::budgetLockSetsGate()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    auto* gate = page.findChild<QLabel*>(u"gateFigure"_s);
    QCOMPARE(gate->text(), u"3\u00a0Sep\u00a02027"_s);
    field(page, Knob::GateDays)->setValue(90);
    QCOMPARE(gate->text(), u"3\u00a0Oct\u00a02027"_s);
    page.findChild<QDateEdit*>(u"budgetLock"_s)->setDate(QDate(2028, 3, 31));
    QCOMPARE(gate->text(), u"1\u00a0Jan\u00a02028"_s);
    page.findChild<QCheckBox*>(u"budgetLocked"_s)->setChecked(false);
    QCOMPARE(gate->text(), u"Not set"_s);
    QVERIFY(!page.draft().scenarios().plan.budget_lock);
}

void TestCostsPage::switchPointFollowsPrices()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    auto* figure = page.findChild<QLabel*>(u"switchFigure"_s);
    // Leaving saves 12 × (15,000 (1 + p) − 7,500) and costs 12 × 9,000 + 12,000: even at p = 16.67 %.
    QTRY_COMPARE(figure->text(), u"16.6\u00a0%"_s);
    slider(page, Knob::Rise)->setValue(100); // a rise does not move the rise from which leaving pays
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), 60'000);
    QCOMPARE(figure->text(), u"16.6\u00a0%"_s);
    // Borealis at three quarters of aurora's prices: 15,000 (1 + p) = 11,250 + 9,000 + 1,000 a month.
    auto dearer = sampletraffic::sheet();
    dearer.id = "dearer";
    dearer.models[1] =
        sampletraffic::model("borealis", "borealis-large", "0.0000015", "0.00000015", "0.0000075");
    project.workspace.setSheet(dearer);
    QTRY_COMPARE(figure->text(), u"41.6\u00a0%"_s);
    field(page, Knob::MovedShare)->setValue(0);
    QTRY_COMPARE(figure->text(), u"Never"_s);
}

void TestCostsPage::lineNamesKeepApart()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.resize(1212, 727);
    page.show();
    for (const double rise : {-80.0, -20.0, 0.0, 1.0, 50.0, 300.0}) {
        slider(page, Knob::Rise)->setValue(int(rise));
        const auto rects = page.results()->chart()->nameRects();
        QCOMPARE(rects.size(), 4);
        for (qsizetype i = 0; i < rects.size(); ++i) {
            QVERIFY(page.results()->chart()->rect().contains(rects.at(i).toAlignedRect()));
            for (qsizetype other = i + 1; other < rects.size(); ++other)
                QVERIFY2(!rects.at(i).adjusted(0, 1, 0, -1).intersects(rects.at(other).adjusted(0, 1, 0, -1)),
                         qPrintable(u"at %1 %"_s.arg(rise)));
        }
    }
}

void TestCostsPage::hoverShowsMonth()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.resize(1200, 700);
    page.show();
    auto* chart = page.results()->chart();
    QCOMPARE(chart->shownMonth(), -1);
    QTest::mouseMove(chart->viewport(), QPoint(chart->width() / 2, chart->height() / 2));
    QTRY_VERIFY(chart->shownMonth() > 3);
    QVERIFY(chart->shownMonth() < 20);
    QTest::keyClick(chart, Qt::Key_Home);
    QCOMPARE(chart->shownMonth(), 0);
    QVERIFY(chart->accessibleDescription().contains(u"Jan\u00a02027"_s));
    QVERIFY(chart->accessibleDescription().contains(u"€\u00a030,000"_s));
    QTest::keyClick(chart, Qt::Key_Right);
    QCOMPARE(chart->shownMonth(), 1);
    QTest::keyClick(chart, Qt::Key_End);
    QCOMPARE(chart->shownMonth(), 23);
    QTest::keyClick(chart, Qt::Key_Right);
    QCOMPARE(chart->shownMonth(), 23);
    field(page, Knob::Term)->setValue(6); // the month is gone
    QCOMPARE(chart->shownMonth(), -1);
    QTest::keyClick(chart, Qt::Key_Left);
    QCOMPARE(chart->shownMonth(), 5);
    QTest::keyClick(chart, Qt::Key_Escape);
    QCOMPARE(chart->shownMonth(), -1);
}

void TestCostsPage::resetAndPreset()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    page.findChild<QPushButton*>(u"reset"_s)->click();
    QCOMPARE(project.workspace.undoStack().count(), 1);
    QVERIFY(project.workspace.snapshot().scenarios == page.draft().fitted());
    QVERIFY(secondVendor(page.draft().scenarios())->vendor == "borealis");

    auto* menu = page.findChild<QPushButton*>(u"loadPreset"_s)->menu();
    Q_EMIT menu->aboutToShow();
    QAction* hundred = nullptr;
    for (QAction* action : menu->actions()) {
        if (action->text().contains(u"Rise of 100"_s))
            hundred = action;
    }
    QVERIFY(hundred);
    hundred->trigger();
    QCOMPARE(*knobValue(page.draft().scenarios(), Knob::Rise), 100.0);
    QCOMPARE(project.workspace.undoStack().count(), 2);
    QCOMPARE(str(riseTarget(page.draft().scenarios())->vendor), u"aurora"_s);
    project.workspace.undoStack().undo();
    QVERIFY(project.workspace.snapshot().scenarios == page.draft().fitted());
}

void TestCostsPage::newerUsageMovesTheTerm()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    auto* later = page.findChild<QPushButton*>(u"laterStart"_s);
    auto set = project.workspace.snapshot().scenarios;
    const base::Month after = base::Month::of(project.workspace.snapshot().cube.cells.back().key.day) + 1;
    set.plan.start = after;
    project.workspace.setScenarios(set);
    QVERIFY(later->isHidden());
    set.plan.start = after + -3; // as a quarter ago
    project.workspace.setScenarios(set);
    QVERIFY(!later->isHidden());
    QVERIFY2(later->text().contains(monthText(after)), qPrintable(later->text()));
    const auto steps = project.workspace.undoStack().count();
    later->click();
    set.plan.start = after;
    QVERIFY(project.workspace.snapshot().scenarios == set);
    QCOMPARE(project.workspace.undoStack().count(), steps + 1);
    QVERIFY(later->isHidden());
}

void TestCostsPage::readOnlyPlaysOnly()
{
    OpenProject project(true);
    Workspace second(clauses::Pack{});
    QVERIFY(second.openProject(project.workspace.file()));
    QVERIFY(second.isReadOnly());
    CostsPage page(second);
    page.show();
    slider(page, Knob::Rise)->setValue(100);
    QCOMPARE(page.results()->chart()->points(1).at(12).y(), 60.0);
    QSignalSpy failed(&second, &Workspace::failed);
    page.draft().settle();
    QCOMPARE(failed.size(), 0);
    QCOMPARE(second.snapshot().scenarios.scenarios[1].price_changes[0].percent, 50.0);
    for (QAction* action : page.pageActions())
        QVERIFY(!action->isEnabled());
}

void TestCostsPage::themeSwitch()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.resize(1200, 700);
    page.show();
    const auto background = [&] { return page.results()->chart()->grab().toImage().pixelColor(2, 2); };
    QCOMPARE(background(), Theme::instance().palettes().light["panel"]);
    Theme::instance().setMode(Theme::Mode::Dark);
    QCOMPARE(background(), Theme::instance().palettes().dark["panel"]);
    Theme::instance().setMode(Theme::Mode::Light);
    QCOMPARE(background(), Theme::instance().palettes().light["panel"]);
}

void TestCostsPage::tabOrderReachesEveryKnob()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    QSet<const QWidget*> reached;
    for (const QWidget* at = page.nextInFocusChain(); at != &page; at = at->nextInFocusChain()) {
        if (at->isVisible() && (at->focusPolicy() & Qt::TabFocus))
            reached.insert(at);
    }
    for (const KnobInfo& info : knobInfos()) {
        if (!slider(page, info.knob)->isVisible())
            continue; // behind “More”
        QVERIFY2(reached.contains(slider(page, info.knob)), info.label);
        QVERIFY2(reached.contains(field(page, info.knob)), info.label);
        QVERIFY2(!field(page, info.knob)->accessibleName().isEmpty(), info.label);
    }
    QVERIFY(reached.contains(page.results()->chart()));
}

QTEST_MAIN(TestCostsPage)
#include "tst_costs_page.moc"
