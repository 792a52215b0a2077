#include "core/base/file.h"
#include "core/base/json.h"
#include "sheets.h"

#include <QElapsedTimer>
#include <QtTest/QtTest>
#include <map>
#include <zlib.h>

using namespace leeway;
using namespace leeway::pricing;

namespace {

constexpr std::string_view valid = R"({
  "format": "leeway-prices",
  "version": 1,
  "id": "t",
  "title": "Test",
  "currency": "EUR",
  "as_of": "2026-11-30",
  "source": "a page",
  "ignored": ["x: y"],
  "models": [
    { "vendor": "v", "model": "m", "aliases": ["n"], "mode": "chat",
      "max_input_tokens": 1000, "retires": "2027-01-01", "threshold_inclusive": true, "regional_factors": { "eu": "1.1" },
      "prices": [
        { "until": "2026-01-31", "source": "s", "read": "2026-11-01", "note": "n", "rates": [
          { "component": "input", "per_million": "2.5" },
          { "component": "web_search", "each": "0.01" }
        ] },
        { "from": "2026-02-01", "rates": [
          { "component": "input", "per_million": "0.000000000001", "tier": "batch", "above": 200000 }
        ] }
      ] }
  ]
}
)";

QByteArray changed(const char* from, const QByteArray& to)
{
    QByteArray text(valid.data(), static_cast<qsizetype>(valid.size()));
    const qsizetype at = text.indexOf(from);
    if (at < 0)
        qFatal("“%s” is not in the sheet", from);
    return text.replace(at, static_cast<qsizetype>(std::strlen(from)), to);
}

std::string_view view(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

}

class TestSheet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void gzipped();
    void errors_data();
    void errors();
    void schemaKnowsEveryComponent();
    void strangeNames();
    void bundled();
    void bundledFacts_data();
    void bundledFacts();
    void bundledIsQuick();
};

void TestSheet::roundTrip()
{
    const Sheet sheet = sheet_of(valid);
    QCOMPARE(sheet.currency, std::string("EUR"));
    QCOMPARE(base::to_string(*sheet.as_of), std::string("2026-11-30"));
    const Model& model = sheet.models.at(0);
    QCOMPARE(text(model.prices.at(0).rates.at(0).price), QStringLiteral("0.0000025"));
    QCOMPARE(text(model.prices.at(0).rates.at(1).price), QStringLiteral("0.01"));
    QCOMPARE(text(model.prices.at(1).rates.at(0).price), QStringLiteral("0.000000000000000001"));
    QCOMPARE(base::to_string(*model.prices.at(0).read), std::string("2026-11-01"));
    QVERIFY(model.threshold_inclusive);
    QCOMPARE(QString::fromStdString(to_json(sheet)),
             QString::fromUtf8(valid.data(), static_cast<qsizetype>(valid.size())));
    QCOMPARE(sheet.sha256.size(), std::size_t{64});
}

