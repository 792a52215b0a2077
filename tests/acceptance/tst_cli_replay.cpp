#include "cli.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;

/// What `replay` answers beside costs: caches, bills and earlier periods.
class TestCliReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cacheOfASplit();
    void scenarioTakesTheSimulatedLoss();
    void billIsReconciled();
    void quartersAreCompared();
    void cubesAreInput();
    void badQuestions_data();
    void badQuestions();

private:
    QString file(const QString& name, const QByteArray& content)
    {
        QFile out(m_folder.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
        return out.fileName();
    }
    QString prices()
    {
        return file(u"map.json"_qs, R"({"one": {"litellm_provider": "a", "mode": "chat",
            "input_cost_per_token": 2e-06, "cache_read_input_token_cost": 2e-07, "output_cost_per_token": 1e-05},
          "two": {"litellm_provider": "b", "mode": "chat", "input_cost_per_token": 1e-06,
            "cache_read_input_token_cost": 1e-07, "output_cost_per_token": 5e-06}})");
    }
    // Eight conversations that take turns, the first of two blocks, each one longer than the one before.
    QString trace()
    {
        QByteArray text;
        for (int turn = 2; turn <= 6; ++turn) {
            for (int talk = 0; talk < 8; ++talk) {
                QByteArray hashes;
                for (int block = 0; block < turn; ++block)
                    hashes += (block > 0 ? "," : "") + QByteArray::number(talk * 100 + block);
                text += "{\"timestamp\": " + QByteArray::number(turn * 10000 + talk) +
                        ", \"input_length\": " + QByteArray::number(turn * 512) +
                        ", \"output_length\": 10, \"hash_ids\": [" + hashes + "]}\n";
            }
        }
        return file(u"trace.jsonl"_qs, text);
    }
    static QStringList named() { return {u"--set"_qs, u"vendor=a"_qs, u"--set"_qs, u"model=one"_qs}; }

    QTemporaryDir m_folder;
};

void TestCliReplay::cacheOfASplit()
{
    const QStringList common =
        QStringList{u"replay"_qs,    trace(),        u"--prices"_qs, prices(),         u"--cache"_qs,
                    u"unlimited"_qs, u"--format"_qs, u"json"_qs,     u"--cache-to"_qs, u"b/two"_qs} +
        named();
    const CliRun run = cli(common + QStringList{u"--cache-share"_qs, u"50"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json answer = run.json();
    // Each turn but the first hits all blocks of the turn before: 8 × (2 + 3 + 4 + 5) × 512.
    QCOMPARE(answer["unsplit"]["hit_tokens"].get<qint64>(), 8 * 14 * 512);
    QCOMPARE(answer["unsplit"]["input_tokens"].get<qint64>(), 8 * 20 * 512);
    const json& split = answer["split"];
    QVERIFY(split["lost_tokens"].get<qint64>() > 0);
    QVERIFY(split["second_loss_percent"].get<double>() > 0);
    QCOMPARE(split["first"]["requests"].get<int>() + split["second"]["requests"].get<int>(), 40);
    const CliRun whole = cli(common + QStringList{u"--cache-by"_qs, u"prefix"_qs});
    QCOMPARE(whole.json()["split"]["lost_tokens"].get<qint64>(), 0);
    QVERIFY(cli(common).out == cli(common).out);
}

void TestCliReplay::scenarioTakesTheSimulatedLoss()
{
    const QString usage =
        file(u"usage.csv"_qs, "time,vendor,model,input_tokens,cache_read_tokens,output_tokens\n"
                              "2026-09-01T00:00:00Z,a,one,2000000,1000000,1000\n"
                              "2026-09-30T00:00:00Z,a,one,2000000,1000000,1000\n");
    const QString set =
        file(u"set.json"_qs, R"({"id": "s", "title": "S", "plan": {"start": "2027-01", "months": 12},
        "scenarios": [{"id": "base", "title": "Base"},
          {"id": "move", "title": "Move", "transfer": {"from_vendor": "a", "to_vendor": "b", "to_model": "two",
            "share_percent": 50, "cache_hit_loss_percent": 0}}]})");
    const QStringList common{u"simulate"_qs, set,      u"--usage"_qs,  usage,
                             u"--prices"_qs, prices(), u"--format"_qs, u"json"_qs};
    const CliRun guessed = cli(common);
    const CliRun simulated =
        cli(common + QStringList{u"--cache-log"_qs, trace(), u"--cache"_qs, u"unlimited"_qs} + named());
    QVERIFY2(guessed.exit == 0, guessed.error.constData());
    QVERIFY2(simulated.exit == 0, simulated.error.constData());
    QVERIFY2(simulated.error.contains("simulated from trace.jsonl: 50 % moved by request, seed 1"),
             simulated.error.constData());
    const auto total = [](const CliRun& run, int scenario) {
        return std::stod(run.json()["outcomes"][std::size_t(scenario)]["total"].get<std::string>());
    };
    QCOMPARE(total(guessed, 0), total(simulated, 0));
    QVERIFY(total(simulated, 1) > total(guessed, 1));
    // A transfer moves its vendor's traffic alone, and a loss that is given stays.
    const QString other =
        file(u"other.json"_qs, R"({"id": "s", "title": "S", "plan": {"start": "2027-01", "months": 12},
        "scenarios": [{"id": "base", "title": "Base"},
          {"id": "move", "title": "Move", "cache_loss": {"percent": 7},
           "transfer": {"from_vendor": "c", "to_vendor": "b", "to_model": "two", "share_percent": 50}}]})");
    const CliRun none = cli(QStringList{u"simulate"_qs, other, u"--usage"_qs, usage, u"--prices"_qs, prices(),
                                        u"--cache-log"_qs, trace(), u"--cache"_qs, u"unlimited"_qs} +
                            named());
    QVERIFY2(none.error.contains("the log has no request that moves"), none.error.constData());
    QVERIFY2(none.error.contains("has a cache loss of its own, 7 %, which stays"), none.error.constData());
}

