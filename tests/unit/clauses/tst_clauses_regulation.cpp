// Regulation packs: the bundled ones, the answers on which they hang, and errors that name line and path.

#include "core/clauses/regulation/assess.h"
#include "core/clauses/regulation/regulation.h"
#include "regulationpacks.h"
#include "texts.h"

#include <QtTest>

using namespace leeway;
using namespace leeway::clauses;
using namespace leeway::test;

namespace {

std::string as_text(Applies applies)
{
    return applies == Applies::Yes ? "yes" : applies == Applies::No ? "no" : "unknown";
}

}

class TestRegulation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void bundled_data();
    void bundled();
    void errors_data();
    void errors();
    void applicability_data();
    void applicability();
    void answers_are_checked();

private:
    Pack m_pack;
};

void TestRegulation::initTestCase()
{
    auto pack = load_pack("ai-procurement");
    QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
    m_pack = std::move(*pack);
}

void TestRegulation::bundled_data()
{
    QTest::addColumn<int>("requirements");
    QTest::addColumn<QString>("first");
    QTest::newRow("eu-data-act") << 22 << "DA-01";
    QTest::newRow("dora") << 14 << "DO-01";
    QTest::newRow("eu-ai-act") << 12 << "AI-01";
    QTest::newRow("us-m-25-22") << 8 << "US-01";
    QTest::newRow("mcc-ai") << 10 << "MC-A";
}

void TestRegulation::bundled()
{
    QFETCH(int, requirements);
    QFETCH(QString, first);
    const auto regulation = load_regulation(QTest::currentDataTag());
    QVERIFY2(regulation, regulation ? "" : regulation.error().message.c_str());
    QVERIFY(is_regulation(QTest::currentDataTag()));
    QCOMPARE(regulation->requirements.size(), static_cast<std::size_t>(requirements));
    QCOMPARE(QString::fromStdString(regulation->requirements.front().id), first);
    QCOMPARE(regulation->sha256.size(), std::size_t{64});
    QVERIFY(!regulation->summary.empty() && !regulation->questions.empty());
    for (const Requirement& requirement : regulation->requirements) {
        QVERIFY2(requirement.from.has_value(), requirement.id.c_str());
        QVERIFY2(!requirement.sources.empty() && !requirement.rules.signals.empty(), requirement.id.c_str());
        QVERIFY2(!requirement.applies.when.nodes().empty(), requirement.id.c_str());
        for (const std::string& check : requirement.checks)
            QVERIFY2(m_pack.find(check) != nullptr, (requirement.id + " " + check).c_str());
        // Whatever is not from the text of the law itself is marked.
        if (requirement.proof == Proof::Unverified)
            QVERIFY2(!requirement.unverified.empty(), requirement.id.c_str());
    }
    // On an empty contract nothing may be found but what silence grants.
    const auto document = test::read("# Order\n\nThe parties met on Monday.\n");
    const auto assessment = assess(document, review(document, m_pack), *regulation, {}, day("2026-11-30"));
    QVERIFY(assessment);
    for (const RequirementFinding& finding : assessment->findings) {
        QVERIFY2(finding.status == Status::Unanswered, finding.requirement.c_str());
        QVERIFY2(!finding.open.empty(), finding.requirement.c_str());
        QVERIFY2(finding.reading == Status::Absent || finding.requirement == "DA-22",
                 finding.requirement.c_str());
    }
}

void TestRegulation::errors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("complaint");
    const auto floor = [](const QString& resolve) {
        return QString::fromUtf8("{ \"text\": \"a\", \"resolve\": [ %1 ] }").arg(resolve);
    };
    QTest::newRow("no JSON") << "{ \"id\": "
                             << ""
                             << "line 1";
    QTest::newRow("unknown question")
        << tiny(QStringLiteral("insurer"), good_floor) << "/requirements/0/applies"
        << "insurer";
    QTest::newRow("unknown answer") << tiny(QStringLiteral("service=paas"), good_floor)
                                    << "/requirements/0/applies"
                                    << "iaas, saas";
    QTest::newRow("words between answers")
        << tiny(QStringLiteral("bank ~3 bank"), good_floor) << "/requirements/0/applies"
        << "no meaning";
    QTest::newRow("unknown signal")
        << tiny(any_answer,
                floor(QString::fromUtf8(
                    "{ \"if\": \"tolled\", \"status\": \"covered\" }, { \"status\": \"absent\" }")))
        << "/requirements/0/legal_floor/0/resolve/0/if"
        << "tolled";
    QTest::newRow("unknown check")
        << tiny(any_answer,
                floor(QString::fromUtf8(
                    "{ \"if\": \"liability:met\", \"status\": \"covered\" }, { \"status\": \"absent\" }")))
        << "/requirements/0/legal_floor/0/resolve/0/if"
        << "liability";
    QTest::newRow("unknown verdict")
        << tiny(
               any_answer,
               floor(QString::fromUtf8(
                   "{ \"if\": \"price-review:fine\", \"status\": \"covered\" }, { \"status\": \"absent\" }")))
        << "/requirements/0/legal_floor/0/resolve/0/if"
        << "fine";
    QTest::newRow("unknown figure")
        << tiny(any_answer,
                floor(QString::fromUtf8(
                    "{ \"if\": \"window>=30\", \"status\": \"covered\" }, { \"status\": \"absent\" }")))
        << "/requirements/0/legal_floor/0/resolve/0/if"
        << "window";
    QTest::newRow("no number")
        << tiny(any_answer,
                floor(QString::fromUtf8(
                    "{ \"if\": \"period>=often\", \"status\": \"covered\" }, { \"status\": \"absent\" }")))
        << "/requirements/0/legal_floor/0/resolve/0/if"
        << "no number";
    QTest::newRow("no date")
        << tiny(any_answer,
                floor(QString::fromUtf8(
                    "{ \"if\": \"date>=2027-13-01\", \"status\": \"covered\" }, { \"status\": \"absent\" }")))
        << "/requirements/0/legal_floor/0/resolve/0/if"
        << "2027-13-01";
    QTest::newRow("no last resort") << tiny(any_answer, floor(QString::fromUtf8(
                                                            "{ \"if\": \"told\", \"status\": \"covered\" }")))
                                    << "/requirements/0/legal_floor/0/resolve"
                                    << "without “if”";
    QTest::newRow("nothing to judge by")
        << tiny(any_answer, QString::fromUtf8("{ \"text\": \"a\" }")) << "/requirements/0/legal_floor/0"
        << "parts";
    QTest::newRow("floors out of order")
        << tiny(any_answer, good_floor + QStringLiteral(",") + good_floor) << "/requirements/0/legal_floor/1"
        << "from";
    QTest::newRow("impossible day") << tiny(any_answer, good_floor,
                                            QString::fromUtf8(", \"applies_from\": \"2026-02-30\""))
                                    << "/requirements/0/applies_from"
                                    << "2026-02-30";
    QTest::newRow("ends before it begins")
        << tiny(any_answer, good_floor,
                QString::fromUtf8(", \"applies_from\": \"2026-02-03\", \"applies_until\": \"2026-02-02\""))
        << "/requirements/0/applies_until"
        << "begins";
    QTest::newRow("unknown status") << tiny(any_answer, floor(QString::fromUtf8("{ \"status\": \"fine\" }")))
                                    << "/requirements/0/legal_floor/0/resolve/0/status"
                                    << "";
    QTest::newRow("unknown part") << tiny(any_answer, good_floor,
                                          QString::fromUtf8(
                                              ", \"parts\": [ { \"title\": \"x\", \"when\": \"nix\" } ]"))
                                  << "/requirements/0/parts/0/when"
                                  << "nix";
}

