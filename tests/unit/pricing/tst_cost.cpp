#include "sheets.h"

#include <QtTest/QtTest>
#include <algorithm>

using namespace leeway;
using namespace leeway::pricing;
using enum Component;

namespace {

Rate rate(Component component, const char* per_million, std::string tier = "standard", std::int64_t above = 0)
{
    return {component, *base::Decimal::parse(std::string(per_million) + "e-6"), std::move(tier), above};
}

Model model_of(std::vector<Rate> rates)
{
    Model model;
    model.vendor = "v";
    model.model = "m";
    DatedRates dated;
    dated.rates = std::move(rates);
    model.prices.push_back(std::move(dated));
    return model;
}

base::Date day(int year, unsigned month, unsigned d)
{
    return std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(d);
}

}

class TestCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void componentsAreNamed();
    void countsSaturate();
    void fallbacks_data();
    void fallbacks();
    void unpriced_data();
    void unpriced();
    void regions_data();
    void regions();
    void toolsHaveNoRegion();
    void offPeak_data();
    void offPeak();
    void unknownHours();
    void dates_data();
    void dates();
    void averageLength_data();
    void averageLength();
    void marginalTiers_data();
    void marginalTiers();
    void cutOrder();
    void unknownModel();
    void otherVendorIsNoted();
};

void TestCost::componentsAreNamed()
{
    for (std::size_t i = 0; i < component_count; ++i) {
        const auto component = static_cast<Component>(i);
        QCOMPARE(component_from(to_string(component)), std::optional(component));
        QCOMPARE(side_of(whole_of(component)), side_of(component));
    }
    QVERIFY(!component_from("nothing"));
}

void TestCost::countsSaturate()
{
    Counts counts;
    counts[Input] = std::numeric_limits<std::int64_t>::max() - 1;
    Counts more;
    more[Input] = 5;
    more[CacheRead] = 7;
    counts += more;
    QCOMPARE(counts[Input], std::numeric_limits<std::int64_t>::max());
    QCOMPARE(counts.all_input(), std::numeric_limits<std::int64_t>::max());
    QCOMPARE(more.all_input(), std::int64_t{12});
}

