#include "core/report/model.h"

#include <QtTest/QtTest>

using namespace leeway;
using clauses::Polarity;
using clauses::Verdict;

namespace {

clauses::Check check(const std::string& id, const std::string& title, Polarity polarity, double weight)
{
    clauses::Check check;
    check.id = id;
    check.title = title;
    check.polarity = polarity;
    check.category = weight > 4 ? "Data" : "Price";
    check.weight = weight;
    check.ask = "Ask for " + title + ".";
    check.when_met = title + " is given.";
    check.when_partial = title + " is given in part.";
    check.when_missing = title + " is not there.";
    check.when_adverse = title + " is denied.";
    return check;
}

clauses::Pack pack()
{
    clauses::Pack pack;
    pack.id = "test";
    pack.version = "2.1";
    pack.sha256 = std::string(64, 'c');
    pack.checks = {check("no-training", "No training", Polarity::Protective, 5),
                   check("liability", "Liability", Polarity::Protective, 1),
                   check("assignment", "Assignment", Polarity::Hazard, 2),
                   check("price-review", "Price review", Polarity::Protective, 4)};
    return pack;
}

clauses::Finding finding(const std::string& id, Verdict verdict, const std::string& section, int page)
{
    clauses::Finding finding;
    finding.check = id;
    finding.verdict = verdict;
    finding.confidence = 0.8;
    finding.why = {"Because of §" + section + "."};
    if (!section.empty())
        finding.evidence = {{0, 4, page, section, "text", clauses::Role::Takes}};
    return finding;
}

project::Contract contract(const std::string& title = "Frame")
{
    project::Version version;
    version.id = 1;
    version.label = "2";
    version.document.name = "frame.pdf";
    version.document.sha256 = std::string(64, 'd');
    version.document.pages.resize(9);
    version.review.engine = "1.7";
    version.review.findings = {finding("no-training", Verdict::Adverse, "8.2", 7),
                               finding("liability", Verdict::Missing, "", 0),
                               finding("price-review", Verdict::Adverse, "5.3", 5)};
    project::Contract contract;
    contract.id = 1;
    contract.title = title;
    contract.vendor = "Aurora AI";
    contract.versions = {version};
    return contract;
}

project::Decision decision(const std::string& id, Verdict verdict)
{
    project::Decision decision;
    decision.check = id;
    decision.verdict = verdict;
    decision.author = "m.keller";
    decision.time = *base::parse_instant("2026-11-27T10:00:00Z");
    return decision;
}

// Two models of two vendors; 1,000 requests of a million tokens each in June 2026 at 0.001 USD a thousand
// tokens.
project::Snapshot with_costs()
{
    project::Snapshot snapshot;
    snapshot.settings.title = "Assistant";
    snapshot.contracts = {contract()};
    for (const char* vendor : {"one", "two"}) {
        pricing::Model model;
        model.vendor = vendor;
        model.model = std::string(vendor) + "-large";
        pricing::DatedRates dated;
        pricing::Rate rate;
        rate.price = *base::Decimal::parse("0.000001");
        dated.rates = {rate};
        model.prices = {dated};
        snapshot.sheet.models.push_back(model);
    }
    snapshot.sheet.title = "Test prices";
    snapshot.sheet.as_of = *base::parse_date("2026-11-28");
    usage::Cell cell;
    cell.key.day = *base::parse_date("2026-06-15");
    cell.key.vendor = "one";
    cell.key.model = "one-large";
    cell.counts[pricing::Component::Request] = 1000;
    cell.counts[pricing::Component::Input] = 1000000000;
    snapshot.cube.cells = {cell};
    snapshot.cube.requests = 1000;
    simulation::Scenario base_case;
    base_case.id = "base";
    base_case.title = "Base";
    simulation::Scenario spike;
    spike.id = "spike";
    spike.title = "Spike";
    spike.price_changes = {{"one", "", 50, 1}};
    snapshot.scenarios.id = "test";
    snapshot.scenarios.title = "Test";
    snapshot.scenarios.plan.start = base::Month::of(2027, 1);
    snapshot.scenarios.plan.months = 12;
    snapshot.scenarios.scenarios = {base_case, spike};
    return snapshot;
}

const base::Date today = *base::parse_date("2026-11-30");

bool any_has(const std::vector<std::string>& lines, const char* words)
{
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return QString::fromStdString(line).replace(QChar::Nbsp, u' ').contains(QString::fromUtf8(words));
    });
}

