#include "small.h"

#include <thread>

using namespace leeway;
using namespace leeway::simulation;
using small::dec;

namespace {

Scenario transfer(Transfer to, double rise = 0, int from_month = 1)
{
    Scenario scenario = small::scenario("transfer", rise, from_month);
    scenario.transfer = std::move(to);
    return scenario;
}

Scenario fallback(Fallback to, double rise = 0)
{
    Scenario scenario = small::scenario("fallback", rise);
    scenario.fallback = std::move(to);
    return scenario;
}

Outcome run(const Scenario& scenario, int months = 4, const usage::Cube& cube = small::cube(),
            double growth = 0)
{
    ScenarioSet set = small::set({small::scenario("base"), scenario}, months);
    set.plan.growth_percent = growth;
    return Baseline(cube, small::sheet()).simulate(set).outcomes[1];
}

std::string parts(const Outcome& outcome, base::Decimal MonthSpend::*part)
{
    std::string text;
    for (const MonthSpend& month : outcome.months)
        text += (text.empty() ? "" : " ") + (month.*part).to_string();
    return text;
}

}

// An average month of small::cube() has 10 M input, 20 M cache reads and 3 M output: 54 at acme/large; at
// rival/big 10 + 10 + 15 = 35, and with all cache reads lost 10 + 20 + 15 = 45.
class TestMoves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shareAndCache();
    void parallelMonths();
    void engineering();
    void growthAndRise();
    void riseOfTheSecondVendor();
    void fromVendor();
    void onlyItsOwnKind();
    void cannotMove();
    void machines_data();
    void machines();
    void machinesCost();
    void fallbackFromVendor();
    void both();
    void reasons_data();
    void reasons();
    void threads();
};

void TestMoves::shareAndCache()
{
    Outcome outcome = run(transfer({"", "rival", "big", 40, 2, 0, {}, {}, 0}));
    QCOMPARE(parts(outcome, &MonthSpend::vendors), std::string("54 32.4 32.4 32.4"));
    QCOMPARE(parts(outcome, &MonthSpend::second), std::string("0 14 14 14"));
    outcome = run(transfer({"", "rival", "big", 40, 2, 25, {}, {}, 0}));
    QCOMPARE(parts(outcome, &MonthSpend::second), std::string("0 15 15 15")); // 40 % of 35 + 25 % of 10
    outcome = run(transfer({"", "rival", "big", 100, 1, 100, {}, {}, 0}), 1);
    QCOMPARE(small::totals(outcome), std::string("45"));
    // A model without a price for cache reads charges them as input anyway: 120 + 60.
    outcome = run(transfer({"", "rival", "dear", 100, 1, 50, {}, {}, 0}), 1);
    QCOMPARE(small::totals(outcome), std::string("180"));
}

void TestMoves::parallelMonths()
{
    const Outcome outcome = run(transfer({"", "rival", "big", 40, 2, 0, {}, {}, 2}), 5);
    QCOMPARE(parts(outcome, &MonthSpend::vendors), std::string("54 54 54 32.4 32.4"));
    QCOMPARE(parts(outcome, &MonthSpend::second), std::string("0 14 14 14 14"));
}

void TestMoves::engineering()
{
    const Outcome outcome = run(transfer({"", "rival", "big", 40, 2, 0, dec("7.5"), dec("100"), 2}));
    QCOMPARE(parts(outcome, &MonthSpend::engineering), std::string("0 107.5 7.5 7.5"));
    // Nothing moves, so nothing is spent on it.
    const Outcome nothing = run(transfer({"", "rival", "big", 0, 2, 0, dec("7.5"), dec("100"), 2}));
    QCOMPARE(small::totals(nothing), std::string("54 54 54 54"));
    QCOMPARE(nothing.decides, std::string("nothing is moved"));
}

void TestMoves::growthAndRise()
{
    // The rise of 100 % from month 2 hits what stays, growth of 10 % both.
    const Outcome outcome =
        run(transfer({"", "rival", "big", 50, 2, 0, {}, {}, 0}, 100, 2), 3, small::cube(), 10);
    QCOMPARE(parts(outcome, &MonthSpend::vendors), std::string("54 59.4 65.34"));
    QCOMPARE(parts(outcome, &MonthSpend::second), std::string("0 19.25 21.175"));
}

