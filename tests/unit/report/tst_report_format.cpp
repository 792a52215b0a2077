#include "core/report/chart.h"
#include "core/report/format.h"

#include <QtTest/QtTest>

using namespace leeway;

namespace {

// Figures in the tables below have plain spaces.
QString plain(const std::string& text)
{
    return QString::fromStdString(text).replace(QChar::Nbsp, u' ');
}

}

class TestReportFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void amounts_data();
    void amounts();
    void parts_of_a_figure_stay_together();
    void numbers();
    void times();
    void places_data();
    void places();
    void axis_steps_data();
    void axis_steps();
    void labels_are_spread_data();
    void labels_are_spread();
};

void TestReportFormat::amounts_data()
{
    QTest::addColumn<QString>("amount");
    QTest::addColumn<QString>("currency");
    QTest::addColumn<QString>("money");
    QTest::addColumn<QString>("difference");
    QTest::addColumn<QString>("exact");
    QTest::addColumn<QString>("brief");
    QTest::newRow("nothing") << "0"
                             << "EUR"
                             << "€ 0"
                             << "—"
                             << "€ 0.00"
                             << "€ 0";
    QTest::newRow("cents") << "0.016"
                           << "EUR"
                           << "€ 0.02"
                           << "+ € 0.02"
                           << "€ 0.02"
                           << "€ 0";
    QTest::newRow("less than a cent") << "-0.001"
                                      << "EUR"
                                      << "€ 0.00"
                                      << "—"
                                      << "€ 0.00"
                                      << "− € 0";
    QTest::newRow("under a hundred") << "12.5"
                                     << "USD"
                                     << "$ 12.50"
                                     << "+ $ 12.50"
                                     << "$ 12.50"
                                     << "$ 12";
    QTest::newRow("a hundred") << "100"
                               << "GBP"
                               << "£ 100"
                               << "+ £ 100"
                               << "£ 100.00"
                               << "£ 100";
    QTest::newRow("thousands") << "1234.5"
                               << "EUR"
                               << "€ 1,234"
                               << "+ € 1,234"
                               << "€ 1,234.50"
                               << "€ 1.2 k";
    QTest::newRow("million") << "1611160"
                             << "EUR"
                             << "€ 1,611,160"
                             << "+ € 1,611,160"
                             << "€ 1,611,160.00"
                             << "€ 1.6 M";
    QTest::newRow("negative") << "-168420.25"
                              << "EUR"
                              << "− € 168,420"
                              << "− € 168,420"
                              << "− € 168,420.25"
                              << "− € 168 k";
    QTest::newRow("almost a million") << "999600"
                                      << "EUR"
                                      << "€ 999,600"
                                      << "+ € 999,600"
                                      << "€ 999,600.00"
                                      << "€ 1.0 M";
    QTest::newRow("no minor unit") << "12.5"
                                   << "JPY"
                                   << "¥ 12"
                                   << "+ ¥ 12"
                                   << "¥ 12"
                                   << "¥ 12";
    QTest::newRow("code") << "250000"
                          << "CHF"
                          << "CHF 250,000"
                          << "+ CHF 250,000"
                          << "CHF 250,000.00"
                          << "CHF 250 k";
    QTest::newRow("billions") << "12345678901"
                              << "EUR"
                              << "€ 12,345,678,901"
                              << "+ € 12,345,678,901"
                              << "€ 12,345,678,901.00"
                              << "€ 12 bn";
}

void TestReportFormat::amounts()
{
    QFETCH(QString, amount);
    QFETCH(QString, currency);
    const auto value = *base::Decimal::parse(amount.toStdString());
    const std::string code = currency.toStdString();
    QTEST(plain(report::money(value, code)), "money");
    QTEST(plain(report::money_difference(value, code)), "difference");
    QTEST(plain(report::money_exact(value, code)), "exact");
    QTEST(plain(report::money_short(value, code)), "brief");
}

void TestReportFormat::parts_of_a_figure_stay_together()
{
    const auto value = base::Decimal::from_integer(-1234567);
    QVERIFY(report::money_difference(value, "EUR").find(' ') == std::string::npos);
    QVERIFY(report::money_short(value, "EUR").find(' ') == std::string::npos);
    QVERIFY(report::percent(1.2).find(' ') == std::string::npos);
    QVERIFY(report::date(*base::parse_date("2026-11-30")).find(' ') == std::string::npos);
}

