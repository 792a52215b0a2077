#include "core/simulation/calendar/calendar.h"
#include "core/simulation/calendar/ics.h"
#include "core/simulation/calendar/terms.h"
#include "icsreader.h"
#include "small.h"

#include <QSet>
#include <QTest>
#include <algorithm>
#include <map>

using namespace leeway;
using namespace leeway::simulation;
using small::day;

namespace {

QStringList shown(const std::vector<CalendarDate>& dates)
{
    QStringList lines;
    for (const CalendarDate& date : dates)
        lines +=
            QString::fromStdString(base::to_string(date.date) + (date.decision ? " ! " : " ") + date.what);
    return lines;
}

ContractTerm contract(const char* ends, int renewal_months, NoticeTime notice = {})
{
    ContractTerm term;
    term.title = "Frame";
    term.contract = 7;
    term.ends = day(ends);
    term.renewal_months = std::max(renewal_months, 0);
    term.renews = renewal_months != 0;
    if (notice.days > 0)
        term.notice = notice;
    term.renewal_source = {"Frame", "15.2", 9, "renewal-control", 7, "renews for twelve months"};
    return term;
}

std::vector<CalendarDate> of_contract(const ContractTerm& term, const char* today)
{
    CalendarFacts facts;
    facts.contracts = {&term, 1};
    return calendar_of(facts, day(today));
}

}

class TestCalendar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contractsHaveTheirDays_data();
    void contractsHaveTheirDays();
    void pricesAndPlanHaveTheirDays();
    void sourcesLeadToThePassage();
    void reviewsComeEveryYear();
    void whatIsMissingIsSaid();
    void icsIsStrictlyValid();
    void icsKeepsItsUids();
};

void TestCalendar::contractsHaveTheirDays_data()
{
    QTest::addColumn<QString>("ends");
    QTest::addColumn<int>("renewal");
    QTest::addColumn<int>("days");
    QTest::addColumn<int>("months");
    QTest::addColumn<QString>("today");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("90 days' notice")
        << QStringLiteral("2027-12-31") << 24 << 90 << 0 << QStringLiteral("2026-11-30")
        << QStringList{
               QStringLiteral("2027-10-02 ! Last day for notice to stop the renewal of “Frame”: 90 days "
                              "before its term ends"),
               QStringLiteral("2028-01-01 “Frame” renews for 24 months unless it is stopped")};
    // Two months before 31 December is 31 October, a day earlier than 60 days before it.
    QTest::newRow("2 months' notice")
        << QStringLiteral("2027-12-31") << 12 << 60 << 2 << QStringLiteral("2027-01-01")
        << QStringList{
               QStringLiteral("2027-10-31 ! Last day for notice to stop the renewal of “Frame”: 2 months "
                              "before its term ends"),
               QStringLiteral("2028-01-01 “Frame” renews for 12 months unless it is stopped")};
    QTest::newRow("the third renewal")
        << QStringLiteral("2024-02-29") << 12 << 30 << 0 << QStringLiteral("2026-11-30")
        << QStringList{
               QStringLiteral("2027-01-29 ! Last day for notice to stop the renewal of “Frame”: 30 days "
                              "before its term ends"),
               QStringLiteral("2027-03-01 “Frame” renews for 12 months unless it is stopped")};
    QTest::newRow("notice is over")
        << QStringLiteral("2026-12-31") << 12 << 90 << 0 << QStringLiteral("2026-11-30")
        << QStringList{QStringLiteral("2027-01-01 “Frame” renews for 12 months, unless notice was given by "
                                      "2026-10-02")};
    QTest::newRow("renews for an unknown time")
        << QStringLiteral("2027-12-31") << -1 << 90 << 0 << QStringLiteral("2026-11-30")
        << QStringList{
               QStringLiteral("2027-10-02 ! Last day for notice to stop the renewal of “Frame”: 90 days "
                              "before its term ends"),
               QStringLiteral("2028-01-01 “Frame” renews unless it is stopped")};
    QTest::newRow("notice, but no renewal")
        << QStringLiteral("2027-12-31") << 0 << 90 << 0 << QStringLiteral("2026-11-30")
        << QStringList{
               QStringLiteral("2027-10-02 ! Last day for notice under “Frame”: 90 days before its term ends"),
               QStringLiteral("2027-12-31 “Frame” ends")};
    QTest::newRow("ends for good") << QStringLiteral("2027-06-30") << 0 << 0 << 0
                                   << QStringLiteral("2026-11-30")
                                   << QStringList{QStringLiteral("2027-06-30 ! “Frame” ends")};
    QTest::newRow("has ended") << QStringLiteral("2025-06-30") << 0 << 0 << 0 << QStringLiteral("2026-11-30")
                               << QStringList{};
}