void TestCost::fallbacks_data()
{
    QTest::addColumn<std::vector<Rate>>("rates");
    QTest::addColumn<Usage>("usage");
    QTest::addColumn<QString>("total");
    QTest::addColumn<QStringList>("notes");
    const std::vector<Rate> plain{rate(Input, "2"), rate(Output, "10")};
    QTest::newRow("cache read without a price is input, never free")
        << plain << request("m", {{Input, 100}, {CacheRead, 900}}) << "0.002"
        << list({"no price of its own for cache_read: charged as input"});
    QTest::newRow("cache writes, audio, image and video too")
        << plain
        << request("m",
                   {{CacheWrite5m, 1}, {CacheWrite1h, 1}, {AudioInput, 1}, {ImageInput, 1}, {VideoInput, 1}})
        << "0.00001"
        << list({"no price of its own for cache_write_5m: charged as input",
                 "no price of its own for cache_write_1h: charged as input",
                 "no price of its own for audio_input: charged as input",
                 "no price of its own for image_input: charged as input",
                 "no price of its own for video_input: charged as input"});
    QTest::newRow("an hour's cache write is one of five minutes first")
        << std::vector{rate(Input, "2"), rate(CacheWrite5m, "2.5")} << request("m", {{CacheWrite1h, 1000}})
        << "0.0025" << list({"no price of its own for cache_write_1h: charged as cache_write_5m"});
    QTest::newRow("a service tier's output is its reasoning too")
        << std::vector{rate(Output, "10"), rate(Reasoning, "12"), rate(Output, "5", "flex")}
        << request("m", {{Reasoning, 1000}}, "flex") << "0.005"
        << list({"no price of its own for reasoning: charged as output"});
    QTest::newRow("reasoning of the service tier itself")
        << std::vector{rate(Output, "10"), rate(Reasoning, "12"), rate(Output, "5", "flex"),
                       rate(Reasoning, "6", "flex")}
        << request("m", {{Reasoning, 1000}}, "flex") << "0.006" << list({});
    QTest::newRow("reasoning is output") << plain << request("m", {{Output, 10}, {Reasoning, 90}}) << "0.001"
                                         << list({"no price of its own for reasoning: charged as output"});
    QTest::newRow("cached audio is audio")
        << std::vector{rate(Input, "2"), rate(AudioInput, "20")} << request("m", {{CacheReadAudio, 100}})
        << "0.002" << list({"no price of its own for cache_read_audio: charged as audio_input"});
    QTest::newRow("a service tier that the model lacks")
        << plain << request("m", {{Input, 1000}, {Output, 100}}, "flex") << "0.003"
        << list({"no prices for service tier flex: charged as standard"});
    QTest::newRow("a component that the service tier lacks")
        << std::vector{rate(Input, "2"), rate(Output, "10"), rate(Input, "1", "batch")}
        << request("m", {{Input, 1000}, {Output, 100}}, "batch") << "0.002"
        << list({"no price for output in service tier batch: charged as standard"});
    QTest::newRow("fast is priority where only that is there")
        << std::vector{rate(Input, "2"), rate(Input, "4", "priority")}
        << request("m", {{Input, 1000}}, "fast") << "0.004"
        << list({"service tier fast: charged as priority"});
    QTest::newRow("a context tier that a component lacks")
        << std::vector{rate(Input, "2"), rate(Input, "4", "standard", 1000), rate(Output, "10")}
        << request("m", {{Input, 2000}, {Output, 100}}) << "0.009"
        << list({"no price for output above 1000 tokens of input: charged at its base price"});
    QTest::newRow("the context tier weighs more than the service tier")
        << std::vector{rate(Input, "2"), rate(Input, "4", "standard", 1000), rate(Input, "1", "batch")}
        << request("m", {{Input, 2000}}, "batch") << "0.008"
        << list({"no price for input in service tier batch: charged as standard"});
    QTest::newRow("a combination of both tiers")
        << std::vector{rate(Input, "2"), rate(Input, "4", "standard", 1000), rate(Input, "1", "batch"),
                       rate(Input, "3", "batch", 1000)}
        << request("m", {{Input, 2000}}, "batch") << "0.006" << list({});
    QTest::newRow("the greatest of several context tiers")
        << std::vector{rate(Input, "2"), rate(Input, "4", "standard", 1000),
                       rate(Input, "8", "standard", 2000)}
        << request("m", {{Input, 2001}}) << "0.016008" << list({});
    QTest::newRow("a part's own price is standard: the service tier of its whole does not apply")
        << std::vector{rate(Input, "2"), rate(Input, "1", "batch"), rate(CacheRead, "0.2")}
        << request("m", {{CacheRead, 1000}}, "batch") << "0.0002"
        << list({"no price for cache_read in service tier batch: charged as standard"});
    QTest::newRow("a unit without a price is left out")
        << plain << request("m", {{Input, 1000}, {WebSearch, 3}}) << "0.002"
        << list({"no price for web_search: 3 left out of the cost"});
    QTest::newRow("a request fee") << std::vector{rate(Input, "2"), rate(Request, "5000")}
                                   << request("m", {{Input, 1000}}) << "0.007" << list({});
    QTest::newRow("characters, with tokens that nobody charges")
        << std::vector{rate(Character, "15")} << request("m", {{Input, 40}, {Character, 200}}) << "0.003"
        << list({"v/m is not charged by tokens"});
    QTest::newRow("nothing used") << plain << request("m", {}) << "0" << list({});
}

void TestCost::fallbacks()
{
    QFETCH(std::vector<Rate>, rates);
    QFETCH(Usage, usage);
    const Cost cost = cost_of(usage, model_of(rates));
    QVERIFY2(cost.priced, cost.why.c_str());
    QTEST(text(cost.total), "total");
    QTEST(texts(cost.notes), "notes");
}

