#include "core/base/file.h"
#include "core/pricing/litellmkey.h"
#include "core/pricing/numbertext.h"
#include "sheets.h"

#include <QtTest/QtTest>
#include <algorithm>
#include <set>

using namespace leeway;
using namespace leeway::pricing;
using enum Component;

namespace {

// "input 0.0000025; input batch 0.00000125; …" of a model's rates.
QStringList rates_of(const Model& model)
{
    QStringList lines;
    for (const Rate& rate : model.prices.front().rates) {
        QString line = QString::fromUtf8(to_string(rate.component).data());
        if (rate.above_tokens > 0)
            line += QStringLiteral(" >%1").arg(rate.above_tokens);
        if (rate.tier != "standard")
            line += QStringLiteral(" ") + QString::fromStdString(rate.tier);
        lines.append(line + QStringLiteral(" ") + text(rate.price));
    }
    return lines;
}

bool ignores(const Sheet& sheet, std::string_view text)
{
    return std::ranges::any_of(sheet.ignored,
                               [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

}

class TestLiteLlm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keys_data();
    void keys();
    void otherKeys_data();
    void otherKeys();
    void rates_data();
    void rates();
    void facts();
    void names_data();
    void names();
    void sameName();
    void ignoredHaveReasons();
    void broken_data();
    void broken();
    void wholeMap();
    void bundledSheetAgreesWithMap();
};

void TestLiteLlm::keys_data()
{
    QTest::addColumn<QString>("component");
    QTest::addColumn<QString>("tier");
    QTest::addColumn<std::int64_t>("above");
    const auto row = [](const char* key, const char* component, const char* tier, std::int64_t above) {
        QTest::newRow(key) << component << tier << above;
    };
    row("input_cost_per_token", "input", "standard", 0);
    row("output_cost_per_token", "output", "standard", 0);
    row("input_cost_per_token_batches", "input", "batch", 0);
    row("input_cost_per_token_flex", "input", "flex", 0);
    row("output_cost_per_token_priority", "output", "priority", 0);
    row("input_cost_per_token_ultrafast", "input", "ultrafast", 0);
    row("input_cost_per_token_decisions", "input", "decisions", 0);
    row("input_cost_per_token_neverheard", "input", "neverheard", 0);
    row("input_cost_per_token_above_200k_tokens", "input", "standard", 200'000);
    row("input_cost_per_token_above_7k_tokens", "input", "standard", 7'000);
    row("input_cost_per_token_above_272k_tokens_batches", "input", "batch", 272'000);
    row("cache_read_input_token_cost", "cache_read", "standard", 0);
    row("input_cost_per_token_cache_hit", "cache_read", "standard", 0);
    row("cache_read_input_token_cost_above_512k_tokens_flex", "cache_read", "flex", 512'000);
    row("cache_creation_input_token_cost", "cache_write_5m", "standard", 0);
    row("cache_creation_input_token_cost_above_1hr", "cache_write_1h", "standard", 0);
    row("cache_creation_input_token_cost_above_12hr_above_272k_tokens_ultrafast", "cache_write_12h",
        "ultrafast", 272'000);
    row("cache_creation_input_token_cost_above_1hr_above_200k_tokens", "cache_write_1h", "standard", 200'000);
    row("cache_creation_input_audio_token_cost", "cache_write_audio", "standard", 0);
    row("cache_read_input_audio_token_cost_batches", "cache_read_audio", "batch", 0);
    row("output_cost_per_reasoning_token", "reasoning", "standard", 0);
    row("input_cost_per_audio_token_priority", "audio_input", "priority", 0);
    row("output_cost_per_image_token_batches", "image_output", "batch", 0);
    row("output_cost_per_video_token", "video_output", "standard", 0);
    row("input_cost_per_query", "request", "standard", 0);
    row("ocr_cost_per_page_batches", "page", "batch", 0);
    row("input_cost_per_second", "audio_second", "standard", 0);
    row("google_maps_grounding_cost_per_query", "map_search", "standard", 0);
}

void TestLiteLlm::keys()
{
    const auto key = parse_litellm_key(QTest::currentDataTag(), "chat");
    QVERIFY(key.has_value());
    QTEST(QString::fromUtf8(to_string(key->component).data()), "component");
    QTEST(QString::fromStdString(key->tier), "tier");
    QTEST(key->above_tokens, "above");
}

void TestLiteLlm::otherKeys_data()
{
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* key, const char* reason) { QTest::newRow(key) << reason; };
    row("output_cost_per_image_1024", "prices by the size of an image are not read");
    row("output_cost_per_image_0.5K", "prices by the size of an image are not read");
    row("output_cost_per_second_1080p", "prices by the size of a video are not read");
    row("input_cost_per_video_per_second_above_15s_interval", "prices by the length of a video are not read");
    row("input_cost_per_token_above_k_tokens", "is not a field that Leeway knows");
    row("input_cost_per_token_above_99999999999999999999k_tokens", "is not a field that Leeway knows");
    row("input_cost_per_token_above_0k_tokens", "is not a field that Leeway knows");
    row("input_cost_per_token_", "is not a field that Leeway knows");
    row("input_cost_per_tokens", "is not a field that Leeway knows");
    row("output_cost_per_token_above_1hr", "is not a field that Leeway knows");
    row("cost_per_second", "is the price of reserved capacity, not of usage");
    row("supports_vision", "says what the model can do, not what it costs");
}

void TestLiteLlm::otherKeys()
{
    QVERIFY(!parse_litellm_key(QTest::currentDataTag(), "chat"));
    QTEST(QString::fromUtf8(reason_to_ignore(QTest::currentDataTag()).data()), "reason");
}

void TestLiteLlm::rates_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<QStringList>("rates");
    QTest::newRow("digits are kept") << QByteArray(R"("input_cost_per_token": 1.37e-07,
        "output_cost_per_token": 0.0000012000000000000001)")
                                     << list({"input 0.000000137", "output 0.0000012"});
    QTest::newRow("eighteen places are exact")
        << QByteArray(R"("input_cost_per_token": 0.000000123456789012)")
        << list({"input 0.000000123456789012"});
    QTest::newRow("numbers as text")
        << QByteArray(R"("input_cost_per_token": "3e-7", "output_cost_per_token": "0.5")")
        << list({"input 0.0000003", "output 0.5"});
    QTest::newRow("tiers") << QByteArray(
                                  R"("input_cost_per_token": 2e-6, "input_cost_per_token_batches": 1e-6,
        "input_cost_per_token_above_200k_tokens": 4e-6, "input_cost_per_token_above_200k_tokens_batches": 2e-6)")
                           << list({"input 0.000002", "input batch 0.000001", "input >200000 0.000004",
                                    "input >200000 batch 0.000002"});
    QTest::newRow("the same price twice")
        << QByteArray(R"("input_cost_per_token_cache_hit": 3e-8, "cache_read_input_token_cost": 2e-8)")
        << list({"cache_read 0.00000002"});
    QTest::newRow("cache hit alone") << QByteArray(R"("input_cost_per_token_cache_hit": 3e-8)")
                                     << list({"cache_read 0.00000003"});
    QTest::newRow("a cache write at zero has no price")
        << QByteArray(R"("input_cost_per_token": 1, "cache_creation_input_token_cost": 0.0)")
        << list({"input 1"});
    QTest::newRow("a second is charged once")
        << QByteArray(R"("input_cost_per_second": 0.0001, "output_cost_per_second": 0.0001)")
        << list({"audio_second 0.0001"});
    QTest::newRow("searches by context")
        << QByteArray(R"("search_context_cost_per_query":
        {"search_context_size_low": 0.03, "search_context_size_medium": 0.035, "search_context_size_high": 0.05})")
        << list({"web_search 0.035", "web_search_low 0.03", "web_search_high 0.05"});
    QTest::newRow("a price for a thousand")
        << QByteArray(R"("file_search_cost_per_1k_calls": 0.0025)") << list({"file_search 0.0000025"});
    QTest::newRow("images read by a model that makes none")
        << QByteArray(R"("input_cost_per_image": 0.001)") << list({"image 0.001"});
    QTest::newRow("images read and made")
        << QByteArray(R"("input_cost_per_image": 0.001, "output_cost_per_image": 0.04)")
        << list({"image 0.04", "image_read 0.001"});
    QTest::newRow("fast answers")
        << QByteArray(R"("input_cost_per_token": 5e-6, "input_cost_per_token_batches": 2e-6,
        "input_cost_per_request": 1, "provider_specific_entry": {"fast": 6.0})")
        << list({"input 0.000005", "input batch 0.000002", "input fast 0.00003", "request 1"});
    QTest::newRow("below zero, null and words are left out")
        << QByteArray(R"("input_cost_per_token": -1, "output_cost_per_token": null,
            "cache_read_input_token_cost": "cheap", "ocr_cost_per_page": 2)")
        << list({"page 2"});
}

void TestLiteLlm::rates()
{
    QFETCH(QByteArray, entry);
    const QByteArray map = R"({"v/m": {"litellm_provider": "v", "mode": "chat", )" + entry + "}}";
    const Sheet sheet = sheet_of(std::string_view(map.constData(), static_cast<std::size_t>(map.size())));
    QCOMPARE(sheet.models.size(), std::size_t{1});
    QTEST(rates_of(sheet.models[0]), "rates");
}

void TestLiteLlm::facts()
{
    const Sheet sheet = sheet_of(R"({"xai/grok": {"litellm_provider": "xai", "mode": "responses",
        "input_cost_per_token": 1e-6, "max_input_tokens": 256000.0, "max_output_tokens": "8192",
        "prompt_cache_min_tokens": 1024, "deprecation_date": "2027-01-31", "source": "https://x.ai/prices",
        "regional_processing_uplift_multiplier_eu": 1.1, "provider_specific_entry": {"us": 1.05},
        "regional_endpoint_uplift_multiplier": 1.2}})");
    const Model& model = sheet.models.at(0);
    QCOMPARE(model.vendor, std::string("xai"));
    QCOMPARE(model.model, std::string("grok"));
    QCOMPARE(model.aliases, std::vector<std::string>{"xai/grok"});
    QCOMPARE(model.mode, std::string("responses"));
    QCOMPARE(model.max_input_tokens, std::int64_t{256000});
    QCOMPARE(model.max_output_tokens, std::int64_t{8192});
    QCOMPARE(model.cache_min_tokens, std::int64_t{1024});
    QCOMPARE(base::to_string(*model.retires), std::string("2027-01-31"));
    QVERIFY(model.threshold_inclusive);
    QCOMPARE(model.prices[0].source, std::string("https://x.ai/prices"));
    QCOMPARE(model.regional_factors.size(), std::size_t{3});
    QCOMPARE(sheet.currency, std::string("USD"));
    QVERIFY(sheet.ignored.empty());
    QVERIFY(!sheet_of(R"({"m": {"litellm_provider": "openai", "input_cost_per_token": 1}})")
                 .models[0]
                 .threshold_inclusive);
}

void TestLiteLlm::names_data()
{
    QTest::addColumn<QString>("vendor");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("found"); // its alias, the name in the map
    const auto row = [](const char* name, const char* vendor, const char* model, const char* found) {
        QTest::newRow(name) << vendor << model << found;
    };
    row("as in the map", "openai", "gpt", "gpt");
    row("without a vendor", "", "gpt", "gpt");
    row("the map's key", "", "azure/gpt", "azure/gpt");
    row("the map's key with its vendor", "azure", "azure/gpt", "azure/gpt");
    row("vendor and model", "azure", "gpt", "azure/gpt");
    row("letters' case", "Azure", "GPT", "azure/gpt");
    row("a vendor's spelling", "amazon bedrock", "anthropic.claude", "anthropic.claude");
    row("the provider of the map", "bedrock_converse", "anthropic.claude", "anthropic.claude");
    row("a provider's branch", "vertex_ai-language-models", "gemini", "gemini");
    row("Google is Gemini first", "Google", "gemini", "gemini/gemini");
    row("Google is Vertex then", "google", "only-vertex", "only-vertex");
    row("model alone when it is unique", "", "only-azure", "azure/only-azure");
    row("vendor/model of another spelling", "", "AWS/anthropic.claude", "anthropic.claude");
    row("an unknown vendor, a unique model", "reseller", "only-azure", "azure/only-azure");
    row("a known vendor that lacks it", "openai", "only-azure", "");
    row("an unknown vendor with its model", "", "reseller/only-azure", "");
    row("nobody", "", "none", "");
    row("a slash alone", "", "/", "");
}

void TestLiteLlm::names()
{
    QFETCH(QString, vendor);
    QFETCH(QString, model);
    const Sheet sheet = sheet_of(R"({
        "gpt": {"litellm_provider": "openai", "input_cost_per_token": 1},
        "azure/gpt": {"litellm_provider": "azure", "input_cost_per_token": 1},
        "azure/only-azure": {"litellm_provider": "azure", "input_cost_per_token": 1},
        "gemini/gemini": {"litellm_provider": "gemini", "input_cost_per_token": 1},
        "gemini": {"litellm_provider": "vertex_ai-language-models", "input_cost_per_token": 1},
        "only-vertex": {"litellm_provider": "vertex_ai-language-models", "input_cost_per_token": 1},
        "anthropic.claude": {"litellm_provider": "bedrock_converse", "input_cost_per_token": 1}})");
    const Model* found = sheet.find(vendor.toStdString(), model.toStdString());
    QTEST(found == nullptr ? QString() : QString::fromStdString(found->aliases.front()), "found");
}

void TestLiteLlm::sameName()
{
    const Sheet sheet = sheet_of(R"({
        "a": {"litellm_provider": "vertex_ai-language-models", "input_cost_per_token": 1},
        "vertex_ai/a": {"litellm_provider": "vertex_ai", "input_cost_per_token": 1},
        "b": {"litellm_provider": "vertex_ai-language-models", "input_cost_per_token": 1},
        "vertex_ai/b": {"litellm_provider": "vertex_ai", "input_cost_per_token": 2}})");
    QCOMPARE(sheet.models.size(), std::size_t{3});
    QCOMPARE(sheet.find("", "a"), sheet.find("", "vertex_ai/a"));
    QCOMPARE(text(sheet.find("", "b")->prices[0].rates[0].price), QStringLiteral("1"));
    QCOMPARE(text(sheet.find("", "vertex_ai/b")->prices[0].rates[0].price), QStringLiteral("2"));
}

void TestLiteLlm::ignoredHaveReasons()
{
    const Sheet sheet = sheet_of(R"({"sample_spec": {"input_cost_per_token": 0}, "list": [],
        "m": {"litellm_provider": "v", "input_cost_per_token": 1e-30, "input_cost_per_token_batches": 1,
              "supports_vision": true, "x_new": 1, "off_peak_pricing": {}, "max_input_tokens": "many",
              "deprecation_date": "soon", "input_cost_per_token": 1e-20},
        "n": {"litellm_provider": "v", "supports_vision": true, "output_cost_per_token": 2},
        "free": {"litellm_provider": "v", "mode": "chat"}})");
    QVERIFY(ignores(sheet, "sample_spec: describes the fields"));
    QVERIFY(ignores(sheet, "list: is not an object"));
    QVERIFY(ignores(sheet, "supports_vision of 2 models, such as m: says what the model can do"));
    QVERIFY(ignores(sheet, "x_new of m: is not a field that Leeway knows"));
    QVERIFY(ignores(sheet, "off_peak_pricing of m: has no hours"));
    QVERIFY(ignores(sheet, "max_input_tokens of m: is not a whole number"));
    QVERIFY(ignores(sheet, "deprecation_date of m: is not a date"));
    QVERIFY(ignores(sheet, "input_cost_per_token of m: has digits beyond the 18th place"));
    QVERIFY(ignores(sheet, "free: has no price that Leeway reads"));
    QVERIFY(ignores(sheet, "input_cost_per_token: stands twice"));
}

void TestLiteLlm::broken_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("nothing") << QByteArray() << "sheet.json is empty";
    QTest::newRow("blank") << QByteArray(" \n") << "sheet.json is empty";
    QTest::newRow("not JSON") << QByteArray("{\"m\": {\n\"a\": ,}}") << "sheet.json, line 2: not valid JSON";
    QTest::newRow("other JSON") << QByteArray("{\"a\": 1}") << "is neither a Leeway price sheet";
    QTest::newRow("a list") << QByteArray("[1, 2]") << "is neither a Leeway price sheet";
    QTest::newRow("deep") << QByteArray(100, '[') << "more than 64 levels of nesting";
    QTest::newRow("gzip cut off") << QByteArray("\x1f\x8b\x08\x00\x00\x00", 6) << "the gzip data is damaged";
    QTest::newRow("not a number") << QByteArray(
                                         R"({"m": {"litellm_provider": "v", "input_cost_per_token": NaN}})")
                                  << "not valid JSON";
}