void TestSheet::gzipped()
{
    std::string packed(4096, '\0');
    z_stream stream{};
    QCOMPARE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string input(valid);
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    QCOMPARE(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    const auto sheet = parse_sheet("s.json.gz", packed);
    QVERIFY2(sheet.has_value(), sheet ? "" : sheet.error().message.c_str());
    QCOMPARE(sheet->models == sheet_of(valid).models, true);
    QVERIFY(sheet->sha256 != sheet_of(valid).sha256);
    for (std::size_t length = 2; length + 1 < packed.size(); ++length)
        QVERIFY(!parse_sheet("s.json.gz", std::string_view(packed).substr(0, length)));
}

void TestSheet::errors_data()
{
    QTest::addColumn<QByteArray>("sheet");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char* name, const QByteArray& sheet, const char* complaint) {
        QTest::newRow(name) << sheet << complaint;
    };
    row("unknown component", changed("\"input\"", "\"inputs\""),
        "line 15, /models/0/prices/0/rates/0/component");
    row("a number, not its text", changed("\"2.5\"", "2.5"),
        "line 15, /models/0/prices/0/rates/0/per_million");
    row("below zero", changed("\"2.5\"", "\"-2.5\""), "line 15, /models/0/prices/0/rates/0/per_million");
    row("an exponent", changed("\"2.5\"", "\"2e-6\""), "line 15, /models/0/prices/0/rates/0/per_million");
    row("too many digits", changed("\"2.5\"", "\"2.5000000000001\""),
        "line 15, /models/0/prices/0/rates/0/per_million: more than 12 digits after the point");
    row("no price", changed("\"per_million\": \"2.5\"", "\"tier\": \"batch\""),
        "line 15, /models/0/prices/0/rates/0: needs either “per_million” or “each”");
    row("two prices", changed("\"per_million\": \"2.5\"", "\"per_million\": \"2.5\", \"each\": \"1\""),
        "line 15, /models/0/prices/0/rates/0: needs either");
    row("unknown field", changed("\"aliases\"", "\"alias\""), "line 11, /models/0");
    row("no such day", changed("2026-01-31", "2026-02-31"), "line 14, /models/0/prices/0/until");
    row("dates in disorder", changed("\"from\": \"2026-02-01\", ", ""),
        "line 18, /models/0/prices/1: prices must stand in the order of their dates");
    row("ends before it begins", changed("\"until\"", "\"from\": \"2026-02-01\", \"until\""),
        "/models/0/prices/0: “until” is before “from”");
    row("a rate twice", changed("\"web_search\", \"each\": \"0.01\"", "\"input\", \"per_million\": \"3\""),
        "line 16, /models/0/prices/0/rates/1: there are two rates for input");
    row("a model twice",
        changed("\"models\": [", "\"models\": [ { \"vendor\": \"v\", \"model\": \"m\", \"prices\": [] },"),
        "/models/1: v/m stands twice");
    row("a name twice", changed("\"mode\": \"chat\"", "\"mode\": \"chat\", \"mode\": \"chat\""),
        "stands twice");
    row("a newer version", changed("\"version\": 1", "\"version\": 2"), "line 3, /version");
    row("a tier without end", changed("\"batch\"", "\"" + QByteArray(1'000'000, 'a') + "\""),
        "line 19, /models/0/prices/1/rates/0/tier");
    row("no currency", changed("\"EUR\"", "\"euro\""), "line 6, /currency");
    row("no JSON",
        changed("\"models\": [", "\"models\": ["
                                 "]"),
        "line 11: syntax error");
}

void TestSheet::errors()
{
    QFETCH(QByteArray, sheet);
    QFETCH(QString, complaint);
    const auto parsed = parse_sheet("sheet.json", view(sheet));
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, base::ErrorCode::Invalid);
    const QString message = QString::fromStdString(parsed.error().message);
    QVERIFY2(message.startsWith(QStringLiteral("sheet.json, line ")) && message.contains(complaint),
             qPrintable(message));
}

void TestSheet::schemaKnowsEveryComponent()
{
    const auto schema = base::read_json(LEEWAY_SOURCE_DIR "/templates/prices/sheet.schema.json");
    QVERIFY(schema.has_value());
    const auto& names = schema->value["definitions"]["component"]["enum"];
    QCOMPARE(names.size(), component_count);
    for (std::size_t i = 0; i < component_count; ++i)
        QCOMPARE(names[i].get<std::string>(), std::string(to_string(static_cast<Component>(i))));
}

void TestSheet::strangeNames()
{
    Sheet sheet = sheet_of(valid);
    sheet.title = "“quotes” \\ \" \n \x01 \xff";
    sheet.models[0].model = "a\"b\\c/d";
    sheet.models[0].regional_factors = {{"a\"b", *base::Decimal::parse("1.5")}};
    const auto again = parse_sheet("again.json", to_json(sheet));
    QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
    QCOMPARE(again->models == sheet.models, true);
}

