#include "small.h"

using namespace leeway;
using namespace leeway::simulation;
using small::dec;

// An average month of small::cube() costs 54 at acme/large: 20 for 10 M input, 4 for 20 M cache reads, 30 for
// 3 M output. With the cache lost it costs 90.
class TestEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void caps_data();
    void caps();
    void capOfOneVendor();
    void components_data();
    void components();
    void dates();
    void yearly();
    void successorByPrice();
    void successorModel();
    void successorOfNothing();
    void cacheLoss();
    void flatFee();
    void flatFeeByUsage();
    void flatFeeAndTransfer();
    void commitments_data();
    void commitments();
    void agreedCommitments_data();
    void agreedCommitments();
    void commitmentAndTransfer();
    void expenses();
    void reEmbedding();
    void seasons();
    void presentValue();
    void rules_data();
    void rules();

private:
    Outcome run(const Scenario& scenario, int months = 4, const usage::Cube& cube = small::cube())
    {
        m_matrix =
            Baseline(cube, small::sheet()).simulate(small::set({small::scenario("base"), scenario}, months));
        return m_matrix.outcomes[1];
    }

    Matrix m_matrix;
};

void TestEvents::caps_data()
{
    QTest::addColumn<double>("rise");
    QTest::addColumn<int>("from");
    QTest::addColumn<double>("percent"); // −1: none
    QTest::addColumn<double>("points");  // −200: none
    QTest::addColumn<bool>("capped");
    QTest::addColumn<QString>("levels"); // of months 1, 12, 13, 24, 25, 37
    const auto row = [](const char* name, double rise, int from, double percent, double points, bool capped,
                        const char* levels) {
        QTest::newRow(name) << rise << from << percent << points << capped << QString::fromUtf8(levels);
    };
    // Of 50 % wanted in month 13, 10 % are allowed each year: 1.1, 1.21, 1.331.
    row("percent", 50, 13, 10, -200, true, "1 1 1.1 1.1 1.21 1.331");
    row("in the first year", 50, 6, 10, -200, true, "1 1.1 1.21 1.21 1.331 1.4641");
    row("reached", 15, 13, 10, -200, true, "1 1 1.1 1.1 1.15 1.15");
    row("not needed", 8, 13, 10, -200, true, "1 1 1.08 1.08 1.08 1.08");
    row("inflation and 3 points", 50, 13, -1, 3, true, "1 1 1.05 1.05 1.1025 1.157625"); // 2 % expected
    row("the lower one", 50, 13, 10, 3, true, "1 1 1.05 1.05 1.1025 1.157625");
    row("none allowed", 50, 13, 0, -200, true, "1 1 1 1 1 1");
    row("inflation less 5 points", 50, 13, -1, -5, true, "1 1 1 1 1 1");
    row("not for this change", 50, 13, 10, -200, false, "1 1 1.5 1.5 1.5 1.5");
    row("a cut", -50, 13, 10, -200, true, "1 1 0.5 0.5 0.5 0.5");
}

void TestEvents::caps()
{
    QFETCH(double, rise);
    QFETCH(int, from);
    QFETCH(double, percent);
    QFETCH(double, points);
    QFETCH(bool, capped);
    QFETCH(QString, levels);
    Scenario scenario = small::scenario("spike", rise, from);
    scenario.price_changes.front().capped = capped;
    PriceCap cap;
    if (percent >= 0)
        cap.percent = percent;
    if (points > -200)
        cap.cpi_points = points;
    scenario.caps = {cap};
    const Outcome outcome = run(scenario, 37);
    const QStringList expected = levels.split(u' ');
    const std::array<std::size_t, 6> months{0, 11, 12, 23, 24, 36};
    for (std::size_t i = 0; i < months.size(); ++i)
        QCOMPARE(outcome.months.at(months.at(i)).total(),
                 (dec("54") * dec(expected.at(static_cast<int>(i)).toStdString())).rounded(6));
    const bool held = !expected.last().startsWith(QStringLiteral("1.5")) && rise > 10;
    QCOMPARE(outcome.decides.find("held by the contract's cap") != std::string::npos, held);
}

