// What contracts are found to say of requirements: statuses, dates, floors and standards.

#include "core/clauses/regulation/assess.h"
#include "core/clauses/regulation/serialise.h"
#include "regulationpacks.h"
#include "regulationtexts.h"
#include "texts.h"

#include <QtTest>
#include <map>

using namespace leeway;
using namespace leeway::clauses;
using namespace leeway::test;

class TestAssess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tiny_statuses_data();
    void tiny_statuses();
    void statuses_data();
    void statuses();
    void charges_over_time();
    void later_start();
    void floor_is_not_the_standard_data();
    void floor_is_not_the_standard();
    void lacking_parts_are_named();
    void evidence_is_verbatim();
    void same_twice();
    void json_keeps_floor_and_standard_apart();

private:
    RequirementFinding find(const Regulation& regulation, const QString& id, const QString& contract,
                            const QString& given, const QString& date) const;

    Pack m_pack;
};

void TestAssess::initTestCase()
{
    auto pack = load_pack("ai-procurement");
    QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
    m_pack = std::move(*pack);
}

RequirementFinding TestAssess::find(const Regulation& regulation, const QString& id, const QString& contract,
                                    const QString& given, const QString& date) const
{
    const auto document = test::read(contract.toStdString());
    const auto assessment =
        assess(document, review(document, m_pack), regulation, answers(given), day(date.toStdString()));
    if (assessment) {
        for (const RequirementFinding& finding : assessment->findings) {
            if (finding.requirement == id.toStdString())
                return finding;
        }
    }
    return {};
}

void TestAssess::tiny_statuses_data()
{
    QTest::addColumn<QString>("contract");
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("date");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("why");
    const QString good = QStringLiteral("# 1 Fees\n\nVendor may raise the fees on sixty (60) days' notice.");
    const QString weak = QStringLiteral("# 1 Fees\n\nVendor may raise the fees on 10 days' notice.");
    const QString silent = QStringLiteral("# 1 Fees\n\nFees are due monthly.");
    QTest::newRow("covered") << good << "bank=yes"
                             << "2026-06-01"
                             << "covered"
                             << "tells you";
    QTest::newRow("weaker") << weak << "bank=yes"
                            << "2026-06-01"
                            << "weaker than the floor"
                            << "Too short.";
    QTest::newRow("absent") << silent << "bank=yes"
                            << "2026-06-01"
                            << "absent"
                            << "";
    QTest::newRow("not applicable") << good << "bank=no"
                                    << "2026-06-01"
                                    << "not applicable"
                                    << "A bank?";
    QTest::newRow("unanswered") << good << ""
                                << "2026-06-01"
                                << "unanswered"
                                << "Open: A bank?";
    QTest::newRow("the day before") << good << "bank=yes"
                                    << "2025-12-31"
                                    << "not yet in force"
                                    << "2026-01-01";
    QTest::newRow("the first day") << good << "bank=yes"
                                   << "2026-01-01"
                                   << "covered"
                                   << "";
    QTest::newRow("the last day") << good << "bank=yes"
                                  << "2026-12-31"
                                  << "covered"
                                  << "";
    QTest::newRow("the day after") << good << "bank=yes"
                                   << "2027-01-01"
                                   << "not applicable"
                                   << "until 2026-12-31";
}

void TestAssess::tiny_statuses()
{
    QFETCH(QString, contract);
    QFETCH(QString, given);
    QFETCH(QString, date);
    QFETCH(QString, status);
    QFETCH(QString, why);
    const auto regulation = parse_regulation(
        "tiny.json",
        tiny(QStringLiteral("bank"), good_floor,
             QString::fromUtf8(", \"applies_from\": \"2026-01-01\", \"applies_until\": \"2026-12-31\""))
            .toStdString());
    QVERIFY2(regulation, regulation ? "" : regulation.error().message.c_str());
    const RequirementFinding finding = find(*regulation, QStringLiteral("TT-01"), contract, given, date);
    QCOMPARE(QString::fromUtf8(to_string(finding.status).data()), status);
    QString reasons;
    for (const std::string& reason : finding.why)
        reasons += QString::fromStdString(reason) + u' ';
    QVERIFY2(reasons.contains(why), qPrintable(reasons));
    if (finding.status == Status::Covered) {
        QCOMPARE(finding.figures.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(finding.figures[0].value), QStringLiteral("60"));
    }
}