void TestCliReplay::billIsReconciled()
{
    const QString usage = file(u"used.csv"_qs, "time,vendor,model,input_tokens,output_tokens\n"
                                               "2026-09-05T00:00:00Z,a,one,1000000,100000\n");
    const QString bill = file(
        u"bill.csv"_qs, "ChargePeriodStart,ChargePeriodEnd,BilledCost,BillingCurrency,ServiceProviderName,"
                        "x_Model,ChargeDescription\n"
                        "2026-09-01,2026-10-01,3.50,USD,a,one,usage\n"
                        "2026-09-01,2026-10-01,0.57,USD,a,,VAT 19 %\n");
    const QStringList common{u"replay"_qs, usage, u"--prices"_qs, prices(), u"--bill"_qs, bill};
    const CliRun run = cli(common + QStringList{u"--format"_qs, u"json"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json answer = run.json();
    QCOMPARE(answer["billed"].get<std::string>(), std::string("4.07"));
    QCOMPARE(answer["replayed"].get<std::string>(), std::string("3"));
    QCOMPARE(answer["explained"].get<std::string>(), std::string("0.57"));
    QCOMPARE(answer["unexplained"].get<std::string>(), std::string("0.5"));
    const CliRun table = cli(common);
    QVERIFY(table.out.contains("A tax, which no price sheet has."));
    QFile good(bill);
    QVERIFY(good.open(QIODevice::Append));
    good.write(QByteArray("x,2026-10-01,1,USD,a,one,usage\n").repeated(30));
    good.close();
    const CliRun bad = cli(common);
    QVERIFY2(bad.exit == 0 && bad.error.contains("30 bad lines were left out; the first:"),
             bad.error.constData());
    QCOMPARE(bad.error.count("period start"), 20);
}

void TestCliReplay::quartersAreCompared()
{
    const QString old = file(u"q1.csv"_qs, "time,vendor,model,requests,input_tokens,output_tokens\n"
                                           "2026-02-01T00:00:00Z,a,one,10,1000000,0\n");
    const QString now = file(u"q2.csv"_qs, "time,vendor,model,requests,input_tokens,output_tokens\n"
                                           "2026-05-01T00:00:00Z,a,one,10,1000000,0\n"
                                           "2026-05-01T00:00:00Z,b,two,10,1000000,0\n");
    const CliRun run =
        cli({u"replay"_qs, now, u"--against"_qs, old, u"--prices"_qs, prices(), u"--format"_qs, u"json"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json answer = run.json();
    QCOMPARE(answer["difference"].get<std::string>(), std::string("1"));
    QCOMPARE(answer["parts"]["volume"].get<std::string>(), std::string("2"));
    QCOMPARE(answer["parts"]["mix"].get<std::string>(), std::string("-1"));
}

void TestCliReplay::cubesAreInput()
{
    const QString usage = file(u"rows.csv"_qs, "time,vendor,model,input_tokens,output_tokens\n"
                                               "2026-09-05T00:00:00Z,a,one,1000000,100000\n");
    // A cube as `warehouse` writes it, made by hand.
    const QString cube =
        file(u"cube.json"_qs, R"({"averaged":0,"bad_lines":0,"cells":[{"counts":{"input":1000000,
        "output":100000,"request":1},"day":"2026-09-05","model":"one","vendor":"a"}],"duplicates":0,"examples":[],
        "format":"leeway-cube","marginal":[],"requests":1,"sources":["x"],"thresholds":[],"version":2})");
    const auto totals = [&](const QString& input) {
        const CliRun run = cli({u"replay"_qs, input, u"--prices"_qs, prices(), u"--format"_qs, u"json"_qs});
        if (run.exit != 0)
            qFatal("%s", run.error.constData());
        return run.json()["totals"].dump();
    };
    QCOMPARE(totals(cube), totals(usage));
    const CliRun each = cli({u"replay"_qs, cube, u"--prices"_qs, prices(), u"--each"_qs});
    QCOMPARE(each.exit, 2);
    QVERIFY(each.error.contains("no single requests"));
    const CliRun cache = cli({u"replay"_qs, cube, u"--prices"_qs, prices(), u"--cache"_qs, u"openai"_qs});
    QCOMPARE(cache.exit, 2);
    QVERIFY(cache.error.contains("no single requests"));
    const CliRun twice =
        cli({u"replay"_qs, cube, cube, u"--prices"_qs, prices(), u"--format"_qs, u"json"_qs});
    QCOMPARE(twice.json()["totals"].dump(), totals(cube));
}