void TestEvents::capOfOneVendor()
{
    usage::Cube cube = small::cube();
    small::add(cube, "2026-10-02", "rival", "dear", {4'000'000, 0, 0}); // 8 a month
    Scenario scenario = small::scenario("spike", 100);
    scenario.caps = {{"acme", 0, std::nullopt, ""}};
    QCOMPARE(small::totals(run(scenario, 1, cube)), std::string("70"));
    // A cap on all of today's vendors is none on the second one.
    scenario.caps = {{"", 0, std::nullopt, ""}};
    scenario.transfer = Transfer{"acme", "rival", "big", 100, 1, 0, {}, {}, 0};
    scenario.price_changes.push_back({"rival", "big", 100, 1});
    QCOMPARE(small::totals(run(scenario, 1)), std::string("70")); // 35 × 2
    scenario.caps.push_back({"rival", 10, std::nullopt, ""});
    QCOMPARE(small::totals(run(scenario, 1)), std::string("38.5"));
}

void TestEvents::components_data()
{
    QTest::addColumn<QString>("component");
    QTest::addColumn<QString>("total");
    QTest::newRow("input") << QStringLiteral("input") << QStringLiteral("74");
    QTest::newRow("output") << QStringLiteral("output") << QStringLiteral("84");
    QTest::newRow("cache reads") << QStringLiteral("cache_read") << QStringLiteral("58");
    QTest::newRow("nobody uses") << QStringLiteral("audio_input") << QStringLiteral("54");
    QTest::newRow("all") << QString() << QStringLiteral("108");
}

void TestEvents::components()
{
    QFETCH(QString, component);
    QFETCH(QString, total);
    Scenario scenario = small::scenario("spike", 100);
    scenario.price_changes.front().component = component.toStdString();
    QCOMPARE(run(scenario, 1).total, dec(total.toStdString()));
    // Reasoning has no rate of its own here, so it is charged and rises as output.
    usage::Cube cube = small::cube();
    cube.cells[0].counts[pricing::Component::Reasoning] = 2'000'000;
    const bool rises = component.isEmpty() || component == QStringLiteral("output");
    QCOMPARE(run(scenario, 1, cube).total, dec(total.toStdString()) + dec(rises ? "20" : "10"));
    // What a change of one component leaves, another one of all takes as well.
    scenario.price_changes.push_back({"", "", 50, 1});
    QCOMPARE(run(scenario, 1).total, dec(total.toStdString()) * dec("1.5"));
}

void TestEvents::dates()
{
    Scenario scenario = small::scenario("spike", 100);
    scenario.price_changes.front().from_date = small::day("2027-02-15"); // 14 of 28 days
    QCOMPARE(small::totals(run(scenario)), std::string("54 81 108 108"));
    scenario.price_changes.front().from_date = small::day("2020-01-01");
    QCOMPARE(small::totals(run(scenario, 1)), std::string("108"));
    scenario.price_changes.front().from_date = small::day("2031-01-01");
    QCOMPARE(run(scenario, 1).decides, std::string("the change comes after the term"));
}

void TestEvents::yearly()
{
    Scenario scenario = small::scenario("index", 10, 3);
    scenario.price_changes.front().yearly = true;
    Outcome outcome = run(scenario, 30);
    for (const auto& [month, total] :
         {std::pair(1, "54"), {2, "59.4"}, {13, "59.4"}, {14, "65.34"}, {26, "71.874"}})
        QCOMPARE(outcome.months[static_cast<std::size_t>(month)].total(), dec(total));
    scenario.price_changes.front().from_date = small::day("2027-03-01");
    QCOMPARE(small::totals(run(scenario, 30)), small::totals(outcome));
}

void TestEvents::successorByPrice()
{
    Scenario scenario = small::scenario("successor");
    scenario.successors = {{"acme", "large", "", "", 50, 20, 2, false}};
    QCOMPARE(small::totals(run(scenario)), std::string("54 97.2 97.2 97.2")); // × 1.5 × 1.2
    // A cap holds the price of the successor only if it says so, and never the tokens.
    scenario.caps = {{"", 10, std::nullopt, ""}};
    QCOMPARE(small::totals(run(scenario)), std::string("54 97.2 97.2 97.2"));
    scenario.successors.front().capped = true;
    QCOMPARE(small::totals(run(scenario)), std::string("54 71.28 71.28 71.28")); // × 1.1 × 1.2
    QCOMPARE(run(scenario).decides,
             std::string("large gives way to a successor from Feb 2027, +50 % on its price, +20 % tokens"));
}

