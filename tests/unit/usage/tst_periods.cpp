#include "core/usage/periods.h"
#include "core/usage/replay.h"
#include "core/usage/usagedrift.h"
#include "logs.h"

#include <QTest>

using namespace leeway;
using usage::Cube;

namespace {

pricing::Sheet sheet()
{
    return sheet_of(R"({"one": {"litellm_provider": "a", "mode": "chat", "input_cost_per_token": 2e-06,
        "output_cost_per_token": 1e-05, "input_cost_per_token_above_200k_tokens": 4e-06}})");
}

base::Date day(const QByteArray& text)
{
    const auto date = base::parse_date(text.toStdString());
    if (!date)
        qFatal("%s", text.constData());
    return *date;
}

QString shown(const pricing::Days& days)
{
    return QString::fromStdString(base::to_string(days.first) + "/" + base::to_string(days.last));
}

}

class TestPeriods : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsAddUpToTheWhole_data();
    void cutsAddUpToTheWhole();
    void whatHasNoDayStaysBehind();
    void newestWholeQuarters_data();
    void newestWholeQuarters();
    void quartersDriftLikeTheirLogs();
    void csvHasEveryModel();

private:
    Cube cube(const QByteArray& lines)
    {
        const auto read = usage::read_cube(
            {m_folder.write("time,vendor,model,input_tokens,output_tokens\n" + lines)}, sheet());
        if (!read)
            qFatal("%s", read.error().message.c_str());
        return *read;
    }
    static QByteArray daily(const QByteArray& first, const QByteArray& last)
    {
        QByteArray lines;
        for (base::Date at = day(first); at <= day(last); at += std::chrono::days(1))
            lines += QByteArray::fromStdString(base::to_string(at)) + "T09:00:00Z,a,one,1000,10\n";
        return lines;
    }

    LogFolder m_folder;
};

void TestPeriods::cutsAddUpToTheWhole_data()
{
    QTest::addColumn<QByteArray>("border"); // the last day of the first part
    QTest::addColumn<int>("earlier");       // requests
    QTest::newRow("before all") << QByteArray("2026-01-01") << 0;
    QTest::newRow("between") << QByteArray("2026-03-31") << 2;
    QTest::newRow("at midnight") << QByteArray("2026-04-01") << 3;
    QTest::newRow("after all") << QByteArray("2026-12-31") << 4;
}

void TestPeriods::cutsAddUpToTheWhole()
{
    QFETCH(QByteArray, border);
    QFETCH(int, earlier);
    const Cube whole = cube("2026-03-30T10:00:00Z,a,one,300000,10\n2026-03-31T23:59:59Z,a,one,100,20\n"
                            "2026-04-01T00:00:00Z,a,one,700,30\n2026-04-02T10:00:00Z,a,one,900,40\n");
    const Cube before = usage::cut(whole, {day("2025-01-01"), day(border)});
    const Cube after = usage::cut(whole, {day(border) + std::chrono::days(1), day("2027-12-31")});
    QCOMPARE(before.requests, earlier);
    QCOMPARE(before.requests + after.requests, whole.requests);
    const auto prices = sheet();
    QCOMPARE(text(usage::replay(before, prices).total + usage::replay(after, prices).total),
             text(usage::replay(whole, prices).total));
    const auto both = usage::merged(before, after);
    QVERIFY(both);
    QVERIFY(both->cells == whole.cells);
    QVERIFY(both->loads == whole.loads);
    QVERIFY(both->thresholds == whole.thresholds);
}

void TestPeriods::whatHasNoDayStaysBehind()
{
    const Cube whole = cube("2026-03-31,a,one,100,20\nnever,a,one,700,30\n2026-04-02,a,one,1,1\n2026-04-03,a,"
                            "one,1,1\n2026-04-04,a,one,1,1\n2026-04-05,a,one,1,1\n2026-04-06,a,one,1,1\n"
                            "2026-04-07,a,one,1,1\n2026-04-08,a,one,1,1\n2026-04-09,a,one,1,1\n2026-04-10,a,"
                            "one,1,1\n2026-04-11,a,one,1,1\n2026-04-12,a,one,1,1\n2026-04-13,a,one,1,1\n"
                            "2026-04-14,a,one,1,1\n2026-04-15,a,one,1,1\n2026-04-16,a,one,1,1\n2026-04-17,a,"
                            "one,1,1\n2026-04-18,a,one,1,1\n2026-04-19,a,one,1,1\n2026-04-20,a,one,1,1\n");
    QCOMPARE(whole.bad_lines, 1);
    const Cube part = usage::cut(whole, usage::days_of(whole));
    QVERIFY(part.cells == whole.cells);
    QCOMPARE(part.requests, whole.requests);
    QCOMPARE(part.bad_lines, 0);
    QVERIFY(part.sources == whole.sources);
    QVERIFY(usage::cut(Cube{}, {day("2026-01-01"), day("2026-02-01")}).empty());
}

