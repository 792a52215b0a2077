#include "core/pricing/diff.h"
#include "core/pricing/history.h"
#include "sheets.h"

#include <QtTest/QtTest>
#include <algorithm>
#include <array>

using namespace leeway;
using namespace leeway::pricing;

namespace {

constexpr base::Date march{std::chrono::year(2026) / 3 / 1};
constexpr base::Date november{std::chrono::year(2026) / 11 / 30};

constexpr std::string_view before = R"({
  "same": {"litellm_provider": "v", "input_cost_per_token": 1e-6},
  "gone": {"litellm_provider": "v", "input_cost_per_token": 1e-6},
  "changed": {"litellm_provider": "v", "input_cost_per_token": 2e-6, "output_cost_per_token": 3e-6,
    "cache_read_input_token_cost": 0.0, "input_cost_per_token_batches": 1e-6, "max_input_tokens": 1000},
  "v/renamed-2026": {"litellm_provider": "v", "input_cost_per_token": 1e-6} })";

constexpr std::string_view after = R"({
  "same": {"litellm_provider": "v", "input_cost_per_token": 1e-6},
  "new": {"litellm_provider": "v", "input_cost_per_token": 1e-6},
  "changed": {"litellm_provider": "v", "input_cost_per_token": 3e-6, "output_cost_per_token": 2e-6,
    "cache_read_input_token_cost": 1e-7, "input_cost_per_token_above_200k_tokens": 5e-6, "max_input_tokens": 2000,
    "deprecation_date": "2027-01-31", "regional_processing_uplift_multiplier_eu": 1.1,
    "off_peak_pricing": {"hours_utc": "01:00-02:00", "input_cost_per_token": 1e-6}},
  "renamed-2026": {"litellm_provider": "v", "input_cost_per_token": 2e-6} })";

QString shown(const std::optional<base::Decimal>& number, std::int64_t times = 1)
{
    return number ? text(*number * times) : QStringLiteral("-");
}

QStringList shown(const std::vector<ModelDiff>& models)
{
    QStringList lines;
    for (const ModelDiff& model : models) {
        static constexpr std::array words{"new", "gone", "changed"};
        lines.append(
            QStringLiteral("%1 %2").arg(QString::fromUtf8(words[static_cast<std::size_t>(model.change)]),
                                        QString::fromStdString(model.model)));
        for (const RateChange& rate : model.rates)
            lines.append(QStringLiteral("%1 %2 %3%4: %5 %6 %7")
                             .arg(QString::fromUtf8(to_string(rate.component).data()),
                                  QString::fromStdString(rate.tier))
                             .arg(rate.above_tokens)
                             .arg(rate.off_peak ? QStringLiteral(" off-peak") : QString(),
                                  shown(rate.before, 1'000'000), shown(rate.after, 1'000'000),
                                  shown(rate.percent())));
        for (const std::string& other : model.others)
            lines.append(QString::fromStdString(other));
    }
    return lines;
}

}

class TestDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoSheets();
    void twoDays();
    void snapshots();
    void snapshotsOutOfOrder();
};

void TestDiff::twoSheets()
{
    QCOMPARE(
        shown(diff(sheet_of(before), march, sheet_of(after), november)),
        list({"changed changed", "input standard 0: 2 3 50", "input standard 200000: - 5 -",
              "input batch 0: 1 - -", "cache_read standard 0: 0 0.1 -", "output standard 0: 3 2 -33.3",
              "input standard 0 off-peak: - 1 -", "retires on 2027-01-31", "eu: every price × 1.1, was × 1",
              "input tokens at most 2000, was 1000", "other off-peak hours", "gone gone", "new new",
              "changed renamed-2026", "input standard 0: 1 2 100"}));
    QVERIFY(diff(sheet_of(before), march, sheet_of(before), november).empty());
}

void TestDiff::twoDays()
{
    const auto sheet = with_snapshot(sheet_of(before), sheet_of(after), november);
    QVERIFY(sheet.has_value());
    const auto models = diff(*sheet, march, *sheet, november);
    QCOMPARE(models.size(), std::size_t{2}); // new and gone models are in the history with what they cost
    QCOMPARE(models[0].model, std::string("changed"));
    QCOMPARE(models[0].rates.size(), std::size_t{6});
    QVERIFY(std::ranges::find(models[0].others, "other off-peak hours") != models[0].others.end());
    QCOMPARE(text(*models[1].rates.at(0).percent()), QStringLiteral("100"));
}

void TestDiff::snapshots()
{
    const auto sheet = with_snapshot(sheet_of(before), sheet_of(after), november);
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->models.size(), std::size_t{5});
    QCOMPARE(sheet->find("v", "same")->prices.size(), std::size_t{1});
    const Model& changed = *sheet->find("v", "changed");
    QCOMPARE(changed.prices.size(), std::size_t{2});
    QCOMPARE(base::to_string(*changed.prices[1].from), std::string("2026-11-30"));
    QCOMPARE(changed.max_input_tokens, std::int64_t{2000});
    // A request is priced as on its day.
    Usage usage = request("changed", {{Component::Input, 1'000'000}});
    QCOMPARE(text(cost_of(usage, *sheet).total), QStringLiteral("2"));
    usage.time = november + std::chrono::hours(12);
    usage.counts[Component::Input] = 200'000;
    QCOMPARE(text(cost_of(usage, *sheet).total), QStringLiteral("0.6"));
    const auto again = parse_sheet("again.json", to_json(*sheet));
    QVERIFY(again.has_value());
    QCOMPARE(again->models == sheet->models, true);
}

void TestDiff::snapshotsOutOfOrder()
{
    const auto sheet = with_snapshot(sheet_of(before), sheet_of(after), november);
    const auto earlier = with_snapshot(*sheet, sheet_of(before), march);
    QVERIFY(!earlier.has_value());
    QVERIFY(earlier.error().message.find("already has a price from 2026-11-30 on") != std::string::npos);
    Sheet euros = sheet_of(after);
    euros.currency = "EUR";
    QVERIFY(!with_snapshot(*sheet, euros, november).has_value());
}

QTEST_GUILESS_MAIN(TestDiff)
#include "tst_diff.moc"