void TestEvents::successorModel()
{
    Scenario scenario = small::scenario("successor");
    scenario.successors = {{"acme", "large", "rival", "big", 0, 10, 3, false}};
    QCOMPARE(small::totals(run(scenario)), std::string("54 54 38.5 38.5")); // 35 × 1.1
    // A rise of the old model's vendor follows the work.
    scenario.price_changes = {{"acme", "", 100, 1}};
    QCOMPARE(small::totals(run(scenario)), std::string("108 108 77 77"));
    // By component, from the courses of either model: input 20 → 10, twice.
    scenario.price_changes.front().component = "input";
    QCOMPARE(small::totals(run(scenario)), std::string("74 74 49.5 49.5"));
}

void TestEvents::successorOfNothing()
{
    Scenario scenario = small::scenario("successor");
    scenario.successors = {{"acme", "large", "rival", "none", 50, 0, 1, false}};
    QCOMPARE(small::totals(run(scenario, 2)), std::string("54 54"));
    QVERIFY(small::has_note(m_matrix, "“rival/none” is not in the price sheet, so it succeeds nothing"));
    scenario.successors = {{"acme", "large", "rival", "embed", 50, 0, 1, false}}; // of another kind
    QCOMPARE(small::totals(run(scenario, 1)), std::string("54"));
}

void TestEvents::cacheLoss()
{
    Scenario scenario = small::scenario("cold");
    scenario.cache_loss = CacheLoss{50, 3};
    QCOMPARE(small::totals(run(scenario)), std::string("54 54 72 72")); // half of the way to 90
    QCOMPARE(run(scenario).decides, std::string("lost cache reads add 17 % to the term"));
    scenario.price_changes = {{"", "", 100, 1, std::nullopt, "input"}};
    QCOMPARE(small::totals(run(scenario)), std::string("74 74 112 112")); // 20 more input, 2 less reads
}

void TestEvents::flatFee()
{
    Scenario scenario = small::scenario("fee");
    scenario.flat_fees = {{"acme", dec("40"), 0, 1, 2}};
    QCOMPARE(small::totals(run(scenario)), std::string("40 40 54 54"));
    QCOMPARE(run(scenario).decides, std::string("flat fees cover usage worth 135 % of them"));
    usage::Cube cube = small::cube();
    small::add(cube, "2026-10-02", "rival", "dear", {4'000'000, 0, 0}); // 8 a month, not covered
    QCOMPARE(small::totals(run(scenario, 3, cube)), std::string("48 48 62"));
    scenario.flat_fees = {{"nobody", dec("40"), 0, 1, 0}};
    run(scenario, 1);
    QVERIFY(small::has_note(m_matrix, "a flat fee replaces no usage: nobody has none"));
}

void TestEvents::flatFeeByUsage()
{
    Scenario scenario = small::scenario("fee");
    scenario.flat_fees = {{"", dec("1"), 50, 1, 3}};
    ScenarioSet set = small::set({scenario}, 4);
    set.plan.growth_percent = 10; // which the fee does not follow
    const Matrix matrix = Baseline(small::cube(), small::sheet()).simulate(set);
    QCOMPARE(small::totals(matrix.outcomes[0]), std::string("28 28 28 71.874"));
}

void TestEvents::flatFeeAndTransfer()
{
    // While the fee is paid, what moves saves nothing.
    Scenario scenario = small::scenario("fee");
    scenario.flat_fees = {{"acme", dec("40"), 0, 1, 2}};
    scenario.transfer = Transfer{"", "rival", "big", 50, 2, 0, {}, {}, 0};
    QCOMPARE(small::totals(run(scenario, 3)), std::string("40 57.5 44.5"));
}

