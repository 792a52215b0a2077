#include "openproject.h"
#include "ui/costs/chart/spendchart.h"
#include "ui/costs/costspage.h"
#include "ui/costs/matrix/matrixcard.h"
#include "ui/costs/outlook/barschart.h"
#include "ui/costs/outlook/forecaster.h"
#include "ui/costs/outlook/outlookwords.h"
#include "ui/costs/outlook/qualitydialog.h"
#include "ui/costs/resultsview.h"
#include "ui/costs/whatif/draft.h"
#include "ui/costs/whatif/knobrow.h"
#include "ui/costs/whatif/whatifpanel.h"
#include "ui/costs/words.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::ui;

namespace {

constexpr int patience = 60'000; // ms, for a full forecast on a busy machine

}

/// What the page shows when assumptions vary: forecasts in the background, fans, chances, steps and drivers.
class TestCostsOutlook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void fullForecastComesAfterARoughOne();
    void everyChangeEndsInItsOwnForecast();
    void anotherSeed();
    void undoBringsTheForecastBack();
    void contradictionIsSaid();
    void anotherTermDropsTheForecast();
    void pageShowsTheForecast();
    void choosingAScenario();
    void qualityFloorBoundsTheSplit();
    void anotherProjectAsksAnew();
    void aCutFanSaysSo();
    void stepsAddUp_data();
    void stepsAddUp();
    void barsStayInTheirPlace();
    void chance_data();
    void chance();
    void switchWords_data();
    void switchWords();
    void gateNamesTheNextDate();
    void assumptions();

private:
    static Outlook outlook(const simulation::ScenarioSet& set)
    {
        const simulation::Baseline baseline(sampletraffic::cube(), sampletraffic::sheet());
        const auto made = workOut(baseline, set, {7, {}, true}, {});
        if (!made)
            qFatal("%s", made.error().message.c_str());
        return *made;
    }
    static QStringList names(const simulation::ScenarioSet& set)
    {
        QStringList all;
        for (const auto& scenario : set.scenarios)
            all << str(scenario.title);
        return all;
    }
    static QSlider* slider(CostsPage& page, Knob knob)
    {
        return page.whatIf()->row(knob)->findChild<QSlider*>();
    }
    static QString text(CostsPage& page, const QString& name)
    {
        return page.findChild<QLabel*>(name)->text();
    }
    QTemporaryDir m_settings;
};

void TestCostsOutlook::initTestCase()
{
    OpenProject::useTestSettings(m_settings);
    Theme::install(*qApp, Theme::Mode::Light);
}

