#include "core/simulation/decisions.h"
#include "small.h"

using namespace leeway;
using namespace leeway::simulation;
using small::dec;
using Kind = SwitchPoint::Kind;

namespace {

Scenario transfer(double rise, const char* upkeep, const char* migration = "0", double share = 100)
{
    Scenario scenario = small::scenario("transfer", rise);
    scenario.transfer = Transfer{"acme", "rival", "big", share, 1, 0, dec(upkeep), dec(migration), 0};
    return scenario;
}

}

// An average month costs 54 at acme/large and 35 at rival/big.
class TestDecisions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void switchPoint_data();
    void switchPoint();
    void switchPointUnderACap();
    void viability();
    void commitmentsOutsideOfThePlanDoNotCount();
    void notViable();
    void noTraffic();
    void split();
    void splitUnderAFloor();
    void nothingMoves();
    void json();
};

void TestDecisions::switchPoint_data()
{
    QTest::addColumn<QString>("upkeep");
    QTest::addColumn<QString>("migration");
    QTest::addColumn<double>("rise"); // that the scenario has
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("percent");
    const auto row = [](const char* name, const char* upkeep, const char* migration, double rise, Kind kind,
                        double percent) {
        QTest::newRow(name) << QString::fromUtf8(upkeep) << QString::fromUtf8(migration) << rise
                            << static_cast<int>(kind) << percent;
    };
    // 35 + upkeep + migration / 4 against 54 (1 + rise).
    row("at 50 %", "46", "0", 20, Kind::Above, 50);
    row("whatever the scenario says", "46", "0", 300, Kind::Above, 50);
    row("one that has no change", "46", "0", 0, Kind::Above, 50);
    row("between tenths", "36", "40", 0, Kind::Above, 50);
    row("cheaper anyway", "0", "0", 0, Kind::Above, -35.2); // 35 / 54 = 0.648
    row("never", "1000", "0", 0, Kind::Never, 1000);
}

void TestDecisions::switchPoint()
{
    QFETCH(QString, upkeep);
    QFETCH(QString, migration);
    QFETCH(double, rise);
    QFETCH(int, kind);
    QFETCH(double, percent);
    const Baseline baseline(small::cube(), small::sheet());
    ScenarioSet set = small::set(
        {small::scenario("base"), transfer(rise, upkeep.toUtf8().data(), migration.toUtf8().data())}, 4);
    const SwitchPoint point = switch_point(baseline, set, 1);
    QCOMPARE(static_cast<int>(point.kind), kind);
    QCOMPARE(point.percent, percent);
    if (point.kind != Kind::Above)
        return;
    // A tenth of a percent more and it pays.
    const auto saves = [&](double at) {
        set.scenarios[0].price_changes = set.scenarios[1].price_changes = {{"acme", "", at, 1}};
        const Matrix matrix = baseline.simulate(set);
        return matrix.outcomes[1].total < matrix.outcomes[0].total;
    };
    QVERIFY(!saves(percent));
    QVERIFY(saves(percent + 0.1));
}

void TestDecisions::switchPointUnderACap()
{
    // The contract lets prices rise by 10 % at most, which never makes up for an upkeep of 46.
    ScenarioSet set = small::set({small::scenario("base"), transfer(50, "46")}, 4);
    set = with_cap(set, {"", 10, std::nullopt, ""});
    const Baseline baseline(small::cube(), small::sheet());
    QCOMPARE(switch_point(baseline, set, 1).kind, Kind::Never);
    set.scenarios[1].transfer->upkeep_per_month = dec("20");
    QCOMPARE(switch_point(baseline, set, 1).percent, 1.8); // 55 / 54 = 1.0185
}

void TestDecisions::viability()
{
    const Baseline baseline(small::cube(), small::sheet());
    const auto answers = viabilities(
        baseline,
        small::set({small::scenario("base"), small::scenario("spike", 100), transfer(100, "23", "40")}, 4));
    QCOMPARE(answers.size(), std::size_t{1});
    const Viability& answer = answers.front();
    QVERIFY(answer.viable);
    QCOMPARE(answer.against, std::string("spike"));
    QCOMPARE(answer.saving, dec("160")); // 4 × (108 − 35 − 23) − 40
    QCOMPARE(answer.rise.percent, 25.9); // 68 / 54 = 1.2593
    QCOMPARE(answer.upkeep, std::optional(dec("63")));
    QVERIFY(std::abs(*answer.traffic - 132.0 / 292) < 1e-9);
    QCOMPARE(
        answer.condition,
        std::string("It pays: 160 EUR less over the term. No longer if prices rise by less than 25.9 %, or "
                    "if upkeep passes 63 EUR a month, or if traffic falls below 0.45 times today's."));
}