void TestEvents::commitments_data()
{
    QTest::addColumn<QString>("amount");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("until");
    QTest::addColumn<int>("months");
    QTest::addColumn<QString>("shortfalls"); // month:amount
    // Usage is 54 × 12 = 648 a year.
    QTest::newRow("used up") << QStringLiteral("648") << 1 << 0 << 24 << QString();
    QTest::newRow("short") << QStringLiteral("700") << 1 << 0 << 24 << QStringLiteral("12:52 24:52");
    QTest::newRow("half a year") << QStringLiteral("700") << 1 << 0 << 18 << QStringLiteral("12:52 18:26");
    QTest::newRow("from the third month")
        << QStringLiteral("700") << 3 << 0 << 16 << QStringLiteral("14:52 16:8.666667");
    QTest::newRow("for one year") << QStringLiteral("700") << 1 << 12 << 24 << QStringLiteral("12:52");
    QTest::newRow("after the term") << QStringLiteral("700") << 30 << 0 << 24 << QString();
}

void TestEvents::commitments()
{
    QFETCH(QString, amount);
    QFETCH(int, from);
    QFETCH(int, until);
    QFETCH(int, months);
    QFETCH(QString, shortfalls);
    Scenario scenario = small::scenario("committed");
    scenario.commitments = {{"acme", dec(amount.toStdString()), from, until}};
    const Outcome outcome = run(scenario, months);
    QStringList found;
    for (std::size_t m = 0; m < outcome.months.size(); ++m) {
        const base::Decimal more = outcome.months[m].vendors - dec("54");
        if (!more.is_zero())
            found << QStringLiteral("%1:%2").arg(m + 1).arg(QString::fromStdString(more.to_string()));
    }
    QCOMPARE(found.join(u' '), shortfalls);
}

void TestEvents::agreedCommitments_data()
{
    using pricing::Per;
    QTest::addColumn<QString>("vendor");
    QTest::addColumn<QString>("amount");
    QTest::addColumn<int>("per");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("until");
    QTest::addColumn<bool>("at_end");
    QTest::addColumn<QString>("shortfalls"); // month:amount, in a term of 12 months from January 2027
    const QString acme = QStringLiteral("acme");
    QTest::newRow("a year of the term")
        << acme << QStringLiteral("700") << int(Per::Year) << QStringLiteral("2027-01-01")
        << QStringLiteral("2029-12-31") << false << QStringLiteral("12:52");
    // Usage is 162 a quarter.
    QTest::newRow("quarters") << acme << QStringLiteral("175") << int(Per::Quarter)
                              << QStringLiteral("2027-01-01") << QStringLiteral("2029-12-31") << false
                              << QStringLiteral("3:13 6:13 9:13 12:13");
    QTest::newRow("months") << acme << QStringLiteral("55") << int(Per::Month) << QStringLiteral("2027-11-01")
                            << QStringLiteral("2029-12-31") << false << QStringLiteral("11:1 12:1");
    // Its year ends in June: half a year lies in the term, and half a year of the next one.
    QTest::newRow("began before the term")
        << acme << QStringLiteral("700") << int(Per::Year) << QStringLiteral("2025-07-01")
        << QStringLiteral("2029-06-30") << false << QStringLiteral("6:26 12:26");
    QTest::newRow("settled at its end")
        << acme << QStringLiteral("175") << int(Per::Quarter) << QStringLiteral("2027-01-01")
        << QStringLiteral("2027-06-30") << true << QStringLiteral("6:26");
    QTest::newRow("of a vendor without usage")
        << QStringLiteral("rival") << QStringLiteral("100") << int(Per::Year) << QStringLiteral("2027-01-01")
        << QStringLiteral("2029-12-31") << false << QStringLiteral("12:100");
    QTest::newRow("over") << acme << QStringLiteral("700") << int(Per::Year) << QStringLiteral("2024-01-01")
                          << QStringLiteral("2026-12-31") << false << QString();
}

