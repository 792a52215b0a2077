#include "core/simulation/matrix_json.h"
#include "small.h"

#include <algorithm>
#include <limits>
#include <pcg_random.hpp>

using namespace leeway;
using namespace leeway::simulation;
using small::dec;

class TestMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void averageMonth_data();
    void averageMonth();
    void growth();
    void sampledLog();
    void priceChanges_data();
    void priceChanges();
    void datedRates();
    void totalsAreSums();
    void breakEven();
    void gate();
    void unpriced();
    void termsThatAreLeftOut();
    void nothingPriced();
    void reasons_data();
    void reasons();
    void orderOfCells();
    void outOfRange();
    void namesAreByCost();
    void json();
};

void TestMatrix::averageMonth_data()
{
    QTest::addColumn<QStringList>("days");
    QTest::addColumn<QString>("cost"); // a month, of 1 EUR a day named
    QTest::newRow("one whole month") << QStringList{QStringLiteral("2026-09-01"),
                                                    QStringLiteral("2026-09-30")}
                                     << QStringLiteral("2");
    QTest::newRow("a whole February")
        << QStringList{QStringLiteral("2027-02-01"), QStringLiteral("2027-02-28")} << QStringLiteral("2");
    QTest::newRow("two whole months")
        << QStringList{QStringLiteral("2026-12-01"), QStringLiteral("2027-01-31")} << QStringLiteral("1");
    QTest::newRow("half a month") << QStringList{QStringLiteral("2026-09-01"), QStringLiteral("2026-09-15")}
                                  << QStringLiteral("4");
    QTest::newRow("one day") << QStringList{QStringLiteral("2026-09-10")} << QStringLiteral("30");
    // 15 of 30 and 31 of 31 days.
    QTest::newRow("a month and a half")
        << QStringList{QStringLiteral("2026-09-16"), QStringLiteral("2026-10-02"),
                       QStringLiteral("2026-10-31")}
        << QStringLiteral("2");
    QTest::newRow("a leap February") << QStringList{QStringLiteral("2028-02-29")} << QStringLiteral("29");
}

