#include "core/base/date.h"
#include "core/base/months.h"

#include <QtTest/QtTest>

using namespace leeway::base;

class TestDate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dates_data();
    void dates();
    void months_data();
    void months();
    void monthArithmetic();
    void monthsLater_data();
    void monthsLater();
    void instants_data();
    void instants();
    void everyDay();
};

void TestDate::dates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    for (const char* text : {"2026-11-30", "2024-02-29", "2000-02-29", "1900-01-01", "2200-12-31"})
        QTest::addRow("%s", text) << QString::fromUtf8(text) << true;
    for (const char* text :
         {"",           "2026",       "2026-11",     "2026-11-31",  "2023-02-29",       "2100-02-29",
          "2026-00-10", "2026-13-01", "2026-11-00",  "1899-12-31",  "2201-01-01",       "26-11-30",
          "2026-1-3",   "2026/11/30", "2026-11-30 ", " 2026-11-30", "2026-11-30T00:00", "-2026-11-30",
          "+026-11-30", "2026--1-30", "२०२६-11-30"})
        QTest::addRow("“%s”", text) << QString::fromUtf8(text) << false;
}

void TestDate::dates()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    const auto date = parse_date(text.toStdString());
    QCOMPARE(date.has_value(), good);
    if (good)
        QCOMPARE(QString::fromStdString(to_string(*date)), text);
    else
        QCOMPARE(date.error().code, ErrorCode::Invalid);
}

void TestDate::months_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    for (const char* text : {"2026-11", "1900-01", "2200-12"})
        QTest::addRow("%s", text) << QString::fromUtf8(text) << true;
    for (const char* text :
         {"", "2026", "2026-13", "2026-00", "2026-1", "2026-11-01", "2026-11 ", "11-2026", "1899-12"})
        QTest::addRow("“%s”", text) << QString::fromUtf8(text) << false;
}

void TestDate::months()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    const auto month = parse_month(text.toStdString());
    QCOMPARE(month.has_value(), good);
    if (good)
        QCOMPARE(QString::fromStdString(to_string(*month)), text);
}

void TestDate::monthArithmetic()
{
    const Month november = Month::of(2026, 11);
    QCOMPARE(to_string(november + 2), std::string("2027-01"));
    QCOMPARE(to_string(november + -11), std::string("2025-12"));
    QCOMPARE(Month::of(2027, 1) - november, 2);
    QCOMPARE(november.year(), 2026);
    QCOMPARE(november.month(), 11);
    QCOMPARE((november + 1).month(), 12);
    QCOMPARE(to_string(november.first_day()), std::string("2026-11-01"));
    QCOMPARE(Month::of(*parse_date("2026-11-30")), november);
    QVERIFY(november < november + 1);
}

void TestDate::monthsLater_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("months");
    QTest::addColumn<QString>("later");
    QTest::addColumn<QString>("last");
    const auto row = [](const char* from, int months, const char* later, const char* last) {
        QTest::addRow("%s + %d", from, months)
            << QString::fromUtf8(from) << months << QString::fromUtf8(later) << QString::fromUtf8(last);
    };
    row("2026-01-01", 24, "2028-01-01", "2027-12-31");
    row("2024-02-29", 12, "2025-02-28", "2025-02-28");
    row("2026-01-31", 1, "2026-02-28", "2026-02-28");
    row("2026-03-31", -1, "2026-02-28", "2026-02-28");
    row("2026-03-01", 12, "2027-03-01", "2027-02-28");
}

void TestDate::monthsLater()
{
    QFETCH(QString, from);
    QFETCH(int, months);
    QFETCH(QString, later);
    QFETCH(QString, last);
    const Date day = *parse_date(from.toStdString());
    QCOMPARE(QString::fromStdString(to_string(months_later(day, months))), later);
    QCOMPARE(QString::fromStdString(to_string(last_day_of(day, months))), last);
}

void TestDate::instants_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // empty: refused
    const auto row = [](const char* text, const char* expected) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
    };
    row("2026-11-30T14:02:11Z", "2026-11-30T14:02:11Z");
    row("2026-11-30t14:02:11z", "2026-11-30T14:02:11Z");
    row("2026-11-30 14:02:11", "2026-11-30T14:02:11Z");
    row("2026-11-30 14:02:11 UTC", "2026-11-30T14:02:11Z");
    row("2026-11-30", "2026-11-30T00:00:00Z");
    row("2026-11-30T14:02", "2026-11-30T14:02:00Z");
    row("2026-11-30T14:02:11.25+01:00", "2026-11-30T13:02:11.250Z");
    row("2026-11-30T14:02:11.2509999Z", "2026-11-30T14:02:11.250Z");
    row("2026-11-30T14:02:11,5Z", "2026-11-30T14:02:11.500Z");
    row("2026-11-30T14:02:11.0Z", "2026-11-30T14:02:11Z");
    row("2026-11-30T00:30:00+0200", "2026-11-29T22:30:00Z");
    row("2026-11-30T00:30:00+02", "2026-11-29T22:30:00Z");
    row("2026-12-31T23:30:00-05:30", "2027-01-01T05:00:00Z");
    row("2026-12-31T23:59:60Z", "2027-01-01T00:00:00Z");
    row("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z");
    row("2026-11-30T14:02:11 +01:00", "2026-11-30T13:02:11Z");
    for (const char* bad : {"", "now", "14:02:11", "2026-11-30T", "2026-11-30T24:00:00Z",
                            "2026-11-30T14:60:00Z", "2026-11-30T14:02:61Z", "2026-11-30T14:02:11.Z",
                            "2026-11-30T14:02:11+15:00", "2026-11-30T14:02:11+1", "2026-11-30T14:02:11+01:",
                            "2026-11-30T14:02:11+01:60", "2026-11-30T14:02:11Zx", "2026-11-30T14:02:11PST",
                            "2026-11-30X14:02:11", "2026-02-30T14:02:11Z", "2026-11-30T-1:02:11Z"})
        row(bad, "");
}

void TestDate::instants()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto instant = parse_instant(text.toStdString());
    QCOMPARE(instant.has_value(), !expected.isEmpty());
    if (!instant)
        return;
    QCOMPARE(QString::fromStdString(to_string(*instant)), expected);
    QCOMPARE(*parse_instant(to_string(*instant)), *instant);
}

void TestDate::everyDay()
{
    Date day = *parse_date("1995-12-31");
    const Date end = *parse_date("2105-01-01");
    int months = 0;
    for (Month before = Month::of(day); day < end; day += std::chrono::days(1)) {
        QCOMPARE(*parse_date(to_string(day)), day);
        const Month month = Month::of(day);
        months += month - before;
        QVERIFY(month - before == 0 || (month - before == 1 && month.first_day() == day));
        before = month;
    }
    QCOMPARE(months, 109 * 12);
}

QTEST_GUILESS_MAIN(TestDate)
#include "tst_date.moc"