QByteArray joined(const std::vector<std::string>& lines)
{
    QByteArray text;
    for (const std::string& line : lines)
        text += QByteArray::fromStdString(line) + '\n';
    return text;
}

}

#define VERIFY_LINE(lines, words) QVERIFY2(any_has(lines, words), joined(lines).constData())

class TestReportModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void an_empty_project();
    void findings_without_decisions();
    void decisions_win();
    void urgent_asks_data();
    void urgent_asks();
    void sentences_name_gates_and_places();
    void several_contracts_are_named();
    void a_matrix_needs_usage_and_scenarios();
    void amounts_are_in_the_projects_currency_data();
    void amounts_are_in_the_projects_currency();
    void all_amounts_of_a_sheet_are_converted();
    void dates_come_from_plan_and_prices();
    void tasks_ask_for_what_is_missing();
    void answers_data();
    void answers();
};

void TestReportModel::an_empty_project()
{
    project::Snapshot snapshot;
    snapshot.settings.title = "Assistant";
    const report::Model model = report::assemble(snapshot, pack(), today);
    QCOMPARE(model.project, std::string("Assistant"));
    QCOMPARE(model.pack, std::string("test 2.1"));
    QCOMPARE(model.engine, std::string(clauses::engine_version));
    QVERIFY(model.date == today);
    QVERIFY(model.contracts.empty());
    QVERIFY(!model.matrix);
    QVERIFY(model.stands_out.empty());
    QVERIFY(model.traffic.empty());
    VERIFY_LINE(model.do_next, "Add the vendor's contract");
    VERIFY_LINE(model.do_next, "Import usage");
}

void TestReportModel::findings_without_decisions()
{
    project::Snapshot snapshot;
    snapshot.contracts = {contract()};
    const report::Model model = report::assemble(snapshot, pack(), today);
    const report::ContractPart& part = model.contracts[0];
    QCOMPARE(part.document, std::string("frame.pdf"));
    QCOMPARE(part.pages, 9);
    QCOMPARE(part.version, std::string("2"));
    QCOMPARE(model.engine, std::string("1.7"));
    QCOMPARE(part.checklist.size(), std::size_t{4});
    const report::ChecklistRow& training = *part.row("no-training");
    QVERIFY(training.verdict == Verdict::Adverse);
    QVERIFY(!training.reviewed);
    QCOMPARE(training.confidence, 0.8);
    QCOMPARE(training.meaning, std::string("No training is denied."));
    QCOMPARE(training.ask, std::string("Ask for No training."));
    QCOMPARE(training.why.size(), std::size_t{1});
    // No finding: a hazard is not there, a protection is missing.
    QVERIFY(part.row("assignment")->verdict == Verdict::Met);
    QVERIFY(part.row("assignment")->ask.empty());
    QVERIFY(part.row("nothing") == nullptr);
    int points = 0;
    for (const report::ChecklistRow& row : part.checklist) {
        points += row.points;
        QVERIFY(row.index_if_met <= part.index.value);
    }
    QCOMPARE(points, part.index.value);
}

void TestReportModel::decisions_win()
{
    project::Snapshot snapshot;
    snapshot.contracts = {contract()};
    auto decided = decision("no-training", Verdict::Met);
    decided.note = "confirmed by letter";
    decided.text_changed = true;
    auto own = decision("price-review", Verdict::Adverse);
    own.evidence = {{5, 9, 3, "2.1", "own words", clauses::Role::Takes}};
    snapshot.contracts[0].decisions = {decided, own};
    const report::Model model = report::assemble(snapshot, pack(), today);
    const report::ChecklistRow& training = *model.contracts[0].row("no-training");
    QVERIFY(training.verdict == Verdict::Met);
    QVERIFY(training.reviewed);
    QVERIFY(training.text_changed);
    QVERIFY(training.why.empty()); // the engine's reasons were for another verdict
    QVERIFY(training.ask.empty());
    QCOMPARE(training.note, std::string("confirmed by letter"));
    QCOMPARE(training.author, std::string("m.keller"));
    QCOMPARE(training.evidence[0].text, std::string("text")); // the finding's stands
    const report::ChecklistRow& price = *model.contracts[0].row("price-review");
    QCOMPARE(price.evidence[0].text, std::string("own words"));
    QCOMPARE(price.why.size(), std::size_t{1});
    QCOMPARE(model.contracts[0].index.reviewed, 2);
    VERIFY_LINE(model.stands_out, "1 decision rests on text that version 2 no longer has");
    VERIFY_LINE(model.do_next, "Look again at what changed in version 2 of “Frame”: No training.");
}

