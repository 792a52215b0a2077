#include "core/simulation/montecarlo/forecast_json.h"
#include "small.h"

#include <cmath>

using namespace leeway;
using namespace leeway::simulation;
using small::dec;

namespace {

// Every event and move there is, over three vendors.
ScenarioSet everything()
{
    Scenario spike = small::scenario("spike", 40, 5);
    spike.price_changes.push_back({"acme", "", 30, 3, std::nullopt, "output"});
    spike.price_changes.push_back({"", "", 7, 2, std::nullopt, "", true, false});
    spike.caps = {{"acme", 12, std::nullopt, ""}, {"", 20, 3, ""}};
    Scenario next = small::scenario("next");
    next.successors = {{"acme", "large", "rival", "big", 0, 20, 7, false},
                       {"", "promo", "", "", 30, 0, 4, true}};
    next.cache_loss = CacheLoss{30, 6};
    next.caps = {{"", 10, 1, ""}};
    Scenario fee = small::scenario("fee", 25, 9);
    fee.flat_fees = {{"acme", dec("10"), 80, 1, 14}};
    fee.commitments = {{"acme", dec("900"), 3, 0}, {"", dec("2000"), 1, 20}};
    fee.expenses = {{"work", 2, dec("3"), 2, dec("8"), 3, 5'000'000, "rival", "big"}};
    Scenario transfer = spike;
    transfer.id = transfer.title = "transfer";
    transfer.transfer = Transfer{"acme", "rival", "big", 40, 4, 20, dec("2.5"), dec("31"), 2};
    transfer.price_changes.push_back({"rival", "", 15, 8});
    transfer.commitments = {{"rival", dec("300"), 5, 0}};
    Scenario both = fee;
    both.id = both.title = "both";
    both.transfer = Transfer{"", "rival", "dear", 30, 10, 0, dec("1"), dec("5"), 0};
    both.fallback = Fallback{"", "llama", 50, 12, dec("0.02"), 1, 40, 60, 1, dec("3"), dec("17")};
    both.cache_loss = CacheLoss{100, 1};
    ScenarioSet set = small::set({small::scenario("base"), spike, next, fee, transfer, both}, 26);
    set.plan.growth_percent = 2.5;
    set.plan.seasonality = {100, 90, 110, 120, 80, 70, 60, 50, 130, 140, 150, 100};
    set.uncertainty = Uncertainty();
    return set;
}

usage::Cube traffic()
{
    usage::Cube cube = small::cube();
    small::add(cube, "2026-09-03", "acme", "promo", {4'000'000, 0, 3'000'000});
    small::add(cube, "2026-10-02", "rival", "dear", {1'000'000, 500'000, 200'000});
    small::add(cube, "2026-10-02", "rival", "embed", {90'000'000, 0, 0});
    return cube;
}

Uncertainty uncertain()
{
    Uncertainty all;
    all.jumps_per_year = 0.7;
    all.events = {{50, "", ""}, {100, "", ""}, {-60, "", ""}};
    all.growth_spread = 1;
    all.cpi_spread = 1;
    all.exchange_volatility = 8;
    all.cache_loss = {0, 0, 20};
    all.migration = {0.8, 1, 2.5};
    all.machine_price = {0.7, 1, 1.7};
    all.correlations = {{Driver::Prices, Driver::Prices, 0.3}, {Driver::Growth, Driver::Cpi, 0.5}};
    return all;
}

bool close(base::Decimal a, base::Decimal b, double relative)
{
    return std::abs(a.to_double() - b.to_double()) <= relative * std::abs(b.to_double()) + 0.0051;
}

}

class TestForecast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void certainEqualsMatrix();
    void sameSeedSameBytes();
    void otherSeeds();
    void growthAlone();
    void exchangeAlone();
    void jumpsAlone();
    void jumpsUnderACap();
    void cpiMovesCaps();
    void migrationAlone();
    void cacheAlone();
    void chances();
    void tornado();
    void correlation();
    void convergence();
    void defaults();
    void refused();
    void cancelled();

