#include "core/usage/replay_json.h"
#include "logs.h"

#include <QtTest/QtTest>

using namespace leeway;
using namespace leeway::usage;

namespace {

constexpr std::string_view prices = R"({
  "format": "leeway-prices", "version": 1, "id": "t", "title": "Test", "currency": "EUR",
  "models": [
    { "vendor": "v", "model": "a", "prices": [ { "rates": [ { "component": "input", "per_million": "2" },
      { "component": "cache_read", "per_million": "0.2" }, { "component": "output", "per_million": "10" } ] } ] },
    { "vendor": "v", "model": "b", "prices": [ { "rates": [ { "component": "input", "per_million": "1" },
      { "component": "output", "per_million": "3" } ] } ] } ] })";

const QByteArray log_text = "time,vendor,model,input_tokens,cache_read_tokens,output_tokens,request_id\n"
                            "2026-10-31T23:59:59Z,v,a,1000,400,100,r1\n" // 0.0012 + 0.00008 + 0.001 = 0.00228
                            "2026-11-01T00:00:00Z,v,a,1000,0,100,r2\n"   // 0.003
                            "2026-11-02T00:00:00Z,v,b,1000,500,100,r3\n" // 0.001 + 0.0003 = 0.0013
                            "2026-11-02T00:00:00Z,v,none,1000,0,100,r4\n" // unpriced
                            "2026-11-03T00:00:00Z,v,a,10,20,0,r5\n"       // bad
                            "2026-11-03T00:00:00Z,v,a,1000,0,100,r2\n";   // seen before

QStringList each_lines(const std::filesystem::path& file, const pricing::Sheet& sheet,
                       const EachOptions& options)
{
    QStringList lines;
    const auto status = replay_each(
        {file}, sheet, options, [&](const std::string& line) { lines.append(QString::fromStdString(line)); });
    if (!status)
        lines.append(QString::fromStdString(status.error().message));
    return lines;
}

}

class TestReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void totals();
    void repriced();
    void repricedAtNothing();
    void oneModel();
    void each();
    void eachRepriced();
    void eachOfSeveralFiles();
    void eachLine();
    void totalsJson();

private:
    LogFolder m_folder;
};

void TestReplay::totals()
{
    const pricing::Sheet sheet = sheet_of(prices);
    const auto cube = read_cube({m_folder.write(log_text)}, sheet);
    QVERIFY(cube.has_value());
    const Replay result = replay(*cube, sheet);
    QCOMPARE(result.currency, std::string("EUR"));
    QCOMPARE(text(result.total), QStringLiteral("0.00658"));
    QCOMPARE(result.requests, std::int64_t{4});
    QCOMPARE(result.unpriced_requests, std::int64_t{1});
    QCOMPARE(result.unpriced, (std::map<std::string, std::int64_t>{{"v/none", 1}}));
    QCOMPARE(result.months.size(), std::size_t{4});
    QCOMPARE(base::to_string(result.months[0].month) + result.months[0].model, std::string("2026-10a"));
    QCOMPARE(text(result.months[0].cost), QStringLiteral("0.00228"));
    QCOMPARE(text(result.months[1].cost), QStringLiteral("0.003"));
    QCOMPARE(text(result.months[2].cost), QStringLiteral("0.0013"));
    QVERIFY(!result.months[3].priced);
    QCOMPARE(result.notes, (std::vector<std::string>{"no price of its own for cache_read: charged as input",
                                                     "“v/none” is not in the price sheet"}));
}

void TestReplay::repriced()
{
    const pricing::Sheet sheet = sheet_of(prices);
    const auto cube = read_cube({m_folder.write(log_text)}, sheet);
    // a at the prices of b: 0.0013 in October and in November; b as it was.
    const Replay a = replay(*cube, sheet, "a", "v/b");
    QCOMPARE(text(a.total), QStringLiteral("0.0039"));
    QCOMPARE(a.months[0].model, std::string("a"));
    QCOMPARE(text(a.months[0].cost), QStringLiteral("0.0013"));
    QCOMPARE(text(replay(*cube, sheet, "v/a", "b").total), QStringLiteral("0.0039"));
    // All of it, with the unknown model.
    QCOMPARE(text(replay(*cube, sheet, "", "b").total), QStringLiteral("0.0052"));
    QCOMPARE(replay(*cube, sheet, "", "b").unpriced_requests, std::int64_t{0});
}

void TestReplay::repricedAtNothing()
{
    const pricing::Sheet sheet = sheet_of(prices);
    const auto cube = read_cube({m_folder.write(log_text)}, sheet);
    const Replay result = replay(*cube, sheet, "", "zzz");
    QVERIFY(result.total.is_zero());
    QCOMPARE(result.unpriced_requests, std::int64_t{4});
    QCOMPARE(result.notes, std::vector<std::string>{"“zzz” is not in the price sheet"});
    EachOptions options;
    options.to = "zzz";
    QVERIFY(each_lines(m_folder.write(log_text), sheet, options)
                .at(0)
                .contains(QStringLiteral("“zzz” is not in")));
}

void TestReplay::oneModel()
{
    const pricing::Sheet sheet = sheet_of(prices);
    const auto cube = read_cube({m_folder.write(log_text)}, sheet);
    const Replay result = replay(*cube, sheet, "v/b");
    QCOMPARE(text(result.total), QStringLiteral("0.0013"));
    QCOMPARE(result.requests, std::int64_t{1});
}

