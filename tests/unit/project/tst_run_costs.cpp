#include "core/project/leave.h"
#include "core/project/runcosts.h"

#include <QTest>

using namespace leeway;

namespace {

pricing::Model model_at(const std::string& name, const char* price)
{
    pricing::Model model;
    model.vendor = "own";
    model.model = name;
    pricing::DatedRates rates;
    rates.rates.push_back({pricing::Component::Input, *base::Decimal::parse(price), "standard", 0});
    model.prices = {rates};
    return model;
}

pricing::Sheet sheet()
{
    pricing::Sheet sheet;
    sheet.currency = "EUR";
    sheet.models = {model_at("today", "0.004"), model_at("local", "0.001")};
    return sheet;
}

// Four requests of 1,000 tokens together.
usage::Cube cube_of(const std::string& model)
{
    usage::Cell cell;
    cell.key.day = *base::parse_date("2026-11-02");
    cell.key.vendor = "own";
    cell.key.model = model;
    cell.counts[pricing::Component::Input] = 1000;
    usage::Cube cube;
    cube.cells = {cell};
    cube.requests = 4;
    return cube;
}

std::string text_of(const std::optional<base::Decimal>& cost)
{
    return cost ? cost->to_string() : "none";
}

}

class TestRunCosts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRequestOfTheTraffic_data()
    {
        QTest::addColumn<QString>("served");
        QTest::addColumn<QString>("candidate");
        QTest::addColumn<QString>("currency"); // of the run
        QTest::addColumn<QString>("incumbent");
        QTest::addColumn<QString>("ours");
        QTest::newRow("both known") << "today"
                                    << "local"
                                    << ""
                                    << "1"
                                    << "0.25";
        QTest::newRow("in the run's currency") << "today"
                                               << "local"
                                               << "EUR"
                                               << "1"
                                               << "0.25";
        QTest::newRow("in another currency") << "today"
                                             << "local"
                                             << "USD"
                                             << "none"
                                             << "7";
        QTest::newRow("the fallback has no price") << "today"
                                                   << "elsewhere"
                                                   << "EUR"
                                                   << "1"
                                                   << "none";
        QTest::newRow("today's has no price") << "gone"
                                              << "local"
                                              << "EUR"
                                              << "none"
                                              << "7";
    }
    void aRequestOfTheTraffic()
    {
        QFETCH(QString, served);
        QFETCH(QString, candidate);
        QFETCH(QString, currency);
        QFETCH(QString, incumbent);
        QFETCH(QString, ours);
        fallback::ReadinessInput input;
        input.currency = currency.toStdString();
        input.cost_per_request = base::Decimal::from_integer(7); // what the run itself cost
        project::add_costs(input, cube_of(served.toStdString()), sheet(), candidate.toStdString());
        QCOMPARE(QString::fromStdString(text_of(input.incumbent_cost_per_request)), incumbent);
        QCOMPARE(QString::fromStdString(text_of(input.cost_per_request)), ours);
        const bool both = incumbent != u"none" && ours != u"none";
        QCOMPARE(fallback::readiness_of(input).cost.has_value(), both);
    }

    void noTraffic()
    {
        fallback::ReadinessInput input;
        project::add_costs(input, {}, sheet(), "local");
        QVERIFY(!input.incumbent_cost_per_request && !input.cost_per_request);
    }

    void aPassageStandsBesideItsVerdictOnly_data()
    {
        QTest::addColumn<bool>("decided");
        QTest::addColumn<bool>("own_passage");
        QTest::addColumn<bool>("same_verdict");
        QTest::addColumn<QString>("passage");
        QTest::newRow("no decision") << false << false << false << "found";
        QTest::newRow("a decision that agrees") << true << false << true << "found";
        QTest::newRow("another verdict") << true << false << false << "note";
        QTest::newRow("another verdict and passage") << true << true << false << "taken";
    }
    void aPassageStandsBesideItsVerdictOnly()
    {
        QFETCH(bool, decided);
        QFETCH(bool, own_passage);
        QFETCH(bool, same_verdict);
        QFETCH(QString, passage);
        project::Contract contract;
        contract.versions.resize(1);
        clauses::Finding finding;
        finding.check = "competing-use-ban";
        finding.verdict = clauses::Verdict::Adverse;
        finding.evidence.resize(1);
        finding.evidence[0].text = "found";
        contract.versions[0].review.findings = {finding};
        if (decided) {
            project::Decision decision;
            decision.check = finding.check;
            decision.verdict = same_verdict ? finding.verdict : clauses::Verdict::Missing;
            decision.note = "note";
            if (own_passage) {
                decision.evidence.resize(1);
                decision.evidence[0].text = "taken";
            }
            contract.decisions = {decision};
        }
        const auto leave = project::leave_of({contract}, {"competing-use-ban"});
        QCOMPARE(leave.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(leave[0].passage), passage);
    }
};

QTEST_GUILESS_MAIN(TestRunCosts)
#include "tst_run_costs.moc"
