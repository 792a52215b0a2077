#include "core/base/file.h"
#include "small.h"

#include <QTemporaryDir>

using namespace leeway;
using namespace leeway::simulation;
using small::dec;

class TestScenarios : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads();
    void roundTrip();
    void loads();
    void errors_data();
    void errors();
    void uncertaintyErrors_data();
    void uncertaintyErrors();
    void stayingFor();
};

void TestScenarios::reads()
{
    const auto set =
        parse_scenarios("f", R"({"id": "x", "title": "X", "plan": {"start": "2027-02"}, "scenarios": [
        {"id": "base", "title": "Base"},
        {"id": "t", "title": "T", "transfer": {"to_vendor": "rival", "to_model": "big", "share_percent": 35,
            "upkeep_per_month": 4500.1, "migration_once": "0.000000000000000001"}},
        {"id": "f", "title": "F", "fallback": {"model": "llama", "share_percent": 40, "price_per_hour": 3.99,
            "tokens_per_second": 3400}}]})");
    QVERIFY2(set.has_value(), set ? "" : set.error().message.c_str());
    QCOMPARE(set->plan.start, base::Month::of(2027, 2));
    QCOMPARE(set->plan.months, 36);
    QCOMPARE(set->plan.gate_days, 120);
    QVERIFY(!set->plan.budget_lock.has_value());
    QCOMPARE(set->scenarios[1].transfer->upkeep_per_month, dec("4500.1"));
    QCOMPARE(set->scenarios[1].transfer->migration_once, dec("0.000000000000000001"));
    QCOMPARE(set->scenarios[1].transfer->from_month, 1);
    QCOMPARE(set->scenarios[2].fallback->price_per_hour, dec("3.99"));
    QCOMPARE(set->scenarios[2].fallback->utilisation_percent, 40.0);
}

void TestScenarios::roundTrip()
{
    ScenarioSet set = small::set({small::scenario("base"), small::scenario("spike", 12.5, 7)}, 24);
    set.plan.growth_percent = -1.25;
    set.plan.log_one_in = 100;
    set.plan.budget_lock = small::day("2028-06-30");
    set.plan.gate_days = 90;
    set.scenarios[1].note = "wörtlich “so”";
    set.scenarios[1].price_changes.push_back({"acme", "large", -3, 2});
    set.scenarios[1].transfer =
        Transfer{"acme", "rival", "big", 33.3, 4, 12.5, dec("4500.123456789012345678"), dec("27000"), 3};
    set.scenarios[1].fallback =
        Fallback{"acme", "llama", 40, 5, dec("3.99"), 3400, 9000.5, 37.5, 2, dec("1"), dec("2")};
    set.plan.seasonality = {90, 90, 110, 100, 100, 100, 80, 70, 120, 120, 120, 100};
    set.plan.discount_percent = 6.5;
    set.plan.cpi_percent = 2.25;
    Scenario& spike = set.scenarios[1];
    spike.price_changes.push_back({"acme", "", 4, 1, small::day("2027-09-15"), "output", true, false});
    spike.caps = {{"acme", 5, std::nullopt, "§ 4.2"}, {"", std::nullopt, 2.5, ""}};
    spike.successors = {{"acme", "large", "acme", "tiny", 0, 35, 13, false},
                        {"", "", "", "", -20, 0, 9, true}};
    spike.cache_loss = CacheLoss{12.5, 4, "simulated"};
    spike.transfer->cache_source = "simulated from log.jsonl";
    spike.flat_fees = {{"acme", dec("900.5"), 0, 1, 12}, {"", {}, 70, 1, 0}};
    spike.commitments = {{"acme", dec("120000"), 2, 24}};
    spike.expenses = {{"re-embedding", 3, dec("1"), 0.5, dec("9000"), 0, 1'000'000, "rival", "embed"},
                      {"egress", 2, dec("200"), 0, {}, 1, 0, "", ""}};
    spike.transfer->rule = {{"large"}, {"support"}, 0, 128'000};
    spike.fallback->rule = {{}, {}, 200'000, 0};
    set.uncertainty = Uncertainty{
        0.5,           {{40, "GPT", "list"}, {-67, "", ""}},
        true,          1.5,
        0.5,           8,
        {0, 5, 20},    {0.8, 1, 2.5},
        {0.7, 1, 1.7}, {{Driver::Prices, Driver::Prices, 0.3}, {Driver::Cpi, Driver::Growth, -0.2}},
        "ours"};
    const auto read = parse_scenarios("f", to_json(set));
    QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
    QCOMPARE(*read, set);
}

void TestScenarios::loads()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("mine.json")).toStdString();
    QVERIFY(base::write_file(path, to_json(small::set({small::scenario("base")}))).has_value());
    QVERIFY(load_scenarios(path).has_value());
    QCOMPARE(load_scenarios("no-such-preset").error().code, base::ErrorCode::NotFound);
    QVERIFY(QString::fromStdString(load_scenarios("no-such-preset").error().message)
                .contains(QStringLiteral("sample-matrix")));
    QCOMPARE(load_scenarios(path + ".not").error().code, base::ErrorCode::NotFound);
    QVERIFY(load_scenarios("sample-matrix").has_value());
}