void TestCost::unpriced_data()
{
    QTest::addColumn<std::vector<Rate>>("rates");
    QTest::addColumn<Usage>("usage");
    QTest::addColumn<QString>("why");
    QTest::newRow("output without any price")
        << std::vector{rate(Input, "2")} << request("m", {{Input, 5}, {Output, 5}})
        << "the price sheet has no price for output tokens of v/m";
    QTest::newRow("no rates") << std::vector<Rate>{} << request("m", {{Input, 5}})
                              << "the price sheet has no rates for v/m";
    QTest::newRow("only units without a price") << std::vector{rate(Input, "2")} << request("m", {{Page, 5}})
                                                << "the price sheet has no price for what v/m was used for";
    QTest::newRow("tokens, priced by pages only")
        << std::vector{rate(Page, "2")} << request("m", {{Input, 5}})
        << "the price sheet has no price for input tokens of v/m";
}

void TestCost::unpriced()
{
    QFETCH(std::vector<Rate>, rates);
    QFETCH(Usage, usage);
    const Cost cost = cost_of(usage, model_of(rates));
    QVERIFY(!cost.priced);
    QVERIFY(cost.total.is_zero());
    QTEST(QString::fromStdString(cost.why), "why");
}

void TestCost::regions_data()
{
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("total");
    QTest::newRow("none") << ""
                          << "2";
    QTest::newRow("exact") << "eu"
                           << "2.2";
    QTest::newRow("other case") << "EU"
                                << "2.2";
    QTest::newRow("first word") << "eu-central-1"
                                << "2.2";
    QTest::newRow("the whole name is nearer than its first word") << "eu-north-1"
                                                                  << "2.6";
    QTest::newRow("no word of it") << "europe"
                                   << "2.4";
    QTest::newRow("any other") << "asia-east1"
                               << "2.4";
    QTest::newRow("global") << "global"
                            << "2";
}

void TestCost::regions()
{
    QFETCH(QString, region);
    Model model = model_of({rate(Input, "2")});
    model.regional_factors = {{"eu", *base::Decimal::parse("1.1")},
                              {"*", *base::Decimal::parse("1.2")},
                              {"eu-north-1", *base::Decimal::parse("1.3")}};
    Usage usage = request("m", {{Input, 1'000'000}});
    usage.region = region.toStdString();
    const Cost cost = cost_of(usage, model);
    QTEST(text(cost.total), "total");
    QCOMPARE(cost.notes.empty(), text(cost.total) == QStringLiteral("2"));
}

void TestCost::toolsHaveNoRegion()
{
    Model model = model_of({rate(Input, "2"), rate(WebSearch, "10000")});
    model.regional_factors = {{"eu", *base::Decimal::parse("1.1")}};
    Usage usage = request("m", {{Input, 1'000'000}, {WebSearch, 3}});
    usage.region = "eu";
    QCOMPARE(text(cost_of(usage, model).total), QStringLiteral("2.23"));
}

void TestCost::offPeak_data()
{
    QTest::addColumn<QString>("time");
    QTest::addColumn<Usage>("usage");
    QTest::addColumn<QString>("total");
    const Usage plain = request("m", {{Input, 1000}, {CacheRead, 1000}, {Output, 100}});
    const Usage longer = request("m", {{Input, 5000}});
    const Usage batch = request("m", {{Input, 1000}}, "batch");
    // 2026-11-02 is a Monday; from 10:00 on it is off-peak, at weekends it costs nothing but output.
    QTest::newRow("peak") << "2026-11-02T09:59:59.999Z" << plain << "0.0032"; // 2 + 0.2 + 1
    QTest::newRow("off-peak") << "2026-11-02T10:00:00Z" << plain << "0.0022"; // 1 + 0.2 + 1
    QTest::newRow("the first hours that hold") << "2026-11-07T10:00:00Z" << plain << "0.0022";
    QTest::newRow("the second ones") << "2026-11-07T09:00:00Z" << plain << "0.001"; // 0 + 0 + 1
    QTest::newRow("a context tier at peak") << "2026-11-02T09:00:00Z" << longer << "0.02";
    QTest::newRow("off-peak whatever the context") << "2026-11-02T11:00:00Z" << longer << "0.005";
    QTest::newRow("a service tier at peak") << "2026-11-02T09:00:00Z" << batch << "0.0015";
    QTest::newRow("off-peak whatever the service tier") << "2026-11-02T11:00:00Z" << batch << "0.001";
}

