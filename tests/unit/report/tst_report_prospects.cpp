#include "core/report/model.h"
#include "core/report/waterfallchart.h"
#include "core/report/writers.h"
#include "core/simulation/montecarlo/forecast.h"

#include <QtTest/QtTest>

using namespace leeway;

namespace {

pricing::Model model_at(const std::string& vendor, const char* price)
{
    pricing::Model model;
    model.vendor = vendor;
    model.model = vendor + "-large";
    pricing::DatedRates dated;
    pricing::Rate rate;
    rate.price = *base::Decimal::parse(price);
    dated.rates = {rate};
    model.prices = {dated};
    return model;
}

// Input at "one", which is twice as dear as "two".
project::Snapshot snapshot()
{
    project::Snapshot snapshot;
    snapshot.settings.currency = "EUR";
    snapshot.sheet.currency = "EUR";
    snapshot.sheet.models = {model_at("one", "0.000002"), model_at("two", "0.000001")};
    usage::Cell cell;
    cell.key.day = *base::parse_date("2026-06-15");
    cell.key.vendor = "one";
    cell.key.model = "one-large";
    cell.counts[pricing::Component::Request] = 1000;
    cell.counts[pricing::Component::Input] = 1'000'000'000;
    snapshot.cube.cells = {cell};
    snapshot.cube.requests = 1000;
    simulation::ScenarioSet& set = snapshot.scenarios;
    set.plan.start = base::Month::of(2027, 1);
    set.plan.months = 12;
    set.scenarios.resize(3);
    set.scenarios[0].id = "base";
    set.scenarios[0].title = "Base";
    set.scenarios[1].id = "spike";
    set.scenarios[1].title = "Spike";
    set.scenarios[1].price_changes = {{"one", "", 50, 1}};
    set.scenarios[2].id = "transfer";
    set.scenarios[2].title = "Transfer";
    set.scenarios[2].price_changes = {{"one", "", 50, 1}};
    simulation::Transfer transfer;
    transfer.to_vendor = "two";
    transfer.to_model = "two-large";
    transfer.share_percent = 50;
    transfer.from_month = 1;
    transfer.upkeep_per_month = base::Decimal::from_integer(100);
    set.scenarios[2].transfer = transfer;
    return snapshot;
}

const base::Date today = *base::parse_date("2026-11-30");

report::Model with(const project::Snapshot& values, std::uint64_t seed = 1)
{
    auto model = report::with_prospects(report::assemble(values, {}, today), values, seed);
    if (!model)
        qFatal("%s", model.error().message.c_str());
    return std::move(*model);
}

simulation::Outcome outcome(const char* title, int total, int against_base, bool leaves, int breaks_even = 0)
{
    simulation::Outcome outcome;
    outcome.scenario = title;
    outcome.title = title;
    simulation::MonthSpend month;
    (leaves ? month.second : month.vendors) = base::Decimal::from_integer(total);
    outcome.months = {month};
    outcome.total = base::Decimal::from_integer(total);
    outcome.against_base = base::Decimal::from_integer(against_base);
    if (breaks_even > 0)
        outcome.break_even = base::Month::of(2027, breaks_even);
    return outcome;
}

QString plain(const std::string& text)
{
    return QString::fromStdString(text).replace(QChar::Nbsp, u' ');
}

}

Q_DECLARE_METATYPE(simulation::Matrix)

class TestReportProspects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAreTheForecastOfTheCostsPage();
    void whereNothingVariesThePlanRemains();
    void stepsAddUpToTheScenario();
    void theSameSeedGivesTheSameBytes();
    void withoutCostsThereAreNone();
    void whatCannotBeDrawnIsSaid();
    void cancelledIsAnError();
    void theMostTellingScenario_data();
    void theMostTellingScenario();
    void chancesAreNeverCertain_data();
    void chancesAreNeverCertain();
    void whatVariesIsNamed();
};