void TestMoves::riseOfTheSecondVendor()
{
    Scenario scenario = transfer({"", "rival", "big", 100, 1, 0, {}, {}, 0});
    scenario.price_changes = {{"", "", 100, 1}};
    QCOMPARE(small::totals(run(scenario, 1)), std::string("35")); // “all” is about today's traffic
    scenario.price_changes = {{"rival", "", 100, 1}};
    QCOMPARE(small::totals(run(scenario, 1)), std::string("70"));
    scenario.price_changes = {{"rival", "dear", 100, 1}};
    QCOMPARE(small::totals(run(scenario, 1)), std::string("35"));
}

void TestMoves::fromVendor()
{
    usage::Cube cube = small::cube();
    small::add(cube, "2026-10-02", "rival", "dear", {4'000'000, 0, 0}); // 8 a month; 2 at rival/big
    const Outcome of_acme = run(transfer({"acme", "rival", "big", 100, 1, 0, {}, {}, 0}), 1, cube);
    QCOMPARE(parts(of_acme, &MonthSpend::vendors), std::string("8"));
    QCOMPARE(parts(of_acme, &MonthSpend::second), std::string("35"));
    const Outcome of_all = run(transfer({"", "rival", "big", 100, 1, 0, {}, {}, 0}), 1, cube);
    QCOMPARE(parts(of_all, &MonthSpend::second), std::string("37"));
    // What is at the second model already does not move to itself.
    const Outcome to_large = run(transfer({"", "acme", "large", 100, 1, 0, {}, {}, 0}), 1, cube);
    QCOMPARE(parts(to_large, &MonthSpend::vendors), std::string("54"));
    QCOMPARE(parts(to_large, &MonthSpend::second), std::string("4"));
}

void TestMoves::onlyItsOwnKind()
{
    usage::Cube cube = small::cube();
    small::add(cube, "2026-10-02", "rival", "embed", {20'000'000, 0, 0}); // 1 a month
    const Outcome chat = run(transfer({"", "rival", "big", 100, 1, 0, {}, {}, 0}), 1, cube);
    QCOMPARE(parts(chat, &MonthSpend::vendors), std::string("1"));
    const Outcome machines = run(fallback({"", "llama", 100, 1, dec("0"), 1000, 0, 100, 0, {}, {}}), 1, cube);
    QCOMPARE(parts(machines, &MonthSpend::vendors), std::string("1"));
}

void TestMoves::cannotMove()
{
    const Baseline baseline(small::cube(), small::sheet());
    const auto set = [](const Transfer& to) {
        return small::set({small::scenario("base"), transfer(to)}, 2);
    };
    const Matrix unknown = baseline.simulate(set({"", "rival", "none", 50, 1, 0, dec("9"), dec("9"), 0}));
    QCOMPARE(small::totals(unknown.outcomes[1]), std::string("54 54"));
    QVERIFY(small::has_note(unknown,
                            "transfer: “rival/none” is not in the price sheet, so nothing is moved there"));
    QCOMPARE(unknown.outcomes[1].decides, std::string("nothing is moved"));
    const Matrix nobody = baseline.simulate(set({"nobody", "rival", "big", 50, 1, 0, dec("9"), dec("9"), 0}));
    QCOMPARE(small::totals(nobody.outcomes[1]), std::string("54 54"));
    QVERIFY(small::has_note(nobody, "there is no traffic that rival/big could take over"));
    pricing::Sheet sheet = small::sheet();
    sheet.models[2].prices[0].rates.clear();
    const Matrix unpriced =
        Baseline(small::cube(), sheet).simulate(set({"", "rival", "big", 50, 1, 0, {}, {}, 0}));
    QCOMPARE(small::totals(unpriced.outcomes[1]), std::string("54 54"));
    QVERIFY(small::has_note(unpriced, "rival/big"));
}