void TestAssess::statuses_data()
{
    QTest::addColumn<QString>("regulation");
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("requirement");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("contract");
    int row = 0;
    for (const RegulationText& text : regulation_texts)
        QTest::addRow("%s, %d: %s", text.requirement, ++row, text.status)
            << QString::fromUtf8(text.regulation) << QString::fromUtf8(text.given)
            << QString::fromUtf8(text.requirement) << QString::fromUtf8(text.status)
            << QString::fromUtf8(text.contract);
}

void TestAssess::statuses()
{
    QFETCH(QString, regulation);
    QFETCH(QString, given);
    QFETCH(QString, requirement);
    QFETCH(QString, status);
    QFETCH(QString, contract);
    static std::map<QString, Regulation> loaded;
    if (!loaded.contains(regulation)) {
        auto read = load_regulation(regulation.toStdString());
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        loaded.emplace(regulation, std::move(*read));
    }
    const RequirementFinding finding =
        find(loaded.at(regulation), requirement, contract, given, QStringLiteral("2028-01-01"));
    QString reasons = QString::fromUtf8(to_string(finding.status).data()) + QStringLiteral(": ");
    for (const std::string& reason : finding.why)
        reasons += QString::fromStdString(reason) + u' ';
    QVERIFY2(QLatin1String(to_string(finding.status).data()) == status, qPrintable(reasons));
}

void TestAssess::charges_over_time()
{
    const auto regulation = load_regulation("eu-data-act");
    QVERIFY(regulation);
    const QString given = QStringLiteral("data-processing-service=yes test-version=no custom-built=no");
    const QString contract = QString::fromUtf8("# 9 Exit\n\nProvider may charge Customer switching charges "
                                               "that do not exceed the costs directly linked to "
                                               "the switching process.\n");
    const RequirementFinding before =
        find(*regulation, QStringLiteral("DA-10"), contract, given, QStringLiteral("2027-01-11"));
    QCOMPARE(before.status, Status::Covered);
    QCOMPARE(before.later.size(), std::size_t{1});
    QCOMPARE(base::to_string(before.later[0].from), std::string("2027-01-12"));
    QCOMPARE(before.later[0].status, Status::Weaker);
    const RequirementFinding after =
        find(*regulation, QStringLiteral("DA-10"), contract, given, QStringLiteral("2027-01-12"));
    QCOMPARE(after.status, Status::Weaker);
    QVERIFY(after.later.empty());
    QVERIFY(!after.evidence.empty());
    const QString free = QString::fromUtf8("# 9 Exit\n\nProvider shall export Customer Data free of charge "
                                           "and shall not charge any switching fees.\n");
    QCOMPARE(find(*regulation, QStringLiteral("DA-10"), free, given, QStringLiteral("2028-01-01")).status,
             Status::Covered);
    const auto custom = find(*regulation, QStringLiteral("DA-10"), contract,
                             QStringLiteral("data-processing-service=yes test-version=no custom-built=yes"),
                             QStringLiteral("2026-01-01"));
    QCOMPARE(custom.status, Status::NotApplicable);
}

void TestAssess::later_start()
{
    const auto regulation = load_regulation("eu-ai-act");
    QVERIFY(regulation);
    const Requirement* risk = regulation->find("AI-01");
    QVERIFY(risk != nullptr);
    QCOMPARE(base::to_string(*risk->start(answers(QStringLiteral("high-risk=annex-iii")))),
             std::string("2027-12-02"));
    QCOMPARE(base::to_string(*risk->start(answers(QStringLiteral("high-risk=annex-i")))),
             std::string("2028-08-02"));
    QCOMPARE(base::to_string(*risk->start(answers(QStringLiteral("high-risk=annex-iii legacy-public=yes")))),
             std::string("2030-08-02"));
    const QString contract =
        QStringLiteral("# 4\n\nProvider shall maintain a risk management system for the AI system.\n");
    const auto early = find(*regulation, QStringLiteral("AI-01"), contract,
                            QStringLiteral("high-risk=annex-iii"), QStringLiteral("2027-12-01"));
    QCOMPARE(early.status, Status::NotYetInForce);
    QCOMPARE(early.reading, Status::Covered);
    QCOMPARE(early.later.size(), std::size_t{1});
    QCOMPARE(early.later[0].status, Status::Covered);
    QCOMPARE(find(*regulation, QStringLiteral("AI-01"), contract, QStringLiteral("high-risk=annex-iii"),
                  QStringLiteral("2027-12-02"))
                 .status,
             Status::Covered);
}

