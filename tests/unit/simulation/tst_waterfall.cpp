#include "core/simulation/waterfall.h"
#include "small.h"

using namespace leeway;
using namespace leeway::simulation;
using small::dec;

namespace {

QStringList words(const Waterfall& fall)
{
    QStringList lines;
    for (const WaterfallStep& step : fall.steps)
        lines << QString::fromStdString(step.title + ": " + step.amount.to_string());
    return lines;
}

QStringList lines(std::initializer_list<const char*> texts)
{
    QStringList all;
    for (const char* text : texts)
        all << QString::fromUtf8(text);
    return all;
}

Scenario transfer(double rise)
{
    Scenario scenario = small::scenario("transfer", rise);
    scenario.transfer = Transfer{"acme", "rival", "big", 50, 1, 50, dec("23"), dec("40"), 1};
    return scenario;
}

Scenario fallback()
{
    Scenario scenario = small::scenario("fallback");
    scenario.fallback = Fallback{"acme", "llama", 50, 3, dec("1"), 1000, 0, 40, 1, dec("5"), dec("7")};
    return scenario;
}

}

// An average month costs 54 at acme/large and 35 at rival/big; the term has four.
class TestWaterfall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steps_data();
    void steps();
    void backFromATransfer();
    void presetsAddUp_data();
    void presetsAddUp();
};

void TestWaterfall::steps_data()
{
    QTest::addColumn<Scenario>("scenario");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("the first itself") << small::scenario("base") << QStringList();
    QTest::newRow("rise") << small::scenario("spike", 50, 3) << lines({"dearer prices: 54"});
    QTest::newRow("cut") << small::scenario("cut", -50) << lines({"lower prices: -108"});
    Scenario capped = small::scenario("capped", 50);
    capped.caps = {{"", 10, std::nullopt, "section 4"}};
    QTest::newRow("capped rise") << capped
                                 << lines({"dearer prices: 108", "held by the contract's cap: -86.4"});
    // Half of 81 a month leaves, half of 35 comes; half of the 10 M cache reads moved cost 0.5 more.
    QTest::newRow("transfer under a rise")
        << transfer(50)
        << lines({"dearer prices: 108", "no longer paid to acme: -162", "usage at rival: 70",
                  "lost cache hits: 10", "parallel running: 40.5", "upkeep of two vendors: 92",
                  "migration: 40"});
    // One machine for 730.5 hours in each of two months.
    QTest::newRow("fallback") << fallback()
                              << lines({"no longer paid to acme: -54", "machines for llama: 1461",
                                        "upkeep of the local model: 10", "migration to the local model: 7"});
    Scenario expense = small::scenario("expense");
    expense.expenses = {{.title = "validation", .from_month = 2, .once = dec("11")}};
    QTest::newRow("expense") << expense << lines({"other work and fees: 11"});
}

void TestWaterfall::steps()
{
    QFETCH(Scenario, scenario);
    QFETCH(QStringList, expected);
    const Baseline baseline(small::cube(), small::sheet());
    const Waterfall fall = waterfall(baseline, small::set({small::scenario("base"), scenario}, 4), 1);
    QCOMPARE(words(fall), expected);
    QCOMPARE(fall.scenario, scenario.id);
    QCOMPARE(fall.from, dec("216"));
}

void TestWaterfall::backFromATransfer()
{
    const Baseline baseline(small::cube(), small::sheet());
    const Waterfall fall = waterfall(baseline, small::set({transfer(0), small::scenario("back")}, 4), 1);
    QCOMPARE(fall.to, dec("216"));
    QCOMPARE(words(fall), (lines({"traffic that comes back: 81", "no second vendor: -80",
                                  "no work for a second vendor: -132"})));
}

void TestWaterfall::presetsAddUp_data()
{
    QTest::addColumn<ScenarioSet>("set");
    const auto presets = bundled_scenarios();
    QVERIFY(presets.has_value());
    for (const ScenarioSet& set : *presets)
        QTest::newRow(set.id.c_str()) << set;
}

void TestWaterfall::presetsAddUp()
{
    QFETCH(ScenarioSet, set);
    const Baseline baseline(small::cube(), small::sheet());
    const Matrix matrix = baseline.simulate(set);
    for (std::size_t i = 0; i < set.scenarios.size(); ++i) {
        const Waterfall fall = waterfall(baseline, set, i);
        base::Decimal sum = fall.from;
        for (const WaterfallStep& step : fall.steps)
            sum += step.amount;
        QCOMPARE(sum, fall.to);
        QCOMPARE(fall.from, matrix.outcomes.front().total);
        QCOMPARE(fall.to, matrix.outcomes[i].total);
    }
}

QTEST_GUILESS_MAIN(TestWaterfall)
#include "tst_waterfall.moc"
