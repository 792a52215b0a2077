#include "core/document/readers.h"
#include "core/report/calendar.h"
#include "core/report/model.h"

#include <QFile>
#include <QtTest/QtTest>

using namespace leeway;
using simulation::DateKind;

namespace {

const base::Date today = *base::parse_date("2026-11-30");

clauses::Pack pack()
{
    auto pack = clauses::load_pack("ai-procurement");
    if (!pack)
        qFatal("%s", pack.error().message.c_str());
    return *pack;
}

project::Snapshot with_contract(const std::string& text)
{
    const auto document = document::read_plain(document::Format::Markdown, "frame.md", text);
    if (!document)
        qFatal("%s", document.error().message.c_str());
    project::Version version;
    version.document = *document;
    version.review = clauses::review(*document, pack());
    project::Contract contract;
    contract.id = 3;
    contract.title = "Frame";
    contract.versions = {version};
    project::Snapshot snapshot;
    snapshot.contracts = {contract};
    return snapshot;
}

const report::KeyDate* find(const std::vector<report::KeyDate>& dates, DateKind kind)
{
    const auto found = std::find_if(dates.begin(), dates.end(),
                                    [kind](const report::KeyDate& date) { return date.kind == kind; });
    return found == dates.end() ? nullptr : &*found;
}

QString on(const report::KeyDate* date)
{
    return date == nullptr ? QString() : QString::fromStdString(base::to_string(date->date));
}

}

class TestReportDates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void the_sample_contract_has_its_days();
    void a_person_s_passage_goes_first();
    void reviews_with_a_limit_have_a_day();
    void notice_in_months_or_days_data();
    void notice_in_months_or_days();
    void regulations_wait_for_a_contract();
    void what_is_missing_is_said();
};