void TestReplay::each()
{
    const QStringList lines = each_lines(m_folder.write(log_text), sheet_of(prices), {});
    QCOMPARE(lines.size(), 6);
    QCOMPARE(lines[0],
             QStringLiteral(R"({"line":2,"model":"a","cost":"0.00228","currency":"EUR",)"
                            R"("components":{"input":"0.0012","cache_read":"0.00008","output":"0.001"},)"
                            R"("notes":[]})"));
    QCOMPARE(lines[2],
             QStringLiteral(R"({"line":4,"model":"b","cost":"0.0013","currency":"EUR",)"
                            R"("components":{"input":"0.0005","cache_read":"0.0005","output":"0.0003"},)"
                            R"("notes":["no price of its own for cache_read: charged as input"]})"));
    QCOMPARE(lines[3],
             QStringLiteral(R"({"line":5,"model":"none","cost":null,"currency":"EUR","components":{},)"
                            R"("notes":[],"why":"“v/none” is not in the price sheet"})"));
    QCOMPARE(
        lines[4],
        QStringLiteral(R"({"line":6,"model":null,"cost":null,"currency":"EUR","components":{},"notes":[],)"
                       R"("why":"bad line: cache_read_tokens 20 exceed input_tokens 10, of which they are )"
                       R"(parts"})"));
    QVERIFY(lines[5].contains(QStringLiteral("request_id was seen before: not counted in totals")));
}

void TestReplay::eachRepriced()
{
    EachOptions options;
    options.from = "v/a";
    options.to = "b";
    const QStringList lines = each_lines(m_folder.write(log_text), sheet_of(prices), options);
    QCOMPARE(lines.size(), 6);
    QVERIFY(lines[0].contains(QStringLiteral("\"cost\":\"0.0013\"")));
    QVERIFY(lines[0].contains(QStringLiteral("\"model\":\"a\"")));
    QVERIFY(lines[3].contains(QStringLiteral("\"cost\":null")));
    options.to.clear();
    QCOMPARE(each_lines(m_folder.write(log_text), sheet_of(prices), options).size(),
             4); // three of a, one bad
}

void TestReplay::eachOfSeveralFiles()
{
    const auto one = m_folder.write(log_text, QStringLiteral("one.csv"));
    const auto two = m_folder.write(log_text, QStringLiteral("two.csv"));
    QStringList lines;
    std::int64_t bad = 0;
    const auto status = replay_each(
        {one, two}, sheet_of(prices), {},
        [&](const std::string& line) { lines.append(QString::fromStdString(line)); }, &bad);
    QVERIFY(status.has_value());
    QCOMPARE(lines.size(), 12);
    QCOMPARE(bad, std::int64_t{2});
    QVERIFY(lines[0].endsWith(QStringLiteral("\"file\":\"one.csv\"}")));
    QVERIFY(lines[6].endsWith(QStringLiteral("\"file\":\"two.csv\"}")));
    QVERIFY(lines[6].contains(QStringLiteral("seen before")));
}

void TestReplay::eachLine()
{
    const pricing::Sheet sheet = sheet_of(prices);
    const auto file = m_folder.write(log_text);
    const ReadLog log = read(file);
    const QStringList lines = each_lines(file, sheet, {});
    QCOMPARE(QString::fromStdString(each_line(log.lines[0], sheet)), lines[0]);
    QCOMPARE(QString::fromStdString(each_line(log.bad[0], sheet.currency)), lines[4]);
    QVERIFY(each_line(log.lines[0], sheet, "a", "b").find("\"cost\":\"0.0013\"") != std::string::npos);
    QVERIFY(each_line(log.lines[0], sheet, "a", "zzz").find("“zzz” is not in the price sheet") !=
            std::string::npos);
    QVERIFY(each_line(log.lines[2], sheet, "a", "zzz").find("\"cost\":\"0.0013\"") != std::string::npos);
}

void TestReplay::totalsJson()
{
    const pricing::Sheet sheet = sheet_of(prices);
    const auto cube = read_cube({m_folder.write(log_text)}, sheet);
    const Replay today = replay(*cube, sheet);
    const auto json = to_json(today, *cube);
    QCOMPARE(QString::fromStdString(json["totals"].dump()),
             QStringLiteral(R"([{"currency":"EUR","cost":"0.00658","requests":4,"unpriced":1}])"));
    QCOMPARE(QString::fromStdString(json["months"][0].dump()),
             QStringLiteral(R"({"month":"2026-10","vendor":"v","model":"a","requests":1,"input_tokens":1000,)"
                            R"("output_tokens":100,"cost":"0.00228"})"));
    QVERIFY(json["months"][3]["cost"].is_null());
    QCOMPARE(QString::fromStdString(json["unpriced"].dump()),
             QStringLiteral(R"([{"model":"v/none","requests":1}])"));
    QCOMPARE(json["bad_lines"]["count"].get<int>(), 1);
    QCOMPARE(json["bad_lines"]["examples"][0]["line"].get<int>(), 6);
    const Replay other = replay(*cube, sheet, "", "b");
    const auto both = to_json(today, *cube, &other);
    QCOMPARE(both["totals"][0]["repriced"].get<std::string>(), std::string("0.0052"));
    QCOMPARE(both["totals"][0]["difference"].get<std::string>(), std::string("-0.00138"));
    QCOMPARE(both["months"][0]["difference"].get<std::string>(), std::string("-0.00098"));
}

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