void TestPeriods::newestWholeQuarters_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QString>("before"); // empty: none
    QTest::addColumn<QString>("after");
    const QString first = QStringLiteral("2026-01-01/2026-03-31");
    const QString second = QStringLiteral("2026-04-01/2026-06-30");
    const QString none;
    QTest::newRow("nothing") << QByteArray() << none << none;
    QTest::newRow("two whole") << daily("2026-01-01", "2026-06-30") << first << second;
    QTest::newRow("a third has begun") << daily("2026-01-01", "2026-08-20") << first << second;
    QTest::newRow("a long weekend at both ends") << daily("2026-01-04", "2026-06-27") << first << second;
    QTest::newRow("begins too late") << daily("2026-01-05", "2026-06-30") << none << none;
    QTest::newRow("ends too early") << daily("2026-01-01", "2026-06-26") << none << none;
    QTest::newRow("half of the one before") << daily("2026-02-15", "2026-06-30") << none << none;
    QTest::newRow("a month without use")
        << daily("2026-01-01", "2026-04-30") + daily("2026-06-01", "2026-06-30") << none << none;
    QTest::newRow("over the year") << daily("2025-10-01", "2026-04-02")
                                   << QStringLiteral("2025-10-01/2025-12-31") << first;
    QByteArray typed;
    for (const char* month : {"01", "02", "03", "04", "05", "06"})
        typed += QByteArray("2026-") + month + "-01,a,one,1000000,10\n";
    QTest::newRow("one day a month") << typed << first << second;
    QTest::newRow("one day a month, one missing") << typed.left(typed.lastIndexOf("2026-")) << none << none;
}

void TestPeriods::newestWholeQuarters()
{
    QFETCH(QByteArray, lines);
    QFETCH(QString, before);
    QFETCH(QString, after);
    const auto quarters = usage::newest_quarters(lines.isEmpty() ? Cube{} : cube(lines));
    QCOMPARE(quarters ? shown(quarters->before) : QString(), before);
    QCOMPARE(quarters ? shown(quarters->after) : QString(), after);
}

void TestPeriods::quartersDriftLikeTheirLogs()
{
    const QByteArray winter = daily("2026-01-01", "2026-03-31");
    const QByteArray spring = daily("2026-04-01", "2026-06-30");
    const Cube whole = cube(winter + spring);
    const auto quarters = usage::newest_quarters(whole);
    QVERIFY(quarters);
    const auto prices = sheet();
    const auto drift =
        usage::usage_drift(usage::cut(whole, quarters->before), usage::cut(whole, quarters->after), prices);
    QVERIFY(drift == usage::usage_drift(cube(winter), cube(spring), prices));
    QCOMPARE(drift.before.requests, 90);
    QCOMPARE(drift.after.requests, 91);
}

void TestPeriods::csvHasEveryModel()
{
    const Cube before = cube("2026-01-01,a,one,1000000,0\n");
    const Cube after = cube("2026-04-01,a,one,2000000,0\n");
    usage::UsageDrift drift = usage::usage_drift(before, after, sheet());
    drift.models.front().model = "=one \"x\"";
    const QStringList lines = QString::fromStdString(usage::to_csv(drift)).split(QStringLiteral("\r\n"));
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines[0].count(u','), 17);
    // 1 M tokens in one request are over 200k: 4 a million.
    QCOMPARE(lines[1],
             QStringLiteral("\"a\",\"'=one \"\"x\"\"\",1,1000000,0,0,4,1,2000000,0,0,8,4,0,0,4,0,0"));
    QCOMPARE(lines[2], QStringLiteral("\"\",\"all\",1,1000000,0,0,4,1,2000000,0,0,8,4,0,0,4,0,0"));
    QVERIFY(lines[3].isEmpty());
}

QTEST_GUILESS_MAIN(TestPeriods)
#include "tst_periods.moc"