void TestReportModel::urgent_asks_data()
{
    QTest::addColumn<QStringList>("gates");
    QTest::addColumn<QStringList>("met");
    QTest::addColumn<QStringList>("urgent");
    const auto list = [](const char* words) {
        return QString::fromLatin1(words).split(u' ', Qt::SkipEmptyParts);
    };
    QTest::newRow("by effect on the index")
        << list("") << list("") << list("no-training price-review liability");
    QTest::newRow("failed gates first")
        << list("liability") << list("") << list("liability no-training price-review");
    QTest::newRow("passed gates do not count")
        << list("no-training") << list("no-training") << list("price-review liability");
    QTest::newRow("nothing left") << list("no-training") << list("no-training price-review liability")
                                  << list("");
}

void TestReportModel::urgent_asks()
{
    QFETCH(QStringList, gates);
    QFETCH(QStringList, met);
    QFETCH(QStringList, urgent);
    project::Snapshot snapshot;
    snapshot.contracts = {contract()};
    for (const QString& gate : gates)
        snapshot.settings.profile.gates.push_back(gate.toStdString());
    for (const QString& id : met)
        snapshot.contracts[0].decisions.push_back(decision(id.toStdString(), Verdict::Met));
    const report::Model model = report::assemble(snapshot, pack(), today);
    QStringList result;
    for (const std::string& id : model.contracts[0].urgent)
        result += QString::fromStdString(id);
    QCOMPARE(result, urgent);
}

void TestReportModel::sentences_name_gates_and_places()
{
    project::Snapshot snapshot;
    snapshot.contracts = {contract()};
    snapshot.settings.profile.gates = {"no-training"};
    const report::Model model = report::assemble(snapshot, pack(), today);
    QCOMPARE(model.stands_out.size(), std::size_t{2});
    QCOMPARE(model.stands_out[0],
             std::string("“No training” must be met and is adverse: No training is denied (§8.2)."));
    QCOMPARE(model.stands_out[1], std::string("Price review is denied (§5.3)."));
    VERIFY_LINE(model.do_next, "Decide 4 open checks of “Frame”.");
    VERIFY_LINE(model.do_next, "Negotiate “No training” first");
}

void TestReportModel::several_contracts_are_named()
{
    project::Snapshot snapshot;
    snapshot.contracts = {contract("Frame"), contract("Order form")};
    const report::Model model = report::assemble(snapshot, pack(), today);
    VERIFY_LINE(model.stands_out, "Order form: No training is denied (§8.2).");
    VERIFY_LINE(model.stands_out, "Frame: No training is denied (§8.2).");
}

void TestReportModel::a_matrix_needs_usage_and_scenarios()
{
    auto snapshot = with_costs();
    QVERIFY(report::matrix_of(snapshot));
    snapshot.cube = {};
    QVERIFY(!report::matrix_of(snapshot));
    snapshot = with_costs();
    snapshot.scenarios.scenarios.clear();
    QVERIFY(!report::matrix_of(snapshot));
    VERIFY_LINE(report::assemble(snapshot, pack(), today).do_next, "Choose scenarios");
}

void TestReportModel::amounts_are_in_the_projects_currency_data()
{
    QTest::addColumn<QString>("sheet");
    QTest::addColumn<QString>("project");
    QTest::addColumn<QString>("rate");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<double>("factor");
    QTest::newRow("same") << "EUR"
                          << "EUR"
                          << "0.5"
                          << "EUR" << 1.0;
    QTest::newRow("dollars to euros") << "USD"
                                      << "EUR"
                                      << "0.9"
                                      << "EUR" << 0.9;
    QTest::newRow("dollars stay") << "USD"
                                  << "USD"
                                  << "0.9"
                                  << "USD" << 1.0;
    QTest::newRow("no rate for pounds") << "GBP"
                                        << "EUR"
                                        << "0.9"
                                        << "GBP" << 1.0;
}

