// `leeway-cli prices import|list|lint|diff|bill` as a user runs it.

#include "cli.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <initializer_list>
#include <utility>

using nlohmann::json;

namespace {

const QByteArray march = R"({
  "gpt": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2e-6, "output_cost_per_token": 8e-6},
  "claude": {"litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 3e-6,
    "output_cost_per_token": 15e-6},
  "old": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6, "output_cost_per_token": 1e-6}})";

const QByteArray november = R"({
  "gpt": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 3e-6, "output_cost_per_token": 8e-6,
    "input_cost_per_token_priority": 150e-6, "deprecation_date": "2027-01-31"},
  "claude": {"litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 3e-6,
    "output_cost_per_token": 15e-6, "x_new_field": 1},
  "fresh": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6, "output_cost_per_token": 1e-6}})";

const QByteArray requests = "time,vendor,model,input_tokens,output_tokens\n"
                            "2026-03-02T10:00:00Z,openai,gpt,1000000,100000\n"
                            "2026-11-30T10:00:00Z,openai,gpt,1000000,100000\n"
                            "2026-11-30T11:00:00Z,openai,unknown,1000000,100000\n";

// A text, or a literal.
struct Argument
{
    Argument(const char* literal) : text(QString::fromUtf8(literal)) {}
    Argument(QString given) : text(std::move(given)) {}
    QString text;
};

CliRun prices(std::initializer_list<Argument> arguments)
{
    QStringList texts{QStringLiteral("prices")};
    for (const Argument& argument : arguments)
        texts.append(argument.text);
    return cli(texts);
}

QString shown(const json& value)
{
    return QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
}

}

class TestCliPrices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void importsAndLists();
    void importsVendors();
    void history();
    void refuses_data();
    void refuses();
    void listsWithUsage();
    void lints();
    void bundledSheet();
    void diffs();
    void diffsDays();
    void bills();

private:
    QString write(const char* name, const QByteArray& content)
    {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write");
        return file.fileName();
    }
    QString path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }

    QTemporaryDir m_folder;
};

void TestCliPrices::importsAndLists()
{
    const CliRun import = prices({"import", write("map.json", november), "-o", path("sheet.json"), "--as-of",
                                  "2026-11-30", "--format", "json"});
    QCOMPARE(import.exit, 0);
    QCOMPARE(import.json()["models"].get<int>(), 3);
    QVERIFY(import.out.contains("x_new_field of claude: is not a field that Leeway knows"));
    const CliRun list = prices({"list", path("sheet.json"), "--format", "json"});
    QCOMPARE(list.exit, 0);
    QCOMPARE(shown(list.json()["as_of"]), QStringLiteral("2026-11-30"));
    QCOMPARE(list.json()["models"].size(), std::size_t{3});
    const CliRun one = prices({"list", path("sheet.json"), "--model", "GPT"});
    QCOMPARE(one.exit, 0);
    QVERIFY2(one.out.contains("input      priority") && one.out.contains("150"), one.out.constData());
    QVERIFY(!one.out.contains("claude"));
    const CliRun text = prices({"import", path("map.json")});
    QVERIFY(text.out.startsWith("{\n  \"format\": \"leeway-prices\""));
}

void TestCliPrices::importsVendors()
{
    const CliRun run = prices({"import", write("map.json", november), "--only", "Anthropic"});
    QCOMPARE(run.exit, 0);
    QCOMPARE(run.json()["models"].size(), std::size_t{1});
    const CliRun none = prices({"import", path("map.json"), "--only", "nobody"});
    QCOMPARE(none.exit, 3);
    QVERIFY(none.error.contains("has no model of nobody"));
}

void TestCliPrices::history()
{
    const QString sheet = path("history.json");
    QCOMPARE(prices({"import", write("march.json", march), "-o", sheet, "--as-of", "2026-03-01"}).exit, 0);
    QCOMPARE(prices({"import", write("november.json", november), "--onto", sheet, "-o", sheet, "--as-of",
                     "2026-11-01"})
                 .exit,
             0);
    const CliRun replay =
        cli({u"replay"_qs, write("log.csv", requests), u"--prices"_qs, sheet, u"--format"_qs, u"json"_qs});
    QCOMPARE(replay.exit, 0);
    QCOMPARE(shown(replay.json()["months"][0]["cost"]), QStringLiteral("2.8")); // 2 + 0.8
    QCOMPARE(shown(replay.json()["months"][1]["cost"]), QStringLiteral("3.8")); // 3 + 0.8
    const CliRun earlier = prices({"import", path("march.json"), "--onto", sheet, "--as-of", "2026-02-01"});
    QCOMPARE(earlier.exit, 3);
    QVERIFY(earlier.error.contains("already has a price from 2026-11-01 on"));
}

void TestCliPrices::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exit");
    const auto row = [](const char* name, const char* arguments, int exit) {
        QTest::newRow(name) << QString::fromUtf8(arguments).split(u' ') << exit;
    };
    row("nothing to do", "prices", 2);
    row("no such file", "prices import /none.json", 3);
    row("no such day", "prices import /none.json --as-of soon", 2);
    row("one sheet", "prices diff /none.json", 2);
    row("no such model", "prices list --model nobody's", 3);
    row("a bill from a day on", "prices bill x.csv --from 2026-11-01", 2);
}

void TestCliPrices::refuses()
{
    QFETCH(QStringList, arguments);
    QTEST(cli(arguments).exit, "exit");
}

