#include "core/report/model.h"
#include "core/report/writers.h"

#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

using namespace leeway;
using clauses::Verdict;

namespace {

clauses::Pack pack()
{
    clauses::Pack pack;
    pack.id = "test";
    for (const char* id : {"no-training", "liability"}) {
        clauses::Check check;
        check.id = id;
        check.title = id;
        check.category = "Data";
        check.weight = 5;
        check.ask = "Ask.";
        check.when_adverse = "Denied.";
        pack.checks.push_back(check);
    }
    return pack;
}

// A contract in German, of which nothing was read; the first `decided` checks are decided as adverse.
report::Model model(std::size_t decided)
{
    project::Version version;
    version.id = 1;
    version.label = "1";
    version.review.outside = "de";
    project::Contract contract;
    contract.id = 1;
    contract.title = "Rahmenvertrag";
    contract.versions = {version};
    for (std::size_t i = 0; i < decided; ++i) {
        project::Decision decision;
        decision.check = pack().checks[i].id;
        decision.verdict = Verdict::Adverse;
        decision.author = "A reviewer";
        contract.decisions.push_back(decision);
    }
    project::Snapshot snapshot;
    snapshot.contracts = {contract};
    snapshot.settings.profile.gates = {"no-training"};
    return report::assemble(snapshot, pack(), *base::parse_date("2026-11-30"));
}

bool any_has(const std::vector<std::string>& lines, std::string_view words)
{
    return std::ranges::any_of(lines, [&](const auto& line) { return line.find(words) != line.npos; });
}

}

class TestReportUnread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void index_data();
    void index();
};

void TestReportUnread::index_data()
{
    QTest::addColumn<int>("decided");
    QTest::addColumn<bool>("scored");
    QTest::addColumn<bool>("gate");
    QTest::newRow("nothing decided") << 0 << false << false;
    QTest::newRow("some decided") << 1 << false << true;
    QTest::newRow("all decided") << 2 << true << true;
}

void TestReportUnread::index()
{
    QFETCH(int, decided);
    QFETCH(bool, scored);
    QFETCH(bool, gate);
    const report::Model made = model(static_cast<std::size_t>(decided));
    const report::ContractPart& part = made.contracts.front();
    QCOMPARE(part.has_index(), scored);
    QCOMPARE(part.no_index_reason().empty(), scored);
    QCOMPARE(part.no_index_reason().find("German") != std::string::npos, !scored);
    QCOMPARE(part.urgent.empty(), !scored);
    QCOMPARE(any_has(made.do_next, "Negotiate"), scored);
    QCOMPARE(any_has(made.stands_out, "must be met"), gate);
    const auto json = nlohmann::json::parse(report::to_json(made));
    QCOMPARE(json["contracts"][0]["index"].is_null(), !scored);
    if (scored)
        QCOMPARE(part.index.value, 1000);
}

QTEST_GUILESS_MAIN(TestReportUnread)
#include "tst_report_unread.moc"