void TestEvents::agreedCommitments()
{
    QFETCH(QString, vendor);
    QFETCH(QString, amount);
    QFETCH(int, per);
    QFETCH(QString, from);
    QFETCH(QString, until);
    QFETCH(bool, at_end);
    QFETCH(QString, shortfalls);
    pricing::Sheet sheet = small::sheet();
    pricing::Commitment agreed;
    agreed.title = "Frame";
    agreed.scope.vendor = vendor.toStdString();
    agreed.amount = dec(amount.toStdString());
    agreed.per = pricing::Per(per);
    agreed.from = small::day(from.toStdString());
    agreed.until = small::day(until.toStdString());
    agreed.settled_at_end = at_end;
    sheet.agreement.commitments = {agreed};
    // A scenario's own commitment to the vendor takes its place.
    Scenario own = small::scenario("own");
    own.commitments = {{vendor.toStdString(), dec("12"), 1, 1}};
    const Matrix matrix =
        Baseline(small::cube(), sheet).simulate(small::set({small::scenario("base"), own}, 12));
    QStringList found;
    for (std::size_t m = 0; m < 12; ++m) {
        const base::Decimal more = matrix.outcomes[0].months[m].vendors - dec("54");
        if (!more.is_zero())
            found << QStringLiteral("%1:%2").arg(m + 1).arg(QString::fromStdString(more.to_string()));
    }
    QCOMPARE(found.join(u' '), shortfalls);
    QCOMPARE(matrix.outcomes[1].total, vendor == QStringLiteral("rival") ? dec("649") : dec("648"));
    // One that comes after the plan does not.
    own.commitments.front() = {vendor.toStdString(), dec("12"), 13, 0};
    const Matrix later =
        Baseline(small::cube(), sheet).simulate(small::set({small::scenario("base"), own}, 12));
    QCOMPARE(later.outcomes[1].total, later.outcomes[0].total);
}

void TestEvents::commitmentAndTransfer()
{
    // Half moves away: 27 a month count, 35 / 2 go to the second vendor; fees count as well.
    Scenario scenario = small::scenario("committed");
    scenario.commitments = {{"acme", dec("648"), 1, 0}};
    scenario.transfer = Transfer{"", "rival", "big", 50, 1, 0, {}, {}, 0};
    Outcome outcome = run(scenario, 12);
    QCOMPARE(outcome.months[0].total(), dec("44.5"));
    QCOMPARE(outcome.months[11].total(), dec("44.5") + dec("324"));
    scenario.commitments.front().vendor = "rival";
    outcome = run(scenario, 12);
    QCOMPARE(outcome.months[11].total(), dec("44.5") + dec("438")); // 648 − 210
    scenario.transfer.reset();
    scenario.commitments = {{"acme", dec("648"), 1, 0}};
    scenario.flat_fees = {{"acme", dec("50"), 0, 1, 0}};
    outcome = run(scenario, 12);
    QCOMPARE(outcome.months[11].total(), dec("98")); // 648 − 600 more
}

void TestEvents::expenses()
{
    Scenario scenario = small::scenario("work");
    scenario.expenses = {{"validation", 2, dec("5"), 1.5, dec("10"), 2, 0, "", ""},
                         {"upkeep", 3, {}, 0.5, dec("10"), 0, 0, "", ""},
                         {"late", 9, dec("77"), 0, {}, 1, 0, "", ""}};
    const Outcome outcome = run(scenario);
    QCOMPARE(small::totals(outcome), std::string("54 74 74 59"));
    QCOMPARE(outcome.months[1].engineering, dec("20"));
    QCOMPARE(outcome.decides, std::string("work and fees beside usage add 21 % to the term"));
}