void TestMoves::machines_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<double>("output"); // tokens a second
    QTest::addColumn<double>("input");
    QTest::addColumn<double>("utilisation");
    QTest::addColumn<int>("minimum");
    QTest::addColumn<int>("machines");
    // 3 M output tokens in a month of 730.5 × 3600 = 2,629,800 seconds; 30 M input tokens.
    QTest::newRow("minimum") << 100.0 << 1000.0 << 0.0 << 100.0 << 1 << 1;
    QTest::newRow("none kept running") << 100.0 << 1000.0 << 0.0 << 100.0 << 0 << 1;
    QTest::newRow("three kept running") << 100.0 << 1000.0 << 0.0 << 100.0 << 3 << 3;
    QTest::newRow("1 token a second") << 100.0 << 1.0 << 0.0 << 100.0 << 1 << 2; // 1.14
    QTest::newRow("half of it") << 50.0 << 1.0 << 0.0 << 100.0 << 1 << 1;        // 0.57
    QTest::newRow("used 40 %") << 100.0 << 1.0 << 0.0 << 40.0 << 1 << 3;         // 2.85
    QTest::newRow("with input") << 100.0 << 1.0 << 10.0 << 100.0 << 1 << 3;      // 1.14 + 1.14
    QTest::newRow("no speed") << 100.0 << 0.0 << 0.0 << 100.0 << 2 << 2;
}

void TestMoves::machines()
{
    QFETCH(double, share);
    QFETCH(double, output);
    QFETCH(double, input);
    QFETCH(double, utilisation);
    QFETCH(int, minimum);
    QFETCH(int, machines);
    const Outcome outcome =
        run(fallback({"", "llama", share, 1, dec("2"), output, input, utilisation, minimum, {}, {}}), 1);
    QCOMPARE(outcome.months[0].machines.to_string(), (dec("1461") * machines).to_string());
    QCOMPARE(outcome.months[0].vendors.to_double(), 54 * (1 - share / 100));
}

void TestMoves::machinesCost()
{
    const Outcome outcome =
        run(fallback({"", "llama", 40, 2, dec("3.99"), 3400, 0, 40, 1, dec("5"), dec("50")}), 3);
    QCOMPARE(parts(outcome, &MonthSpend::vendors), std::string("54 32.4 32.4"));
    QCOMPARE(parts(outcome, &MonthSpend::machines), std::string("0 2914.695 2914.695"));
    QCOMPARE(parts(outcome, &MonthSpend::engineering), std::string("0 55 5"));
    // Growth asks for the second machine in month 3: 0.95, 0.99, 1.04 machines.
    usage::Cube cube;
    small::add(cube, "2026-09-01", "acme", "large", {0, 0, 2'498'310});
    small::add(cube, "2026-09-30", "acme", "large", {});
    const Outcome growing =
        run(fallback({"", "llama", 100, 1, dec("2"), 1, 0, 100, 1, {}, {}}), 3, cube, 4.5);
    QCOMPARE(parts(growing, &MonthSpend::machines), std::string("1461 1461 2922"));
}

void TestMoves::fallbackFromVendor()
{
    usage::Cube cube = small::cube();
    small::add(cube, "2026-10-02", "rival", "dear", {4'000'000, 0, 200'000'000});
    const Outcome outcome = run(fallback({"acme", "llama", 100, 1, dec("2"), 1, 0, 100, 1, {}, {}}), 1, cube);
    QCOMPARE(parts(outcome, &MonthSpend::machines), std::string("2922"));
    QCOMPARE(parts(outcome, &MonthSpend::vendors), std::string("2008"));
    const Matrix nobody =
        Baseline(cube, small::sheet())
            .simulate(small::set({fallback({"nobody", "llama", 50, 1, dec("2"), 1, 0, 100, 1, {}, {}})}, 1));
    QCOMPARE(small::totals(nobody.outcomes[0]), std::string("2062"));
    QVERIFY(small::has_note(nobody, "there is no chat traffic"));
}

void TestMoves::both()
{
    Scenario scenario = transfer({"", "rival", "big", 70, 1, 0, {}, {}, 0});
    scenario.fallback = Fallback{"", "llama", 50, 1, dec("0"), 1, 0, 100, 0, {}, {}};
    const Matrix matrix = Baseline(small::cube(), small::sheet()).simulate(small::set({scenario}, 1));
    QCOMPARE(parts(matrix.outcomes[0], &MonthSpend::vendors), std::string("0"));
    QCOMPARE(parts(matrix.outcomes[0], &MonthSpend::second), std::string("24.5"));
    QVERIFY(small::has_note(matrix, "more than 100 %"));
    scenario.fallback->share_percent = 10;
    QCOMPARE(parts(run(scenario, 1), &MonthSpend::vendors), std::string("10.8"));
}