void TestCostsOutlook::fullForecastComesAfterARoughOne()
{
    OpenProject project(true);
    Draft draft(project.workspace);
    Forecaster forecaster(draft);
    QVERIFY(!forecaster.outlook());
    QTRY_VERIFY(forecaster.outlook());
    QVERIFY(forecaster.outlook()->rough);
    QVERIFY(!forecaster.isCurrent());
    QTRY_VERIFY_WITH_TIMEOUT(forecaster.isCurrent(), patience);
    const Outlook& full = *forecaster.outlook();
    QVERIFY(!full.rough);
    QCOMPARE(full.forecast.paths, std::int64_t{100'000});
    QCOMPARE(full.forecast.seed, std::uint64_t{1});
    QVERIFY(full.split.has_value());
    // The same figures as on one thread, directly.
    const auto direct = simulation::forecast(*draft.baseline(), draft.scenarios(), {100'000, 1, 1});
    QVERIFY(direct.has_value());
    QVERIFY(full.forecast == *direct);
}

void TestCostsOutlook::everyChangeEndsInItsOwnForecast()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    double newest = 0;
    bool older = false;
    connect(&page.forecaster(), &Forecaster::changed, this, [&] {
        if (!page.forecaster().outlook())
            return;
        const double rise = *knobValue(page.forecaster().outlook()->set, Knob::Rise);
        older = older || rise < newest;
        newest = std::max(newest, rise);
    });
    auto* rise = slider(page, Knob::Rise);
    rise->setSliderDown(true);
    for (int at = 51; at <= 150; ++at) {
        rise->setValue(at);
        QVERIFY(!page.forecaster().isCurrent());
        QCoreApplication::processEvents();
    }
    rise->setSliderDown(false);
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    QCOMPARE(*knobValue(page.forecaster().outlook()->set, Knob::Rise), 150.0);
    QVERIFY(!older); // the slider only rose, and so did what was shown
    QVERIFY(newest > 50);
}

void TestCostsOutlook::anotherSeed()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    const auto first = page.forecaster().outlook()->forecast;
    page.findChild<QPushButton*>(u"drawAgain"_s)->click();
    QVERIFY(!page.forecaster().isCurrent());
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    const auto& second = page.forecaster().outlook()->forecast;
    QCOMPARE(second.seed, first.seed + 1);
    QVERIFY(second.prospects[1].total != first.prospects[1].total);
    QVERIFY(text(page, u"sampling"_s).contains(u"seed 2"_s));
}

void TestCostsOutlook::undoBringsTheForecastBack()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    const auto before = page.forecaster().outlook()->forecast;
    slider(page, Knob::Rise)->setValue(120);
    QTRY_COMPARE(project.workspace.undoStack().count(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    QVERIFY(page.forecaster().outlook()->forecast != before);
    project.workspace.undoStack().undo();
    QVERIFY(!page.forecaster().isCurrent());
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    QVERIFY(page.forecaster().outlook()->forecast == before);
}

void TestCostsOutlook::contradictionIsSaid()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    using simulation::Driver;
    auto set = sampletraffic::scenarios();
    set.uncertainty.emplace();
    set.uncertainty->growth_spread = 1;
    set.uncertainty->cpi_spread = 1;
    set.uncertainty->correlations = {{Driver::Growth, Driver::Cpi, 0.9},
                                     {Driver::Growth, Driver::ExchangeRate, 0.9},
                                     {Driver::Cpi, Driver::ExchangeRate, -0.9}};
    page.draft().replace(set);
    QTRY_VERIFY(!page.forecaster().problem().isEmpty());
    QVERIFY(!page.forecaster().outlook());
    QTRY_COMPARE(text(page, u"sampling"_s), page.forecaster().problem());
    QCOMPARE(page.results()->chart()->fans().size(), std::size_t{0});
    set.uncertainty->correlations.clear();
    page.draft().replace(set);
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    QVERIFY(page.forecaster().problem().isEmpty());
}

void TestCostsOutlook::anotherTermDropsTheForecast()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    page.draft().change([](auto& set) { set.plan.months = 12; });
    QVERIFY(!page.forecaster().outlook());
    QCOMPARE(page.results()->chart()->fans().size(), std::size_t{0});
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    QCOMPARE(page.results()->chart()->fans().front().low.size(), std::size_t{12});
    // Without usage there is nothing to foresee.
    project.workspace.setCube({});
    QVERIFY(!page.forecaster().outlook());
}

void TestCostsOutlook::pageShowsTheForecast()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.resize(1212, 727);
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    const auto& outlook = *page.forecaster().outlook();
    const auto* model = page.results()->matrix()->model();
    for (int row = 0; row < 4; ++row) {
        const auto& total = outlook.forecast.prospects[std::size_t(row)].total;
        const auto low = model->index(row, MatrixModel::LowColumn);
        QTRY_COMPARE(low.data().toString(), moneyText(total[1], "EUR"));
        QCOMPARE(model->index(row, MatrixModel::HighColumn).data().toString(), moneyText(total[5], "EUR"));
        QVERIFY(!low.data(MatrixModel::FadedRole).toBool());
        QVERIFY(low.data(Qt::ToolTipRole).toString().contains(u"100,000 paths, seed 1"_s));
    }
    // The way out is looked at first: its fan holds its line's percentiles.
    const auto& fans = page.results()->chart()->fans();
    QCOMPARE(fans.size(), std::size_t{1});
    QCOMPARE(fans[0].line, 2);
    QCOMPARE(fans[0].low.size(), std::size_t{24});
    for (std::size_t month = 0; month < 24; ++month) {
        QCOMPARE(fans[0].high[month], outlook.forecast.prospects[2].months[month][5]);
        QVERIFY(fans[0].low[month] <= fans[0].high[month]);
    }
    const double percent = std::round(outlook.forecast.prospects[2].chance->by_end * 100);
    QCOMPARE(text(page, u"chanceFigure"_s), percentText(percent));
    QCOMPARE(text(page, u"viableFigure"_s), outlook.viabilities[0].viable ? u"Yes"_s : u"No"_s);
    QVERIFY(text(page, u"splitFigure"_s) != u"…"_s);
    QVERIFY(text(page, u"sampling"_s).contains(u"±"_s));
    // A moving slider fades what is of before.
    slider(page, Knob::Rise)->setValue(90);
    QTRY_VERIFY(model->index(0, MatrixModel::LowColumn).data(MatrixModel::FadedRole).toBool());
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    QVERIFY(!model->index(0, MatrixModel::LowColumn).data(MatrixModel::FadedRole).toBool());
}