void TestEvents::reEmbedding()
{
    Scenario scenario = small::scenario("re-embed");
    scenario.expenses = {{"re-embedding", 2, dec("1"), 0, {}, 1, 2'000'000'000, "rival", "embed"}};
    QCOMPARE(small::totals(run(scenario, 3)), std::string("54 255 54")); // 2,000 M at 0.1 a million, and 1
    scenario.expenses.front().model = "none";
    QCOMPARE(small::totals(run(scenario, 3)), std::string("54 55 54"));
    QVERIFY(small::has_note(m_matrix, "re-embedding by rival/none has no price and is left out"));
}

void TestEvents::seasons()
{
    ScenarioSet set = small::set({small::scenario("base")}, 14);
    set.plan.growth_percent = 10;
    set.plan.seasonality.assign(12, 100);
    set.plan.seasonality[1] = 50;
    const Outcome outcome = Baseline(small::cube(), small::sheet()).simulate(set).outcomes[0];
    QCOMPARE(outcome.months[0].total(), dec("54"));
    QCOMPARE(outcome.months[1].total(), dec("29.7"));
    QCOMPARE(outcome.months[2].total(), dec("65.34"));
    set.plan.growth_percent = 0;
    QCOMPARE(Baseline(small::cube(), small::sheet()).simulate(set).outcomes[0].months[13].total(), dec("27"));
}

void TestEvents::presentValue()
{
    ScenarioSet set = small::set({small::scenario("base")}, 13);
    QCOMPARE(Baseline(small::cube(), small::sheet()).simulate(set).outcomes[0].present_value, dec("702"));
    set.plan.discount_percent = 8;
    const Outcome outcome = Baseline(small::cube(), small::sheet()).simulate(set).outcomes[0];
    double expected = 0;
    for (int m = 0; m < 13; ++m)
        expected += 54 * std::pow(1.08, -m / 12.0);
    QVERIFY(std::abs(outcome.present_value.to_double() - expected) < 1e-5);
    QCOMPARE(outcome.total, dec("702"));
}

void TestEvents::rules_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("second"); // at rival/big, in an average month
    QTest::newRow("no limit") << QStringLiteral("{}") << QStringLiteral("10");
    QTest::newRow("model") << QStringLiteral(R"({"models": ["acme/tiny"]})") << QStringLiteral("1");
    QTest::newRow("model alone") << QStringLiteral(R"({"models": ["tiny", "none"]})") << QStringLiteral("1");
    QTest::newRow("tag") << QStringLiteral(R"({"tags": ["support"]})") << QStringLiteral("3");
    QTest::newRow("tags") << QStringLiteral(R"({"tags": ["support", "search"]})") << QStringLiteral("9");
    QTest::newRow("no such tag") << QStringLiteral(R"({"tags": ["none"]})") << QStringLiteral("0");
    QTest::newRow("long") << QStringLiteral(R"({"min_prompt_tokens": 200000})") << QStringLiteral("4");
    QTest::newRow("longer than all") << QStringLiteral(R"({"min_prompt_tokens": 200001})")
                                     << QStringLiteral("0");
    QTest::newRow("short") << QStringLiteral(R"({"max_prompt_tokens": 200000})") << QStringLiteral("6");
    QTest::newRow("shorter than told apart")
        << QStringLiteral(R"({"max_prompt_tokens": 199999})") << QStringLiteral("0");
    QTest::newRow("short and tagged")
        << QStringLiteral(R"({"max_prompt_tokens": 200000, "tags": ["search"]})") << QStringLiteral("2");
}

void TestEvents::rules()
{
    QFETCH(QString, rule);
    QFETCH(QString, second);
    // One month; input in millions by model, tag and context tier: large 3 support, 2 search, 4 search long;
    // tiny 1 without a tag.
    usage::Cube cube;
    cube.thresholds = {200'000};
    small::add(cube, "2026-09-01", "acme", "large", {3'000'000, 0, 0});
    cube.cells.back().key.tag = "support";
    small::add(cube, "2026-09-02", "acme", "large", {2'000'000, 0, 0});
    cube.cells.back().key.tag = "search";
    small::add(cube, "2026-09-03", "acme", "large", {4'000'000, 0, 0});
    cube.cells.back().key.tag = "search";
    cube.cells.back().key.bucket = 200'000;
    small::add(cube, "2026-09-30", "acme", "tiny", {1'000'000, 0, 0});
    const auto set = parse_scenarios(
        "f", QStringLiteral(R"({"id": "x", "title": "X", "plan": {"start": "2027-01", "months": 1},
            "scenarios": [{"id": "base", "title": "Base"}, {"id": "t", "title": "T", "transfer": {
            "to_vendor": "rival", "to_model": "big", "share_percent": 100, "rule": %1}}]})")
                 .arg(rule)
                 .toStdString());
    QVERIFY2(set.has_value(), set ? "" : set.error().message.c_str());
    const Matrix matrix = Baseline(cube, small::sheet()).simulate(*set);
    QCOMPARE(matrix.outcomes[1].months[0].second, dec(second.toStdString()));
    QCOMPARE(matrix.outcomes[0].total, dec("18.5")); // told apart by tag or not
}

QTEST_GUILESS_MAIN(TestEvents)
#include "tst_events.moc"
