#include "core/fallback/readiness.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::fallback;

namespace {

ReadinessInput good()
{
    ReadinessInput input;
    input.model = "Capable 9B";
    input.categories = {{Category::Routine, 200, 190, {}, 0.6},
                        {Category::Complex, 200, 120, {}, 0.3},
                        {Category::Critical, 200, 199, {}, 0.1}};
    input.answer_p95_ms = 6000;
    input.tokens_per_second = 100;
    input.parallel = 4;
    input.peak = PeakHour{500'000, 1000, 180'000};
    input.cost_per_request = *base::Decimal::parse("0.001");
    input.incumbent_cost_per_request = *base::Decimal::parse("0.004");
    input.currency = "EUR";
    return input;
}

QString reasons_of(const Readiness& readiness)
{
    QString text;
    for (const Reason& reason : readiness.reasons)
        text += QString::fromStdString(reason.text) + QLatin1Char('\n');
    return text;
}

}

class TestReadiness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Lower ends of Wilson's interval: 190 of 200 0.9104, 120 of 200 0.5308, 199 of 200 0.9722. Against bars
    // of 0.8, 0.8, 0.95 the squares are 1, 0.4402, 1; by traffic 0.6 + 0.3 × 0.4402 + 0.1 = 0.8321.
    void parts_and_total()
    {
        const Readiness readiness = readiness_of(good());
        QCOMPARE(*readiness.quality, 83);
        QCOMPARE(*readiness.speed, 100);
        QCOMPARE(*readiness.capacity, 100); // 360,000 tokens an hour of 180,000
        QCOMPARE(*readiness.cost, 100);
        QCOMPARE(readiness.score, 83); // the mean is 92, but never above quality
        QVERIFY(std::abs(*readiness.could_move - 0.7) < 1e-9);
        QVERIFY(readiness.categories[0].may_move);
        QVERIFY(!readiness.categories[1].may_move);
        QVERIFY(reasons_of(readiness).startsWith(QLatin1String("Capable 9B could take over.")));
    }

    void too_little_of_each_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("part");
        QTest::addColumn<QString>("reason");
        QTest::newRow("slow") << QStringLiteral("slow") << 50
                              << QStringLiteral("within 30 s; 15 s are allowed");
        QTest::newRow("small") << QStringLiteral("small") << 25 << QStringLiteral("4 such machines");
        QTest::newRow("dear") << QStringLiteral("dear") << 50
                              << QStringLiteral("at the incumbent 0.004000 EUR");
    }
    void too_little_of_each()
    {
        QFETCH(QString, what);
        QFETCH(int, part);
        QFETCH(QString, reason);
        ReadinessInput input = good();
        if (what == QLatin1String("slow"))
            input.answer_p95_ms = 30'000;
        if (what == QLatin1String("small"))
            input.tokens_per_second = 12.5;
        if (what == QLatin1String("dear"))
            input.cost_per_request = *base::Decimal::parse("0.008");
        const Readiness readiness = readiness_of(input);
        QCOMPARE(what == QLatin1String("slow")    ? *readiness.speed
                 : what == QLatin1String("small") ? *readiness.capacity
                                                  : *readiness.cost,
                 part);
        QVERIFY2(reasons_of(readiness).contains(reason), qPrintable(reasons_of(readiness)));
        QVERIFY(readiness.reasons.front().part == ReadinessPart::Verdict);
    }

    void a_tiny_model_is_no_fallback_however_fast()
    {
        ReadinessInput input = good();
        input.model = "SmolLM2-135M";
        input.categories = {{Category::Routine, 40, 14, {}, {}},
                            {Category::Complex, 12, 1, {}, {}},
                            {Category::Critical, 8, 3, {}, {}}};
        input.answer_p95_ms = 900;
        input.tokens_per_second = 5000;
        const Readiness readiness = readiness_of(input);
        QVERIFY2(readiness.score < 20, qPrintable(QString::number(readiness.score)));
        QVERIFY(reasons_of(readiness).startsWith(
            QLatin1String("SmolLM2-135M is not a fallback: in no category")));
        QVERIFY(reasons_of(readiness).contains(QLatin1String("14 of 40 cases of routine work")));
        QVERIFY(!readiness.could_move); // the shares of traffic are not known
    }

    void few_cases_are_no_proof()
    {
        ReadinessInput input = good();
        input.categories = {{Category::Routine, 10, 9, {}, 1.0}};
        const Readiness readiness = readiness_of(input);
        QVERIFY(!readiness.categories[0].may_move);
        QVERIFY(reasons_of(readiness).contains(QLatin1String("with so few cases it is not certain")));
        QCOMPARE(*readiness.could_move, 0.0);
        QVERIFY(reasons_of(readiness).startsWith(QLatin1String("Capable 9B is not proven as a fallback")));
    }

    void nobody_is_asked_for_more_than_the_incumbent_reaches()
    {
        ReadinessInput input = good();
        input.categories = {{Category::Complex, 200, 150, 0.65, 1.0}};
        QVERIFY(readiness_of(input).categories[0].may_move);
        input.categories[0].incumbent.reset();
        QVERIFY(!readiness_of(input).categories[0].may_move);
    }

    void what_is_not_known_is_said_and_does_not_count()
    {
        ReadinessInput input;
        const Readiness nothing = readiness_of(input);
        QCOMPARE(nothing.score, 0);
        input = good();
        input.peak.reset();
        input.cost_per_request.reset();
        const Readiness readiness = readiness_of(input);
        QVERIFY(!readiness.capacity);
        QVERIFY(!readiness.cost);
        QVERIFY(reasons_of(readiness).contains(QLatin1String("busiest hour is not known")));
        QCOMPARE(readiness.score, 83);
    }

    void the_contract_is_shown_beside_and_moves_no_number()
    {
        ReadinessInput input = good();
        input.leave = {{"competing-use-ban", "reversed", "Master agreement", "7.1", "shall not train"}};
        const Readiness readiness = readiness_of(input);
        QCOMPARE(readiness.score, readiness_of(good()).score);
        QVERIFY(reasons_of(readiness).contains(QLatin1String("shall not train")));
        QCOMPARE(readiness.leave.size(), std::size_t{1});
    }

    void the_peak_is_that_of_all_models_together()
    {
        const std::vector<pricing::ModelLoad> loads{
            {"a", "x", "standard", {{10, 5, 0, 0, 100}, {11, 5, 0, 0, 120}}},
            {"a", "y", "standard", {{10, 5, 0, 0, 90}}}};
        const auto peak = peak_of(loads);
        QCOMPARE(peak->hour, 10);
        QCOMPARE(peak->output, 190);
        QCOMPARE(peak->requests, 10);
        QVERIFY(!peak_of({}));
    }
};

QTEST_GUILESS_MAIN(TestReadiness)
#include "tst_readiness.moc"
