#include "core/simulation/montecarlo/axes.h"
#include "core/simulation/montecarlo/distributions.h"
#include "core/simulation/montecarlo/statistics.h"

#include <QtTest/QtTest>
#include <algorithm>
#include <cmath>
#include <pcg_random.hpp>

using namespace leeway::simulation;

class TestDistributions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void normal_data();
    void normal();
    void pert_data();
    void pert();
    void poisson();
    void jumpSizes();
    void correlations();
    void contradictions();
    void fan_data();
    void fan();
    void tails();
    void ranks();
};

void TestDistributions::normal_data()
{
    QTest::addColumn<double>("u");
    QTest::addColumn<double>("x");
    QTest::newRow("median") << 0.5 << 0.0;
    QTest::newRow("one deviation") << 0.841344746068542948585 << 1.0;
    QTest::newRow("2.5 %") << 0.025 << -1.959963984540054235524;
    QTest::newRow("far") << 1e-10 << -6.361340902404056;
    QTest::newRow("very far") << 1e-20 << -9.262340089798408;
}

void TestDistributions::normal()
{
    QFETCH(double, u);
    QFETCH(double, x);
    QVERIFY(std::abs(normal_quantile(u) - x) < 1e-12);
    QVERIFY(std::abs(normal_cdf(x) - u) < 1e-12 * u + 1e-15);
    for (double at = 0.001; at < 1; at += 0.001)
        QVERIFY(std::abs(normal_cdf(normal_quantile(at)) - at) < 1e-14);
}

void TestDistributions::pert_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("likely");
    QTest::addColumn<double>("high");
    QTest::newRow("in the middle") << 1.0 << 2.0 << 3.0;
    QTest::newRow("effort") << 0.8 << 1.0 << 2.5;
    QTest::newRow("on the edge") << 0.0 << 0.0 << 20.0;
    QTest::newRow("on the other edge") << 0.0 << 5.0 << 5.0;
}

void TestDistributions::pert()
{
    QFETCH(double, low);
    QFETCH(double, likely);
    QFETCH(double, high);
    const Pert pert({low, likely, high});
    QVERIFY(std::abs(pert.quantile(0) - low) < 1e-9);
    QVERIFY(std::abs(pert.quantile(1) - high) < 1e-9);
    double sum = 0;
    double squares = 0;
    constexpr int steps = 100'000;
    double before = low;
    for (int i = 0; i < steps; ++i) {
        const double x = pert.quantile((i + 0.5) / steps);
        QVERIFY(x >= before);
        before = x;
        sum += x / steps;
        squares += x * x / steps;
    }
    const double mean = (low + 4 * likely + high) / 6;
    const double variance = (mean - low) * (high - mean) / 7;
    const double width = high - low;
    QVERIFY(std::abs(sum - mean) < 1e-4 * width);
    QVERIFY(std::abs(squares - sum * sum - variance) < 2e-4 * width * width);
    QCOMPARE(Pert({likely, likely, likely}).quantile(0.3), likely);
}

