// Leeway's costs against a second computation, to the last digit: for a map of our own that has every form of
// field, and, with LEEWAY_CORPUS, for every model of the maps there; 200 random requests each.

#include "core/base/file.h"
#include "core/pricing/gunzip.h"
#include "core/pricing/numbertext.h"
#include "independent.h"
#include "sheets.h"

#include <QtTest/QtTest>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <pcg_random.hpp>

using namespace leeway;
using namespace leeway::pricing;
using enum Component;
using nlohmann::json;

namespace {

constexpr int requests_per_model = 200;

json random_price(pcg32& random)
{
    switch (random(4)) {
    case 0:
        return fmt::format("{}.{:02}e-0{}", 1 + random(9), random(100), 5 + random(4));
    case 1:
        return fmt::format("0.0000{:07}", random(10'000'000));
    case 2:
        return fmt::format("{}e-6", random(100));
    default:
        return fmt::format("{}.{}e-07", 1 + random(9), "0000000000000001"); // more digits than are kept
    }
}

void add_some(json& entry, pcg32& random, const std::vector<std::string>& fields)
{
    for (const std::string& field : fields) {
        if (random(2) == 0)
            entry[field] = random_price(random);
    }
}

// Every combination of a base, a context tier and a service tier may be there or not.
void add_tiers(json& entry, pcg32& random)
{
    const std::vector<std::string> suffixes{"", "_batches", "_flex", "_priority", "_ultrafast", "_balanced"};
    const std::vector<std::string> bases{"input_cost_per_token",
                                         "output_cost_per_token",
                                         "cache_read_input_token_cost",
                                         "cache_creation_input_token_cost",
                                         "cache_creation_input_token_cost_above_1hr",
                                         "output_cost_per_reasoning_token",
                                         "input_cost_per_audio_token",
                                         "output_cost_per_audio_token",
                                         "input_cost_per_image_token"};
    const std::array above{"", "_above_1k_tokens", "_above_128k_tokens", "_above_200k_tokens",
                           "_above_272k_tokens"};
    const unsigned rare = 2 + random(5);
    for (const std::string& base : bases) {
        for (const char* threshold : above) {
            for (const std::string& suffix : suffixes) {
                if (random(rare) == 0)
                    entry[base + threshold + suffix] = random_price(random);
            }
        }
    }
}

void add_ranges(json& entry, pcg32& random)
{
    std::int64_t begin = 0;
    for (const std::int64_t end : {1000, 32'000, 128'000, 1'000'000}) {
        json range{{"range", {begin, fmt::format("{}.0", end)}},
                   {"input_cost_per_token", random_price(random)},
                   {"output_cost_per_token", random_price(random)}};
        add_some(range, random,
                 {"cache_read_input_token_cost", "cache_creation_input_token_cost",
                  "output_cost_per_reasoning_token"});
        entry["tiered_pricing"].push_back(range);
        begin = end;
    }
}

void add_off_peak(json& entry, pcg32& random)
{
    json block = json::object();
    if (random(2) == 0)
        block["hours_utc"] = random(2) == 0 ? json("16:30-00:30") : json({"01:00-02:00", "05:15-06:45"});
    if (random(2) == 0 || block.empty()) {
        block["windows"] =
            json::array({{{"hours_utc", {"00:00-01:00", "10:00-00:00"}}, {"weekdays", {1, 2, 3, 4, 5}}},
                         {{"hours_utc", "00:00-00:00"}, {"weekdays", {6, 7}}}});
        if (random(2) == 0)
            block["weekday_timezone"] = "Asia/Shanghai";
    }
    add_some(block, random,
             {"input_cost_per_token", "output_cost_per_token", "cache_read_input_token_cost",
              "output_cost_per_reasoning_token"});
    entry["off_peak_pricing"] = block;
}

json random_entry(pcg32& random)
{
    json entry{{"litellm_provider", random(4) == 0 ? "xai" : "v"}, {"mode", "chat"}};
    if (random(4) == 0)
        add_ranges(entry, random);
    else
        add_tiers(entry, random);
    entry["input_cost_per_token"] = random_price(random);
    if (random(8) != 0)
        entry["output_cost_per_token"] = random_price(random);
    add_some(entry, random, {"input_cost_per_token_cache_hit", "input_cost_per_request"});
    if (random(3) == 0)
        add_off_peak(entry, random);
    if (random(3) == 0)
        entry["search_context_cost_per_query"] = {{"search_context_size_medium", "0.01"}};
    if (random(3) == 0)
        entry["regional_processing_uplift_multiplier_eu"] = "1.1";
    if (random(3) == 0)
        entry["provider_specific_entry"] = {{"us", "1.1"}};
    else if (!entry.contains("tiered_pricing") && !entry.contains("off_peak_pricing"))
        entry["provider_specific_entry"] = {{"fast", "6.0"}}; // vendors have the one or the others
    if (random(3) == 0)
        entry["regional_endpoint_uplift_multiplier"] = "1.15";
    return entry;
}

Usage random_request(pcg32& random)
{
    constexpr std::array lengths{1U,       999U,     1000U,    1001U,    32'000U,  32'001U,  100'000U,
                                 128'000U, 128'001U, 200'000U, 200'001U, 272'000U, 272'001U, 512'001U};
    constexpr std::array tiers{"standard",  "standard", "batch",    "flex",         "priority",
                               "ultrafast", "fast",     "balanced", "nobody-has-it"};
    constexpr std::array regions{"", "", "", "eu-west-1", "us", "global", "asia-east1"};
    Usage usage;
    usage.time = base::Date(std::chrono::year(2026) / 11 / 2) + std::chrono::minutes(random(7 * 24 * 60));
    usage.service_tier = tiers[random(tiers.size())];
    usage.region = regions[random(regions.size())];
    usage.counts[Request] = 1;
    std::int64_t left = random(2) == 0 ? lengths[random(lengths.size())] : random(400'000);
    for (const Component part : {CacheRead, CacheWrite5m, CacheWrite1h, AudioInput, ImageInput}) {
        if (random(3) != 0)
            continue;
        usage.counts[part] = random(static_cast<std::uint32_t>(left) + 1);
        left -= usage.counts[part];
    }
    usage.counts[Input] = left;
    usage.counts[Output] = random(5'000);
    usage.counts[Reasoning] = random(3) == 0 ? random(20'000) : 0;
    usage.counts[AudioOutput] = random(6) == 0 ? random(1'000) : 0;
    usage.counts[WebSearch] = random(6) == 0 ? random(5) : 0;
    return usage;
}

bool has_token_prices(const json& entry)
{
    return entry.contains("input_cost_per_token") || entry.contains("tiered_pricing");
}

std::string shown(const Usage& usage)
{
    std::string text =
        fmt::format("{} {} “{}”", base::to_string(usage.time), usage.service_tier, usage.region);
    for (std::size_t i = 0; i < component_count; ++i) {
        if (usage.counts.of[i] != 0)
            text += fmt::format(" {}={}", to_string(static_cast<Component>(i)), usage.counts.of[i]);
    }
    return text;
}

// The first difference found, or an empty text; `compared` counts requests.
std::string difference(const json& map, pcg32& random, int& compared)
{
    auto sheet = parse_sheet("map.json", map.dump());
    if (!sheet)
        return sheet.error().message;
    for (const Model& model : sheet->models) {
        for (const std::string& alias : model.aliases) {
            const json& entry = map.at(alias);
            const auto thresholds = independent_thresholds(entry);
            for (int i = 0; has_token_prices(entry) && i < requests_per_model; ++i) {
                const Usage usage = random_request(random);
                const Cost cost = cost_of(usage, model);
                const auto expected = independent_cost(entry, thresholds, usage);
                ++compared;
                if (cost.priced != expected.has_value() ||
                    (cost.priced && cost.total.to_string() != *expected))
                    return fmt::format("{}: {}\nLeeway {} {}\nindependent {}\n{}", alias, shown(usage),
                                       cost.priced ? cost.total.to_string() : cost.why,
                                       fmt::join(cost.notes, "; "), expected.value_or("none"), entry.dump(1));
            }
        }
    }
    return {};
}

}

class TestExactness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyForm();
    void corpusMaps_data();
    void corpusMaps();
};

void TestExactness::everyForm()
{
    pcg32 random(20261130);
    json map = json::object();
    for (int i = 0; i < 150; ++i)
        map[fmt::format("m{:03}", i)] = random_entry(random);
    int compared = 0;
    const std::string found = difference(map, random, compared);
    QVERIFY2(found.empty(), found.c_str());
    QCOMPARE(compared, 150 * requests_per_model);
}

void TestExactness::corpusMaps_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("models");
    QTest::newRow("February") << "litellm-2026-02-25.json" << 180;
    QTest::newRow("July") << "litellm-2026-07-24.json" << 180;
    QTest::newRow("November") << "litellm-1.109.1-full.json.gz" << 3000;
}

void TestExactness::corpusMaps()
{
    QFETCH(QString, file);
    QFETCH(int, models);
    const QString corpus = qEnvironmentVariable("LEEWAY_CORPUS");
    if (corpus.isEmpty())
        QSKIP("LEEWAY_CORPUS is not set");
    auto bytes =
        base::read_file((corpus + QStringLiteral("/prices/") + file).toStdString(), std::size_t{64} << 20);
    QVERIFY2(bytes.has_value(), bytes ? "" : bytes.error().message.c_str());
    if (is_gzip(*bytes))
        bytes = gunzip("map", *bytes, std::size_t{64} << 20);
    const auto map = parse_number_text("map.json", *bytes);
    QVERIFY(map.has_value());
    pcg32 random(7);
    int compared = 0;
    const std::string found = difference(map->value, random, compared);
    QVERIFY2(found.empty(), found.c_str());
    QVERIFY2(compared >= models * requests_per_model, std::to_string(compared).c_str());
}

QTEST_GUILESS_MAIN(TestExactness)
#include "tst_exactness.moc"