void TestMoves::reasons_data()
{
    QTest::addColumn<bool>("machines");
    QTest::addColumn<QString>("upkeep");
    QTest::addColumn<QString>("migration");
    QTest::addColumn<double>("cacheLoss");
    QTest::addColumn<int>("parallel");
    QTest::addColumn<double>("rise");
    QTest::addColumn<QString>("reason");
    const auto row = [](bool machines, const char* upkeep, const char* migration, double loss, int parallel,
                        double rise, const char* reason) {
        QTest::newRow(reason) << machines << QString::fromUtf8(upkeep) << QString::fromUtf8(migration) << loss
                              << parallel << rise << QString::fromUtf8(reason);
    };
    // Four months: 216 leaves, 140 is paid instead, 40 more without the cache.
    row(false, "0", "0", 0, 0, 0, "rival/big is 35 % cheaper for the moved share");
    row(false, "0", "0", 0, 0, 100, "rival/big is 68 % cheaper for the moved share");
    row(false, "0", "0", 0, 0, -50, "rival/big is 30 % dearer for the moved share");
    row(false, "0", "0", 100, 0, 0,
        "rival/big is 35 % cheaper for the moved share; loss of cache reads takes back 53 % of that");
    row(false, "1", "2", 50, 0, 0,
        "rival/big is 35 % cheaper for the moved share; loss of cache reads takes back 26 % of that");
    row(false, "25", "0", 0, 0, 0, "upkeep of two vendors costs 132 % of what the lower price saves");
    row(false, "0", "380", 0, 0, 0, "the migration costs 5.0 times what the lower price saves");
    row(false, "0", "0", 0, 4, 0, "both vendors are paid to the end of the term");
    row(false, "0", "0", 0, 3, 0, "paying both vendors at first costs 5.5 times what the lower price saves");
    row(false, "100", "0", 0, 0, -50,
        "upkeep of two vendors weighs most; rival/big is 30 % dearer for the moved share");
    // Machines: 4 × 2 × 0.01 × 730.5 = 58.44; busy 1.14 of 2.
    row(true, "0", "0", 0, 0, 0, "machines are 57 % used and cost 73 % less than the moved share does today");
    row(true, "20", "0", 0, 0, 0,
        "machines are 57 % used and cost 73 % less than the moved share does today; upkeep of the machines "
        "takes back 51 % of that");
    row(true, "200", "0", 0, 0, 0, "upkeep of the machines costs 5.1 times what self-hosting saves");
}

void TestMoves::reasons()
{
    QFETCH(bool, machines);
    QFETCH(QString, upkeep);
    QFETCH(QString, migration);
    QFETCH(double, cacheLoss);
    QFETCH(int, parallel);
    QFETCH(double, rise);
    QFETCH(QString, reason);
    const auto up = dec(upkeep.toStdString());
    const auto once = dec(migration.toStdString());
    const Scenario scenario =
        machines ? fallback({"", "llama", 100, 1, dec("0.01"), 1, 0, 100, 1, up, once}, rise)
                 : transfer({"", "rival", "big", 100, 1, cacheLoss, up, once, parallel}, rise);
    QCOMPARE(QString::fromStdString(run(scenario).decides), reason);
}

void TestMoves::threads()
{
    const Baseline baseline(small::cube(), small::sheet());
    const ScenarioSet set = small::set({transfer({"", "rival", "big", 40, 1, 20, {}, {}, 0}),
                                        transfer({"", "rival", "dear", 40, 1, 20, {}, {}, 0})},
                                       12);
    const auto expected = baseline.simulate(set).outcomes[1].total;
    const Baseline fresh(small::cube(), small::sheet());
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 50; ++k)
                right += fresh.simulate(set).outcomes[1].total == expected ? 1 : 0;
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(right.load(), 200);
}

QTEST_GUILESS_MAIN(TestMoves)
#include "tst_moves.moc"
