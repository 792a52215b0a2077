#include "small.h"

using namespace leeway;
using namespace leeway::simulation;
using small::dec;

class TestPresets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bundled();
    void bundledDiffer();
    void sampleMatrix();
    void fitted();
    void secondVendor_data();
    void secondVendor();
    void withoutUsage();
    void bundledSheet();
};

void TestPresets::bundled()
{
    const auto sets = bundled_scenarios();
    QVERIFY2(sets.has_value(), sets ? "" : sets.error().message.c_str());
    std::vector<std::string> ids;
    for (const ScenarioSet& set : *sets) {
        ids.push_back(set.id);
        QCOMPARE(*load_scenarios(set.id), set);
        QCOMPARE(set.scenarios.front().id, std::string("base"));
        QVERIFY(set.scenarios.front().price_changes.empty());
        for (const Scenario& scenario : set.scenarios)
            QVERIFY(!scenario.note.empty());
    }
    QCOMPARE(ids, (std::vector<std::string>{"commitment-shortfall", "contract-cap", "cut-67",
                                            "embedding-retirement", "promotion-end", "rise-100", "rise-300",
                                            "rise-35", "sample-matrix", "successor-rises",
                                            "token-billing-shift", "tokenizer-35"}));
}

// Each says something else than its base about the traffic that it is made for.
void TestPresets::bundledDiffer()
{
    const auto sheet = pricing::bundled_sheet();
    QVERIFY(sheet.has_value());
    usage::Cube cube;
    small::add(cube, "2026-10-01", "anthropic", "claude-sonnet-4-6",
               {4'000'000'000, 6'000'000'000, 900'000'000});
    small::add(cube, "2026-10-31", "openai", "text-embedding-3-small", {10'000'000, 0, 0});
    const Baseline baseline(cube, *sheet);
    const auto sets = bundled_scenarios();
    QVERIFY(sets.has_value());
    for (const ScenarioSet& set : *sets) {
        const Matrix matrix = baseline.simulate(set);
        for (std::size_t i = 1; i < matrix.outcomes.size(); ++i)
            QVERIFY2(!matrix.outcomes[i].against_base.is_zero() || set.id == "commitment-shortfall",
                     (set.id + " " + matrix.outcomes[i].scenario).c_str());
        for (const std::string& note : matrix.notes)
            QVERIFY2(note.find("not in the price sheet") == std::string::npos, note.c_str());
    }
}

void TestPresets::sampleMatrix()
{
    const auto set = load_scenarios("sample-matrix");
    QVERIFY(set.has_value());
    QCOMPARE(set->scenarios.size(), std::size_t{4});
    // All but base share one rise, so what moves is held against staying with it.
    QCOMPARE(set->scenarios[2].price_changes, set->scenarios[1].price_changes);
    QCOMPARE(set->scenarios[3].price_changes, set->scenarios[1].price_changes);
    const Matrix matrix = Baseline(small::cube(), small::sheet()).simulate(*set);
    QCOMPARE(matrix.outcomes[3].break_even_with, std::string("spike"));
    QCOMPARE(matrix.gate->decide_by, small::day("2027-09-03"));
}

void TestPresets::fitted()
{
    usage::Cube cube = small::cube();
    small::add(cube, "2026-10-02", "rival", "dear", {1'000'000, 0, 0});
    const base::Month start = base::Month::of(2028, 4);
    const ScenarioSet set = default_scenarios(cube, small::sheet(), start);
    QCOMPARE(set.plan.start, start);
    QCOMPARE(set.plan.budget_lock, std::optional(small::day("2029-04-01")));
    for (std::size_t i = 1; i < 4; ++i)
        QCOMPARE(set.scenarios[i].price_changes[0].vendor, std::string("acme"));
    QCOMPARE(set.scenarios[2].transfer->from_vendor, std::string("acme"));
    QCOMPARE(set.scenarios[2].transfer->to_vendor, std::string("rival"));
    QCOMPARE(set.scenarios[2].transfer->to_model, std::string("big"));
    QCOMPARE(set.scenarios[3].fallback->from_vendor, std::string("acme"));
    const Matrix matrix = Baseline(cube, small::sheet()).simulate(set);
    QVERIFY(matrix.outcomes[1].total > matrix.outcomes[0].total);
    QVERIFY(!matrix.outcomes[2].months.back().second.is_zero());
    QVERIFY(!matrix.outcomes[3].months.back().machines.is_zero());
}

