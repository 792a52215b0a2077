#include "core/fallback/statistics.h"

#include <QtTest>
#include <cmath>

using namespace leeway::fallback;

class TestStatistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    void wilson_interval_data()
    {
        QTest::addColumn<int>("passed");
        QTest::addColumn<int>("of");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("81 of 263") << 81 << 263 << 0.2553 << 0.3662;
        QTest::newRow("15 of 148") << 15 << 148 << 0.0624 << 0.1605;
        QTest::newRow("0 of 20") << 0 << 20 << 0.0 << 0.1611;
        QTest::newRow("1 of 29") << 1 << 29 << 0.0061 << 0.1718;
        QTest::newRow("all of 20") << 20 << 20 << 0.8389 << 1.0;
        QTest::newRow("of nothing") << 0 << 0 << 0.0 << 1.0;
    }
    void wilson_interval()
    {
        QFETCH(int, passed);
        QFETCH(int, of);
        QFETCH(double, low);
        QFETCH(double, high);
        const Share share = wilson(passed, of);
        QVERIFY2(std::abs(share.low - low) < 0.00006, qPrintable(QString::number(share.low)));
        QVERIFY2(std::abs(share.high - high) < 0.00006, qPrintable(QString::number(share.high)));
    }

    // Worked from the binomial of n tosses: 1 of 6 is 2 × (1 + 6) / 64, 2 of 12 is 2 × (1 + 12 + 66) / 4096.
    void mcnemar_test_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("second");
        QTest::addColumn<double>("p");
        QTest::newRow("1 to 5") << 1 << 5 << 0.21875;
        QTest::newRow("10 to 2") << 10 << 2 << 2.0 * 79 / 4096;
        QTest::newRow("0 to 6") << 0 << 6 << 0.03125;
        QTest::newRow("even") << 4 << 4 << 1.0;
        QTest::newRow("no difference at all") << 0 << 0 << 1.0;
    }
    void mcnemar_test()
    {
        QFETCH(int, first);
        QFETCH(int, second);
        QFETCH(double, p);
        QVERIFY2(std::abs(mcnemar(first, second) - p) < 1e-12,
                 qPrintable(QString::number(mcnemar(first, second))));
    }
    void mcnemar_of_many_pairs_does_not_vanish()
    {
        QVERIFY(mcnemar(1000, 1000) > 0.98);
        QVERIFY(mcnemar(900, 1100) < 1e-4);
        QVERIFY(mcnemar(900, 1100) > 1e-6);
    }

    void pairs_are_counted_and_compared()
    {
        std::vector<Pair> pairs(100, {true, true});
        std::fill_n(pairs.begin(), 20, Pair{true, false});
        std::fill_n(pairs.begin() + 20, 5, Pair{false, true});
        std::fill_n(pairs.begin() + 25, 10, Pair{false, false});
        const Paired result = compare(pairs, 7);
        QCOMPARE(result.both, 65);
        QCOMPARE(result.only_first, 20);
        QCOMPARE(result.only_second, 5);
        QCOMPARE(result.neither, 10);
        QCOMPARE(result.difference, 0.15);
        // Standard error √((25 − 15²/100) / 100²) = 0.0477: the interval is near 0.15 ± 0.0935.
        QVERIFY2(std::abs(result.low - 0.0565) < 0.02, qPrintable(QString::number(result.low)));
        QVERIFY2(std::abs(result.high - 0.2435) < 0.02, qPrintable(QString::number(result.high)));
        QCOMPARE(compare(pairs, 7), result);
        QCOMPARE(compare({}, 7), Paired{});
    }

    void percentiles()
    {
        QCOMPARE(percentile({4, 1, 3, 2}, 50), 2.5);
        QCOMPARE(percentile({4, 1, 3, 2}, 100), 4.0);
        QCOMPARE(percentile({4, 1, 3, 2}, 0), 1.0);
        QCOMPARE(percentile({5}, 95), 5.0);
        QCOMPARE(percentile({}, 95), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
