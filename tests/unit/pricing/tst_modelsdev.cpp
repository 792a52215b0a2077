#include "sheets.h"

#include <QtTest/QtTest>
#include <algorithm>

using namespace leeway;
using namespace leeway::pricing;
using enum Component;

namespace {

constexpr std::string_view api = R"({
  "anthropic": { "id": "anthropic", "env": ["K"], "npm": "@x/y", "name": "Anthropic", "doc": "d",
    "models": {
      "claude": { "id": "claude", "name": "Claude", "family": "claude", "attachment": true, "reasoning": true,
        "tool_call": true, "release_date": "2026-02-05", "last_updated": "2026-02-05", "open_weights": false,
        "modalities": { "input": ["text", "image"], "output": ["text"] }, "limit": { "context": 200000, "output": 64000 },
        "cost": { "input": 3, "output": 15, "cache_read": 0.3, "cache_write": 3.75,
          "context_over_200k": { "input": 6, "output": 22.5, "cache_read": 0.6, "cache_write": 7.5 } } } } },
  "google": { "id": "google", "models": {
      "gemini": { "cost": { "input": 0.3, "output": 2.5, "reasoning": 3.5, "input_audio": 1, "output_audio": 12,
          "context_over_200k": { "input": 99 },
          "tiers": [ { "input": 0.6, "output": 5, "tier": { "type": "context", "size": 128000 } },
                     { "input": 0.1, "tier": { "type": "night" } } ], "cache_storage": 4.5 },
        "limit": { "context": 1048576, "input": 1000000, "output": 65536 }, "new_field": 1 },
      "veo": { "cost": { "output": 0.0000000000001 }, "modalities": { "output": ["video"] }, "open_weights": true },
      "free": { "cost": {} }, "words": { "cost": { "input": "cheap", "output": -1 } }, "list": [] } },
  "google-ai": { "id": "google-ai", "models": { "gemini": { "cost": { "input": 1 } } } },
  "empty": { "id": "empty" } })";

QStringList rates_of(const Model& model)
{
    QStringList lines;
    for (const Rate& rate : model.prices.front().rates)
        lines.append(QStringLiteral("%1%2 %3").arg(
            QString::fromUtf8(to_string(rate.component).data()),
            rate.above_tokens > 0 ? QStringLiteral(" >%1").arg(rate.above_tokens) : QString(),
            text(rate.price * 1'000'000)));
    lines.sort();
    return lines;
}

}

class TestModelsDev : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rates();
    void facts();
    void ignored();
    void insideProviders();
    void survivesWriting();
};

void TestModelsDev::rates()
{
    const Sheet sheet = sheet_of(api);
    QCOMPARE(sheet.models.size(), std::size_t{3});
    QCOMPARE(sheet.currency, std::string("USD"));
    QCOMPARE(
        rates_of(*sheet.find("anthropic", "claude")),
        list({"cache_read 0.3", "cache_read >200000 0.6", "cache_write_5m 3.75", "cache_write_5m >200000 7.5",
              "input 3", "input >200000 6", "output 15", "output >200000 22.5"}));
    // A list of tiers goes before the older field, which may contradict it.
    QCOMPARE(rates_of(*sheet.find("google", "gemini")),
             list({"audio_input 1", "audio_output 12", "input 0.3", "input >128000 0.6", "output 2.5",
                   "output >128000 5", "reasoning 3.5"}));
    // 1,000 × 6 + 250,000 × 0.6 + 100 × 22.5, by the million
    Usage usage = request("claude", {{Input, 1000}, {CacheRead, 250'000}, {Output, 100}});
    usage.vendor = "anthropic";
    QCOMPARE(text(cost_of(usage, sheet).total), QStringLiteral("0.15825"));
}

void TestModelsDev::facts()
{
    const Sheet sheet = sheet_of(api);
    const Model& gemini = *sheet.find("", "google/gemini");
    QCOMPARE(gemini.vendor, std::string("gemini"));
    QCOMPARE(gemini.max_input_tokens, std::int64_t{1'000'000});
    QCOMPARE(gemini.max_output_tokens, std::int64_t{65'536});
    QCOMPARE(gemini.mode, std::string("chat"));
    const Model& veo = *sheet.find("google", "veo");
    QCOMPARE(veo.mode, std::string("video_generation"));
    QVERIFY(veo.open_weights);
    QCOMPARE(sheet.find("", "anthropic/claude")->max_input_tokens, std::int64_t{200'000});
}

void TestModelsDev::ignored()
{
    const QString lines = texts(sheet_of(api).ignored).join(u'\n');
    for (const char* line :
         {"cost.cache_storage of google/gemini: is not a price that Leeway knows",
          "new_field of google/gemini: is not a field that Leeway knows",
          "cost.tiers of google/gemini: is not a tier by the length of the context",
          "cost.output of google/veo: has digits beyond the 18th place",
          "cost.input of google/words: is not a number", "cost.output of google/words: is below zero",
          "google/free: has no price that Leeway reads", "google/list: is not a model",
          "empty: has no models", "another provider has the same model under one name",
          "family of anthropic/claude: says what the model is"})
        QVERIFY2(lines.contains(QString::fromUtf8(line)), line);
}

void TestModelsDev::insideProviders()
{
    const Sheet sheet = sheet_of("{\"providers\": " + std::string(api) + "}");
    QCOMPARE(sheet.models == sheet_of(api).models, true);
}

void TestModelsDev::survivesWriting()
{
    const Sheet sheet = sheet_of(api);
    QCOMPARE(sheet_of(to_json(sheet)).models == sheet.models, true);
}

QTEST_GUILESS_MAIN(TestModelsDev)
#include "tst_modelsdev.moc"