void TestSheet::bundled()
{
    const auto sheet = bundled_sheet();
    QVERIFY2(sheet.has_value(), sheet ? "" : sheet.error().message.c_str());
    QVERIFY(sheet->models.size() >= 120);
    std::map<std::string, int> vendors;
    for (const Model& model : sheet->models) {
        ++vendors[model.vendor];
        QCOMPARE(sheet->find(model.vendor, model.model), &model);
        for (const std::string& alias : model.aliases)
            QVERIFY2(sheet->find(model.vendor, alias) != nullptr, alias.c_str());
        for (const DatedRates& dated : model.prices) {
            QVERIFY2(!dated.source.empty() && dated.read.has_value(), model.model.c_str());
            QVERIFY(!dated.rates.empty() || model.vendor == "self-hosted");
        }
        const bool current =
            !model.retires || *model.retires > *sheet->as_of || model.model == "deepseek-chat";
        QVERIFY2(current, model.model.c_str());
    }
    for (const char* vendor : {"openai", "anthropic", "gemini", "mistral", "meta", "together_ai", "xai",
                               "deepseek", "bedrock", "azure", "self-hosted"})
        QVERIFY2(vendors[vendor] > 0, vendor);
    // The file is what to_json() writes, so a copy that Leeway saves differs only where it was changed.
    const auto text =
        base::read_file(base::data_folder() / "resources/prices/leeway-prices.json", std::size_t{1} << 24);
    QVERIFY(text.has_value());
    QVERIFY(to_json(*sheet) == *text);
}

void TestSheet::bundledFacts_data()
{
    QTest::addColumn<QString>("vendor");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("day");
    QTest::addColumn<QString>("cost"); // of a million tokens in and a million out
    QTest::newRow("deepseek-chat at first") << "deepseek"
                                            << "deepseek-chat"
                                            << "2025-02-07"
                                            << "0.42";
    QTest::newRow("deepseek-chat from 8 February 2025") << "deepseek"
                                                        << "deepseek-chat"
                                                        << "2025-02-08"
                                                        << "1.37";
    QTest::newRow("deepseek-chat at last") << "deepseek"
                                           << "deepseek-chat"
                                           << "2026-03-01"
                                           << "0.7";
    QTest::newRow("Luna before its cut") << "openai"
                                         << "gpt-5.6-luna"
                                         << "2026-07-24"
                                         << "7";
    QTest::newRow("Luna after its cut") << "openai"
                                        << "gpt-5.6-luna"
                                        << "2026-08-05"
                                        << "1.4";
    QTest::newRow("GPT-5.1") << "openai"
                             << "gpt-5.1"
                             << "2026-11-30"
                             << "11.25";
    QTest::newRow("Sonnet 5") << "anthropic"
                              << "claude-sonnet-5"
                              << "2026-11-30"
                              << "12";
    QTest::newRow("self-hosted has no price for tokens") << "self-hosted"
                                                         << "llama-3.1-8b"
                                                         << "2026-11-30"
                                                         << "";
}

void TestSheet::bundledFacts()
{
    QFETCH(QString, vendor);
    QFETCH(QString, model);
    QFETCH(QString, day);
    const auto sheet = bundled_sheet();
    QVERIFY(sheet.has_value());
    // Ten requests, so that no context tier is reached.
    Usage usage =
        request(model.toStdString(),
                {{Component::Input, 1'000'000}, {Component::Output, 1'000'000}, {Component::Request, 10}});
    usage.vendor = vendor.toStdString();
    usage.time = *base::parse_instant(day.toStdString());
    const Cost cost = cost_of(usage, *sheet);
    QTEST(cost.priced ? text(cost.total) : QString(), "cost");
    if (!cost.priced)
        QVERIFY2(cost.why.find("paid by the hour") != std::string::npos, cost.why.c_str());
}

void TestSheet::bundledIsQuick()
{
    QVERIFY(bundled_sheet().has_value());
    qint64 fastest = std::numeric_limits<qint64>::max();
    for (int i = 0; i < 5; ++i) {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(bundled_sheet().has_value());
        fastest = std::min(fastest, timer.elapsed());
    }
    qInfo("bundled sheet in %lld ms", fastest);
    // 100 ms on an idle machine with an optimised build; this catches only a fall back to something far
    // slower.
    QVERIFY(fastest < 2000);
}

QTEST_GUILESS_MAIN(TestSheet)
#include "tst_sheet.moc"