void TestDecisions::commitmentsOutsideOfThePlanDoNotCount()
{
    pricing::Commitment commitment;
    commitment.title = "Annual spend";
    commitment.scope.vendor = "acme";
    commitment.amount = dec("1");
    commitment.from = small::day("2024-01-01");
    commitment.until = small::day("2026-12-31");
    pricing::Sheet sheet = small::sheet();
    sheet.agreement.commitments = {commitment};
    const ScenarioSet set =
        small::set({small::scenario("base"), small::scenario("spike", 100), transfer(100, "23", "40")}, 4);
    QVERIFY(viabilities(Baseline(small::cube(), sheet), set).front().traffic.has_value());
    sheet.agreement.commitments.front().until = small::day("2027-02-28");
    QVERIFY(!viabilities(Baseline(small::cube(), sheet), set).front().traffic.has_value());
}

void TestDecisions::notViable()
{
    const Baseline baseline(small::cube(), small::sheet());
    ScenarioSet set = small::set({small::scenario("base"), transfer(0, "1019")}, 4);
    Viability answer = viabilities(baseline, set).front();
    QVERIFY(!answer.viable);
    QCOMPARE(answer.saving, dec("-4000"));
    QCOMPARE(answer.upkeep, std::optional(dec("19")));
    QCOMPARE(
        answer.condition,
        std::string("It does not pay: 4,000 EUR more over the term. It would if upkeep stays below 19 EUR a "
                    "month, or if traffic passes 53.63 times today's."));
    // At a dearer model nothing helps but a rise.
    set.scenarios[1].transfer->to_model = "dear";
    set.scenarios[1].transfer->upkeep_per_month = {};
    answer = viabilities(baseline, set).front();
    QVERIFY(!answer.upkeep.has_value());
    QVERIFY(!answer.traffic.has_value());
    QVERIFY(answer.rise.kind == Kind::Above);
}

void TestDecisions::noTraffic()
{
    const Baseline baseline({}, small::sheet());
    const Viability answer =
        viabilities(baseline, small::set({small::scenario("base"), transfer(0, "0")}, 4)).front();
    QVERIFY(!answer.viable);
    QCOMPARE(answer.condition, std::string("It does not pay: 0 EUR more over the term, whatever prices do."));
}

void TestDecisions::split()
{
    // 54 at acme, 35 at rival; a machine costs 14.61 a month and takes all; rival's upkeep is 2, the
    // machines' is 30.
    Scenario hosted = small::scenario("hosted");
    hosted.fallback = Fallback{"acme", "llama", 40, 1, dec("0.02"), 2, 0, 100, 1, dec("30"), {}};
    const Baseline baseline(small::cube(), small::sheet());
    ScenarioSet set = small::set({small::scenario("base"), transfer(0, "2"), hosted}, 4);
    QCOMPARE(*best_split(baseline, set, {}), (Split{100, 0, dec("148"), 100}));
    set.scenarios[2].fallback->upkeep_per_month = dec("10");
    QCOMPARE(*best_split(baseline, set, {}), (Split{0, 100, dec("98.44"), 100}));
    set.scenarios[1].transfer->upkeep_per_month = dec("99");
    set.scenarios[2].fallback->upkeep_per_month = dec("99");
    QCOMPARE(*best_split(baseline, set, {}), (Split{0, 0, dec("216"), 100}));
}

void TestDecisions::splitUnderAFloor()
{
    Scenario hosted = small::scenario("hosted");
    hosted.fallback = Fallback{"acme", "llama", 40, 1, dec("0.02"), 2, 0, 100, 1, dec("10"), {}};
    const Baseline baseline(small::cube(), small::sheet());
    const ScenarioSet set = small::set({small::scenario("base"), transfer(0, "2"), hosted}, 4);
    // 20 points are lost on machines: 95 of 100 leave room for a quarter of the traffic, the rest moves to
    // rival, if that is as good as acme.
    const Split split = *best_split(baseline, set, {95, 100, 80});
    QCOMPARE(split.fallback_percent, 0.0); // 10 and 14.61 a month do not pay for a quarter
    QCOMPARE(split.second_percent, 100.0);
    const Split worse = *best_split(baseline, set, {95, 90, 80});
    QCOMPARE(worse.second_percent, 50.0);
    QCOMPARE(worse.quality, 95.0);
    const Split none = *best_split(baseline, set, {101, 90, 80});
    QCOMPARE(none.second_percent + none.fallback_percent, 0.0);
}

void TestDecisions::nothingMoves()
{
    const Baseline baseline(small::cube(), small::sheet());
    const ScenarioSet set = small::set({small::scenario("base"), small::scenario("spike", 50)}, 4);
    QVERIFY(viabilities(baseline, set).empty());
    QVERIFY(!best_split(baseline, set, {}).has_value());
}

void TestDecisions::json()
{
    const Baseline baseline(small::cube(), small::sheet());
    const auto answers = viabilities(baseline, small::set({small::scenario("base"), transfer(0, "1019")}, 4));
    const nlohmann::json value = to_json(answers.front());
    QCOMPARE(value.at("switch_above_percent"), "never");
    QCOMPARE(value.at("upkeep_limit"), "19");
    QCOMPARE(value.at("viable"), false);
    QCOMPARE(to_json(Split{5, 10, dec("1.5"), 99}).at("total"), "1.5");
}

QTEST_GUILESS_MAIN(TestDecisions)
#include "tst_decisions.moc"