void TestReportModel::amounts_are_in_the_projects_currency()
{
    QFETCH(QString, sheet);
    QFETCH(QString, project);
    QFETCH(QString, rate);
    QFETCH(QString, shown);
    QFETCH(double, factor);
    auto snapshot = with_costs();
    snapshot.sheet.currency = snapshot.settings.currency = "EUR";
    const auto plain = report::matrix_of(snapshot)->outcomes[0].total;
    QVERIFY(!plain.is_zero());
    snapshot.sheet.currency = sheet.toStdString();
    snapshot.settings.currency = project.toStdString();
    snapshot.settings.currency_per_usd = *base::Decimal::parse(rate.toStdString());
    snapshot.settings.rate_source = "test";
    const auto matrix = *report::matrix_of(snapshot);
    QCOMPARE(QString::fromStdString(matrix.currency), shown);
    QVERIFY(std::abs(matrix.outcomes[0].total.to_double() / plain.to_double() - factor) < 1e-6);
    QCOMPARE(QString::fromStdString(report::assemble(snapshot, pack(), today).currency), shown);
    if (shown != project)
        VERIFY_LINE(matrix.notes, "no exchange rate");
}

void TestReportModel::all_amounts_of_a_sheet_are_converted()
{
    auto snapshot = with_costs();
    snapshot.sheet.currency = "USD";
    snapshot.settings.currency = "EUR";
    snapshot.settings.currency_per_usd = *base::Decimal::parse("0.5");
    pricing::DatedRates& dated = snapshot.sheet.models[0].prices[0];
    dated.off_peak = {{{}, dated.rates}};
    pricing::Commitment commitment;
    commitment.amount = base::Decimal::from_integer(100);
    snapshot.sheet.agreement.commitments = {commitment};
    pricing::Capacity capacity;
    capacity.price_per_hour = base::Decimal::from_integer(8);
    snapshot.sheet.agreement.capacities = {capacity};
    pricing::Discount discount;
    discount.steps = {{base::Decimal::from_integer(1000), base::Decimal::from_integer(5)}};
    snapshot.sheet.agreement.discounts = {discount};
    const auto sheet = report::sheet_in_project_currency(snapshot.sheet, snapshot.settings);
    const auto half = *base::Decimal::parse("0.0000005");
    QVERIFY(sheet.models[0].prices[0].rates[0].price == half);
    QVERIFY(sheet.models[0].prices[0].off_peak[0].rates[0].price == half);
    QVERIFY(sheet.agreement.commitments[0].amount == base::Decimal::from_integer(50));
    QVERIFY(sheet.agreement.capacities[0].price_per_hour == base::Decimal::from_integer(4));
    QVERIFY(sheet.agreement.discounts[0].steps[0].from == base::Decimal::from_integer(500));
    QVERIFY(sheet.agreement.discounts[0].steps[0].percent == base::Decimal::from_integer(5));
}

void TestReportModel::dates_come_from_plan_and_prices()
{
    auto snapshot = with_costs();
    snapshot.scenarios.plan.budget_lock = *base::parse_date("2028-01-01");
    snapshot.sheet.models[0].retires = *base::parse_date("2027-06-30");
    snapshot.sheet.models[1].retires = *base::parse_date("2027-05-31"); // not in use
    auto later = snapshot.sheet.models[0].prices[0];
    later.from = *base::parse_date("2027-02-01");
    snapshot.sheet.models[0].prices.push_back(later);
    snapshot.contracts.clear(); // which have days of their own
    const auto dates = report::assemble(snapshot, pack(), today).dates;
    QStringList lines;
    for (const report::KeyDate& key : dates)
        lines += QString::fromStdString(base::to_string(key.date) + (key.decision ? " ! " : " ") + key.what)
                     .replace(QChar::Nbsp, u' ');
    QCOMPARE(
        lines,
        (QStringList{
            QStringLiteral("2027-01-01 The term of the scenarios begins"),
            QStringLiteral("2027-02-01 New prices of one-large of one"),
            QStringLiteral("2027-06-30 ! one-large of one is retired"),
            QStringLiteral("2027-09-03 ! Decision gate: last day to decide, 120 days before the budget lock"),
            QStringLiteral("2028-01-01 Budget lock")}));
    // What is over is left out, but for the gate.
    const auto after = report::assemble(snapshot, pack(), *base::parse_date("2028-06-01")).dates;
    QCOMPARE(after.size(), std::size_t{1});
    QVERIFY(after[0].decision);
}