void TestLiteLlm::broken()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, complaint);
    const auto sheet = parse_sheet(
        "sheet.json", std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    QVERIFY(!sheet);
    const QString message = QString::fromStdString(sheet.error().message);
    QVERIFY2(message.contains(complaint), qPrintable(message));
}

namespace {

std::filesystem::path corpus_map()
{
    const QByteArray corpus = qgetenv("LEEWAY_CORPUS");
    const std::filesystem::path map =
        std::filesystem::path(corpus.toStdString()) / "prices/litellm-1.109.1-full.json.gz";
    return !corpus.isEmpty() && std::filesystem::exists(map) ? map : std::filesystem::path();
}

}

void TestLiteLlm::wholeMap()
{
    const auto path = corpus_map();
    if (path.empty())
        QSKIP("LEEWAY_CORPUS is not set");
    const auto sheet = load_sheet(path.string());
    QVERIFY2(sheet.has_value(), sheet ? "" : sheet.error().message.c_str());
    QVERIFY(sheet->models.size() > 4000);
    std::set<std::pair<std::string, std::string>> names;
    for (const Model& model : sheet->models) {
        QVERIFY(names.emplace(model.vendor, model.model).second);
        QVERIFY(!model.prices.at(0).rates.empty());
        QCOMPARE(sheet->find(model.vendor, model.model), &model);
        QVERIFY(sheet->find("", model.aliases.front()) != nullptr);
    }
    for (const std::string& line : sheet->ignored) {
        const auto colon = line.rfind(": ");
        QVERIFY2(colon != std::string::npos && line.size() > colon + 10, line.c_str());
        const bool known = line.find("is not a field that Leeway knows") == std::string::npos ||
                           line.starts_with("rules of fallback_generalizations");
        QVERIFY2(known, line.c_str());
    }
    const auto again = parse_sheet("again.json", to_json(*sheet));
    QVERIFY(again.has_value());
    QCOMPARE(again->models == sheet->models, true);
    QCOMPARE(again->ignored, sheet->ignored);
}