void TestMatrix::averageMonth()
{
    QFETCH(QStringList, days);
    QFETCH(QString, cost);
    usage::Cube cube;
    for (const QString& named : days)
        small::add(cube, named.toStdString(), "acme", "large", {500'000, 0, 0});
    const Matrix matrix = Baseline(cube, small::sheet()).simulate(small::set({small::scenario("base")}, 3));
    const std::string expected = cost.toStdString();
    QCOMPARE(small::totals(matrix.outcomes[0]), expected + " " + expected + " " + expected);
    QCOMPARE(matrix.currency, std::string("EUR"));
    QCOMPARE(matrix.months[2], base::Month::of(2027, 3));
}

void TestMatrix::growth()
{
    ScenarioSet set = small::set({small::scenario("base")}, 4);
    set.plan.growth_percent = 10;
    const Matrix matrix = Baseline(small::cube(), small::sheet()).simulate(set);
    QCOMPARE(small::totals(matrix.outcomes[0]), std::string("54 59.4 65.34 71.874"));
    QCOMPARE(matrix.outcomes[0].total, dec("250.614"));
    set.plan.growth_percent = -50;
    QCOMPARE(small::totals(Baseline(small::cube(), small::sheet()).simulate(set).outcomes[0]),
             std::string("54 27 13.5 6.75"));
}

void TestMatrix::sampledLog()
{
    ScenarioSet set = small::set({small::scenario("base")}, 3);
    set.plan.growth_percent = 10;
    set.plan.log_one_in = 20; // 54 × 20, then 10 % more each month
    const Matrix matrix = Baseline(small::cube(), small::sheet()).simulate(set);
    QCOMPARE(small::totals(matrix.outcomes[0]), std::string("1080 1188 1306.8"));
    QVERIFY(std::any_of(matrix.notes.begin(), matrix.notes.end(), [](const std::string& note) {
        return note.find("one request in 20") != std::string::npos;
    }));
}

void TestMatrix::priceChanges_data()
{
    QTest::addColumn<QString>("vendor");
    QTest::addColumn<QString>("model");
    QTest::addColumn<double>("percent");
    QTest::addColumn<int>("from");
    QTest::addColumn<QString>("months"); // large costs 54, tiny 5
    const auto row = [](const char* name, const char* vendor, const char* model, double percent, int from,
                        const char* months) {
        QTest::newRow(name) << QString::fromUtf8(vendor) << QString::fromUtf8(model) << percent << from
                            << QString::fromUtf8(months);
    };
    row("all", "", "", 50, 1, "88.5 88.5 88.5");
    row("from the second month", "", "", 50, 2, "59 88.5 88.5");
    row("by vendor", "acme", "", 100, 3, "59 59 118");
    row("letters' case", "ACME", "", 100, 3, "59 59 118");
    row("by model", "acme", "tiny", 100, 1, "64 64 64");
    row("by model of any vendor", "", "large", -50, 1, "32 32 32");
    row("of another vendor", "rival", "", 100, 1, "59 59 59");
    row("of another model", "acme", "huge", 100, 1, "59 59 59");
    row("to nothing", "", "", -100, 2, "59 0 0");
    row("after the term", "", "", 50, 4, "59 59 59");
}

void TestMatrix::priceChanges()
{
    QFETCH(QString, vendor);
    QFETCH(QString, model);
    QFETCH(double, percent);
    QFETCH(int, from);
    QFETCH(QString, months);
    usage::Cube cube = small::cube();
    small::add(cube, "2026-10-02", "acme", "tiny", {12'000'000, 0, 4'000'000});
    Scenario change = small::scenario("spike");
    change.price_changes = {{vendor.toStdString(), model.toStdString(), percent, from}};
    const Baseline baseline(cube, small::sheet());
    const Matrix matrix = baseline.simulate(small::set({small::scenario("base"), change}, 3));
    QCOMPARE(small::totals(matrix.outcomes[1]), months.toStdString());
    QCOMPARE(matrix.outcomes[1].against_base, matrix.outcomes[1].total - dec("177"));
    QVERIFY(!matrix.outcomes[1].break_even.has_value());
    // The same change twice compounds.
    change.price_changes.push_back(change.price_changes.front());
    change.price_changes.push_back({"", "", 0, 1});
    const Matrix twice = baseline.simulate(small::set({small::scenario("base"), change}, 3));
    const double once_last = matrix.outcomes[1].months[2].total().to_double();
    const double factor = once_last / 59;
    if (vendor.isEmpty() && model.isEmpty())
        QVERIFY(std::abs(twice.outcomes[1].months[2].total().to_double() - 59 * factor * factor) < 1e-9);
}

// A promotion that the sheet says ends is over in the plan too, by days within a month.
void TestMatrix::datedRates()
{
    usage::Cube cube;
    small::add(cube, "2026-09-01", "acme", "promo", {1'000'000, 0, 1'000'000});
    small::add(cube, "2026-09-30", "acme", "promo", {0, 0, 0});
    ScenarioSet set = small::set({small::scenario("base")}, 4);
    set.plan.start = base::Month::of(2027, 7);
    Matrix matrix = Baseline(cube, small::sheet()).simulate(set);
    QCOMPARE(small::totals(matrix.outcomes[0]), std::string("3 3 6 6"));
    QCOMPARE(matrix.outcomes[0].decides,
             std::string("the price sheet already has a rise of 100 % in Sep 2027"));
    pricing::Sheet sheet = small::sheet();
    sheet.models[5].prices[0].until = small::day("2027-09-15");
    sheet.models[5].prices[1].from = small::day("2027-09-16");
    matrix = Baseline(cube, sheet).simulate(set);
    QCOMPARE(small::totals(matrix.outcomes[0]), std::string("3 3 4.5 6"));
}

void TestMatrix::totalsAreSums()
{
    pcg32 random(4);
    for (int round = 0; round < 30; ++round) {
        usage::Cube cube;
        for (int i = 0; i < 40; ++i) {
            small::add(
                cube, fmt::format("2026-{:02}-{:02}", 1 + random(12), 1 + random(28)), "acme",
                random(2) == 0 ? "large" : "promo",
                {random(1'000'000'000), random(1'000'000'000), random(1'000'000'000), 1 + random(1000)});
        }
        Scenario transfer = small::scenario("transfer", 17.3, 3);
        transfer.transfer = Transfer{"", "rival", "big", 33.3, 2, 12.5, dec("100.333"), dec("1"), 1};
        Scenario fallback = small::scenario("fallback", 17.3, 3);
        fallback.fallback = Fallback{"", "llama", 21.7, 4, dec("3.99"), 3400, 0, 37, 1, dec("0.1"), dec("7")};
        ScenarioSet set =
            small::set({small::scenario("base"), small::scenario("spike", 17.3, 3), transfer, fallback}, 60);
        set.plan.growth_percent = 1.234;
        const Matrix matrix = Baseline(cube, small::sheet()).simulate(set);
        for (const Outcome& outcome : matrix.outcomes) {
            base::Decimal sum;
            base::Decimal parts;
            for (const MonthSpend& month : outcome.months) {
                // What is shown are the decimals' own texts.
                sum += dec(month.total().to_string());
                for (const base::Decimal part :
                     {month.vendors, month.second, month.machines, month.engineering}) {
                    QCOMPARE(part, part.rounded(6));
                    QVERIFY(!part.is_negative());
                    parts += part;
                }
            }
            QCOMPARE(sum, outcome.total);
            QCOMPARE(parts, outcome.total);
            QCOMPARE(outcome.against_base, outcome.total - matrix.outcomes[0].total);
        }
    }
}

void TestMatrix::breakEven()
{
    // Base 54 a month, spike 108. Moving everything to rival/big costs 10 + 10 + 15 = 35 a month and 100
    // once: cumulated 135 170 205 240 against 108 216 324 432.
    Scenario transfer = small::scenario("transfer", 100);
    transfer.transfer = Transfer{"", "rival", "big", 100, 1, 0, {}, {}, 0};
    usage::Cube cube;
    small::add(cube, "2026-09-01", "acme", "large", {10'000'000, 20'000'000, 3'000'000});
    small::add(cube, "2026-09-30", "acme", "large", {});
    transfer.transfer->migration_once = dec("100");
    const Baseline baseline(cube, small::sheet());
    const auto run = [&] {
        return baseline
            .simulate(small::set({small::scenario("base"), small::scenario("spike", 100), transfer}, 4))
            .outcomes[2];
    };
    QCOMPARE(small::totals(run()), std::string("135 35 35 35"));
    QCOMPARE(run().break_even, std::optional(base::Month::of(2027, 2)));
    QCOMPARE(run().break_even_with, std::string("spike"));
    transfer.transfer->migration_once = {};
    QCOMPARE(run().break_even, std::optional(base::Month::of(2027, 1)));
    transfer.transfer->migration_once = dec("292"); // 4 × 73: level on the last day
    QCOMPARE(run().break_even, std::optional(base::Month::of(2027, 4)));
    transfer.transfer->migration_once = dec("292.000001");
    QVERIFY(!run().break_even.has_value());
    // Without a rise of its own it is held against base.
    transfer.price_changes.clear();
    transfer.transfer->migration_once = dec("30");
    const Matrix matrix =
        baseline.simulate(small::set({small::scenario("base"), small::scenario("spike", 100), transfer}, 4));
    QCOMPARE(matrix.outcomes[2].break_even_with, std::string("base"));
    QCOMPARE(matrix.outcomes[2].break_even, std::optional(base::Month::of(2027, 2))); // 65 100 against 54 108
    QVERIFY(matrix.outcomes[0].break_even_with.empty());
    QVERIFY(matrix.outcomes[1].break_even_with.empty());
    // An early saving that is lost again is no break-even.
    Scenario late = small::scenario("late");
    late.transfer = Transfer{"", "rival", "big", 100, 1, 0, dec("20"), {}, 0};
    late.price_changes.push_back({"", "", 0, 1});
    QVERIFY(!baseline.simulate(small::set({small::scenario("base"), late}, 4))
                 .outcomes[1]
                 .break_even.has_value());
    // Months before the two part do not count: 54 54 35 35 against 54 54 54 54.
    late.transfer->upkeep_per_month = {};
    late.transfer->from_month = 3;
    QCOMPARE(baseline.simulate(small::set({small::scenario("base"), late}, 4)).outcomes[1].break_even,
             std::optional(base::Month::of(2027, 3)));
    // Nothing moved, nothing to break even.
    late.transfer->share_percent = 0;
    QVERIFY(!baseline.simulate(small::set({small::scenario("base"), late}, 4))
                 .outcomes[1]
                 .break_even.has_value());
}

void TestMatrix::gate()
{
    ScenarioSet set = small::set({small::scenario("base")});
    const Baseline baseline(small::cube(), small::sheet());
    QVERIFY(!baseline.simulate(set).gate.has_value());
    set.plan.budget_lock = small::day("2028-01-01");
    QCOMPARE(baseline.simulate(set).gate->decide_by, small::day("2027-09-03"));
    QCOMPARE(baseline.simulate(set).gate->days_before, 120);
    set.plan.gate_days = 0;
    QCOMPARE(baseline.simulate(set).gate->decide_by, small::day("2028-01-01"));
}

void TestMatrix::unpriced()
{
    usage::Cube cube = small::cube();
    small::add(cube, "2026-10-02", "acme", "unheard-of", {12'000'000, 0, 4'000'000, 1'234'567});
    const Matrix matrix = Baseline(cube, small::sheet()).simulate(small::set({small::scenario("base")}, 1));
    QCOMPARE(small::totals(matrix.outcomes[0]), std::string("54"));
    QVERIFY(small::has_note(matrix,
                            "1,234,567 requests of acme/unheard-of have no price and are in no scenario"));
    QVERIFY(small::has_note(matrix, "from 2026-09-01 to 2026-10-31 divided by 2.00 months"));
}

void TestMatrix::termsThatAreLeftOut()
{
    pricing::Sheet sheet = small::sheet();
    const auto set = small::set({small::scenario("base")}, 1);
    QVERIFY(!small::has_note(Baseline(small::cube(), sheet).simulate(set), "list prices"));
    sheet.agreement.commitments.emplace_back(); // counts in scenarios
    QVERIFY(!small::has_note(Baseline(small::cube(), sheet).simulate(set), "list prices"));
    sheet.agreement.discounts.emplace_back();
    sheet.agreement.allowances.emplace_back();
    QVERIFY(small::has_note(Baseline(small::cube(), sheet).simulate(set),
                            "count list prices: the agreement's free allowances, discounts are not in"));
}

void TestMatrix::nothingPriced()
{
    Scenario transfer = small::scenario("transfer", 10);
    transfer.transfer = Transfer{"", "rival", "big", 50, 1, 0, dec("10"), dec("10"), 0};
    Scenario fallback = small::scenario("fallback");
    fallback.fallback = Fallback{"", "llama", 50, 1, dec("3.99"), 3400, 0, 40, 1, dec("10"), dec("10")};
    const ScenarioSet set = small::set({small::scenario("base"), transfer, fallback}, 2);
    const Matrix empty = Baseline({}, small::sheet()).simulate(set);
    for (const Outcome& outcome : empty.outcomes) {
        QCOMPARE(small::totals(outcome), std::string("0 0"));
        QCOMPARE(outcome.decides, std::string("there is no priced usage"));
    }
    QVERIFY(small::has_note(empty, "no usage yet"));
    const Matrix no_prices = Baseline(small::cube(), {}).simulate(set);
    QCOMPARE(small::totals(no_prices.outcomes[1]), std::string("0 0"));
    QVERIFY(small::has_note(no_prices, "2,000 requests of acme/large have no price"));
    QVERIFY(Baseline(small::cube(), {}).empty());
    QVERIFY(Baseline({}, small::sheet()).simulate(small::set({}, 2)).outcomes.empty());
}

void TestMatrix::reasons_data()
{
    QTest::addColumn<double>("growth");
    QTest::addColumn<double>("percent");
    QTest::addColumn<QString>("vendor");
    QTest::addColumn<int>("from");
    QTest::addColumn<QString>("reason");
    const auto row = [](double growth, double percent, const char* vendor, int from, const char* reason) {
        QTest::newRow(reason) << growth << percent << QString::fromUtf8(vendor) << from
                              << QString::fromUtf8(reason);
    };
    row(0, 0, "", 1, "today's traffic at the prices of the sheet");
    row(1.2, 0, "", 1, "volume grows 1.2 % a month");
    row(-2, 0, "", 1, "volume shrinks 2 % a month");
    row(0, 50, "", 3, "+50 % on all prices of today's vendors from Mar 2027 adds 25 % to the term");
    row(0, 50, "acme", 1, "+50 % on acme from Jan 2027 adds 50 % to the term");
    row(0, -67, "", 1, "−67 % on all prices of today's vendors from Jan 2027 takes 67 % off the term");
    row(0, 50, "rival", 1, "the change concerns none of this traffic");
    row(0, 50, "", 9, "the change comes after the term");
}

void TestMatrix::reasons()
{
    QFETCH(double, growth);
    QFETCH(double, percent);
    QFETCH(QString, vendor);
    QFETCH(int, from);
    QFETCH(QString, reason);
    Scenario scenario = small::scenario("s", percent, from);
    if (percent != 0)
        scenario.price_changes[0].vendor = vendor.toStdString();
    ScenarioSet set = small::set({scenario}, 4);
    set.plan.growth_percent = growth;
    const Matrix matrix = Baseline(small::cube(), small::sheet()).simulate(set);
    QCOMPARE(QString::fromStdString(matrix.outcomes[0].decides), reason);
}

void TestMatrix::orderOfCells()
{
    usage::Cube cube = small::cube();
    for (int i = 1; i < 28; ++i)
        small::add(cube, fmt::format("2026-09-{:02}", i), i % 3 == 0 ? "acme" : "rival",
                   i % 3 == 0 ? "tiny" : "dear", {i * 1'000'003, 0, i * 70'001});
    const ScenarioSet set = small::set({small::scenario("base"), small::scenario("spike", 12.5)}, 12);
    const std::string before = to_json(Baseline(cube, small::sheet()).simulate(set)).dump();
    std::ranges::reverse(cube.cells);
    QCOMPARE(to_json(Baseline(cube, small::sheet()).simulate(set)).dump(), before);
}

void TestMatrix::outOfRange()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double endless = std::numeric_limits<double>::infinity();
    for (const double bad : {nan, endless, -endless, 1e300, -1e300}) {
        Scenario scenario = small::scenario("s");
        scenario.price_changes = {{"", "", bad, std::numeric_limits<int>::min()},
                                  {"", "", bad, std::numeric_limits<int>::max()}};
        scenario.transfer = Transfer{
            "", "rival", "big", bad, -5, bad, dec("-3"), dec("1e20"), std::numeric_limits<int>::max()};
        scenario.fallback = Fallback{
            "", "llama", bad, 0, dec("1e20"), bad, bad, bad, std::numeric_limits<int>::min(), {}, {}};
        ScenarioSet set = small::set({small::scenario("base"), scenario}, std::numeric_limits<int>::max());
        set.plan.growth_percent = bad;
        set.plan.gate_days = std::numeric_limits<int>::min();
        set.plan.budget_lock = small::day("2200-12-31");
        const Matrix matrix = Baseline(small::cube(), small::sheet()).simulate(set);
        QCOMPARE(matrix.months.size(), std::size_t{120});
        QCOMPARE(matrix.outcomes[1].months.size(), std::size_t{120});
        QVERIFY(!to_json(matrix).dump().empty());
    }
    ScenarioSet set = small::set({small::scenario("base")}, -3);
    QCOMPARE(Baseline(small::cube(), small::sheet()).simulate(set).months.size(), std::size_t{1});
}

void TestMatrix::namesAreByCost()
{
    usage::Cube cube = small::cube();
    small::add(cube, "2026-10-02", "rival", "dear", {1'000'000'000, 0, 0});
    small::add(cube, "2026-10-02", "acme", "tiny", {1'000, 0, 0});
    const Baseline baseline(cube, small::sheet());
    QCOMPARE(baseline.vendors(), (std::vector<std::string>{"rival", "acme"}));
    QCOMPARE(baseline.models(), (std::vector<std::string>{"rival/dear", "acme/large", "acme/tiny"}));
    QCOMPARE(Baseline(small::cube(), small::sheet()).month_cost(base::Month::of(2027, 1)), dec("54"));
}

void TestMatrix::json()
{
    ScenarioSet set = small::set({small::scenario("base"), small::scenario("spike", 50)}, 2);
    set.plan.budget_lock = small::day("2028-01-01");
    const nlohmann::json value = to_json(Baseline(small::cube(), small::sheet()).simulate(set));
    QCOMPARE(value.at("currency"), "EUR");
    QCOMPARE(value.at("months").dump(), std::string(R"(["2027-01","2027-02"])"));
    QCOMPARE(value.at("gate").at("decide_by"), "2027-09-03");
    const nlohmann::json& spike = value.at("outcomes").at(1);
    QCOMPARE(spike.at("total"), "162");
    QCOMPARE(spike.at("against_base"), "54");
    QVERIFY(spike.at("break_even").is_null());
    QCOMPARE(
        spike.at("months").at(0).dump(),
        std::string(
            R"({"engineering":"0","machines":"0","month":"2027-01","second":"0","total":"81","vendors":"81"})"));
    QVERIFY(value.at("notes").is_array());
    QCOMPARE(value.at("plan").at("start"), "2027-01");
}

QTEST_GUILESS_MAIN(TestMatrix)
#include "tst_matrix.moc"