void TestCost::offPeak()
{
    QFETCH(QString, time);
    QFETCH(Usage, usage);
    Model model = model_of({rate(Input, "2"), rate(CacheRead, "0.2"), rate(Output, "10"),
                            rate(Input, "1.5", "batch"), rate(Input, "4", "standard", 1000)});
    if (usage.counts[CacheRead] > 0) // the tier is not what these rows are about
        model.prices[0].rates.pop_back();
    const auto hours = [](const char* days, int from, int to) {
        return schedule_of(
            std::vector<DayHours>{
                {days == std::string_view("all") ? std::uint8_t{0x7f} : std::uint8_t{0x60}, from, to}},
            0);
    };
    model.prices[0].off_peak = {{hours("all", 600, 1440), {rate(Input, "1")}},
                                {hours("weekend", 0, 1440), {rate(Input, "0"), rate(CacheRead, "0")}}};
    usage.time = *base::parse_instant(time.toStdString());
    const Cost cost = cost_of(usage, model);
    QTEST(text(cost.total), "total");
    const bool noted = std::ranges::find(cost.notes, "off-peak prices") != cost.notes.end();
    QCOMPARE(noted, usage.time.time_since_epoch() % std::chrono::hours(24) >= std::chrono::hours(10) ||
                        time.startsWith(QStringLiteral("2026-11-07")));
}

void TestCost::unknownHours()
{
    Model model = model_of({rate(Input, "2")});
    model.prices[0].off_peak = {{schedule_of(std::vector<DayHours>{{0x7f, 0, 1440}}, 0), {rate(Input, "1")}}};
    Counts counts;
    counts[Input] = 1'000'000;
    QCOMPARE(text(cost_of(counts, {day(2026, 11, 2), "standard", {}}, model).total), QStringLiteral("2"));
}

void TestCost::dates_data()
{
    QTest::addColumn<int>("offset"); // days from 2026-09-01
    QTest::addColumn<QString>("total");
    QTest::newRow("before all") << -400 << QString();
    QTest::newRow("first day of the promotion") << -100 << "2";
    QTest::newRow("last day of the promotion") << -1 << "2";
    QTest::newRow("first day after it") << 0 << "3";
    QTest::newRow("last day of all") << 10 << "3";
    QTest::newRow("after all") << 11 << QString();
}

void TestCost::dates()
{
    QFETCH(int, offset);
    QFETCH(QString, total);
    Model model = model_of({rate(Input, "2")});
    model.prices[0].from = day(2026, 9, 1) - std::chrono::days(100);
    DatedRates later;
    later.from = day(2026, 9, 1);
    later.until = day(2026, 9, 11);
    later.rates = {rate(Input, "3")};
    model.prices.push_back(later);
    Usage usage = request("m", {{Input, 1'000'000}});
    for (const auto time : {std::chrono::milliseconds(0), std::chrono::milliseconds(86'399'999)}) {
        usage.time = day(2026, 9, 1) + std::chrono::days(offset) + time;
        const Cost cost = cost_of(usage, model);
        QCOMPARE(cost.priced, !total.isEmpty());
        if (cost.priced)
            QCOMPARE(text(cost.total), total);
        else
            QVERIFY(cost.why.find("has no price of v/m for 202") != std::string::npos);
    }
}

void TestCost::averageLength_data()
{
    QTest::addColumn<std::int64_t>("input");
    QTest::addColumn<bool>("inclusive");
    QTest::addColumn<bool>("upper");
    QTest::newRow("average 1000") << std::int64_t{4000} << false << false;
    QTest::newRow("average 1000, inclusive") << std::int64_t{4000} << true << true;
    QTest::newRow("average 1000.25") << std::int64_t{4001} << false << true;
    QTest::newRow("average 999.75, inclusive") << std::int64_t{3999} << true << false;
}