void TestCliReplay::badQuestions_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("two questions") << QStringList{u"--cache"_qs, u"openai"_qs, u"--bill"_qs, u"x.csv"_qs} << 2
                                   << QByteArray("excludes");
    QTest::newRow("no such rules") << QStringList{u"--cache"_qs, u"nobody"_qs} << 3 << QByteArray("openai");
    QTest::newRow("no prefixes") << QStringList{u"--cache"_qs, u"openai"_qs} << 3
                                 << QByteArray("does not say how its prompts begin");
    QTest::newRow("no bill") << QStringList{u"--bill"_qs, u"absent.csv"_qs} << 3 << QByteArray("absent.csv");
    QTest::newRow("no earlier period")
        << QStringList{u"--against"_qs, u"absent.csv"_qs} << 3 << QByteArray("absent.csv");
    QTest::newRow("a split without a cache")
        << QStringList{u"--cache-to"_qs, u"b/two"_qs} << 2 << QByteArray("--cache");
}

void TestCliReplay::badQuestions()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exit);
    QFETCH(QByteArray, said);
    const QString usage = file(u"plain.csv"_qs, "time,vendor,model,input_tokens,output_tokens\n"
                                                "2026-09-05T00:00:00Z,a,one,1000000,100000\n");
    const CliRun run = cli(QStringList{u"replay"_qs, usage, u"--prices"_qs, prices()} + arguments);
    QCOMPARE(run.exit, exit);
    QVERIFY2(run.error.contains(said) || run.out.contains(said), run.error.constData());
}

QTEST_GUILESS_MAIN(TestCliReplay)
#include "tst_cli_replay.moc"
