#include "cli.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;

class TestCliCosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replayOfOneRequest();
    void replayTotalsEqualEach();
    void simulateSample();
    void unknownModelIsNamed();
    void badLogIsRefused();

private:
    QString file(const QByteArray& name, const QByteArray& content)
    {
        QFile out(m_folder.filePath(QString::fromUtf8(name)));
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
            qFatal("cannot write %s", name.constData());
        return out.fileName();
    }

    QTemporaryDir m_folder;
};

void TestCliCosts::replayOfOneRequest()
{
    const QString prices = file("map.json", R"({"m": {"litellm_provider": "v", "mode": "chat",
        "input_cost_per_token": 2.5e-06, "cache_read_input_token_cost": 2.5e-07, "output_cost_per_token": 1e-05}})");
    const QString usage = file("one.csv", "time,vendor,model,input_tokens,cache_read_tokens,output_tokens\n"
                                          "2026-11-02T09:00:00Z,v,m,1000,600,200\n");
    const CliRun run = cli({u"replay"_qs, usage, u"--prices"_qs, prices, u"--each"_qs});
    QCOMPARE(run.exit, 0);
    const json line = run.json();
    // 400 × 0.0000025 + 600 × 0.00000025 + 200 × 0.00001 = 0.001 + 0.00015 + 0.002
    QCOMPARE(line["cost"].get<std::string>(), std::string("0.00315"));
    QCOMPARE(line["components"]["input"].get<std::string>(), std::string("0.001"));
    QCOMPARE(line["components"]["cache_read"].get<std::string>(), std::string("0.00015"));
    QCOMPARE(line["components"]["output"].get<std::string>(), std::string("0.002"));
}

void TestCliCosts::replayTotalsEqualEach()
{
    const QString prices = QStringLiteral(LEEWAY_SOURCE_DIR "/resources/samples/aurora-prices.json");
    const QString usage = sample("aurora-usage.csv");
    const CliRun totals = cli({u"replay"_qs, usage, u"--prices"_qs, prices, u"--format"_qs, u"json"_qs});
    QCOMPARE(totals.exit, 0);
    const CliRun each = cli({u"replay"_qs, usage, u"--prices"_qs, prices, u"--each"_qs});
    QCOMPARE(each.exit, 0);
    // Summed in units of 10^-12, which every price of the sample divides.
    qint64 sum = 0;
    int priced = 0;
    for (const QByteArray& text : each.out.split('\n')) {
        if (text.isEmpty())
            continue;
        const json line = json::parse(text.toStdString());
        if (line["cost"].is_null())
            continue;
        const QByteArray cost = QByteArray::fromStdString(line["cost"].get<std::string>());
        const qsizetype point = cost.indexOf('.');
        const QByteArray whole = point < 0 ? cost : cost.left(point);
        const QByteArray part = point < 0 ? QByteArray() : cost.mid(point + 1);
        QVERIFY(part.size() <= 12);
        sum += whole.toLongLong() * 1'000'000'000'000 + part.leftJustified(12, '0').toLongLong();
        ++priced;
    }
    QVERIFY(priced > 2000);
    const json total = totals.json()["totals"][0];
    const QByteArray digits = QByteArray::number(sum).rightJustified(13, '0');
    QByteArray expected = digits.left(digits.size() - 12) + '.' + digits.right(12);
    while (expected.endsWith('0'))
        expected.chop(1);
    QCOMPARE(QByteArray::fromStdString(total["cost"].get<std::string>()), expected);
}

void TestCliCosts::simulateSample()
{
    const QStringList arguments{
        u"simulate"_qs, QStringLiteral(LEEWAY_SOURCE_DIR "/resources/samples/aurora-scenarios.json"),
        u"--usage"_qs,  sample("aurora-usage.csv"),
        u"--prices"_qs, QStringLiteral(LEEWAY_SOURCE_DIR "/resources/samples/aurora-prices.json"),
        u"--format"_qs, u"json"_qs};
    const CliRun run = cli(arguments);
    QCOMPARE(run.exit, 0);
    const json matrix = run.json();
    QCOMPARE(matrix["outcomes"].size(), std::size_t{4});
    QCOMPARE(matrix["outcomes"][0]["scenario"].get<std::string>(), std::string("base"));
    QVERIFY(!matrix["gate"].is_null());
    QCOMPARE(cli(arguments).out, run.out);
}

void TestCliCosts::unknownModelIsNamed()
{
    const QString usage =
        file("unknown.csv", "time,vendor,model,input_tokens\n2026-11-02,nobody,nothing-1,10\n");
    const CliRun run = cli({u"replay"_qs, usage, u"--format"_qs, u"json"_qs});
    QCOMPARE(run.exit, 0);
    QCOMPARE(run.json()["unpriced"][0]["model"].get<std::string>(), std::string("nobody/nothing-1"));
}

void TestCliCosts::badLogIsRefused()
{
    const QString usage = file("bad.csv", "time,vendor,model,input_tokens\nyesterday,v,m,ten\n");
    const CliRun run = cli({u"replay"_qs, usage});
    QCOMPARE(run.exit, 3);
    QVERIFY(run.error.contains("line 2") || run.error.contains(":2"));
}

QTEST_GUILESS_MAIN(TestCliCosts)
#include "tst_cli_costs.moc"