void TestReportModel::tasks_ask_for_what_is_missing()
{
    auto snapshot = with_costs();
    snapshot.settings.currency = "EUR";
    auto tasks = report::assemble(snapshot, pack(), today).do_next;
    VERIFY_LINE(tasks, "Enter the date of the budget lock");
    VERIFY_LINE(tasks, "Enter the exchange rate from USD to EUR");
    snapshot.settings.rate_source = "central bank";
    snapshot.scenarios.plan.budget_lock = *base::parse_date("2028-01-01");
    for (const auto& c : pack().checks)
        snapshot.contracts[0].decisions.push_back(decision(c.id, Verdict::Met));
    const report::Model model = report::assemble(snapshot, pack(), today);
    QVERIFY2(model.do_next.empty(), joined(model.do_next).constData());
    QCOMPARE(QString::fromStdString(model.traffic).replace(QChar::Nbsp, u' '),
             QStringLiteral("Jun 2026 · 1,000 requests · 1 model"));
    QCOMPARE(QString::fromStdString(model.prices).replace(QChar::Nbsp, u' '),
             QStringLiteral("Test prices · as of 28 Nov 2026"));
}

void TestReportModel::answers_data()
{
    QTest::addColumn<QList<int>>("against_base"); // in thousands
    QTest::addColumn<QList<int>>("break_even");   // month of 2028, 0: none
    QTest::addColumn<QString>("answer");
    using L = QList<int>;
    QTest::addColumn<int>("staying"); // so many of the first scenarios move nothing away
    const auto row = [](const char* name, const L& costs, const L& even, int staying, const char* answer) {
        QTest::newRow(name) << costs << even << QString::fromUtf8(answer) << staying;
    };
    row("no scenarios", {}, {}, 0, "No scenarios");
    row("base alone", {0}, {0}, 1, "S0 costs € 4.0 M over 2 months");
    row("rise and a way out", {0, 1600, -200}, {0, 0, 3}, 2,
        "S1 costs € 1.6 M more than S0 over 2 months; S2 pays from Mar 2028");
    row("the earlier way out", {0, 1600, 900, 500}, {0, 0, 6, 4}, 2,
        "S1 costs € 1.6 M more than S0 over 2 months; S3 pays from Apr 2028");
    row("the dearer rise", {0, 300, 1600}, {0, 0, 0}, 3, "S2 costs € 1.6 M more than S0 over 2 months");
    row("a way out that is dearest", {0, 1600, 1900}, {0, 0, 0}, 2,
        "S1 costs € 1.6 M more than S0 over 2 months; leaving does not pay within the term");
    row("a cut is no way out", {0, -100}, {0, 1}, 2, "S0 costs € 4.0 M over 2 months");
    row("no rise", {0, -100}, {0, 1}, 1, "S0 costs € 4.0 M over 2 months; S1 pays from Jan 2028");
}

void TestReportModel::answers()
{
    QFETCH(QList<int>, against_base);
    QFETCH(QList<int>, break_even);
    QFETCH(QString, answer);
    QFETCH(int, staying);
    simulation::Matrix matrix;
    matrix.currency = "EUR";
    matrix.months = {base::Month::of(2028, 1), base::Month::of(2028, 2)};
    for (int i = 0; i < against_base.size(); ++i) {
        simulation::Outcome outcome;
        outcome.title = "S" + std::to_string(i);
        outcome.against_base = base::Decimal::from_integer(against_base[i] * 1000);
        outcome.total = base::Decimal::from_integer(4000000) + outcome.against_base;
        outcome.months.resize(2);
        if (i >= staying)
            outcome.months[i % 2 == 0 ? 0 : 1].machines = base::Decimal::from_integer(1);
        if (break_even[i] > 0)
            outcome.break_even = base::Month::of(2028, break_even[i]);
        matrix.outcomes.push_back(outcome);
    }
    QCOMPARE(QString::fromStdString(report::answer_of(matrix)).replace(QChar::Nbsp, u' '), answer);
}

QTEST_GUILESS_MAIN(TestReportModel)
#include "tst_report_model.moc"
