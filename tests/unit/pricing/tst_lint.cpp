#include "core/pricing/lint.h"
#include "sheets.h"

#include <QtTest/QtTest>
#include <algorithm>

using namespace leeway;
using namespace leeway::pricing;

namespace {

constexpr base::Date today{std::chrono::year(2026) / 11 / 30};

QStringList rules(const std::vector<LintFinding>& findings)
{
    QStringList result;
    for (const LintFinding& finding : findings)
        result.append(QStringLiteral("%1 %2").arg(QString::fromUtf8(to_string(finding.severity).data()),
                                                  QString::fromStdString(finding.rule)));
    return result;
}

// One chat model of LiteLLM's map, prices as they stand there.
Sheet map_with(const QByteArray& fields)
{
    return sheet_of((R"({"v/m": {"litellm_provider": "v", "mode": "chat", )" + fields + "}}").toStdString());
}

}

class TestLint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findings_data();
    void findings();
    void explains();
    void dates_data();
    void dates();
    void agreement();
    void bundledSheetHasNoErrors();
    void corpusMaps_data();
    void corpusMaps();
};

void TestLint::findings_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QStringList>("rules");
    const auto row = [](const char* name, const char* fields, std::initializer_list<const char*> rules) {
        QTest::newRow(name) << QByteArray(fields) << list(rules);
    };
    row("usual prices",
        R"("input_cost_per_token": 3e-6, "output_cost_per_token": 15e-6, "cache_read_input_token_cost": 3e-7,
        "cache_creation_input_token_cost": 3.75e-6, "cache_creation_input_token_cost_above_1hr": 6e-6,
        "input_cost_per_token_batches": 1.5e-6, "output_cost_per_token_batches": 7.5e-6,
        "input_cost_per_token_priority": 6e-6, "input_cost_per_token_above_200k_tokens": 6e-6,
        "input_cost_per_token_ultrafast": 18e-6, "output_cost_per_reasoning_token": 15e-6,
        "regional_processing_uplift_multiplier_eu": 1.1)",
        {});
    row("priority at fifty times",
        R"("input_cost_per_token": 5e-8, "output_cost_per_token": 4e-7, "input_cost_per_token_priority": 2.5e-6)",
        {"error service-tier-ratio"});
    row("priority cheaper",
        R"("input_cost_per_token": 5e-6, "output_cost_per_token": 4e-5, "input_cost_per_token_priority": 4e-6)",
        {"error service-tier-ratio"});
    row("batch dearer",
        R"("input_cost_per_token": 5e-6, "output_cost_per_token": 4e-5, "input_cost_per_token_batches": 6e-6)",
        {"error service-tier-ratio"});
    row("flex for nearly nothing",
        R"("input_cost_per_token": 5e-6, "output_cost_per_token": 4e-5, "input_cost_per_token_flex": 4e-7)",
        {"warning service-tier-ratio"});
    row("an hour at 24 times",
        R"("input_cost_per_token": 2.5e-7, "output_cost_per_token": 1.25e-6,
        "cache_creation_input_token_cost": 3e-7, "cache_creation_input_token_cost_above_1hr": 6e-6)",
        {"error cache-write-ratio"});
    row("an hour at 0.4 times",
        R"("input_cost_per_token": 15e-6, "output_cost_per_token": 75e-6,
        "cache_creation_input_token_cost": 1.875e-5, "cache_creation_input_token_cost_above_1hr": 6e-6)",
        {"error cache-write-ratio", "error cache-write-order"});
    row("reads dearer than input",
        R"("input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6, "cache_read_input_token_cost": 1.1e-6)",
        {"error cache-read-dearer"});
    row("reads for nothing",
        R"("input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6, "cache_read_input_token_cost": 0)",
        {"warning cache-read-free"});
    row("a tier below its base",
        R"("input_cost_per_token": 2e-6, "output_cost_per_token": 8e-6,
        "input_cost_per_token_above_200k_tokens": 1e-6)",
        {"error context-tier-below-base"});
    row("a tier at 13 times",
        R"("input_cost_per_token": 75e-9, "output_cost_per_token": 3e-7,
        "input_cost_per_token_above_128k_tokens": 1e-6)",
        {"error context-tier-ratio"});
    row("a tier above nothing",
        R"("input_cost_per_token": 0, "output_cost_per_token": 0,
        "input_cost_per_token_above_128k_tokens": 1e-6)",
        {"warning context-tier-ratio"});
    row("by the thousand", R"("input_cost_per_token": 0.0032, "output_cost_per_token": 0.00971)",
        {"error unit-mix-up", "error unit-mix-up"});
    row("output missing", R"("input_cost_per_token": 1e-6)", {"error output-missing"});
    row("output for nothing", R"("input_cost_per_token": 1e-6, "output_cost_per_token": 0)",
        {"warning output-free"});
    row("the two exchanged", R"("input_cost_per_token": 10e-6, "output_cost_per_token": 2e-6)",
        {"warning output-below-input"});
    row("output at 120 times", R"("input_cost_per_token": 1e-7, "output_cost_per_token": 12e-6)",
        {"warning output-ratio"});
    row("reasoning at 5.8 times",
        R"("input_cost_per_token": 1e-7, "output_cost_per_token": 6e-7, "output_cost_per_reasoning_token": 3.5e-6)",
        {"warning reasoning-ratio"});
    row("a region at a tenth",
        R"("input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6,
        "regional_processing_uplift_multiplier_eu": 0.1)",
        {"warning regional-factor"});
    row("off-peak dearer",
        R"("input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6,
        "off_peak_pricing": {"hours_utc": "01:00-02:00", "input_cost_per_token": 2e-6})",
        {"error off-peak-dearer"});
    row("an embedding by the million",
        R"("mode": "embedding", "input_cost_per_token": 0.0001, "output_cost_per_token": 0)",
        {"error unit-mix-up"});
}