void TestRegulation::errors()
{
    QFETCH(QString, text);
    QFETCH(QString, path);
    QFETCH(QString, complaint);
    const auto regulation = parse_regulation("tiny.json", text.toStdString());
    QVERIFY(!regulation);
    const QString message = QString::fromStdString(regulation.error().message);
    QVERIFY2(message.startsWith(QStringLiteral("tiny.json")), qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("line ")), qPrintable(message));
    QVERIFY2(message.contains(path), qPrintable(message));
    QVERIFY2(message.contains(complaint), qPrintable(message));
}

void TestRegulation::applicability_data()
{
    QTest::addColumn<QString>("applies");
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("open");
    QTest::newRow("yes") << "bank"
                         << "bank=yes"
                         << "yes"
                         << "";
    QTest::newRow("no") << "bank"
                        << "bank=no"
                        << "no"
                        << "";
    QTest::newRow("open") << "bank"
                          << ""
                          << "unknown"
                          << "bank";
    QTest::newRow("not") << "!bank"
                         << "bank=no"
                         << "yes"
                         << "";
    QTest::newRow("and, one no decides") << "bank & service=iaas"
                                         << "bank=no"
                                         << "no"
                                         << "";
    QTest::newRow("and, the rest is open") << "bank & service=iaas"
                                           << "bank=yes"
                                           << "unknown"
                                           << "service";
    QTest::newRow("and, both open") << "bank & service=iaas"
                                    << ""
                                    << "unknown"
                                    << "bank service";
    QTest::newRow("or, one yes decides") << "bank | service=iaas"
                                         << "service=iaas"
                                         << "yes"
                                         << "";
    QTest::newRow("or, a no leaves it open") << "bank | service=iaas"
                                             << "service=saas"
                                             << "unknown"
                                             << "bank";
    QTest::newRow("either answer of one question") << "service=iaas | service=saas"
                                                   << ""
                                                   << "unknown"
                                                   << "service";
}

void TestRegulation::applicability()
{
    QFETCH(QString, applies);
    QFETCH(QString, given);
    QFETCH(QString, expected);
    QFETCH(QString, open);
    const auto regulation = parse_regulation("tiny.json", tiny(applies, good_floor).toStdString());
    QVERIFY2(regulation, regulation ? "" : regulation.error().message.c_str());
    const Application application = application_of(regulation->requirements[0].applies, answers(given));
    QCOMPARE(QString::fromStdString(as_text(application.applies)), expected);
    QStringList names;
    for (const std::string& question : application.open)
        names << QString::fromStdString(question);
    QCOMPARE(names.join(u' '), open);
}

void TestRegulation::answers_are_checked()
{
    const auto regulation = load_regulation("dora");
    QVERIFY(regulation);
    const auto document = test::read("Nothing.");
    const auto no_question = assess(document, {}, *regulation, {{"bank", "yes"}}, day("2026-11-30"));
    QVERIFY(!no_question && no_question.error().message.find("financial-entity") != std::string::npos);
    const auto no_answer =
        assess(document, {}, *regulation, {{"financial-entity", "maybe"}}, day("2026-11-30"));
    QVERIFY(!no_answer && no_answer.error().message.find("yes, no") != std::string::npos);
    QVERIFY(!parse_answer("financial-entity"));
    QVERIFY(!parse_answer("=yes"));
}

QTEST_GUILESS_MAIN(TestRegulation)
#include "tst_clauses_regulation.moc"