void TestCostsOutlook::choosingAScenario()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.resize(1212, 727);
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    auto* steps = page.findChild<BarsChart*>(u"steps"_s);
    auto* drivers = page.findChild<BarsChart*>(u"drivers"_s);
    QVERIFY(drivers->content().reference == std::optional(0.0)); // what the transfer saves
    auto* table = page.results()->matrix()->table();
    QCOMPARE(table->currentIndex().row(), 2);
    table->selectRow(1);
    QCOMPARE(page.results()->chosen(), 1);
    QCOMPARE(page.results()->chart()->fans().front().line, 1);
    QCOMPARE(steps->content().bars.size(), std::size_t{3}); // base, dearer prices, spike
    QCOMPARE(steps->content().bars[1].to, 900'000.0);
    QVERIFY(drivers->content().reference.value_or(0) > 0); // the mean of its cost
    QTest::keyClick(table, Qt::Key_Up);
    QCOMPARE(page.results()->chosen(), 0);
    QCOMPARE(steps->content().bars.size(), std::size_t{1});
    // It stays chosen when figures change.
    table->selectRow(3);
    slider(page, Knob::Rise)->setValue(70);
    QCOMPARE(page.results()->chosen(), 3);
    QCOMPARE(table->currentIndex().row(), 3);
}

void TestCostsOutlook::qualityFloorBoundsTheSplit()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    const auto free = *page.forecaster().outlook()->split;
    QVERIFY(free.second_percent + free.fallback_percent > 20);
    page.findChild<QPushButton*>(u"askQuality"_s)->click();
    auto* dialog = page.findChild<QualityDialog*>();
    QVERIFY(dialog);
    dialog->findChild<QDoubleSpinBox*>(u"qualityFloor"_s)->setValue(95);
    dialog->findChild<QDoubleSpinBox*>(u"secondQuality"_s)->setValue(75);
    dialog->findChild<QDoubleSpinBox*>(u"localReadiness"_s)->setValue(50);
    dialog->accept();
    QVERIFY(!page.forecaster().isCurrent());
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    const auto bound = *page.forecaster().outlook()->split;
    QVERIFY(bound.quality >= 95);
    QVERIFY(bound.second_percent * 0.25 + bound.fallback_percent * 0.5 <= 5.001);
    QVERIFY(bound.total > free.total);
    QVERIFY(splitAnswer({*page.forecaster().outlook(), names(page.draft().scenarios()), 2})
                .text.contains(u"at least 95 asked for"_s));
}

void TestCostsOutlook::anotherProjectAsksAnew()
{
    OpenProject project(true);
    CostsPage page(project.workspace);
    page.show();
    page.forecaster().setSeed(7);
    page.forecaster().setQuestion({95, 80, 60});
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    // No split holds 99.9 of 100 when one step moves 5 % to 80.
    page.forecaster().setQuestion({99.9, 80, 60});
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    QCOMPARE(text(page, u"splitFigure"_s), u"All stays"_s);
    const QString why = text(page, u"splitText"_s);
    QVERIFY2(why.startsWith(u"no share that moves and keeps the quality costs less"_s), qPrintable(why));
    // The same file again is another project to the page.
    const QString file = project.workspace.file();
    project.workspace.closeProject();
    QVERIFY(project.workspace.openProject(file));
    QCOMPARE(page.forecaster().seed(), std::uint64_t{1});
    QCOMPARE(page.forecaster().question().floor, 0.0);
    QTRY_VERIFY_WITH_TIMEOUT(page.forecaster().isCurrent(), patience);
    QCOMPARE(page.forecaster().outlook()->forecast.seed, std::uint64_t{1});
    QCOMPARE(page.forecaster().outlook()->question.floor, 0.0);
}

