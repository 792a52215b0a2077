#include "core/scoring/spread.h"

#include <QtTest/QtTest>
#include <algorithm>
#include <limits>
#include <pcg_random.hpp>

using namespace leeway;
using clauses::Polarity;
using clauses::Verdict;
using scoring::Uncertain;

class TestSpread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneCheck_data();
    void oneCheck();
    void certain();
    void againstEveryCombination();
    void badConfidence();
    void manyChecks();
};

void TestSpread::oneCheck_data()
{
    QTest::addColumn<bool>("hazard");
    QTest::addColumn<int>("verdict");
    QTest::addColumn<double>("confidence");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    // Met at 0.6: partial 4/7, missing 2/7, adverse 1/7 of 0.4; P90 is within missing (0.6 + 0.23 + 0.11).
    QTest::newRow("met 0.6") << false << int(Verdict::Met) << 0.6 << 0.0 << 8.0;
    QTest::newRow("met 0.95") << false << int(Verdict::Met) << 0.95 << 0.0 << 0.0;
    QTest::newRow("met 0.8") << false << int(Verdict::Met) << 0.8 << 0.0 << 4.0;
    QTest::newRow("partial 0.6") << false << int(Verdict::Partial) << 0.6 << 0.0 << 8.0;
    QTest::newRow("adverse 0.6") << false << int(Verdict::Adverse) << 0.6 << 4.0 << 10.0;
    // A hazard cannot be missing: met 1/3 and partial 2/3 of what is left.
    QTest::newRow("hazard adverse 0.6") << true << int(Verdict::Adverse) << 0.6 << 0.0 << 10.0;
    QTest::newRow("hazard adverse 0.8") << true << int(Verdict::Adverse) << 0.8 << 4.0 << 10.0;
    QTest::newRow("a guess") << false << int(Verdict::Missing) << 0.0 << 0.0 << 10.0;
}

void TestSpread::oneCheck()
{
    QFETCH(bool, hazard);
    QFETCH(int, verdict);
    QFETCH(double, confidence);
    QFETCH(double, low);
    QFETCH(double, high);
    const auto spread = scoring::spread_of(
        {{10, hazard ? Polarity::Hazard : Polarity::Protective, static_cast<Verdict>(verdict), confidence}});
    QCOMPARE(spread.low, low);
    QCOMPARE(spread.high, high);
}

void TestSpread::certain()
{
    const auto spread = scoring::spread_of(
        {{60, Polarity::Protective, Verdict::Partial, 1}, {40, Polarity::Hazard, Verdict::Adverse, 1}});
    QCOMPARE(spread.low, 64.0);
    QCOMPARE(spread.high, 64.0);
    QCOMPARE(scoring::spread_of({}).high, 0.0);
}

// Six checks have 4^6 combinations: few enough to list with their probabilities.
void TestSpread::againstEveryCombination()
{
    pcg32 random(7);
    for (int round = 0; round < 20; ++round) {
        std::vector<Uncertain> checks;
        double left = 100;
        for (int i = 0; i < 6; ++i) {
            const double points = i == 5 ? left : left * random(80) / 100;
            left -= points;
            checks.push_back(
                {points, Polarity::Protective, static_cast<Verdict>(random(4)), 0.25 + random(75) / 100.0});
        }
        std::vector<std::pair<double, double>> outcomes{{0, 1}};
        for (const Uncertain& check : checks) {
            double others = 0;
            for (int v = 0; v < 4; ++v)
                others += v == int(check.verdict) ? 0 : 8 >> std::abs(v - int(check.verdict));
            std::vector<std::pair<double, double>> next;
            for (const auto& [points, probability] : outcomes) {
                for (int v = 0; v < 4; ++v) {
                    const int steps = std::abs(v - int(check.verdict));
                    const double chance =
                        steps == 0 ? check.confidence : (1 - check.confidence) * (8 >> steps) / others;
                    next.emplace_back(points + check.points *
                                                   scoring::severity_tenths(static_cast<Verdict>(v)) / 10,
                                      probability * chance);
                }
            }
            outcomes.swap(next);
        }
        std::sort(outcomes.begin(), outcomes.end());
        // The grid may stand a few hundredths beside the step at which the exact sum passes 10 % or 90 %, so
        // it must lie between the exact percentiles of slightly different probabilities.
        const auto percentile = [&](double wanted) {
            double below = 0;
            for (const auto& [points, probability] : outcomes) {
                below += probability;
                if (below >= wanted)
                    return points;
            }
            return outcomes.back().first;
        };
        const auto spread = scoring::spread_of(checks);
        QVERIFY(spread.low >= percentile(0.095) - 0.07 && spread.low <= percentile(0.105) + 0.07);
        QVERIFY(spread.high >= percentile(0.895) - 0.07 && spread.high <= percentile(0.905) + 0.07);
    }
}

void TestSpread::badConfidence()
{
    const auto guess = scoring::spread_of({{50, Polarity::Protective, Verdict::Met, 0}});
    for (const double confidence : {-1.0, std::numeric_limits<double>::quiet_NaN(), 0.25}) {
        const auto spread = scoring::spread_of({{50, Polarity::Protective, Verdict::Met, confidence}});
        QCOMPARE(spread.low, guess.low);
        QCOMPARE(spread.high, guess.high);
    }
    const auto sure = scoring::spread_of({{50, Polarity::Protective, Verdict::Adverse, 7}});
    QCOMPARE(sure.low, 50.0);
}

void TestSpread::manyChecks()
{
    const std::vector<Uncertain> checks(300, {100.0 / 300, Polarity::Protective, Verdict::Partial, 0.7});
    const auto spread = scoring::spread_of(checks);
    // Mean of one: 0.7 × 4 + 0.12 × (0 + 8) + 0.06 × 10 = 4.36 tenths; the sum is close to normal.
    QVERIFY(spread.low > 41 && spread.low < 43.6);
    QVERIFY(spread.high > 43.6 && spread.high < 46);
}

QTEST_GUILESS_MAIN(TestSpread)
#include "tst_spread.moc"