void TestReportFormat::numbers()
{
    QCOMPARE(plain(report::count(0)), QStringLiteral("0"));
    QCOMPARE(plain(report::count(5000)), QStringLiteral("5,000"));
    QCOMPARE(plain(report::count(-1234567)), QStringLiteral("−1,234,567"));
    QCOMPARE(plain(report::percent(50)), QStringLiteral("50 %"));
    QCOMPARE(plain(report::percent(1.25)), QStringLiteral("1.2 %"));
    QCOMPARE(plain(report::percent(-0.01)), QStringLiteral("0 %"));
    QCOMPARE(plain(report::percent(std::nan(""))), QStringLiteral("—"));
    QCOMPARE(plain(report::index(684)), QStringLiteral("68.4"));
    QCOMPARE(plain(report::index(1000)), QStringLiteral("100.0"));
    QCOMPARE(report::standing(332), std::string("free to leave"));
    QCOMPARE(report::standing(333), std::string("partly tied"));
    QCOMPARE(report::standing(666), std::string("partly tied"));
    QCOMPARE(report::standing(667), std::string("locked in"));
    QCOMPARE(report::tone(1000), clauses::Verdict::Adverse);
    QCOMPARE(plain(report::index_range(620, 753)), QStringLiteral("62.0–75.3"));
    QCOMPARE(plain(report::index_range(620, 620)), QStringLiteral("62.0"));
    QCOMPARE(plain(report::plural(1, "check", "checks")), QStringLiteral("1 check"));
    QCOMPARE(plain(report::plural(1300, "check", "checks")), QStringLiteral("1,300 checks"));
}

void TestReportFormat::times()
{
    using base::Month;
    QCOMPARE(plain(report::date(*base::parse_date("2026-11-30"))), QStringLiteral("30 Nov 2026"));
    QCOMPARE(plain(report::date(*base::parse_instant("2026-11-30T14:02:11.250+01:00"))),
             QStringLiteral("30 Nov 2026, 13:02 UTC"));
    QCOMPARE(plain(report::month(Month::of(2028, 3))), QStringLiteral("Mar 2028"));
    QCOMPARE(plain(report::months(Month::of(2026, 6), Month::of(2026, 11))), QStringLiteral("Jun–Nov 2026"));
    QCOMPARE(plain(report::months(Month::of(2026, 6), Month::of(2026, 6))), QStringLiteral("Jun 2026"));
    QCOMPARE(plain(report::months(Month::of(2026, 11), Month::of(2027, 1))),
             QStringLiteral("Nov 2026–Jan 2027"));
}

void TestReportFormat::places_data()
{
    QTest::addColumn<QString>("sections"); // of evidence, each with its page: "8.2@7"
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("all");
    QTest::newRow("none") << ""
                          << ""
                          << "";
    QTest::newRow("number and page") << "8.2@7"
                                     << "§8.2 · p. 7"
                                     << "§8.2";
    QTest::newRow("no page") << "8.2@0"
                             << "§8.2"
                             << "§8.2";
    QTest::newRow("words") << "Schedule C@15"
                           << "Schedule C · p. 15"
                           << "Schedule C";
    QTest::newRow("page alone") << "@4"
                                << "p. 4"
                                << "p. 4";
    QTest::newRow("several") << "5.3@5|11.2@10|5.3@6"
                             << "§5.3 · p. 5"
                             << "§5.3, §11.2";
}

void TestReportFormat::places()
{
    QFETCH(QString, sections);
    std::vector<clauses::Evidence> evidence;
    for (const QString& item : sections.split(u'|')) {
        clauses::Evidence e;
        e.section = item.section(u'@', 0, 0).toStdString();
        e.page = item.section(u'@', 1).toInt();
        evidence.push_back(e);
    }
    QTEST(plain(report::place(evidence.front())), "first");
    QTEST(plain(report::places(evidence)), "all");
}

void TestReportFormat::axis_steps_data()
{
    QTest::addColumn<double>("greatest");
    QTest::addColumn<double>("step");
    QTest::newRow("nothing") << 0.0 << 1.0;
    QTest::newRow("not a number") << std::nan("") << 1.0;
    QTest::newRow("5") << 5.0 << 1.0;
    QTest::newRow("228,000") << 228000.0 << 50000.0;
    QTest::newRow("0.03") << 0.03 << 0.01;
    QTest::newRow("110") << 110.0 << 25.0;
}

void TestReportFormat::axis_steps()
{
    QFETCH(double, greatest);
    QFETCH(double, step);
    QVERIFY(std::abs(report::nice_step(greatest) - step) < 1e-9 * step);
}

void TestReportFormat::labels_are_spread_data()
{
    using Places = QList<double>;
    QTest::addColumn<Places>("wanted");
    QTest::addColumn<Places>("places");
    QTest::newRow("none") << Places{} << Places{};
    QTest::newRow("far apart") << Places{10, 50, 90} << Places{10, 50, 90};
    QTest::newRow("on one place") << Places{50, 50, 50} << Places{50, 60, 70};
    QTest::newRow("out of order") << Places{52, 50} << Places{60, 50};
    QTest::newRow("at the bottom") << Places{99, 98} << Places{100, 90};
    QTest::newRow("outside") << Places{-20, 200} << Places{0, 100};
}

void TestReportFormat::labels_are_spread()
{
    QFETCH(QList<double>, wanted);
    QFETCH(QList<double>, places);
    const auto result = report::spread({wanted.begin(), wanted.end()}, 10, 0, 100);
    QCOMPARE(QList<double>(result.begin(), result.end()), places);
}

QTEST_GUILESS_MAIN(TestReportFormat)
#include "tst_report_format.moc"
