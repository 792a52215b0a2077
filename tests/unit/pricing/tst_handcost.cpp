// Ten requests whose cost was worked out by hand, in the comments. Prices are in US dollars for a million
// tokens.

#include "sheets.h"

#include <QtTest/QtTest>

using namespace leeway::pricing;
using enum Component;

namespace {

constexpr std::string_view prices = R"({
  "format": "leeway-prices", "version": 1, "id": "t", "title": "Test", "currency": "USD",
  "models": [
    { "vendor": "v", "model": "sonnet", "prices": [ { "rates": [
      { "component": "input", "per_million": "3" }, { "component": "input", "per_million": "6", "above": 200000 },
      { "component": "input", "per_million": "1.5", "tier": "batch" },
      { "component": "cache_read", "per_million": "0.3" },
      { "component": "cache_read", "per_million": "0.6", "above": 200000 },
      { "component": "cache_write_5m", "per_million": "3.75" }, { "component": "cache_write_1h", "per_million": "6" },
      { "component": "cache_write_5m", "per_million": "7.5", "above": 200000 },
      { "component": "output", "per_million": "15" }, { "component": "output", "per_million": "22.5", "above": 200000 },
      { "component": "output", "per_million": "7.5", "tier": "batch" },
      { "component": "web_search", "each": "0.01" } ] } ] },
    { "vendor": "v", "model": "gpt", "regional_factors": { "eu": "1.1" }, "prices": [ { "rates": [
      { "component": "input", "per_million": "1.25" }, { "component": "cache_read", "per_million": "0.125" },
      { "component": "output", "per_million": "10" }, { "component": "reasoning", "per_million": "12" },
      { "component": "input", "per_million": "2.5", "tier": "priority" },
      { "component": "output", "per_million": "20", "tier": "priority" },
      { "component": "audio_input", "per_million": "40" } ] } ] },
    { "vendor": "v", "model": "grok", "threshold_inclusive": true, "prices": [ { "rates": [
      { "component": "input", "per_million": "3" }, { "component": "input", "per_million": "6", "above": 200000 },
      { "component": "output", "per_million": "15" }, { "component": "output", "per_million": "30", "above": 200000 }
      ] } ] } ] })";

}

class TestHandCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cost_data();
    void cost();
};

void TestHandCost::cost_data()
{
    QTest::addColumn<Usage>("usage");
    QTest::addColumn<QString>("total");
    QTest::addColumn<QString>("cents");
    // Plain: 1,200 in, 350 out.
    // 1200 × 3 / 10^6 = 0.0036; 350 × 15 / 10^6 = 0.00525; together 0.00885.
    QTest::newRow("1 plain") << request("sonnet", {{Input, 1200}, {Output, 350}}) << "0.00885"
                             << "0.01";
    // Cache read: of 50,000 in, 48,000 from the cache; 1,000 out.
    // 2000 × 3 = 6000; 48000 × 0.3 = 14400; 1000 × 15 = 15000; together 35,400 / 10^6 = 0.0354.
    QTest::newRow("2 cache read") << request("sonnet", {{Input, 2000}, {CacheRead, 48000}, {Output, 1000}})
                                  << "0.0354"
                                  << "0.04";
    // Cache writes: of 30,000 in, 20,000 written for five minutes and 8,000 for an hour; 500 out.
    // 2000 × 3 = 6000; 20000 × 3.75 = 75000; 8000 × 6 = 48000; 500 × 15 = 7500; together 136,500 / 10^6 =
    // 0.1365.
    QTest::newRow("3 cache write")
        << request("sonnet", {{Input, 2000}, {CacheWrite5m, 20000}, {CacheWrite1h, 8000}, {Output, 500}})
        << "0.1365"
        << "0.14";
    // Batch, below the tier: 150,000 in at 1.5 = 225,000; 20,000 out at 7.5 = 150,000; 0.375.
    QTest::newRow("4 batch") << request("sonnet", {{Input, 150000}, {Output, 20000}}, "batch") << "0.375"
                             << "0.38";
    // 200k tier by the whole input: 60,000 plain + 150,000 read + 10,000 written = 220,000 > 200,000, so
    // every token of the request is at the upper rates: 60000 × 6 = 360000; 150000 × 0.6 = 90000; 10000 × 7.5
    // = 75000; 4000 × 22.5 = 90000; together 615,000 / 10^6 = 0.615.
    QTest::newRow("5 long context")
        << request("sonnet", {{Input, 60000}, {CacheRead, 150000}, {CacheWrite5m, 10000}, {Output, 4000}})
        << "0.615"
        << "0.62";
    // Exactly 200,000 in is not above: 200000 × 3 = 600000; 1000 × 15 = 15000; 0.615.
    QTest::newRow("6 at the threshold") << request("sonnet", {{Input, 200000}, {Output, 1000}}) << "0.615"
                                        << "0.62";
    // A vendor whose tier begins at the threshold: 200000 × 6 = 1200000; 1000 × 30 = 30000; 1.23.
    QTest::newRow("7 at the threshold, inclusive")
        << request("grok", {{Input, 200000}, {Output, 1000}}) << "1.23"
        << "1.23";
    // Reasoning inside the output: of 5,000 out 4,200 reasoned. 900 × 1.25 = 1125; 4200 × 12 = 50400;
    // 800 × 10 = 8000; together 59,525 / 10^6 = 0.059525.
    QTest::newRow("8 reasoning") << request("gpt", {{Input, 900}, {Output, 800}, {Reasoning, 4200}})
                                 << "0.059525"
                                 << "0.06";
    // Priority, with cache reads and audio that have no priority price: 1000 × 2.5 = 2500; 8000 × 0.125 =
    // 1000; 500 × 40 = 20000; 300 × 20 = 6000; together 29,500 / 10^6 = 0.0295.
    QTest::newRow("9 priority")
        << request("gpt", {{Input, 1000}, {CacheRead, 8000}, {AudioInput, 500}, {Output, 300}}, "priority")
        << "0.0295"
        << "0.03";
    // In the EU every price is 1.1 times as high: 1,000,000 × 1.25 × 1.1 = 1,375,000; 200,000 × 10 × 1.1 =
    // 2,200,000; together 3,575,000 / 10^6 = 3.575; to the cent, half to even: 3.58.
    Usage eu = request("gpt", {{Input, 1000000}, {Output, 200000}});
    eu.region = "eu-west-1";
    QTest::newRow("10 region") << eu << "3.575"
                               << "3.58";
}

void TestHandCost::cost()
{
    QFETCH(Usage, usage);
    const Cost cost = cost_of(usage, sheet_of(prices));
    QVERIFY(cost.priced);
    QTEST(text(cost.total), "total");
    QTEST(QString::fromStdString(cost.total.to_fixed(2)), "cents");
    leeway::base::Decimal sum;
    for (const leeway::base::Decimal& part : cost.components)
        sum += part;
    QCOMPARE(text(sum), text(cost.total));
}

QTEST_GUILESS_MAIN(TestHandCost)
#include "tst_handcost.moc"