void TestPresets::secondVendor_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("model");
    QTest::newRow("nearest below") << QString() << QStringLiteral("big");
    QTest::newRow("the same model, resold") << QStringLiteral("resold") << QStringLiteral("big");
    QTest::newRow("of the same maker, resold") << QStringLiteral("sibling") << QStringLiteral("big");
    QTest::newRow("retires") << QStringLiteral("retires") << QStringLiteral("dear"); // nothing else below
    QTest::newRow("nearer below") << QStringLiteral("nearer") << QStringLiteral("middle");
    QTest::newRow("free of charge") << QStringLiteral("free") << QStringLiteral("big");
    QTest::newRow("without rates") << QStringLiteral("unpriced") << QStringLiteral("big");
}

void TestPresets::secondVendor()
{
    QFETCH(QString, change);
    QFETCH(QString, model);
    pricing::Sheet sheet = small::sheet();
    if (change == QStringLiteral("resold"))
        sheet.models.push_back(small::model("cloud", "acme.large-v1", small::rates("0.0000019", "0.000009")));
    if (change == QStringLiteral("sibling"))
        sheet.models.push_back(small::model("cloud", "acme.Large-2", small::rates("0.0000019", "0.000009")));
    if (change == QStringLiteral("retires"))
        sheet.models[2].retires = small::day("2027-06-30");
    if (change == QStringLiteral("nearer"))
        sheet.models.push_back(small::model("third", "middle", small::rates("0.000001", "0.000006")));
    if (change == QStringLiteral("free"))
        sheet.models.push_back(small::model("third", "free", small::rates("0", "0")));
    if (change == QStringLiteral("unpriced"))
        sheet.models.push_back(small::model("third", "hosted", {}));
    const ScenarioSet set = default_scenarios(small::cube(), sheet, base::Month::of(2027, 1));
    QCOMPARE(QString::fromStdString(set.scenarios[2].transfer->to_model), model);
}

void TestPresets::withoutUsage()
{
    const ScenarioSet set = default_scenarios({}, small::sheet(), base::Month::of(2027, 6));
    QCOMPARE(set.plan.start, base::Month::of(2027, 6));
    QCOMPARE(set.scenarios.size(), std::size_t{4});
    QVERIFY(set.scenarios[1].price_changes[0].vendor.empty());
}

// The presets name a model that the sheet which comes with Leeway has.
void TestPresets::bundledSheet()
{
    const auto sheet = pricing::bundled_sheet();
    QVERIFY2(sheet.has_value(), sheet ? "" : sheet.error().message.c_str());
    const auto sample = load_scenarios("sample-matrix");
    const Transfer& transfer = *sample->scenarios[2].transfer;
    QVERIFY(sheet->find(transfer.to_vendor, transfer.to_model) != nullptr);
    usage::Cube cube;
    small::add(cube, "2026-10-01", "anthropic", "claude-sonnet-4-6", {40'000'000, 60'000'000, 9'000'000});
    small::add(cube, "2026-10-31", "openai", "gpt-5-mini", {10'000'000, 0, 1'000'000});
    const ScenarioSet set = default_scenarios(cube, *sheet, base::Month::of(2027, 1));
    QCOMPARE(set.scenarios[1].price_changes[0].vendor, std::string("anthropic"));
    const Transfer& fitted = *set.scenarios[2].transfer;
    QVERIFY(fitted.to_vendor != "anthropic");
    QVERIFY(fitted.to_model.find("claude") == std::string::npos);
    const Matrix matrix = Baseline(cube, *sheet).simulate(set);
    QVERIFY(!matrix.outcomes[2].months.back().second.is_zero());
    for (const Outcome& outcome : matrix.outcomes)
        QVERIFY(outcome.total > base::Decimal());
}

QTEST_GUILESS_MAIN(TestPresets)
#include "tst_presets.moc"
