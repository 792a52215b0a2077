#include "core/fallback/policy/circuit.h"
#include "core/fallback/policy/histogram.h"
#include "core/fallback/policy/pace.h"

#include <QtTest>
#include <cmath>

using namespace leeway::fallback;

namespace {

QString words(Circuit& circuit)
{
    QStringList all;
    while (const auto change = circuit.take_change()) {
        const char* names[] = {"closed", "open", "half-open"};
        QString text = QString::number(change->at) + QLatin1Char(' ') +
                       QLatin1String(names[static_cast<int>(change->to)]);
        if (change->to == Circuit::State::Open)
            text += QLatin1String(" by ") +
                    QString::fromStdString(std::to_string(static_cast<int>(change->trigger)));
        all << text;
    }
    return all.join(QLatin1String(", "));
}

// Sends attempts one after the other: letters tell how they end (s served, S slow, f failed, r rate limited),
// 100 ms apart.
void play(Circuit& circuit, const QByteArray& endings, std::int64_t& now)
{
    for (const char ending : endings) {
        now += 100;
        if (!circuit.admits(now))
            continue;
        const std::uint32_t epoch = circuit.begin();
        circuit.end(now, epoch,
                    ending == 'f'   ? Ending::Failed
                    : ending == 'r' ? Ending::RateLimited
                                    : Ending::Served,
                    ending == 'S' ? 9000 : 1000);
    }
}

}