void TestReportDates::the_sample_contract_has_its_days()
{
    QFile file(QStringLiteral(LEEWAY_SOURCE_DIR "/resources/samples/aurora-agreement.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const report::Model model = report::assemble(with_contract(file.readAll().toStdString()), pack(), today);
    const report::KeyDate* notice = find(model.dates, DateKind::Notice);
    QCOMPARE(on(notice), QStringLiteral("2027-10-02")); // 90 days before 31 December 2027
    QVERIFY(notice->decision);
    QCOMPARE(QString::fromStdString(notice->source.check), QStringLiteral("renewal-control"));
    QCOMPARE(notice->source.contract, std::int64_t(3));
    QCOMPARE(QString::fromStdString(report::place(notice->source)), QStringLiteral("Frame · §15.2"));
    QCOMPARE(on(find(model.dates, DateKind::Renewal)), QStringLiteral("2028-01-01"));
    // Its prices may change on any day, which is none to keep.
    QVERIFY(find(model.dates, DateKind::PriceReview) == nullptr);
    QVERIFY(std::is_sorted(model.dates.begin(), model.dates.end(),
                           [](const auto& a, const auto& b) { return a.date < b.date; }));
}

void TestReportDates::a_person_s_passage_goes_first()
{
    project::Snapshot snapshot = with_contract("This Agreement takes effect on 1 January 2026.\n\n"
                                               "This Agreement continues until 31 December 2027.\n");
    project::Decision decision;
    decision.check = "renewal-control";
    decision.verdict = clauses::Verdict::Partial;
    decision.evidence = {{0, 4, 12, "9.9", "the passage", clauses::Role::Gives}};
    snapshot.contracts.front().decisions = {decision};
    clauses::Finding finding;
    finding.check = "renewal-control";
    finding.parameters = {{"notice", "60", "days"}};
    finding.evidence = {{0, 4, 2, "1.1", "sixty days", clauses::Role::Gives}};
    snapshot.contracts.front().versions.front().review.findings = {finding};
    const report::Model model = report::assemble(snapshot, pack(), today);
    const report::KeyDate* notice = find(model.dates, DateKind::Notice);
    QCOMPARE(on(notice), QStringLiteral("2027-11-01"));
    QCOMPARE(QString::fromStdString(report::place(notice->source)), QStringLiteral("Frame · §9.9 · p. 12"));
}

void TestReportDates::reviews_with_a_limit_have_a_day()
{
    project::Snapshot snapshot = with_contract("This Agreement takes effect on 1 March 2026.\n");
    clauses::Finding finding;
    finding.check = "price-review";
    finding.verdict = clauses::Verdict::Partial;
    finding.parameters = {{"cap", "3", "percent"}, {"notice", "60", "days"}};
    finding.evidence = {{0, 4, 2, "6.1", "by at most 3 % a year", clauses::Role::Gives}};
    snapshot.contracts.front().versions.front().review.findings = {finding};
    const report::Model model = report::assemble(snapshot, pack(), today);
    const report::KeyDate* review = find(model.dates, DateKind::PriceReview);
    QCOMPARE(on(review), QStringLiteral("2027-03-01"));
    QVERIFY(review->what.find("60") != std::string::npos);
    QCOMPARE(QString::fromStdString(review->source.section), QStringLiteral("6.1"));
}

void TestReportDates::notice_in_months_or_days_data()
{
    QTest::addColumn<QStringList>("passages");
    QTest::addColumn<QString>("day");
    const QString months = QStringLiteral("2027-10-31");
    const QString days = QStringLiteral("2027-11-01");
    QTest::newRow("months") << QStringList{QStringLiteral("on two months' notice")} << months;
    QTest::newRow("figure in brackets")
        << QStringList{QStringLiteral("two (2) calendar months’ notice")} << months;
    QTest::newRow("months beside a day")
        << QStringList{QStringLiteral("2-month notice before the last day of the term")} << months;
    QTest::newRow("days") << QStringList{QStringLiteral("on sixty (60) days' notice")} << days;
    QTest::newRow("term in months, notice in days elsewhere")
        << QStringList{QStringLiteral("It renews for terms of 12 months."),
                       QStringLiteral("60 days' written notice")}
        << days;
    QTest::newRow("term in months only")
        << QStringList{QStringLiteral("It renews for terms of 12 months.")} << days;
    QTest::newRow("both") << QStringList{QStringLiteral("renews every two months"),
                                         QStringLiteral("60 days' notice")}
                          << days;
}

void TestReportDates::notice_in_months_or_days()
{
    QFETCH(QStringList, passages);
    QFETCH(QString, day);
    project::Snapshot snapshot = with_contract("This Agreement continues until 31 December 2027.\n");
    clauses::Finding finding;
    finding.check = "renewal-control";
    finding.parameters = {{"notice", "60", "days"}};
    for (const QString& passage : passages)
        finding.evidence.push_back({0, 4, 2, "1.1", passage.toStdString(), clauses::Role::Gives});
    snapshot.contracts.front().versions.front().review.findings = {finding};
    const report::Model model = report::assemble(snapshot, pack(), today);
    QCOMPARE(on(find(model.dates, DateKind::Notice)), day);
}

void TestReportDates::regulations_wait_for_a_contract()
{
    QVERIFY(!report::regulation_dates().empty());
    const auto none = report::assemble(project::Snapshot{}, pack(), today);
    QVERIFY(find(none.dates, DateKind::Regulation) == nullptr);
    const auto some = report::assemble(with_contract("Nothing.\n"), pack(), today);
    std::map<std::string, std::string> days;
    for (const report::KeyDate& date : some.dates)
        days[base::to_string(date.date)] = date.what;
    QVERIFY(days["2027-01-12"].find("Data Act") != std::string::npos); // no switching charges from then on
    QVERIFY(days["2027-12-02"].find("AI Act") != std::string::npos);   // high-risk duties
}

void TestReportDates::what_is_missing_is_said()
{
    const auto model =
        report::assemble(with_contract("The Provider answers within 2 days.\n"), pack(), today);
    QCOMPARE(model.missing_dates.size(), std::size_t(1));
    QVERIFY(model.missing_dates.front().find("“Frame”") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestReportDates)
#include "tst_report_dates.moc"