void TestLint::findings()
{
    QFETCH(QByteArray, fields);
    QTEST(rules(lint(map_with(fields), today)), "rules");
}

void TestLint::explains()
{
    const auto findings = lint(
        map_with(
            R"("input_cost_per_token": 5e-8, "output_cost_per_token": 4e-7, "input_cost_per_token_priority": 2.5e-6)"),
        today);
    QCOMPARE(findings.at(0).vendor + "/" + findings[0].model, std::string("v/m"));
    QCOMPARE(findings[0].what, std::string("priority input: 2.5 per million, 50 times input: 0.05"));
    QVERIFY(findings[0].why.starts_with("Priority costs 1.25 to 2.5 times as much elsewhere"));
}

void TestLint::dates_data()
{
    QTest::addColumn<QString>("retires");
    QTest::addColumn<QString>("until");
    QTest::addColumn<QStringList>("rules");
    QTest::newRow("neither") << ""
                             << "" << list({});
    QTest::newRow("today is the last day") << "2026-11-30"
                                           << "2026-11-30" << list({});
    QTest::newRow("retired") << "2026-11-29"
                             << "" << list({"warning retired"});
    QTest::newRow("promotion over") << ""
                                    << "2026-11-29" << list({"error promotion-expired"});
}

void TestLint::dates()
{
    QFETCH(QString, retires);
    QFETCH(QString, until);
    Sheet sheet = map_with(R"("input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6)");
    if (!retires.isEmpty())
        sheet.models[0].retires = *base::parse_date(retires.toStdString());
    if (!until.isEmpty())
        sheet.models[0].prices[0].until = *base::parse_date(until.toStdString());
    QTEST(rules(lint(sheet, today)), "rules");
}

void TestLint::agreement()
{
    const base::Decimal one = base::Decimal::from_integer(1);
    Agreement agreement;
    Discount discount;
    discount.steps = {{{}, one + one}, {one, one}};
    discount.until = today - std::chrono::days(1);
    agreement.discounts = {discount};
    Capacity capacity;
    capacity.input_weight = one;
    capacity.cached_weight = one + one;
    agreement.capacities = {capacity};
    agreement.exchange_rates = {{"USD", "EUR", today, one, ""},
                                {"USD", "EUR", today - std::chrono::days(9), one + one, ""},
                                {"USD", "GBP", today, one * 9, ""}};
    QCOMPARE(rules(lint(agreement, today)),
             list({"warning term-ended", "warning discount-falls", "error capacity-weights",
                   "warning capacity-weights", "warning exchange-rate-jump"}));
    QVERIFY(lint(Agreement{}, today).empty());
}

void TestLint::bundledSheetHasNoErrors()
{
    const auto sheet = bundled_sheet();
    QVERIFY(sheet.has_value());
    for (const LintFinding& finding : lint(*sheet, *sheet->as_of))
        QVERIFY2(finding.severity != Severity::Error, (finding.model + ": " + finding.what).c_str());
}

void TestLint::corpusMaps_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("known"); // errors that are really in the map
    QTest::newRow("February") << "litellm-2026-02-25.json"
                              << list({"gpt-5-nano service-tier-ratio",
                                       "claude-3-haiku-20240307 cache-write-ratio",
                                       "claude-3-opus-20240229 cache-write-ratio"});
    QTest::newRow("July") << "litellm-2026-07-24.json"
                          << list({"gpt-5-nano service-tier-ratio",
                                   "claude-3-haiku-20240307 cache-write-ratio",
                                   "claude-3-opus-20240229 cache-write-ratio"});
    QTest::newRow("November") << "litellm-1.109.1-full.json.gz" << list({"jais-30b-chat unit-mix-up"});
}

void TestLint::corpusMaps()
{
    QFETCH(QString, file);
    QFETCH(QStringList, known);
    const QString corpus = qEnvironmentVariable("LEEWAY_CORPUS");
    if (corpus.isEmpty())
        QSKIP("LEEWAY_CORPUS is not set");
    const auto sheet = load_sheet((corpus + QStringLiteral("/prices/") + file).toStdString());
    QVERIFY2(sheet.has_value(), sheet ? "" : sheet.error().message.c_str());
    QStringList errors;
    for (const LintFinding& finding : lint(*sheet, today)) {
        if (finding.severity == Severity::Error)
            errors.append(QString::fromStdString(finding.model + " " + finding.rule));
    }
    for (const QString& error : known)
        QVERIFY2(errors.contains(error), qPrintable(error));
    // Few enough to be looked at one by one: at most 20, or one model in fifty.
    QVERIFY2(errors.size() <= std::max(20, static_cast<int>(sheet->models.size() / 50)),
             qPrintable(errors.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestLint)
#include "tst_lint.moc"