void TestScenarios::errors_data()
{
    QTest::addColumn<QString>("plan");
    QTest::addColumn<QString>("scenario"); // on line 3
    QTest::addColumn<QString>("starts");
    const auto row = [](const char* name, const char* plan, const char* scenario, const char* starts) {
        QTest::newRow(name) << QString::fromUtf8(plan) << QString::fromUtf8(scenario)
                            << QString::fromUtf8(starts);
    };
    const char* good = R"("start": "2027-01")";
    row("no start", "", R"({"id": "a", "title": "A"})", "s.json, line 2, /plan: ");
    row("bad month", R"("start": "2027-13")", R"({"id": "a", "title": "A"})",
        "s.json, line 2, /plan/start: ");
    row("no months", R"("start": "2027-01", "months": 0)", R"({"id": "a", "title": "A"})",
        "s.json, line 2, /plan/months: ");
    row("too many months", R"("start": "2027-01", "months": 121)", R"({"id": "a", "title": "A"})",
        "s.json, line 2, /plan/months: ");
    row("growth", R"("start": "2027-01", "growth_percent": 101)", R"({"id": "a", "title": "A"})",
        "s.json, line 2, /plan/growth_percent: ");
    row("sample", R"("start": "2027-01", "log_one_in": 0)", R"({"id": "a", "title": "A"})",
        "s.json, line 2, /plan/log_one_in: ");
    row("bad day", R"("start": "2027-01", "budget_lock": "2027-02-30")", R"({"id": "a", "title": "A"})",
        "s.json, line 2, /plan/budget_lock: ");
    row("gate", R"("start": "2027-01", "gate_days": -1)", R"({"id": "a", "title": "A"})",
        "s.json, line 2, /plan/gate_days: ");
    row("no id", good, R"({"title": "A"})", "s.json, line 3, /scenarios/0: ");
    row("unknown name", good, R"({"id": "a", "title": "A", "transfr": {}})", "s.json, line 3, /scenarios/0");
    row("rise", good, R"({"id": "a", "title": "A", "price_changes": [{"percent": 5},{"percent": 1001}]})",
        "s.json, line 3, /scenarios/0/price_changes/1/percent: ");
    row("cut", good, R"({"id": "a", "title": "A", "price_changes": [{"percent": -101}]})",
        "s.json, line 3, /scenarios/0/price_changes/0/percent: ");
    row("month 0", good, R"({"id": "a", "title": "A", "price_changes": [{"percent": 5, "from_month": 0}]})",
        "s.json, line 3, /scenarios/0/price_changes/0/from_month: ");
    row("half a month", good,
        R"({"id": "a", "title": "A", "price_changes": [{"percent": 5, "from_month": 1.5}]})",
        "s.json, line 3, /scenarios/0/price_changes/0/from_month: ");
    row("share", good,
        R"({"id": "a", "title": "A", "transfer": {"to_vendor": "x", "to_model": "y", "share_percent": 101}})",
        "s.json, line 3, /scenarios/0/transfer/share_percent: ");
    row("no model", good, R"({"id": "a", "title": "A", "transfer": {"to_vendor": "x", "share_percent": 10}})",
        "s.json, line 3, /scenarios/0/transfer: ");
    row("amount in words", good,
        R"({"id": "a", "title": "A", "transfer": {"to_vendor": "x", "to_model": "y", "share_percent": 1, "upkeep_per_month": "some"}})",
        "s.json, line 3, /scenarios/0/transfer/upkeep_per_month: “some” is not a decimal number");
    row("negative amount", good,
        R"({"id": "a", "title": "A", "transfer": {"to_vendor": "x", "to_model": "y", "share_percent": 1, "migration_once": "-1"}})",
        "s.json, line 3, /scenarios/0/transfer/migration_once: an amount is between");
    row("negative number", good,
        R"({"id": "a", "title": "A", "transfer": {"to_vendor": "x", "to_model": "y", "share_percent": 1, "migration_once": -1}})",
        "s.json, line 3, /scenarios/0/transfer/migration_once: ");
    row("speed", good,
        R"({"id": "a", "title": "A", "fallback": {"model": "x", "share_percent": 1, "price_per_hour": 1, "tokens_per_second": 0}})",
        "s.json, line 3, /scenarios/0/fallback/tokens_per_second: ");
    row("season of 11 months", R"("start": "2027-01", "seasonality": [1,1,1,1,1,1,1,1,1,1,1])",
        R"({"id": "a", "title": "A"})", "s.json, line 2, /plan/seasonality: ");
    row("component", good,
        R"({"id": "a", "title": "A", "price_changes": [{"percent": 5, "component": "words"}]})",
        "s.json, line 3, /scenarios/0/price_changes/0/component: “words” is no component");
    row("day of change", good,
        R"({"id": "a", "title": "A", "price_changes": [{"percent": 5, "from_date": "2027-02-30"}]})",
        "s.json, line 3, /scenarios/0/price_changes/0/from_date: ");
    row("cap of nothing", good, R"({"id": "a", "title": "A", "caps": [{"vendor": "x"}]})",
        "s.json, line 3, /scenarios/0/caps/0: a cap needs");
    row("negative fee", good, R"({"id": "a", "title": "A", "flat_fees": [{"amount_per_month": "-1"}]})",
        "s.json, line 3, /scenarios/0/flat_fees/0/amount_per_month: ");
    row("tokens", good, R"({"id": "a", "title": "A", "expenses": [{"title": "x", "tokens": -1}]})",
        "s.json, line 3, /scenarios/0/expenses/0/tokens: ");
    row("rule", good,
        R"({"id": "a", "title": "A", "transfer": {"to_vendor": "x", "to_model": "y", "share_percent": 1, "rule": {"tag": "x"}}})",
        "s.json, line 3, /scenarios/0/transfer/rule");
    row("id twice", good, "{\"id\": \"a\", \"title\": \"A\"},\n{\"id\": \"a\", \"title\": \"B\"}",
        "s.json, line 4, /scenarios/1/id: “a” is the id");
    row("no scenarios", good, "", "s.json, line 3, /scenarios: ");
}