private:
    Forecast run(const ScenarioSet& set, Sampling sampling = {2'000, 1, 2})
    {
        const auto result = forecast(Baseline(small::cube(), small::sheet()), set, sampling);
        if (!result)
            qFatal("%s", result.error().message.c_str());
        return *result;
    }
};

// What the paths add up to when nothing varies is the exact matrix, month by month.
void TestForecast::certainEqualsMatrix()
{
    const ScenarioSet set = everything();
    const Baseline baseline(traffic(), small::sheet());
    const Matrix matrix = baseline.simulate(set);
    const auto result = forecast(baseline, set, {300, 1, 2});
    QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
    for (std::size_t s = 0; s < set.scenarios.size(); ++s) {
        const Outcome& outcome = matrix.outcomes[s];
        const Prospect& prospect = result->prospects[s];
        QCOMPARE(prospect.scenario, outcome.scenario);
        for (std::size_t m = 0; m < matrix.months.size(); ++m) {
            for (const base::Decimal amount : prospect.months[m])
                QVERIFY2(close(amount, outcome.months[m].total(), 1e-6),
                         fmt::format("{} month {}: {} instead of {}", outcome.scenario, m + 1,
                                     amount.to_string(), outcome.months[m].total().to_string())
                             .c_str());
        }
        for (const base::Decimal amount : prospect.total)
            QVERIFY(close(amount, outcome.total, 1e-9));
        QVERIFY(close(prospect.mean, outcome.total, 1e-9));
        QVERIFY(close(prospect.worst, outcome.total, 1e-9));
        QVERIFY(prospect.swings.empty());
        QCOMPARE(prospect.chance.has_value(), !outcome.break_even_with.empty());
        if (!prospect.chance)
            continue;
        QCOMPARE(prospect.chance->against, outcome.break_even_with);
        QCOMPARE(prospect.chance->by_end == 1.0, outcome.break_even.has_value());
    }
}

void TestForecast::sameSeedSameBytes()
{
    ScenarioSet set = everything();
    set.uncertainty = uncertain();
    const Baseline baseline(traffic(), small::sheet());
    const std::string one = to_json(*forecast(baseline, set, {1'500, 7, 1})).dump();
    for (const int threads : {1, 2, 5})
        QCOMPARE(to_json(*forecast(baseline, set, {1'500, 7, threads})).dump(), one);
}

void TestForecast::otherSeeds()
{
    ScenarioSet set = small::set({small::scenario("base")}, 12);
    set.uncertainty = uncertain();
    const Forecast a = run(set, {1'000, 1, 2});
    const Forecast b = run(set, {1'000, 2, 2});
    QVERIFY(a.prospects[0].total != b.prospects[0].total);
    QVERIFY(close(a.prospects[0].total[3], b.prospects[0].total[3], 0.05));
}

// The percentiles of a month follow from those of the growth.
void TestForecast::growthAlone()
{
    ScenarioSet set = small::set({small::scenario("base")}, 24);
    set.plan.growth_percent = 2;
    set.uncertainty = Uncertainty();
    set.uncertainty->growth_spread = 1.5;
    const Forecast result = run(set, {20'000, 1, 2});
    const std::array scores{-1.6448536, -1.2815516, -0.6744898, 0.0, 0.6744898, 1.2815516, 1.6448536};
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double expected = 54 * std::pow(1.02 + 0.015 * scores.at(i), 23);
        QVERIFY(std::abs(result.prospects[0].months[23].at(i).to_double() / expected - 1) < 0.005);
    }
    QCOMPARE(result.prospects[0].months[0].front(), dec("54"));
}

void TestForecast::exchangeAlone()
{
    ScenarioSet set = small::set({small::scenario("base")}, 13);
    set.uncertainty = Uncertainty();
    set.uncertainty->exchange_volatility = 10;
    const Forecast result = run(set, {20'000, 1, 2});
    const std::vector<Spread>& months = result.prospects[0].months;
    QCOMPARE(months[0].front(), dec("54"));
    for (const std::size_t m : {std::size_t{3}, std::size_t{6}, std::size_t{12}}) {
        const double deviation = 0.1 * std::sqrt(static_cast<double>(m) / 12);
        QVERIFY(std::abs(months[m][6].to_double() / (54 * std::exp(1.6448536 * deviation)) - 1) < 0.01);
        QVERIFY(std::abs(months[m][0].to_double() / (54 * std::exp(-1.6448536 * deviation)) - 1) < 0.01);
    }
}

void TestForecast::jumpsAlone()
{
    ScenarioSet set = small::set({small::scenario("base")}, 24);
    set.uncertainty = Uncertainty();
    set.uncertainty->jumps_per_year = 0.5;
    set.uncertainty->events = {{100, "", ""}};
    const Forecast result = run(set, {20'000, 1, 2});
    // One jump is expected by the last month: e^(1·(2 − 1)) times as dear in the mean; none in 37 % of paths,
    // one in 37 %, two in 18 %, three in 6 %.
    const Spread& last = result.prospects[0].months[23];
    QCOMPARE(last[0], dec("54"));
    QCOMPARE(last[2], dec("54"));
    QCOMPARE(last[3], dec("108"));
    QCOMPARE(last[5], dec("216"));
    // In the mean of the term: the sum of 54·e^(t/24), t = 1…24.
    double expected = 0;
    for (int m = 1; m <= 24; ++m)
        expected += 54 * std::exp(m / 24.0);
    QVERIFY(std::abs(result.prospects[0].mean.to_double() / expected - 1) < 0.02);
}

void TestForecast::jumpsUnderACap()
{
    Scenario capped = small::scenario("capped");
    capped.caps = {{"", 5, std::nullopt, ""}};
    ScenarioSet set = small::set({small::scenario("base"), capped}, 36);
    set.uncertainty = Uncertainty();
    set.uncertainty->jumps_per_year = 4;
    set.uncertainty->events = {{100, "", ""}};
    const Forecast result = run(set);
    QVERIFY(result.prospects[0].months[35][6] > dec("500"));
    QCOMPARE(result.prospects[1].months[35][6], dec("62.51")); // 54 × 1.05³
}

void TestForecast::cpiMovesCaps()
{
    Scenario capped = small::scenario("capped", 500, 1);
    capped.caps = {{"", std::nullopt, 0, ""}};
    ScenarioSet set = small::set({capped}, 12);
    set.uncertainty = Uncertainty();
    set.uncertainty->cpi_spread = 1;
    const Forecast result = run(set, {20'000, 1, 2});
    const Spread& last = result.prospects[0].months[11];
    QVERIFY(std::abs(last[3].to_double() - 54 * 1.02) < 0.02);
    QVERIFY(std::abs(last[6].to_double() - 54 * 1.03645) < 0.03);
}

void TestForecast::migrationAlone()
{
    Scenario transfer = small::scenario("transfer");
    transfer.transfer = Transfer{"", "rival", "big", 100, 1, 0, {}, dec("1000"), 0};
    transfer.expenses = {{"validation", 1, dec("500"), 0, {}, 1, 0, "", ""}};
    ScenarioSet set = small::set({small::scenario("base"), transfer}, 2);
    set.uncertainty = Uncertainty();
    set.uncertainty->migration = {1, 2, 3};
    const Forecast result = run(set, {20'000, 1, 2});
    QVERIFY(std::abs(result.prospects[1].total[3].to_double() - (3000 + 70)) < 10);
    QVERIFY(std::abs(result.prospects[1].months[1][3].to_double() - 35) < 0.01);
    QVERIFY(result.prospects[0].swings.empty() || result.prospects[0].swings.front().high == dec("108"));
}

void TestForecast::cacheAlone()
{
    ScenarioSet set = small::set({small::scenario("base")}, 1);
    set.uncertainty = Uncertainty();
    set.uncertainty->cache_loss = {50, 50, 50.001};
    QVERIFY(std::abs(run(set).prospects[0].total[3].to_double() - 72) < 0.01); // half of 54 → 90
    set.scenarios[0].cache_loss = CacheLoss{80, 1};
    QVERIFY(std::abs(run(set).prospects[0].total[3].to_double() - 90) < 0.01); // no more than all
}

// It pays in the paths in which prices jump, and in no other.
void TestForecast::chances()
{
    Scenario transfer = small::scenario("transfer");
    transfer.transfer = Transfer{"acme", "rival", "big", 100, 1, 0, dec("20"), {}, 0}; // 55 instead of 54
    ScenarioSet set = small::set({small::scenario("base"), transfer}, 24);
    set.uncertainty = Uncertainty();
    set.uncertainty->jumps_per_year = 0.5;
    set.uncertainty->events = {{1000, "", ""}};
    ScenarioSet none = set;
    none.uncertainty->jumps_per_year = 0;
    QCOMPARE(run(none).prospects[1].chance->by_end, 0.0);
    const Forecast result = run(set, {20'000, 1, 2});
    const Chance& chance = *result.prospects[1].chance;
    QVERIFY(!result.prospects[0].chance.has_value());
    QCOMPARE(chance.by_month.size(), std::size_t{24});
    QCOMPARE(chance.by_end, chance.by_month.back());
    // Both vendors jump alike, each with a chance of 1 − e^−1 to have done so: that acme does so first, or
    // alone, is half of all but neither.
    QVERIFY(chance.by_end > 0.35 && chance.by_end < 0.6);
    QVERIFY(chance.by_month[3] < chance.by_end);
    QVERIFY(chance.saving[0] < base::Decimal());
    QVERIFY(chance.saving[6] > base::Decimal());
}

void TestForecast::tornado()
{
    Scenario transfer = small::scenario("transfer");
    transfer.transfer = Transfer{"", "rival", "big", 100, 1, 0, {}, dec("1000"), 0};
    ScenarioSet set = small::set({small::scenario("base"), transfer}, 24);
    set.uncertainty = uncertain();
    set.uncertainty->correlations.clear();
    const Forecast result = run(set, {5'000, 1, 2});
    const std::vector<Swing>& swings = result.prospects[0].swings;
    QCOMPARE(swings.front().axis, (Axis{Driver::Prices, "acme"}));
    QVERIFY(swings.front().rank_correlation > 0.7);
    QVERIFY(swings.front().high > swings.front().low);
    const auto of = [](const std::vector<Swing>& all, Driver driver) {
        return *std::ranges::find_if(all, [&](const Swing& swing) { return swing.axis.driver == driver; });
    };
    QVERIFY(std::abs(of(swings, Driver::Migration).rank_correlation) < 0.05);
    QVERIFY(of(swings, Driver::Growth).rank_correlation > 0.1);
    // What moves is driven by its new vendor's prices.
    QCOMPARE(result.prospects[1].swings.front().axis, (Axis{Driver::Prices, "rival"}));
    const std::vector<Swing>& of_saving = result.prospects[1].chance->swings;
    QVERIFY(of(of_saving, Driver::Migration).rank_correlation < -0.05);
    QVERIFY(of_saving.front().axis.driver == Driver::Prices);
}

void TestForecast::correlation()
{
    Scenario transfer = small::scenario("transfer");
    transfer.transfer = Transfer{"", "rival", "big", 50, 1, 0, {}, {}, 0};
    ScenarioSet set = small::set({small::scenario("base"), transfer}, 24);
    set.uncertainty = Uncertainty();
    set.uncertainty->jumps_per_year = 2;
    set.uncertainty->events = {{40, "", ""}};
    const base::Decimal apart = run(set, {5'000, 1, 2}).prospects[1].worst;
    set.uncertainty->correlations = {{Driver::Prices, Driver::Prices, 0.9}};
    const base::Decimal together = run(set, {5'000, 1, 2}).prospects[1].worst;
    QVERIFY(together > apart * dec("1.05")); // two vendors no longer even each other out
}

void TestForecast::convergence()
{
    ScenarioSet set = small::set({small::scenario("base")}, 24);
    set.uncertainty = uncertain();
    const Forecast result = run(set, {20'000, 1, 2});
    const std::vector<Checkpoint>& points = result.prospects[0].convergence;
    QCOMPARE(points.size(), std::size_t{10});
    QCOMPARE(points.back().paths, std::int64_t{20'000});
    QCOMPARE(points.back().median, result.prospects[0].total[3]);
    QVERIFY(points.back().standard_error > base::Decimal());
    QVERIFY(points.back().standard_error < points[1].standard_error);
    // Another seed lands within a few standard errors.
    const double other = run(set, {20'000, 99, 2}).prospects[0].total[3].to_double();
    QVERIFY(std::abs(other - points.back().median.to_double()) <
            6 * points.back().standard_error.to_double());
    QCOMPARE(run(set, {100, 1, 2}).prospects[0].convergence.size(), std::size_t{1});
}

// A set that says nothing of its uncertainty has that of the sample matrix.
void TestForecast::defaults()
{
    const ScenarioSet set = small::set({small::scenario("base")}, 36);
    const Forecast result = run(set);
    QVERIFY(result.uncertainty.jumps_per_year > 0);
    QVERIFY(!result.uncertainty.source.empty());
    for (const PriceEvent& event : result.uncertainty.events)
        QVERIFY(!event.source.empty());
    QVERIFY(result.prospects[0].total[6] > result.prospects[0].total[0]);
    QCOMPARE(result.currency, std::string("EUR"));
    const nlohmann::json value = to_json(result);
    QCOMPARE(value.at("prospects").at(0).at("months").size(), std::size_t{36});
    QVERIFY(value.at("prospects").at(0).at("chance").is_null());
}

void TestForecast::refused()
{
    const Baseline baseline(small::cube(), small::sheet());
    ScenarioSet set = small::set({small::scenario("base")}, 120);
    QCOMPARE(forecast(baseline, set, {99, 1, 1}).error().code, base::ErrorCode::Invalid);
    QCOMPARE(forecast(baseline, set, {1'000'001, 1, 1}).error().code, base::ErrorCode::Invalid);
    set.scenarios.resize(50, small::scenario("more"));
    const auto huge = forecast(baseline, set, {1'000'000, 1, 1});
    QCOMPARE(huge.error().code, base::ErrorCode::TooLarge);
    QVERIFY(huge.error().message.find("take 22369 or fewer") != std::string::npos);
    set = small::set({small::scenario("base")}, 2);
    set.uncertainty = Uncertainty();
    set.uncertainty->correlations = {{Driver::Prices, Driver::Growth, 0.9},
                                     {Driver::Prices, Driver::Cpi, 0.9},
                                     {Driver::Growth, Driver::Cpi, -0.9}};
    QCOMPARE(forecast(baseline, set, {100, 1, 1}).error().code, base::ErrorCode::Invalid);
    // No usage is no error: everything is zero.
    QCOMPARE(forecast(Baseline({}, small::sheet()), small::set({small::scenario("base")}, 2), {100, 1, 1})
                 ->prospects[0]
                 .worst,
             base::Decimal());
}

void TestForecast::cancelled()
{
    const Baseline baseline(small::cube(), small::sheet());
    const ScenarioSet set = small::set({small::scenario("base")}, 12);
    std::int64_t last = 0;
    const auto stopped = forecast(baseline, set, {10'000, 1, 2}, [&](std::int64_t done, std::int64_t total) {
        last = done;
        return done < total / 2;
    });
    QCOMPARE(stopped.error().code, base::ErrorCode::Cancelled);
    QVERIFY(last > 0);
}

QTEST_GUILESS_MAIN(TestForecast)
#include "tst_forecast.moc"