void TestDistributions::poisson()
{
    const Poisson poisson(1.5);
    // 0.2231, 0.5578, 0.8088, 0.9344 cumulated.
    QCOMPARE(poisson.quantile(0.2), 0);
    QCOMPARE(poisson.quantile(0.23), 1);
    QCOMPARE(poisson.quantile(0.6), 2);
    QCOMPARE(poisson.quantile(0.9), 3);
    QVERIFY(poisson.quantile(1) < 100);
    QCOMPARE(Poisson(0).quantile(0.999999), 0);
    double sum = 0;
    for (int i = 0; i < 100'000; ++i)
        sum += poisson.quantile((i + 0.5) / 100'000);
    QVERIFY(std::abs(sum / 100'000 - 1.5) < 1e-3);
}

void TestDistributions::jumpSizes()
{
    Uncertainty uncertainty;
    QCOMPARE(JumpSizes(uncertainty).quantile(0.5), 1.0);
    uncertainty.events = {{300, "", ""}, {-50, "", ""}, {100, "", ""}};
    const JumpSizes chosen(uncertainty);
    QCOMPARE(chosen.quantile(0.1), 0.5);
    QCOMPARE(chosen.quantile(0.5), 2.0);
    QCOMPARE(chosen.quantile(0.9999), 4.0);
    uncertainty.fitted_sizes = true; // logarithms −0.693, 0.693, 1.386: mean 0.462, deviation 0.864
    const JumpSizes fitted(uncertainty);
    QVERIFY(std::abs(fitted.quantile(0.5) - std::exp(0.46209812)) < 1e-7);
    QVERIFY(std::abs(fitted.quantile(0.8413447460685429) - std::exp(0.46209812 + 0.86450642)) < 1e-6);
}

void TestDistributions::correlations()
{
    const std::vector<Axis> axes = axes_of({"acme", "rival"});
    QCOMPARE(axes.size(), std::size_t{8});
    const auto rows =
        correlated(axes, {{Driver::Prices, Driver::Prices, 0.3}, {Driver::Growth, Driver::Prices, -0.4}});
    QVERIFY(rows.has_value());
    const auto product = [&](std::size_t a, std::size_t b) {
        double sum = 0;
        for (std::size_t k = 0; k <= std::min(a, b); ++k)
            sum += (*rows)[a][k] * (*rows)[b][k];
        return sum;
    };
    QVERIFY(std::abs(product(0, 0) - 1) < 1e-12);
    QVERIFY(std::abs(product(0, 1) - 0.3) < 1e-12);
    QVERIFY(std::abs(product(2, 0) + 0.4) < 1e-12);
    QVERIFY(std::abs(product(2, 1) + 0.4) < 1e-12);
    QVERIFY(std::abs(product(3, 2)) < 1e-12);
}

void TestDistributions::contradictions()
{
    const auto rows = correlated(axes_of({"acme"}), {{Driver::Prices, Driver::Growth, 0.9},
                                                     {Driver::Prices, Driver::Cpi, 0.9},
                                                     {Driver::Growth, Driver::Cpi, -0.9}});
    QVERIFY(!rows.has_value());
    QVERIFY(rows.error().message.find("contradict") != std::string::npos);
}

void TestDistributions::fan_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("kind");
    for (const int count : {1, 2, 3, 7, 100, 101, 5000}) {
        for (int kind = 0; kind < 5; ++kind)
            QTest::addRow("%d values of kind %d", count, kind) << count << kind;
    }
}

// Against sorting all values.
void TestDistributions::fan()
{
    QFETCH(int, count);
    QFETCH(int, kind);
    pcg32 random(static_cast<std::uint64_t>(count * 10 + kind));
    std::vector<float> values;
    for (int i = 0; i < count; ++i) {
        const auto u = static_cast<float>(random(1'000'000)) / 1'000'000.0F;
        values.push_back(kind == 0   ? u
                         : kind == 1 ? std::exp(20 * u)
                         : kind == 2 ? std::floor(4 * u)
                         : kind == 3 ? 7.5F
                                     : (i == 0 ? 1e30F : u * 1e-3F));
    }
    std::vector<double> wide(values.begin(), values.end());
    const Fan expected = fan_of(wide);
    Percentiles percentiles;
    QCOMPARE(percentiles.fan_of(std::vector<float>{3, 1, 2})[3], 2.0); // what it leaves is not used again
    QCOMPARE(percentiles.fan_of(values), expected);
    std::ranges::sort(wide);
    for (std::size_t i = 0; i < fan_percents.size(); ++i) {
        const double at = fan_percents.at(i) / 100 * (count - 1);
        const auto below = static_cast<std::size_t>(at);
        const std::size_t above = std::min(below + 1, wide.size() - 1);
        const double part = at - static_cast<double>(below);
        QCOMPARE(expected.at(i), wide[below] + (wide[above] - wide[below]) * part);
        QCOMPARE(percentile_of({values.begin(), values.end()}, fan_percents.at(i)), expected.at(i));
    }
}

void TestDistributions::tails()
{
    std::vector<double> values;
    for (int i = 1; i <= 100; ++i)
        values.push_back((i * 37) % 101); // 1…100 in another order
    QCOMPARE(mean_of_greatest(values, 0.05), 98.0);
    QCOMPARE(mean_of_greatest({5}, 0.05), 5.0);
    QCOMPARE(mean_of_greatest({}, 0.05), 0.0);
    QCOMPARE(mean_of(values), 50.5);
    QVERIFY(std::abs(deviation_of(values) - 29.011491975882016) < 1e-12);
    QCOMPARE(deviation_of(std::vector<double>{4}), 0.0);
}

void TestDistributions::ranks()
{
    using Values = std::vector<double>;
    QCOMPARE(ranks_of(Values{30, 10, 20, 20}), (Values{3, 0, 1.5, 1.5}));
    const Values a = ranks_of(Values{1, 2, 3, 4, 5});
    QCOMPARE(rank_correlation(a, ranks_of(Values{10, 100, 1000, 1e4, 1e9})), 1.0);
    QCOMPARE(rank_correlation(a, ranks_of(Values{5, 4, 3, 2, 1})), -1.0);
    QCOMPARE(rank_correlation(a, ranks_of(Values{2, 2, 2, 2, 2})), 0.0);
    // Ranks 1 2.5 2.5 4 5 against 1 2 3 4 5: 9.5 / √(10 × 9.5).
    QVERIFY(std::abs(rank_correlation(a, ranks_of(Values{1, 7, 7, 8, 9})) - 0.974679434480896) < 1e-12);
}

QTEST_GUILESS_MAIN(TestDistributions)
#include "tst_distributions.moc"
