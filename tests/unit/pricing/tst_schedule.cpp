#include "core/pricing/litellmhours.h"
#include "core/pricing/schedule.h"
#include "core/pricing/scheduletext.h"
#include "sheets.h"

#include <QtTest/QtTest>

using namespace leeway;
using namespace leeway::pricing;

namespace {

// "mon-fri 09:00-17:30, …" in UTC.
QString shown(const Schedule& schedule)
{
    QStringList parts;
    for (const DayHours& hours : hours_of(schedule))
        parts.append(QStringLiteral("%1 %2-%3")
                         .arg(QString::fromStdString(days_text(hours.days)),
                              QString::fromStdString(minute_text(hours.from)),
                              QString::fromStdString(minute_text(hours.to))));
    return parts.join(QStringLiteral(", "));
}

}

class TestSchedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void zones_data();
    void zones();
    void contains_data();
    void contains();
    void days_data();
    void days();
    void minutes();
    void offsets_data();
    void offsets();
    void litellm_data();
    void litellm();
};

void TestSchedule::zones_data()
{
    QTest::addColumn<QString>("days");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<int>("offset");
    QTest::addColumn<QString>("utc");
    QTest::newRow("UTC") << "mon-fri" << 9 * 60 << 17 * 60 + 30 << 0 << "mon-fri 09:00-17:30";
    QTest::newRow("all week") << "mon-sun" << 0 << day_minutes << 0 << "mon-sun 00:00-24:00";
    // 00:00 to 08:00 in Shanghai is 16:00 to 24:00 of the day before in UTC.
    QTest::newRow("the day before") << "mon" << 0 << 8 * 60 << 480 << "sun 16:00-24:00";
    QTest::newRow("over midnight") << "mon" << 4 * 60 << 12 * 60 << 480 << "mon 00:00-04:00, sun 20:00-24:00";
    QTest::newRow("west") << "sun" << 20 * 60 << day_minutes << -300 << "mon 01:00-05:00";
}

void TestSchedule::zones()
{
    QFETCH(QString, days);
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(int, offset);
    const std::vector<DayHours> hours{{*days_from(days.toStdString()), from, to}};
    const Schedule schedule = schedule_of(hours, offset);
    QTEST(shown(schedule), "utc");
    QCOMPARE(schedule_of(hours_of(schedule), 0) == schedule, true);
}

void TestSchedule::contains_data()
{
    QTest::addColumn<QString>("time");
    QTest::addColumn<bool>("holds");
    // 2026-11-30 is a Monday.
    QTest::newRow("before") << "2026-11-30T08:59:59.999Z" << false;
    QTest::newRow("the first minute") << "2026-11-30T09:00:00Z" << true;
    QTest::newRow("the last one") << "2026-11-30T16:59:59Z" << true;
    QTest::newRow("the end") << "2026-11-30T17:00:00Z" << false;
    QTest::newRow("Friday") << "2026-12-04T10:00:00Z" << true;
    QTest::newRow("Saturday") << "2026-12-05T10:00:00Z" << false;
    QTest::newRow("before 1970") << "1969-12-29T10:00:00Z" << true; // a Monday
}

void TestSchedule::contains()
{
    QFETCH(QString, time);
    const Schedule schedule = schedule_of(std::vector<DayHours>{{*days_from("mon-fri"), 540, 1020}}, 0);
    QTEST(schedule.contains(*base::parse_instant(time.toStdString())), "holds");
}

void TestSchedule::days_data()
{
    QTest::addColumn<QString>("written");
    QTest::newRow("mon-fri") << "mon-fri";
    QTest::newRow("sat,sun") << "sat-sun";
    QTest::newRow("mon,wed-fri") << "mon,wed-fri";
    QTest::newRow("sun") << "sun";
    QTest::newRow("fri-mon") << QString();
    QTest::newRow("monday") << QString();
    QTest::newRow("") << QString();
    QTest::newRow("mon,,tue") << QString();
}

void TestSchedule::days()
{
    const auto days = days_from(QTest::currentDataTag());
    QTEST(days ? QString::fromStdString(days_text(*days)) : QString(), "written");
}

void TestSchedule::minutes()
{
    QCOMPARE(minute_from("00:00"), std::optional(0));
    QCOMPARE(minute_from("23:59"), std::optional(1439));
    QCOMPARE(minute_from("24:00"), std::optional(1440));
    for (const char* text : {"24:01", "12:60", "1:00", "-1:00", "12-00", "ab:cd", ""})
        QVERIFY2(!minute_from(text), text);
    QCOMPARE(minute_text(1440), std::string("24:00"));
}

void TestSchedule::offsets_data()
{
    QTest::addColumn<int>("offset"); // 1 stands for none
    QTest::newRow("UTC") << 0;
    QTest::newRow("+08:00") << 480;
    QTest::newRow("-03:30") << -210;
    QTest::newRow("Asia/Shanghai") << 480;
    QTest::newRow("Asia/Kolkata") << 330;
    QTest::newRow("Europe/Berlin") << 1;
    QTest::newRow("+15:00") << 1;
    QTest::newRow("+08:60") << 1;
    QTest::newRow("+0800") << 1;
    QTest::newRow("") << 1;
}

void TestSchedule::offsets()
{
    QTEST(fixed_offset(QTest::currentDataTag()).value_or(1), "offset");
}

void TestSchedule::litellm_data()
{
    QTest::addColumn<QByteArray>("block");
    QTest::addColumn<QString>("hours");
    const auto row = [](const char* name, const QByteArray& block, const char* hours) {
        QTest::newRow(name) << block << QString::fromUtf8(hours);
    };
    row("every day, over midnight", R"({"hours_utc": "16:30-00:30"})",
        "mon-sun 00:00-00:30, mon-sun 16:30-24:00");
    row("several", R"({"hours_utc": ["01:00-02:00", "04:00-05:00"]})",
        "mon-sun 01:00-02:00, mon-sun 04:00-05:00");
    row("weekdays and the weekend",
        R"({"windows": [{"hours_utc": ["10:00-00:00"], "weekdays": [1, 2, 3, 4, 5]},
        {"hours_utc": "00:00-00:00", "weekdays": ["Sat", "sunday"]}]})",
        "sat-sun 00:00-24:00, mon-fri 10:00-24:00");
    // The hours are in UTC, but the day is the one in Shanghai: from 16:00 UTC on it is the next one there.
    row("days of another zone",
        R"({"weekday_timezone": "Asia/Shanghai", "windows": [{"hours_utc": "15:00-18:00", "weekdays": [1]}]})",
        "mon 15:00-16:00, sun 16:00-18:00");
    row("a zone with summer time", R"({"weekday_timezone": "Europe/Berlin", "hours_utc": "01:00-02:00"})",
        "has weekdays of a zone with summer time, or of none that is known");
    row("no hours", R"({"input_cost_per_token": 1})", "has no hours");
    row("hours in words", R"({"hours_utc": "at night"})", "has hours that are none");
    row("a day too many", R"({"windows": [{"hours_utc": "01:00-02:00", "weekdays": [8]}]})",
        "has hours that are none");
    row("a number for a window", R"({"windows": [5]})", "has hours that are none");
}

void TestSchedule::litellm()
{
    QFETCH(QByteArray, block);
    const auto schedule = litellm_hours(nlohmann::json::parse(block.toStdString()));
    QTEST(schedule ? shown(*schedule) : QString::fromStdString(schedule.error()), "hours");
}

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