void TestCostsOutlook::aCutFanSaysSo()
{
    const auto set = sampletraffic::scenarios();
    const auto matrix = simulation::Baseline(sampletraffic::cube(), sampletraffic::sheet()).simulate(set);
    SpendChart chart;
    chart.resize(900, 300);
    chart.setMatrix(matrix, std::vector<LineStyle>(set.scenarios.size()), 1);
    Fan fan;
    fan.name = u"Base"_s;
    for (const auto& month : matrix.outcomes[0].months) {
        fan.low.push_back(month.total());
        fan.high.push_back(month.total());
    }
    chart.setFans({fan});
    QCOMPARE(chart.fanName(0), u"Base"_s);
    fan.high.back() = fan.high.back() * base::Decimal::from_integer(100);
    chart.setFans({fan});
    QCOMPARE(chart.fanName(0), u"Base, beyond the chart"_s);
}

void TestCostsOutlook::stepsAddUp_data()
{
    QTest::addColumn<int>("scenario");
    for (int i = 0; i < 4; ++i)
        QTest::addRow("scenario %d", i) << i;
}

void TestCostsOutlook::stepsAddUp()
{
    QFETCH(int, scenario);
    const auto set = sampletraffic::scenarios();
    const Outlook made = outlook(set);
    const QStringList all = names(set);
    const auto bars = explainSteps({made, all, scenario}).bars.bars;
    for (std::size_t i = 1; i + 1 < bars.size(); ++i)
        QCOMPARE(bars[i].from, bars[i - 1].to);
    QCOMPARE(bars.front().from, 0.0);
    QCOMPARE(bars.front().to, 720'000.0); // 24 months of € 30,000
    if (scenario > 0) {
        QCOMPARE(bars.back().from, 0.0);
        QVERIFY(std::abs(bars.back().to - bars[bars.size() - 2].to) < 0.01);
    }
}

void TestCostsOutlook::barsStayInTheirPlace()
{
    BarsChart chart;
    chart.resize(500, 200);
    chart.setContent({{{u"A rather long name that has to be cut short somewhere"_s,
                        -10,
                        20,
                        u"−10 to 20"_s,
                        u"accent"_s,
                        {},
                        false},
                       {u"B"_s, 5, 5, u"5"_s, u"met"_s, {}, false}},
                      false,
                      0.0,
                      u"zero"_s});
    const QRectF wide = chart.barRect(0);
    const QRectF thin = chart.barRect(1);
    QVERIFY(QRectF(chart.rect()).contains(wide));
    QVERIFY(wide.left() >= 500 * 0.3); // beside the names
    QVERIFY(thin.width() > 1);         // still to be seen
    QVERIFY(thin.left() > wide.left());
    QVERIFY(std::abs(thin.left() - (wide.left() + wide.width() / 2)) < 1); // 5 is half way from −10 to 20
    QVERIFY(!chart.grab().isNull());
    chart.setContent({});
    QCOMPARE(chart.sizeHint().height(), 0);
    QVERIFY(!chart.grab().isNull());
}

void TestCostsOutlook::chance_data()
{
    QTest::addColumn<double>("chance");
    QTest::addColumn<QString>("figure");
    QTest::newRow("never") << 0.0 << u"0\u00a0%"_s;
    QTest::newRow("hardly") << 0.0001 << u"Under 1\u00a0%"_s;
    QTest::newRow("half") << 0.504 << u"50\u00a0%"_s;
    QTest::newRow("nearly") << 0.9999 << u"Over 99\u00a0%"_s;
    QTest::newRow("always") << 1.0 << u"100\u00a0%"_s;
}

void TestCostsOutlook::chance()
{
    QFETCH(double, chance);
    const auto set = sampletraffic::scenarios();
    Outlook made = outlook(set);
    made.forecast.prospects[2].chance->by_end = chance;
    const QStringList all = names(set);
    const Answer answer = chanceAnswer({made, all, 2});
    QTEST(answer.figure, "figure");
    QVERIFY2(answer.tip.contains(u"2,000 paths, seed 7"_s), qPrintable(answer.tip));
}

void TestCostsOutlook::switchWords_data()
{
    using Kind = simulation::SwitchPoint::Kind;
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<double>("percent");
    QTest::addColumn<QString>("figure");
    QTest::addColumn<QString>("words");
    QTest::newRow("above") << Kind::Above << 16.6 << u"16.6\u00a0%"_s << u"break-even of Transfer 50 %"_s;
    QTest::newRow("pays already") << Kind::Above << -35.2 << u"Any rise"_s
                                  << u"until they fall by 35.2\u00a0%"_s;
    QTest::newRow("always") << Kind::Always << -100.0 << u"Any rise"_s << u"even if prices fall"_s;
    QTest::newRow("never") << Kind::Never << 1000.0 << u"Never"_s << u"no rise up to 1000\u00a0%"_s;
}

void TestCostsOutlook::switchWords()
{
    QFETCH(simulation::SwitchPoint::Kind, kind);
    QFETCH(double, percent);
    QFETCH(QString, words);
    const auto set = sampletraffic::scenarios();
    Outlook made = outlook(set);
    made.viabilities[0].rise = {kind, percent};
    const QStringList all = names(set);
    // Also when a scenario is chosen that stays.
    for (const int chosen : {0, 2}) {
        const Answer answer = switchAnswer({made, all, chosen});
        QTEST(answer.figure, "figure");
        QVERIFY2(answer.text.contains(words), qPrintable(answer.text));
    }
    auto stays = set;
    stays.scenarios.resize(2);
    const Outlook without = outlook(stays);
    for (const Answer& answer : {switchAnswer({without, all, 1}), chanceAnswer({without, all, 1}),
                                 viabilityAnswer({without, all, 1})})
        QCOMPARE(answer.figure, u"—"_s);
}

void TestCostsOutlook::gateNamesTheNextDate()
{
    const auto day = [](const char* text) { return *base::parse_date(text); };
    using simulation::DateKind;
    const simulation::DecisionGate gate{day("2027-09-03"), day("2028-01-01"), 120};
    const std::vector<report::KeyDate> dates{
        {day("2027-01-01"), "Long past", true},
        {day("2027-09-03"), "Decision gate", true},
        {day("2027-09-10"), "Decision gate of before", true},
        {day("2027-09-20"), "New prices", false, DateKind::NewPrice},
        {day("2027-10-02"), "Notice of renewal", true, DateKind::Notice}};
    const Answer answer = gateAnswer(gate, dates, day("2027-08-30"));
    QCOMPARE(answer.figure, u"3\u00a0Sep\u00a02027"_s);
    QVERIFY(answer.text.contains(u"120 days before the budget lock on 1\u00a0Jan\u00a02028 · in 4 days"_s));
    QVERIFY(answer.text.endsWith(u"2\u00a0Oct\u00a02027: Notice of renewal"_s));
    QCOMPARE(answer.tone, u"partial"_s);
    QCOMPARE(gateAnswer(gate, {}, day("2027-09-04")).tone, u"adverse"_s);
    QVERIFY(gateAnswer(gate, {}, day("2027-01-01")).tone.isEmpty());
}

void TestCostsOutlook::assumptions()
{
    simulation::Uncertainty uncertainty;
    QCOMPARE(assumptionsText(uncertainty), u"Nothing varies: every path is the plan."_s);
    uncertainty.jumps_per_year = 0.5;
    uncertainty.events = {{40, "a", "b"}, {-67, "c", "d"}};
    uncertainty.growth_spread = 1;
    uncertainty.migration = {0.8, 1, 2};
    uncertainty.source = "A source.";
    const QString text = assumptionsText(uncertainty);
    for (const QString& part : {u"0.5 times a year"_s, u"2 price changes"_s, u"−67\u00a0%"_s, u"+40\u00a0%"_s,
                                u"growth ± 1"_s, u"× 0.8 to × 2"_s, u"A source."_s})
        QVERIFY2(text.contains(part), qPrintable(part + u" in "_s + text));
    QVERIFY(!text.contains(u"machines"_s));
}

QTEST_MAIN(TestCostsOutlook)
#include "tst_costs_outlook.moc"