void TestCalendar::contractsHaveTheirDays()
{
    QFETCH(QString, ends);
    QFETCH(int, renewal);
    QFETCH(int, days);
    QFETCH(int, months);
    QFETCH(QString, today);
    QFETCH(QStringList, lines);
    const std::string words =
        months > 0 ? std::to_string(months) + " months" : std::to_string(days) + " days";
    const auto term = contract(ends.toUtf8().constData(), renewal, {days, months, words});
    QCOMPARE(shown(of_contract(term, today.toUtf8().constData())), lines);
}

void TestCalendar::pricesAndPlanHaveTheirDays()
{
    auto sheet = small::sheet();
    sheet.title = "Prices";
    sheet.models[0].retires = day("2027-06-30");
    sheet.models[1].prices.front().until = day("2027-03-31");
    pricing::Commitment commitment;
    commitment.title = "Annual spend";
    commitment.from = day("2026-01-01");
    commitment.until = day("2028-12-31");
    sheet.agreement.commitments.push_back(commitment);
    Plan plan;
    plan.start = base::Month::of(2027, 1);
    plan.budget_lock = day("2028-01-01");
    CalendarFacts facts;
    facts.plan = &plan;
    facts.sheet = &sheet;
    facts.used = {&sheet.models[0], &sheet.models[1], &sheet.models[5]};
    const std::vector<RegulationDate> regulations{
        {day("2027-01-12"), "EU Data Act", "the law asks for more on “Charges”", "Art. 29"},
        {day("2025-09-12"), "EU Data Act", "is past"}};
    facts.regulations = regulations;
    QCOMPARE(
        shown(calendar_of(facts, day("2026-11-30"))),
        (QStringList{
            QStringLiteral("2027-01-01 The term of the scenarios begins"),
            QStringLiteral("2027-01-12 EU Data Act: the law asks for more on “Charges”"),
            QStringLiteral("2027-03-31 ! Last day of the listed prices of tiny of acme: none follow"),
            QStringLiteral("2027-06-30 ! large of acme is retired"),
            QStringLiteral("2027-09-01 New prices of promo of acme"),
            QStringLiteral("2027-09-03 ! Decision gate: last day to decide, 120 days before the budget lock"),
            QStringLiteral("2028-01-01 Budget lock"),
            QStringLiteral("2028-12-31 Commitment ends: Annual spend")}));
    // What is over is left out, but for the gate.
    const auto later = calendar_of(facts, day("2029-01-01"));
    QCOMPARE(later.size(), std::size_t(1));
    QCOMPARE(later.front().kind, DateKind::Gate);
}

void TestCalendar::sourcesLeadToThePassage()
{
    const auto dates = of_contract(contract("2027-12-31", 12, {60, 0, "60 days"}), "2026-11-30");
    QCOMPARE(dates.size(), std::size_t(2));
    for (const CalendarDate& date : dates) {
        QCOMPARE(date.source.contract, std::int64_t(7));
        QCOMPARE(QString::fromStdString(date.source.check), QStringLiteral("renewal-control"));
        QCOMPARE(QString::fromStdString(date.source.section), QStringLiteral("15.2"));
        QCOMPARE(date.source.page, 9);
    }
}

void TestCalendar::reviewsComeEveryYear()
{
    ContractTerm term = contract("2028-02-28", 0);
    term.begins = day("2024-02-29");
    QVERIFY(!next_review(term, day("2026-11-30")));
    term.price_review = DateSource{.title = "Frame", .text = "at most 3 %"};
    QCOMPARE(next_review(term, day("2024-01-01")), std::optional(day("2025-02-28")));
    QCOMPARE(next_review(term, day("2026-11-30")), std::optional(day("2027-02-28")));
    QCOMPARE(next_review(term, day("2027-02-28")), std::optional(day("2027-02-28")));
    QVERIFY(!next_review(term, day("2028-03-01"))); // after the term
    const auto dates = of_contract(term, "2026-11-30");
    QCOMPARE(shown(dates).first(),
             QStringLiteral(
                 "2027-02-28 Price review of “Frame”, on the anniversary of its beginning: at most 3 %"));
}

void TestCalendar::whatIsMissingIsSaid()
{
    ContractTerm term;
    term.title = "Frame";
    term.notice = NoticeTime{60, 0, "60 days"};
    Plan plan;
    CalendarFacts facts;
    facts.contracts = {&term, 1};
    facts.plan = &plan;
    const auto missing = missing_dates(facts);
    QCOMPARE(missing.size(), std::size_t(2));
    QVERIFY(missing[0].find("notice is due 60 days before it") != std::string::npos);
    QVERIFY(missing[1].find("budget") != std::string::npos);
    term.ends = day("2027-12-31");
    plan.budget_lock = day("2027-12-31");
    QVERIFY(missing_dates(facts).empty());
    term.renews = true;
    const auto unknown = missing_dates(facts);
    QCOMPARE(unknown.size(), std::size_t(1));
    QVERIFY(unknown[0].find("for how long was not found") != std::string::npos);
}