void TestCliPrices::listsWithUsage()
{
    const QString sheet = write("map.json", november);
    const CliRun run = prices({"list", sheet, "--usage", write("log.csv", requests), "--format", "json"});
    QCOMPARE(run.exit, 0);
    // Three million tokens in, 300,000 out, whoever answered.
    const json models = run.json()["models"];
    QCOMPARE(models.size(), std::size_t{3});
    for (const json& model : models) {
        const std::string name = model["model"];
        QCOMPARE(model["usage_cost"].get<std::string>(), std::string(name == "claude" ? "13.5"
                                                                     : name == "gpt"  ? "11.4"
                                                                                      : "3.3"));
    }
    const CliRun table = prices({"list", sheet, "--usage", path("log.csv")});
    QVERIFY2(table.out.contains("13.50"), table.out.constData());
}

void TestCliPrices::lints()
{
    const CliRun run = prices({"lint", write("map.json", november), "--format", "json"});
    QCOMPARE(run.exit, 0);
    QCOMPARE(run.json()["errors"].get<int>(), 1);
    QCOMPARE(shown(run.json()["findings"][0]["rule"]), QStringLiteral("service-tier-ratio"));
    QCOMPARE(shown(run.json()["findings"][0]["what"]),
             QStringLiteral("priority input: 150 per million, 50 times input: 3"));
    const CliRun failed = prices({"lint", path("map.json"), "--fail-on", "error"});
    QCOMPARE(failed.exit, 1);
    QVERIFY(failed.out.contains("surely wrong: openai/gpt: priority input"));
    QVERIFY(failed.out.contains("3 models: 1 surely wrong, 0 perhaps"));
}

void TestCliPrices::bundledSheet()
{
    QCOMPARE(prices({"list"}).exit, 0);
    QCOMPARE(prices({"lint", "--fail-on", "error"}).exit, 0);
}

void TestCliPrices::diffs()
{
    const CliRun run =
        prices({"diff", write("march.json", march), write("november.json", november), "--format", "json"});
    QCOMPARE(run.exit, 0);
    const json models = run.json()["models"];
    QCOMPARE(models.size(), std::size_t{3});
    QCOMPARE(shown(models[0]["change"]), QStringLiteral("new"));
    QCOMPARE(shown(models[1]["model"]), QStringLiteral("gpt"));
    QCOMPARE(shown(models[1]["rates"][0]["percent"]), QStringLiteral("50"));
    QCOMPARE(shown(models[1]["rates"][0]["before"]), QStringLiteral("0.000002"));
    QVERIFY(models[1]["rates"][1]["before"].is_null());
    QCOMPARE(shown(models[1]["others"][0]), QStringLiteral("retires on 2027-01-31"));
    QCOMPARE(shown(models[2]["change"]), QStringLiteral("gone"));
    const CliRun table = prices({"diff", path("march.json"), path("november.json")});
    QVERIFY2(table.out.contains("  input: 2 → 3 (+50 %)"), table.out.constData());
    QVERIFY(table.out.contains("1 new, 1 gone, 1 changed"));
}

void TestCliPrices::diffsDays()
{
    const CliRun run =
        prices({"diff", QStringLiteral(LEEWAY_SOURCE_DIR "/resources/prices/leeway-prices.json"), "--since",
                "2025-01-01", "--format", "json"});
    QCOMPARE(run.exit, 0);
    const json answer = run.json();
    bool found = false;
    for (const json& model : answer["models"]) {
        found = found || (model["model"] == "deepseek-chat" && model["rates"][0]["percent"] == "100");
    }
    QVERIFY2(found, run.out.constData()); // 0.14 to 0.28
}

void TestCliPrices::bills()
{
    const QString own =
        write("own.json", R"({"format": "leeway-prices", "version": 1, "id": "o", "title": "Own",
      "currency": "USD", "agreement": { "currency": "EUR", "discounts": [ { "title": "ten", "percent": "10" } ],
        "exchange_rates": [ { "from": "USD", "to": "EUR", "date": "2026-01-01", "rate": "0.5" } ] }, "models": [] })");
    const QString list =
        write("list.json", R"({"format": "leeway-prices", "version": 1, "id": "t", "title": "T",
      "currency": "USD", "models": [ { "vendor": "openai", "model": "gpt", "prices": [ { "rates": [
        { "component": "input", "per_million": "2" }, { "component": "output", "per_million": "8" } ] } ] } ] })");
    const CliRun run = prices(
        {"bill", write("log.csv", requests), "--prices", list, "--agreement", own, "--format", "json"});
    QCOMPARE(run.exit, 0);
    const json bill = run.json();
    QCOMPARE(shown(bill["currency"]), QStringLiteral("EUR"));
    QCOMPARE(shown(bill["total"]), QStringLiteral("2.52")); // 2 × 2.8 × 0.9 × 0.5
    QCOMPARE(bill["months"].size(), std::size_t{2});
    QCOMPARE(shown(bill["items"][1]["kind"]), QStringLiteral("discount"));
    QCOMPARE(shown(bill["items"][1]["amount"]), QStringLiteral("-0.14"));
    QVERIFY2(run.out.contains("1 requests of openai/unknown have no price and are not in the bill."),
             run.out.constData());
    const CliRun march_only = prices({"bill", path("log.csv"), "--prices", list, "--agreement", own, "--from",
                                      "2026-03-01", "--until", "2026-03-31"});
    QCOMPARE(march_only.exit, 0);
    QVERIFY2(march_only.out.contains("Total") && march_only.out.contains("1.26"), march_only.out.constData());
}

QTEST_GUILESS_MAIN(TestCliPrices)
#include "tst_cli_prices.moc"