void TestCost::averageLength()
{
    QFETCH(std::int64_t, input);
    QFETCH(bool, inclusive);
    QFETCH(bool, upper);
    Model model = model_of({rate(Input, "1"), rate(Input, "2", "standard", 1000)});
    model.threshold_inclusive = inclusive;
    const Cost cost = cost_of(request("m", {{Input, input}, {Request, 4}}), model);
    const base::Decimal price = *base::Decimal::parse(upper ? "0.000002" : "0.000001");
    QCOMPARE(text(cost.total), text(price * input));
    QCOMPARE(texts(cost.notes), list({"4 requests in one line: priced by their average length"}));
}

void TestCost::marginalTiers_data()
{
    QTest::addColumn<Usage>("usage");
    QTest::addColumn<QString>("total");
    // Rates for a token: input 1 up to 1,000, 2 above, 4 above 3,000; cache reads 0.1 and 0.2; output 5,
    // 6, 7.
    QTest::newRow("below") << request("m", {{Input, 1000}, {Output, 10}}) << "1050";
    QTest::newRow("one above") << request("m", {{Input, 1001}, {Output, 10}}) << "1062"; // 1000 + 2 + 60
    // 1000 × 1 + 2000 × 2 + 500 × 4 + 10 × 7
    QTest::newRow("two tiers") << request("m", {{Input, 3500}, {Output, 10}}) << "7070";
    // The cached prefix of 1,500 comes first: 1000 × 0.1 + 500 × 0.2 + 1500 × 2 + 500 × 4
    QTest::newRow("cached prefix") << request("m", {{CacheRead, 1500}, {Input, 2000}}) << "5200";
    // Two requests of 1,500 on average: 2000 × 1 + 1000 × 2
    QTest::newRow("averaged") << request("m", {{Input, 3000}, {Request, 2}}) << "4000";
}

void TestCost::marginalTiers()
{
    QFETCH(Usage, usage);
    const auto whole = [](Component component, const char* price, std::int64_t above) {
        return Rate{component, *base::Decimal::parse(price), "standard", above};
    };
    Model model = model_of({whole(Input, "1", 0), whole(Input, "2", 1000), whole(Input, "4", 3000),
                            whole(CacheRead, "0.1", 0), whole(CacheRead, "0.2", 1000), whole(Output, "5", 0),
                            whole(Output, "6", 1000), whole(Output, "7", 3000)});
    model.marginal_tiers = true;
    QTEST(text(cost_of(usage, model).total), "total");
    // A sum without its tiers is refused, not guessed.
    const Cost cost = cost_of(usage.counts, Terms{day(2026, 11, 2), "standard", "", 0}, model);
    QVERIFY(!cost.priced);
    QVERIFY(cost.why.find("import it again") != std::string::npos);
}

void TestCost::cutOrder()
{
    const Usage usage = request("m", {{CacheRead, 10}, {CacheWrite5m, 20}, {AudioInput, 5}, {Input, 30}});
    const Counts above = input_above(usage.counts, 25);
    QCOMPARE(above[Input], std::int64_t{30});
    QCOMPARE(above[AudioInput], std::int64_t{5});
    QCOMPARE(above[CacheWrite5m], std::int64_t{5});
    QCOMPARE(above[CacheRead], std::int64_t{0});
    QCOMPARE(input_above(usage.counts, 65), Counts{});
}

void TestCost::unknownModel()
{
    Usage usage = request("none", {{Input, 1}});
    const Cost cost = cost_of(usage, Sheet{});
    QVERIFY(!cost.priced);
    QCOMPARE(QString::fromStdString(cost.why), QStringLiteral("“v/none” is not in the price sheet"));
}

void TestCost::otherVendorIsNoted()
{
    Sheet sheet;
    sheet.models.push_back(model_of({rate(Input, "2")}));
    Usage usage = request("m", {{Input, 1'000'000}});
    QVERIFY(cost_of(usage, sheet).notes.empty());
    usage.vendor = "reseller";
    const Cost cost = cost_of(usage, sheet);
    QCOMPARE(text(cost.total), QStringLiteral("2"));
    QCOMPARE(texts(cost.notes), list({"vendor “reseller” is not in the price sheet: charged as v/m"}));
}

QTEST_GUILESS_MAIN(TestCost)
#include "tst_cost.moc"