void TestCalendar::icsIsStrictlyValid()
{
    std::vector<CalendarDate> dates =
        of_contract(contract("2027-12-31", 12, {60, 0, "60 days"}), "2026-11-30");
    const std::string odd = "Ends; “Über, alles” \\ and\nmore 🗓 " + std::string(300, 'x') +
                            std::string(200, ' ') + "ééééééééééééééééééééééééééééééééééééééééééééé";
    dates.push_back(
        {day("2028-02-29"), odd, false, DateKind::End, {.title = "A;B", .text = "c,d\r\ne"}, "odd"});
    const std::string ics = to_ics(dates, "Purchase, 2027", *base::parse_instant("2026-11-30T19:02:03.500Z"));
    const IcsFile file(QByteArray::fromStdString(ics));
    QCOMPARE(file.errors, QStringList());
    QCOMPARE(file.events.size(), 3);
    const auto& notice = file.events[0];
    QCOMPARE(notice.values[QStringLiteral("DTSTART;VALUE=DATE")], QStringLiteral("20271101"));
    QCOMPARE(notice.values[QStringLiteral("DTEND;VALUE=DATE")], QStringLiteral("20271102"));
    QCOMPARE(notice.values[QStringLiteral("DTSTAMP")], QStringLiteral("20261130T190203Z"));
    QCOMPARE(notice.values[QStringLiteral("CATEGORIES")], QStringLiteral("notice deadline"));
    QCOMPARE(notice.values[QStringLiteral("DESCRIPTION")],
             QStringLiteral("Frame, section 15.2, page 9\nrenews for twelve months"));
    QCOMPARE(notice.triggers, (QStringList{QStringLiteral("-P30D"), QStringLiteral("-P7D")}));
    const auto& last = file.events[2];
    QCOMPARE(last.values[QStringLiteral("SUMMARY")], QString::fromStdString(odd));
    QCOMPARE(last.values[QStringLiteral("DTEND;VALUE=DATE")], QStringLiteral("20280301"));
    QCOMPARE(last.values[QStringLiteral("DESCRIPTION")], QStringLiteral("A;B\nc,d \ne"));
    QCOMPARE(last.triggers, QStringList{QStringLiteral("-P7D")});
    QVERIFY(IcsFile(QByteArray::fromStdString(to_ics({}, "empty", {}))).errors.isEmpty());
}

void TestCalendar::icsKeepsItsUids()
{
    Plan plan;
    plan.start = base::Month::of(2027, 1);
    plan.budget_lock = day("2028-01-01");
    const auto term = contract("2027-12-31", 12, {60, 0, "60 days"});
    const std::vector<ContractTerm> both{term, term};
    CalendarFacts facts;
    facts.plan = &plan;
    facts.contracts = both;
    const auto uids = [&](const std::string& name) {
        QStringList list;
        const auto dates = calendar_of(facts, day("2026-11-30"));
        const IcsFile file(QByteArray::fromStdString(to_ics(dates, name, {})));
        for (const auto& event : file.events)
            list += event.values[QStringLiteral("UID")];
        list.sort();
        return list;
    };
    const QStringList first = uids("Purchase");
    QCOMPARE(QSet<QString>(first.begin(), first.end()).size(), first.size());
    plan.budget_lock = day("2028-03-01"); // the gate moves, its event stays the same
    QCOMPARE(uids("Purchase"), first);
    QVERIFY(uids("Another") != first);
    // An event that has passed does not hand its UID on to the next one.
    const std::vector<ContractTerm> sooner{contract("2026-06-30", 0), contract("2027-12-31", 0)};
    facts = {};
    facts.contracts = sooner;
    const auto ends = [&](const char* today) {
        std::map<base::Date, std::string> by_day;
        for (const CalendarDate& date : calendar_of(facts, day(today)))
            by_day[date.date] = date.uid;
        return by_day[day("2027-12-31")];
    };
    QCOMPARE(ends("2026-01-01"), ends("2026-11-30"));
    // Nor does a new title make another event.
    std::vector<ContractTerm> renamed = sooner;
    renamed[1].title = "Frame of 2026";
    facts.contracts = renamed;
    const std::string after = ends("2026-01-01");
    facts.contracts = sooner;
    QCOMPARE(after, ends("2026-01-01"));
}

QTEST_GUILESS_MAIN(TestCalendar)
#include "tst_calendar.moc"