void TestReportProspects::rowsAreTheForecastOfTheCostsPage()
{
    const auto values = snapshot();
    const report::Model model = with(values, 7);
    QVERIFY(model.prospects);
    QCOMPARE(model.prospects->paths, 100'000);
    QCOMPARE(model.prospects->seed, std::uint64_t{7});
    const auto forecast = simulation::forecast(simulation::Baseline(values.cube, values.sheet),
                                               values.scenarios, {100'000, 7, 1});
    QVERIFY(forecast);
    QCOMPARE(model.prospects->rows.size(), std::size_t{3});
    for (std::size_t i = 0; i < 3; ++i) {
        const report::Prospect& row = model.prospects->rows[i];
        const simulation::Prospect& drawn = forecast->prospects[i];
        QCOMPARE(row.scenario, model.matrix->outcomes[i].scenario);
        QVERIFY(row.p10 == drawn.total[1] && row.p50 == drawn.total[3] && row.p90 == drawn.total[5]);
        QVERIFY(row.p10 < row.p50 && row.p50 < row.p90);
        QCOMPARE(row.leaving.has_value(), i == 2);
    }
    const report::Prospect::Leaving& leaving = *model.prospects->rows[2].leaving;
    QCOMPARE(leaving.against, std::string("Spike"));
    QCOMPARE(leaving.chance, forecast->prospects[2].chance->by_end);
    QVERIFY(leaving.p10 == forecast->prospects[2].chance->saving[1]);
    QVERIFY(leaving.p90 == forecast->prospects[2].chance->saving[5]);
    QVERIFY(leaving.p10 < leaving.p90);
}

void TestReportProspects::whereNothingVariesThePlanRemains()
{
    auto values = snapshot();
    values.scenarios.uncertainty = simulation::Uncertainty{};
    const report::Model model = with(values);
    for (std::size_t i = 0; i < 3; ++i) {
        const report::Prospect& row = model.prospects->rows[i];
        QCOMPARE(row.p10.to_string(), row.p90.to_string());
        QCOMPARE(row.p50.rounded(2).to_string(), model.matrix->outcomes[i].total.rounded(2).to_string());
    }
    const base::Decimal saving = model.matrix->outcomes[1].total - model.matrix->outcomes[2].total;
    const report::Prospect::Leaving& leaving = *model.prospects->rows[2].leaving;
    QCOMPARE(leaving.chance, 1.0);
    QCOMPARE(leaving.p10.rounded(2).to_string(), saving.rounded(2).to_string());
    QVERIFY(leaving.p90 == leaving.p10 && saving > base::Decimal{});
    QCOMPARE(model.prospects->varies, std::string("Nothing varies: every path is the plan."));
}

void TestReportProspects::stepsAddUpToTheScenario()
{
    const report::Model model = with(snapshot());
    const simulation::Waterfall& fall = model.prospects->steps;
    QCOMPARE(fall.scenario, std::string("transfer"));
    QCOMPARE(model.prospects->steps_from, std::string("Base"));
    QCOMPARE(model.prospects->steps_to, std::string("Transfer"));
    QCOMPARE(fall.from.to_string(), model.matrix->outcomes[0].total.to_string());
    QCOMPARE(fall.to.to_string(), model.matrix->outcomes[2].total.to_string());
    base::Decimal sum = fall.from;
    for (const simulation::WaterfallStep& step : fall.steps)
        sum += step.amount;
    QCOMPARE(sum.to_string(), fall.to.to_string());
    // Half of the traffic half as dear again, the other half at half the price, and € 100 a month of upkeep.
    QCOMPARE(plain(report::waterfall_title(*model.prospects, "EUR")),
             QStringLiteral("Why Transfer costs € 1.2 k more than Base over the term"));
}

void TestReportProspects::theSameSeedGivesTheSameBytes()
{
    const auto values = snapshot();
    const std::string first = report::to_json(with(values));
    QVERIFY(first == report::to_json(with(values)));
    QVERIFY(first != report::to_json(with(values, 2)));
}

void TestReportProspects::withoutCostsThereAreNone()
{
    QVERIFY(!with(project::Snapshot{}).prospects);
    auto none = snapshot();
    none.scenarios.scenarios.clear();
    QVERIFY(!with(none).prospects);
}

void TestReportProspects::whatCannotBeDrawnIsSaid()
{
    auto values = snapshot();
    simulation::Uncertainty uncertainty;
    uncertainty.jumps_per_year = 1;
    uncertainty.events = {{20, "a rise", "a test"}};
    uncertainty.growth_spread = 1;
    uncertainty.cpi_spread = 1;
    using simulation::Driver;
    // Two that go together cannot go against one another by way of a third.
    uncertainty.correlations = {{Driver::Growth, Driver::Cpi, 0.95},
                                {Driver::Prices, Driver::Cpi, 0.95},
                                {Driver::Prices, Driver::Growth, -0.95}};
    values.scenarios.uncertainty = uncertainty;
    const report::Model model = with(values);
    QVERIFY(!model.prospects);
    QVERIFY(model.matrix);
    QVERIFY(
        plain(model.matrix->notes.back()).startsWith(QStringLiteral("How sure the totals are is not known")));
}

void TestReportProspects::cancelledIsAnError()
{
    const auto values = snapshot();
    const auto model = report::with_prospects(report::assemble(values, {}, today), values, 1,
                                              [](std::int64_t, std::int64_t) { return false; });
    QVERIFY(!model);
    QVERIFY(model.error().code == base::ErrorCode::Cancelled);
}

void TestReportProspects::theMostTellingScenario_data()
{
    QTest::addColumn<simulation::Matrix>("matrix");
    QTest::addColumn<int>("telling");
    const auto row = [](const char* name, std::vector<simulation::Outcome> outcomes, int telling) {
        simulation::Matrix matrix;
        matrix.outcomes = std::move(outcomes);
        QTest::newRow(name) << matrix << telling;
    };
    row("base alone", {outcome("base", 10, 0, false)}, 0);
    row("a rise",
        {outcome("base", 10, 0, false), outcome("spike", 15, 5, false), outcome("cut", 5, -5, false)}, 1);
    row("a way out that never pays",
        {outcome("base", 10, 0, false), outcome("spike", 15, 5, false), outcome("move", 20, 10, true)}, 2);
    row("the first that pays",
        {outcome("base", 10, 0, false), outcome("late", 7, -3, true, 9), outcome("soon", 9, -1, true, 3)}, 2);
    row("the cheaper of two that never pay",
        {outcome("base", 10, 0, false), outcome("dear", 30, 20, true), outcome("less", 20, 10, true)}, 2);
}

void TestReportProspects::theMostTellingScenario()
{
    QFETCH(simulation::Matrix, matrix);
    QFETCH(int, telling);
    QCOMPARE(int(report::most_telling(matrix)), telling);
}

void TestReportProspects::chancesAreNeverCertain_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<QString>("shown");
    QTest::newRow("none") << 0.0 << QStringLiteral("0 %");
    QTest::newRow("hardly") << 0.00001 << QStringLiteral("under 1 %");
    QTest::newRow("rounded") << 0.634 << QStringLiteral("63 %");
    QTest::newRow("nearly") << 0.99999 << QStringLiteral("over 99 %");
    QTest::newRow("all") << 1.0 << QStringLiteral("100 %");
}

void TestReportProspects::chancesAreNeverCertain()
{
    QFETCH(double, share);
    QFETCH(QString, shown);
    QCOMPARE(plain(report::chance(share)), shown);
}

void TestReportProspects::whatVariesIsNamed()
{
    const QString sample = QString::fromStdString(with(snapshot()).prospects->varies);
    QVERIFY2(sample.startsWith(QStringLiteral("What varies: ")), qPrintable(sample));
    QVERIFY2(sample.contains(QStringLiteral("growth ±")), qPrintable(sample));
    QVERIFY2(sample.contains(QStringLiteral("times a year")), qPrintable(sample));
    QCOMPARE(report::what_varies({}), std::string("Nothing varies: every path is the plan."));
}

QTEST_GUILESS_MAIN(TestReportProspects)
#include "tst_report_prospects.moc"