class TestCircuit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opens_data()
    {
        QTest::addColumn<QByteArray>("endings");
        QTest::addColumn<QString>("changes");
        // failures over 3, 50 % of at least 5, more than 1 rate limit, 80th percentile of at least 5 over 5 s
        QTest::newRow("three failures are allowed") << QByteArray("sssssfff") << QString();
        QTest::newRow("the fourth opens") << QByteArray("sssssffff") << QStringLiteral("900 open by 0");
        QTest::newRow("half of five") << QByteArray("ssfff") << QStringLiteral("500 open by 1");
        QTest::newRow("under half of five") << QByteArray("sssff") << QString();
        QTest::newRow("four are too few for a share") << QByteArray("sfff") << QString();
        QTest::newRow("second 429") << QByteArray("ssssrsr") << QStringLiteral("700 open by 2");
        QTest::newRow("one of five is slow") << QByteArray("ssssS") << QString();
        QTest::newRow("two of five are slow") << QByteArray("sssSS") << QStringLiteral("500 open by 3");
        QTest::newRow("while open nothing counts")
            << QByteArray("ssfffffff") << QStringLiteral("500 open by 1");
    }
    void opens()
    {
        QFETCH(QByteArray, endings);
        QFETCH(QString, changes);
        Breaker rules;
        rules.failures_over = 3;
        rules.failure_percent = 50;
        rules.failure_requests = 5;
        rules.rate_limits_over = 1;
        rules.latency_over_ms = 5000;
        rules.latency_percentile = 80;
        rules.latency_requests = 5;
        rules.cool_down_s = 60;
        Circuit circuit(rules);
        std::int64_t now = 0;
        play(circuit, endings, now);
        QCOMPARE(words(circuit), changes);
    }

    void failures_leave_the_window()
    {
        Breaker rules;
        rules.failures_over = 1;
        rules.window_s = 1;
        Circuit circuit(rules);
        circuit.end(0, circuit.begin(), Ending::Failed, 10);
        circuit.end(1000, circuit.begin(), Ending::Failed, 10); // the first is just out
        QCOMPARE(words(circuit), QString());
        circuit.end(1999, circuit.begin(), Ending::Failed, 10);
        QCOMPARE(words(circuit), QStringLiteral("1999 open by 0"));
    }

    void without_probes_all_comes_back_at_once()
    {
        Breaker rules;
        rules.failures_over = 0;
        rules.cool_down_s = 5;
        Circuit circuit(rules);
        circuit.end(100, circuit.begin(), Ending::Failed, 10);
        QVERIFY(!circuit.admits(5099));
        QVERIFY(circuit.admits(5100));
        QCOMPARE(words(circuit), QStringLiteral("100 open by 0, 5100 closed"));
    }

    void growth_without_probes_ends_with_a_quiet_window()
    {
        Breaker rules;
        rules.failures_over = 0;
        rules.cool_down_s = 1;
        rules.cool_down_growth = 2;
        rules.longest_cool_down_s = 60;
        rules.window_s = 10;
        Circuit circuit(rules);
        const auto fail = [&](std::int64_t at) { circuit.end(at, circuit.begin(), Ending::Failed, 10); };
        fail(100); // until 1100
        QVERIFY(circuit.admits(1100));
        fail(2000); // again within the window: until 4000
        QVERIFY(!circuit.admits(3999));
        QVERIFY(circuit.admits(4000));
        fail(14'000); // a whole window later: until 15000
        QVERIFY(!circuit.admits(14'999));
        QVERIFY(circuit.admits(15'000));
    }

    void probes_hysteresis_and_growth()
    {
        Breaker rules;
        rules.failures_over = 0;
        rules.latency_over_ms = 5000;
        rules.return_below_percent = 80;
        rules.cool_down_s = 1;
        rules.cool_down_growth = 2;
        rules.longest_cool_down_s = 3;
        rules.probes = 1;
        rules.successes = 2;
        Circuit circuit(rules);
        const std::uint32_t early = circuit.begin();
        circuit.end(0, circuit.begin(), Ending::Failed, 10); // open until 1000
        QVERIFY(circuit.admits(1000));
        const std::uint32_t probe = circuit.begin();
        QVERIFY(!circuit.admits(1001));                 // one at a time
        circuit.end(1500, early, Ending::Failed, 1500); // from before: does not count
        circuit.end(2000, probe, Ending::Served, 4500); // above 80 % of 5 s: open until 4000
        QVERIFY(!circuit.admits(3999));
        QVERIFY(circuit.admits(4000));
        circuit.end(4100, circuit.begin(), Ending::Failed, 100); // open for 3 s, the longest: until 7100
        QVERIFY(!circuit.admits(7099));
        QVERIFY(circuit.admits(7100));
        circuit.end(7200, circuit.begin(), Ending::Served, 100);
        QVERIFY(circuit.admits(7300));
        circuit.end(7400, circuit.begin(), Ending::Served, 4000);
        QCOMPARE(words(circuit),
                 QStringLiteral("0 open by 0, 1000 half-open, 2000 open by 4, 4000 half-open, "
                                "4100 open by 4, 7100 half-open, 7400 closed"));
        circuit.end(8000, circuit.begin(), Ending::Failed, 10); // the cool-down is short again
        QVERIFY(circuit.admits(9000));
    }

    void histogram_percentiles()
    {
        Histogram histogram;
        for (int ms = 1; ms <= 200; ++ms)
            histogram.add(ms);
        QCOMPARE(histogram.percentile(50), 100);
        QCOMPARE(histogram.percentile(95), 190);
        Histogram wide;
        for (std::int64_t ms = 1; ms < (std::int64_t{1} << 39); ms *= 3) {
            Histogram one;
            one.add(ms);
            QVERIFY(one.percentile(50) <= ms);
            QVERIFY(static_cast<double>(one.percentile(50)) >= static_cast<double>(ms) * 0.992);
        }
    }

    void spread_has_the_percentile_it_is_given()
    {
        Pace pace;
        pace.first_token_ms = 1000;
        pace.tokens_per_second = 100;
        pace.p95_over_median = 3;
        const Stopwatch watch(pace);
        QVERIFY(std::abs(watch.answer_ms(10, 100, 0.5) - 2000) < 10);
        QVERIFY(std::abs(watch.answer_ms(10, 100, 0.95) - 6000) < 40);
    }
    void draws_are_even()
    {
        std::array<int, 10> counts{};
        for (std::uint64_t request = 0; request < 10'000; ++request)
            ++counts[static_cast<std::size_t>(Luck{request * 977}.draw(1, 2, 0) * 10)];
        for (const int count : counts)
            QVERIFY2(count > 880 && count < 1120, qPrintable(QString::number(count)));
    }
};

QTEST_GUILESS_MAIN(TestCircuit)
#include "tst_circuit.moc"
