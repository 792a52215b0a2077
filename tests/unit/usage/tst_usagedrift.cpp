#include "core/usage/cubefile.h"
#include "core/usage/import.h"
#include "core/usage/usagedrift.h"
#include "logs.h"

#include <QTest>
#include <limits>

using namespace leeway;
using usage::Cube;
using usage::UsageDrift;

namespace {

// "a/one" 2 and 10 a million, cache reads 0.2; from April on 3 and 10. "b/two" 1 and 5.
pricing::Sheet sheet()
{
    pricing::Sheet sheet = sheet_of(R"({"one": {"litellm_provider": "a", "mode": "chat",
        "input_cost_per_token": 2e-06, "cache_read_input_token_cost": 2e-07, "output_cost_per_token": 1e-05},
      "two": {"litellm_provider": "b", "mode": "chat", "input_cost_per_token": 1e-06,
        "output_cost_per_token": 5e-06}})");
    pricing::Model& one = sheet.models.front().model == "one" ? sheet.models.front() : sheet.models.back();
    auto later = one.prices.front();
    later.from = *base::parse_date("2026-04-01");
    for (pricing::Rate& rate : later.rates) {
        if (rate.component == pricing::Component::Input)
            rate.price = *base::Decimal::parse("0.000003");
    }
    one.prices.push_back(later);
    return sheet;
}

}

class TestUsageDrift : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partsAreWorkedOutByHand();
    void partsAddUpExactly_data();
    void partsAddUpExactly();
    void newAndUnpricedModels();
    void hugeCountsSaturate();
    void cubeFilesAreUsage();
    void damagedCubesAreRefused_data();
    void damagedCubesAreRefused();

private:
    Cube cube(const QByteArray& lines, const pricing::Sheet& prices)
    {
        const auto read = usage::read_cube(
            {m_folder.write("time,vendor,model,requests,input_tokens,cache_read_tokens,output_tokens\n" +
                            lines)},
            prices);
        if (!read)
            qFatal("%s", read.error().message.c_str());
        return *read;
    }

    LogFolder m_folder;
};

void TestUsageDrift::partsAreWorkedOutByHand()
{
    const auto prices = sheet();
    // 100 requests, 1 M plain input and 1 M cache reads, 0.1 M output: 2 + 0.2 + 1 = 3.2.
    const Cube before = cube("2026-02-01,a,one,100,2000000,1000000,100000\n", prices);
    // 150 requests, 4 M input of which 1 M is read from the cache, 0.15 M output, at 3 a million:
    // 9 + 0.2 + 1.5 = 10.7.
    const Cube after = cube("2026-05-01,a,one,150,4000000,1000000,150000\n", prices);
    const UsageDrift drift = usage::usage_drift(before, after, prices);
    QCOMPARE(text(drift.before.cost), QStringLiteral("3.2"));
    QCOMPARE(text(drift.after.cost), QStringLiteral("10.7"));
    // Half as many requests again: 3.2 × 1.5 = 4.8.
    QCOMPARE(text(drift.parts.volume), QStringLiteral("1.6"));
    QCOMPARE(text(drift.parts.mix), QStringLiteral("0"));
    // At the old share of one half: 2 M × 2 + 2 M × 0.2 + 1.5 = 5.9.
    QCOMPARE(text(drift.parts.length), QStringLiteral("1.1"));
    // Three quarters plain: 6 + 0.2 + 1.5 = 7.7.
    QCOMPARE(text(drift.parts.cache), QStringLiteral("1.8"));
    // 3 M × 1 more.
    QCOMPARE(text(drift.parts.price), QStringLiteral("3"));
    QCOMPARE(text(drift.parts.sum()), QStringLiteral("7.5"));
    QCOMPARE(drift.before.cached_share(), 0.5);
}

void TestUsageDrift::partsAddUpExactly_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("thirds") << QByteArray("2026-01-01,a,one,3,1000,333,10\n2026-01-02,b,two,7,99,0,1\n")
                            << QByteArray("2026-05-01,a,one,11,777,1,13\n2026-05-02,b,two,1,3,0,9\n");
    QTest::newRow("a model goes") << QByteArray("2026-01-01,a,one,3,1000,333,10\n2026-01-02,b,two,7,99,0,1\n")
                                  << QByteArray("2026-05-01,a,one,11,777,1,13\n");
    QTest::newRow("a model comes") << QByteArray("2026-01-01,a,one,3,1000,333,10\n")
                                   << QByteArray("2026-05-01,b,two,11,777,0,13\n");
    QTest::newRow("half a year later the same")
        << QByteArray("2026-01-01,a,one,7,1000,333,10\n") << QByteArray("2026-06-01,a,one,7,1000,333,10\n");
}