void TestScenarios::errors()
{
    QFETCH(QString, plan);
    QFETCH(QString, scenario);
    QFETCH(QString, starts);
    const QString text =
        QStringLiteral("{\"id\": \"x\", \"title\": \"X\",\n\"plan\": {%1},\n\"scenarios\": [%2]}")
            .arg(plan, scenario);
    const auto set = parse_scenarios("s.json", text.toStdString());
    QVERIFY(!set.has_value());
    QCOMPARE(set.error().code, base::ErrorCode::Invalid);
    QVERIFY2(QString::fromStdString(set.error().message).startsWith(starts), set.error().message.c_str());
}

void TestScenarios::uncertaintyErrors_data()
{
    QTest::addColumn<QString>("uncertainty");
    QTest::addColumn<QString>("where");
    const auto row = [](const char* name, const char* uncertainty, const char* where) {
        QTest::newRow(name) << QString::fromUtf8(uncertainty) << QString::fromUtf8(where);
    };
    row("the wrong way", R"({"migration": {"low": 2, "likely": 1, "high": 3}})", "/uncertainty/migration: ");
    row("half a range", R"({"migration": {"low": 2}})", "/uncertainty/migration: ");
    row("too far", R"({"cache_loss": {"low": 2, "likely": 3, "high": 101}})",
        "/uncertainty/cache_loss/high: ");
    row("jumps of no size", R"({"jumps_per_year": 1})", "/uncertainty/jumps_per_year: jumps need");
    row("to nothing", R"({"events": [{"percent": -100}]})", "/uncertainty/events/0/percent: ");
    row("with itself", R"({"correlations": [{"a": "cpi", "b": "cpi", "value": 0.5}]})",
        "/uncertainty/correlations/0: ");
    row("unknown driver", R"({"correlations": [{"a": "weather", "b": "cpi", "value": 0.5}]})",
        "/uncertainty/correlations/0/a: ");
    row("spread", R"({"growth_spread": -1})", "/uncertainty/growth_spread: ");
}

void TestScenarios::uncertaintyErrors()
{
    QFETCH(QString, uncertainty);
    QFETCH(QString, where);
    const QString text = QStringLiteral(R"({"id": "x", "title": "X", "plan": {"start": "2027-01"},
        "scenarios": [{"id": "a", "title": "A"}],
        "uncertainty": %1})")
                             .arg(uncertainty);
    const auto set = parse_scenarios("s.json", text.toStdString());
    QVERIFY(!set.has_value());
    QVERIFY2(
        QString::fromStdString(set.error().message).startsWith(QStringLiteral("s.json, line 3, ") + where),
        set.error().message.c_str());
}

void TestScenarios::stayingFor()
{
    Scenario transfer = small::scenario("transfer", 50);
    transfer.transfer = Transfer{"", "rival", "big", 40, 1, 0, {}, {}, 0};
    Scenario capped = small::scenario("capped", 50);
    capped.caps = {{"", 3, std::nullopt, ""}};
    std::vector<Scenario> scenarios{small::scenario("base"), capped, small::scenario("spike", 50), transfer};
    QCOMPARE(staying(scenarios, 3), std::optional<std::size_t>(2)); // not the one under a cap
    QVERIFY(!staying(scenarios, 1).has_value());
    scenarios.erase(scenarios.begin() + 2);
    QCOMPARE(staying(scenarios, 2), std::optional<std::size_t>(1)); // the first that rises
    const ScenarioSet held = with_cap(small::set(scenarios), {"", 5, 0, "price-review"});
    QVERIFY(held.scenarios[0].caps.empty());
    QCOMPARE(held.scenarios[1].caps, (std::vector<PriceCap>{{"", 5, 0, "price-review"}}));
    QCOMPARE(held.scenarios[2].caps, held.scenarios[1].caps);
}

QTEST_GUILESS_MAIN(TestScenarios)
#include "tst_scenarios.moc"
