#include "core/simulation/course.h"
#include "small.h"

using namespace leeway;
using namespace leeway::simulation;

class TestCourse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void costIn_data();
    void costIn();
    void datedRates();
    void endedRates();
    void neverPriced();
    void contextTier();
};

void TestCourse::costIn_data()
{
    QTest::addColumn<int>("month");
    QTest::addColumn<QString>("cost");
    QTest::newRow("before the first step") << 1 << QStringLiteral("30");
    QTest::newRow("in its month, from the first day") << 3 << QStringLiteral("30");
    QTest::newRow("15 of 30 days") << 4 << QStringLiteral("45"); // (15 × 30 + 15 × 60) / 30
    QTest::newRow("two changes") << 5 << QStringLiteral("60"); // 60, 10 days, 0, 11 days, 120, 10 days: 58.06
    QTest::newRow("after the last step") << 6 << QStringLiteral("120");
}

void TestCourse::costIn()
{
    QFETCH(int, month);
    QFETCH(QString, cost);
    const Course course{{small::day("2027-03-01"), small::dec("30")},
                        {small::day("2027-04-16"), small::dec("60")},
                        {small::day("2027-05-11"), small::dec("0")},
                        {small::day("2027-05-22"), small::dec("120")}};
    const base::Decimal expected =
        month == 5 ? small::dec("1800") / small::dec("31") : small::dec(cost.toStdString());
    QCOMPARE(cost_in(course, base::Month::of(2027, month)).to_string(), expected.to_string());
}

void TestCourse::datedRates()
{
    pricing::Counts counts;
    counts[pricing::Component::Input] = 1'000'000;
    std::vector<std::string> notes;
    std::string why;
    const auto course = course_of(counts, {small::day("2026-10-01"), "standard", ""},
                                  small::sheet().models[5], {}, {}, notes, why);
    QVERIFY(course.has_value());
    QCOMPARE(course->size(), std::size_t{2});
    QCOMPARE(cost_in(*course, base::Month::of(2027, 8)), small::dec("1"));
    QCOMPARE(cost_in(*course, base::Month::of(2027, 9)), small::dec("2"));
    QVERIFY(notes.empty());
}

void TestCourse::endedRates()
{
    pricing::Model model = small::sheet().models[5];
    model.prices.pop_back();
    pricing::Counts counts;
    counts[pricing::Component::Output] = 1'000'000;
    std::vector<std::string> notes;
    std::string why;
    const auto course =
        course_of(counts, {small::day("2026-10-01"), "standard", ""}, model, {}, {}, notes, why);
    QVERIFY(course.has_value());
    QCOMPARE(cost_in(*course, base::Month::of(2029, 1)), small::dec("2"));
    QCOMPARE(notes, std::vector<std::string>{
                        "acme/promo: the price sheet has no price from 2027-09-01 on; the last one is kept"});
}

void TestCourse::neverPriced()
{
    pricing::Counts counts;
    counts[pricing::Component::Input] = 5;
    std::vector<std::string> notes;
    std::string why;
    QVERIFY(!course_of(counts, {small::day("2026-10-01"), "standard", ""}, small::model("self", "hosted", {}),
                       {}, {}, notes, why));
    QVERIFY(!why.empty());
}

// A context tier of the line holds at every date.
void TestCourse::contextTier()
{
    pricing::Model model = small::sheet().models[0];
    model.prices[0].rates.push_back({pricing::Component::Input, small::dec("0.000004"), "standard", 200'000});
    pricing::Counts counts;
    counts[pricing::Component::Input] = 1'000'000;
    counts[pricing::Component::Request] = 4;
    std::vector<std::string> notes;
    std::string why;
    const auto above =
        course_of(counts, {small::day("2026-10-01"), "standard", "", 200'000}, model, {}, {}, notes, why);
    const auto below =
        course_of(counts, {small::day("2026-10-01"), "standard", ""}, model, {}, {}, notes, why);
    QCOMPARE(above->front().cost, small::dec("4"));
    QCOMPARE(below->front().cost, small::dec("2"));
}

QTEST_GUILESS_MAIN(TestCourse)
#include "tst_course.moc"