void TestLiteLlm::bundledSheetAgreesWithMap()
{
    const auto path = corpus_map();
    if (path.empty())
        QSKIP("LEEWAY_CORPUS is not set");
    const auto map = load_sheet(path.string());
    const auto bundled = bundled_sheet();
    QVERIFY(map.has_value() && bundled.has_value());
    int compared = 0;
    for (const Model& model : bundled->models) {
        if (model.vendor == "self-hosted")
            continue;
        const Model* source = map->find("", model.aliases.front());
        QVERIFY2(source != nullptr, model.aliases.front().c_str());
        for (const Rate& rate : model.prices.back().rates) {
            const bool same =
                std::ranges::find(source->prices[0].rates, rate) != source->prices[0].rates.end();
            QVERIFY2(
                same,
                (model.vendor + "/" + model.model + " " + std::string(to_string(rate.component))).c_str());
        }
        // Only units that chat models do not have may be left out.
        for (const Rate& rate : source->prices[0].rates) {
            const auto& rates = model.prices.back().rates;
            const bool there = std::ranges::find(rates, rate) != rates.end();
            QVERIFY2(there || side_of(rate.component) == Side::Unit, model.model.c_str());
        }
        QCOMPARE(model.regional_factors.size(), source->regional_factors.size());
        QCOMPARE(model.threshold_inclusive, source->threshold_inclusive);
        QCOMPARE(model.max_input_tokens, source->max_input_tokens);
        ++compared;
    }
    QVERIFY(compared >= 120);
}

QTEST_GUILESS_MAIN(TestLiteLlm)
#include "tst_litellm.moc"