void TestAssess::floor_is_not_the_standard_data()
{
    QTest::addColumn<QString>("window");
    QTest::addColumn<QString>("status");
    QTest::addColumn<bool>("standard");
    QTest::newRow("short") << "ten (10) days"
                           << "weaker than the floor" << false;
    QTest::newRow("the floor") << "thirty (30) days"
                               << "covered" << false;
    QTest::newRow("the standard") << "60 days"
                                  << "covered" << true;
}

void TestAssess::floor_is_not_the_standard()
{
    QFETCH(QString, window);
    QFETCH(QString, status);
    QFETCH(bool, standard);
    const auto regulation = load_regulation("eu-data-act");
    QVERIFY(regulation);
    const QString contract = QString::fromUtf8("# 12 Exit\n\n12.1 Customer may retrieve Customer Data for %1 "
                                               "after the end of the transition period.\n")
                                 .arg(window);
    const auto finding =
        find(*regulation, QStringLiteral("DA-08"), contract,
             QStringLiteral("data-processing-service=yes test-version=no"), QStringLiteral("2026-11-30"));
    QCOMPARE(QString::fromUtf8(to_string(finding.status).data()), status);
    QVERIFY(finding.standard.has_value());
    QCOMPARE(*finding.standard, standard);
}

void TestAssess::lacking_parts_are_named()
{
    const auto regulation = load_regulation("dora");
    QVERIFY(regulation);
    const auto finding =
        find(*regulation, QStringLiteral("DO-11"),
             QString::fromUtf8("# 7 Continuity\n\nProvider shall maintain business continuity plans and test "
                               "them every year.\n"),
             QStringLiteral("financial-entity=yes critical-function=yes"), QStringLiteral("2026-11-30"));
    QCOMPARE(finding.status, Status::Weaker);
    QCOMPARE(finding.lacking,
             (std::vector<std::string>{"cooperation in penetration tests", "access, inspection and audit"}));
    QVERIFY(finding.why.back().find("Not found") != std::string::npos);
}

void TestAssess::evidence_is_verbatim()
{
    const auto regulation = load_regulation("eu-data-act");
    QVERIFY(regulation);
    const auto document = test::read("# 12 Exit\n\n12.1 Customer may retrieve Customer Data for 45 days "
                                     "after the end of the transition period.\n");
    const auto assessment = assess(document, review(document, m_pack), *regulation, {}, day("2026-11-30"));
    QVERIFY(assessment);
    std::size_t passages = 0;
    for (const RequirementFinding& finding : assessment->findings) {
        std::uint32_t last = 0;
        for (const Evidence& passage : finding.evidence) {
            QCOMPARE(passage.text, std::string(document.slice(passage.begin, passage.end)));
            QVERIFY(passage.begin >= last);
            last = passage.begin;
            ++passages;
        }
    }
    QVERIFY(passages > 0);
}

void TestAssess::same_twice()
{
    const auto regulation = load_regulation("eu-data-act");
    QVERIFY(regulation);
    const auto document =
        test::read("# 12 Exit\n\nProvider shall assist Customer in switching within 30 days.\n");
    const auto read = review(document, m_pack);
    const auto first = assess(document, read, *regulation, {}, day("2026-11-30"));
    const auto second = assess(document, read, *regulation, {}, day("2026-11-30"));
    QVERIFY(first && second && *first == *second);
}

void TestAssess::json_keeps_floor_and_standard_apart()
{
    const auto regulation = load_regulation("eu-data-act");
    QVERIFY(regulation);
    const auto document = test::read("Nothing is said here.");
    const auto assessment = assess(document, review(document, m_pack), *regulation, {}, day("2026-11-30"));
    QVERIFY(assessment);
    const nlohmann::json rows = to_json(*assessment, *regulation);
    QCOMPARE(rows.size(), std::size_t{22});
    for (const nlohmann::json& row : rows) {
        QVERIFY(!row["legal_floor"]["text"].get<std::string>().empty());
        QVERIFY(row.contains("buyer_standard") && row.contains("proof") && row.contains("evidence"));
    }
    QCOMPARE(rows[9]["legal_floor"]["threshold"].get<std::string>(), std::string("cost only"));
    const nlohmann::json questions = questions_json(*assessment, *regulation);
    QCOMPARE(questions.size(), std::size_t{4});
    QCOMPARE(questions[0]["answer"].get<std::string>(), std::string());
}

QTEST_GUILESS_MAIN(TestAssess)
#include "tst_clauses_assess.moc"