void TestUsageDrift::partsAddUpExactly()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const auto prices = sheet();
    const UsageDrift drift = usage::usage_drift(cube(before, prices), cube(after, prices), prices);
    QCOMPARE(text(drift.parts.sum()), text(drift.after.cost - drift.before.cost));
    usage::DriftParts sum;
    for (const usage::ModelDrift& model : drift.models) {
        QCOMPARE(text(model.parts.sum()), text(model.after.cost - model.before.cost));
        sum += model.parts;
    }
    QVERIFY(sum == drift.parts);
}

void TestUsageDrift::newAndUnpricedModels()
{
    const auto prices = sheet();
    const Cube before = cube("2026-01-01,a,one,10,1000000,0,0\n2026-01-01,c,odd,5,100,0,0\n", prices);
    const Cube after = cube("2026-02-01,a,one,10,1000000,0,0\n2026-02-01,b,two,10,1000000,0,0\n", prices);
    const UsageDrift drift = usage::usage_drift(before, after, prices);
    QCOMPARE(drift.unpriced.size(), std::size_t(1));
    QCOMPARE(drift.unpriced.at("c/odd"), 5);
    // Twice the requests of the priced model, half of which went to the cheaper one: +2, −1.
    QCOMPARE(text(drift.parts.volume), QStringLiteral("2"));
    QCOMPARE(text(drift.parts.mix), QStringLiteral("-1"));
    QCOMPARE(text(drift.parts.sum()), QStringLiteral("1"));
}

void TestUsageDrift::hugeCountsSaturate()
{
    const auto prices = sheet();
    Cube huge = cube("2026-01-01,a,one,1,10,0,0\n2026-01-02,a,one,1,10,0,0\n", prices);
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    for (usage::Cell& cell : huge.cells) {
        cell.counts[pricing::Component::Input] = most - 5;
        cell.counts[pricing::Component::CacheRead] = most - 5;
        cell.counts[pricing::Component::Request] = most - 5;
    }
    const UsageDrift drift = usage::usage_drift(huge, huge, prices);
    QCOMPARE(drift.before.requests, most);
    QCOMPARE(drift.after.input, most);
    QCOMPARE(text(drift.parts.sum()), QStringLiteral("0"));
}

void TestUsageDrift::cubeFilesAreUsage()
{
    const auto prices = sheet();
    const auto first =
        m_folder.write("time,vendor,model,input_tokens\n2026-01-01,a,one,100\n", QStringLiteral("first.csv"));
    const auto second =
        m_folder.write("time,vendor,model,input_tokens\n2026-01-02,b,two,50\n", QStringLiteral("second.csv"));
    const auto both = usage::read_cube({first, second}, prices);
    const auto one = usage::read_cube({second}, prices);
    QVERIFY(both && one);
    const auto stored =
        m_folder.write(QByteArray::fromStdString(usage::to_json(*one)), QStringLiteral("stored.json"));
    QVERIFY(usage::is_cube_file(stored));
    QVERIFY(!usage::is_cube_file(first));
    const auto mixed = usage::read_cube({first, stored}, prices);
    QVERIFY2(mixed, mixed ? "" : mixed.error().message.c_str());
    QVERIFY(mixed->cells == both->cells);
    const auto alone = usage::read_cube({stored}, prices);
    QVERIFY(alone && *alone == *one);
    const auto twice = usage::read_cube({stored, first, stored}, prices);
    QVERIFY(twice && twice->cells == both->cells);
    QCOMPARE(twice->duplicates, 1);
    const auto import = usage::import_usage({stored}, prices);
    QVERIFY(import && import->cube == *one);
    const auto again = usage::import_usage({stored}, prices, nullptr, import->ledger);
    QVERIFY(again && again->cube.empty());
    QVERIFY(again->logs.front().known);
}

void TestUsageDrift::damagedCubesAreRefused_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("cut off") << QByteArray("}]") << QByteArray("}");
    QTest::newRow("negative count") << QByteArray("\"input\":100") << QByteArray("\"input\":-100");
    QTest::newRow("unknown count") << QByteArray("\"input\":100") << QByteArray("\"inputs\":100");
    QTest::newRow("no day") << QByteArray("2026-01-01") << QByteArray("2026-13-01");
}

void TestUsageDrift::damagedCubesAreRefused()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    const auto prices = sheet();
    const auto cube =
        usage::read_cube({m_folder.write("time,vendor,model,input_tokens\n2026-01-01,a,one,100\n")}, prices);
    QVERIFY(cube);
    QByteArray stored = QByteArray::fromStdString(usage::to_json(*cube));
    QVERIFY(stored.contains(from));
    stored.replace(from, to);
    const auto file = m_folder.write(stored, QStringLiteral("damaged.json"));
    const auto read = usage::read_cube({file}, prices);
    QVERIFY(!read);
    QVERIFY2(read.error().message.find("damaged.json") != std::string::npos, read.error().message.c_str());
}

QTEST_GUILESS_MAIN(TestUsageDrift)
#include "tst_usagedrift.moc"
