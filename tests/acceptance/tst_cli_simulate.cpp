#include "cli.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <string>

using nlohmann::json;

class TestCliSimulate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table();
    void decisions();
    void forecast();
    void sameSeedSameBytes();
    void presets_data();
    void presets();
    void cap_data();
    void cap();
    void contractCap();
    void refused_data();
    void refused();

private:
    static QStringList
    arguments(const QStringList& more = {},
              const QString& scenario = QStringLiteral(LEEWAY_SOURCE_DIR
                                                       "/resources/samples/aurora-scenarios.json"))
    {
        return QStringList{u"simulate"_qs,
                           scenario,
                           u"--usage"_qs,
                           sample("aurora-usage.csv"),
                           u"--prices"_qs,
                           QStringLiteral(LEEWAY_SOURCE_DIR "/resources/samples/aurora-prices.json")} +
               more;
    }

    static json answer_to(const QStringList& more)
    {
        const CliRun run = cli(arguments(more + QStringList{u"--format"_qs, u"json"_qs}));
        return run.exit == 0 ? run.json() : json();
    }

    static double amount(const json& value) { return std::stod(value.get<std::string>()); }
};

void TestCliSimulate::table()
{
    const CliRun plain = cli(arguments());
    QCOMPARE(plain.exit, 0);
    QVERIFY(plain.out.contains("Against base"));
    QVERIFY(plain.out.contains("Decision gate: decide by "));
    QVERIFY(plain.out.contains("\nDecisions\n"));
    QVERIFY(plain.out.contains("Cheapest split: "));
    QVERIFY(!plain.out.contains("P95"));
    const CliRun drawn = cli(arguments({u"--paths"_qs, u"500"_qs}));
    QCOMPARE(drawn.exit, 0);
    for (const char* part : {"500 paths, seed 1", "P95", "How likely it is to have cost less",
                             "What drives it", "growth of volume", "Median of "})
        QVERIFY2(drawn.out.contains(part), part);
}

void TestCliSimulate::decisions()
{
    const json answer = answer_to({u"--quality-floor"_qs, u"95"_qs, u"--second-quality"_qs, u"90"_qs,
                                   u"--fallback-readiness"_qs, u"80"_qs});
    const json& viability = answer["decisions"]["viability"];
    QCOMPARE(viability.size(), std::size_t{2});
    for (const json& of : viability) {
        QVERIFY(of["viable"].get<bool>() == (amount(of["saving"]) > 0));
        QVERIFY(!of["condition"].get<std::string>().empty());
    }
    const json& split = answer["decisions"]["best_split"];
    QVERIFY(split["quality"].get<double>() >= 95);
    QVERIFY(split["second_percent"].get<double>() <= 50);
    QVERIFY(split["fallback_percent"].get<double>() <= 25);
    QVERIFY(!answer.contains("forecast"));
}

void TestCliSimulate::forecast()
{
    const json answer = answer_to({u"--paths"_qs, u"2000"_qs, u"--seed"_qs, u"3"_qs});
    const json& forecast = answer["forecast"];
    QCOMPARE(forecast["paths"].get<int>(), 2000);
    QCOMPARE(forecast["seed"].get<int>(), 3);
    QCOMPARE(forecast["prospects"].size(), answer["outcomes"].size());
    for (const json& prospect : forecast["prospects"]) {
        double before = 0;
        for (const char* name : {"p5", "p10", "p25", "p50", "p75", "p90", "p95"}) {
            QVERIFY(amount(prospect["total"][name]) >= before);
            before = amount(prospect["total"][name]);
        }
        QVERIFY(amount(prospect["total"]["cvar95"]) >= before);
        QCOMPARE(prospect["months"].size(), answer["months"].size());
    }
    const json& chance = forecast["prospects"][2]["chance"];
    QVERIFY(chance["cheaper"].get<double>() >= 0 && chance["cheaper"].get<double>() <= 1);
    QCOMPARE(chance["cheaper_by"].size(), answer["months"].size());
    QVERIFY(!chance["tornado"].empty());
}

void TestCliSimulate::sameSeedSameBytes()
{
    const auto bytes = [](const char* threads, const char* seed) {
        return cli(arguments({u"--paths"_qs, u"3000"_qs, u"--seed"_qs, QString::fromUtf8(seed),
                              u"--threads"_qs, QString::fromUtf8(threads), u"--format"_qs, u"json"_qs}))
            .out;
    };
    const QByteArray one = bytes("1", "42");
    QVERIFY(one.size() > 1000);
    QCOMPARE(bytes("2", "42"), one);
    QCOMPARE(bytes("3", "42"), one);
    QVERIFY(bytes("2", "43") != one);
}

void TestCliSimulate::presets_data()
{
    QTest::addColumn<QString>("preset");
    for (const char* preset : {"commitment-shortfall", "contract-cap", "cut-67", "embedding-retirement",
                               "promotion-end", "rise-100", "rise-300", "rise-35", "sample-matrix",
                               "successor-rises", "token-billing-shift", "tokenizer-35"})
        QTest::newRow(preset) << QString::fromUtf8(preset);
}

void TestCliSimulate::presets()
{
    QFETCH(QString, preset);
    const CliRun run = cli(arguments({u"--paths"_qs, u"100"_qs, u"--format"_qs, u"json"_qs}, preset));
    QCOMPARE(run.exit, 0);
    const json answer = run.json();
    QVERIFY(answer["outcomes"].size() >= 2);
    QVERIFY(amount(answer["outcomes"][0]["total"]) > 0);
}

void TestCliSimulate::cap_data()
{
    QTest::addColumn<QString>("cap");
    QTest::addColumn<double>("share"); // of the spike's rise that is left in the last month
    QTest::newRow("5 %") << QStringLiteral("5") << 0.205; // two years of 5 %, of 50 %
    QTest::newRow("inflation") << QStringLiteral("cpi") << 0.0808;
    QTest::newRow("inflation and 3 points") << QStringLiteral("CPI+3") << 0.205;
    QTest::newRow("the lower one") << QStringLiteral("5, cpi") << 0.0808;
    QTest::newRow("none") << QStringLiteral("1000") << 1.0;
}

// The contract's cap turned into money: from month 13 on prices rise by half in contract-cap's spike.
void TestCliSimulate::cap()
{
    QFETCH(QString, cap);
    QFETCH(double, share);
    const CliRun run =
        cli(arguments({u"--cap"_qs, cap, u"--format"_qs, u"json"_qs}, QStringLiteral("contract-cap")));
    QCOMPARE(run.exit, 0);
    const json answer = run.json();
    const auto last = [&](std::size_t outcome) {
        return amount(answer["outcomes"][outcome]["months"].back()["total"]);
    };
    QVERIFY(std::abs((last(1) / last(0) - 1) / 0.5 - share) < 1e-4);
}

// A project whose contract says at most 4 % a year.
void TestCliSimulate::contractCap()
{
    const QTemporaryDir folder;
    const QString contract = folder.filePath(QStringLiteral("contract.txt"));
    QFile file(contract);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("SERVICE AGREEMENT\n\nThis Agreement is made between Aurora AI (\"Provider\") and Example Ltd "
               "(\"Customer\").\n\n4. Prices\n\nProvider may increase the prices once in any twelve months "
               "on 90 days' "
               "written notice, by no more than 4 percent a year.\n\n5. Term\n\nThis Agreement has "
               "a term of "
               "36 months.\n");
    file.close();
    const QString project = folder.filePath(QStringLiteral("p.leeway"));
    QCOMPARE(cli({u"new"_qs, project}).exit, 0);
    QCOMPARE(cli({u"add"_qs, project, contract}).exit, 0);
    QCOMPARE(cli({u"add"_qs, project, u"--usage"_qs, sample("aurora-usage.csv"), u"--prices"_qs,
                  QStringLiteral(LEEWAY_SOURCE_DIR "/resources/samples/aurora-prices.json")})
                 .exit,
             0);
    const CliRun run = cli({u"simulate"_qs, u"contract-cap"_qs, u"--project"_qs, project,
                            u"--contract-cap"_qs, u"--format"_qs, u"json"_qs});
    QCOMPARE(run.exit, 0);
    QVERIFY2(run.error.contains("4 % a year"), run.error.constData());
    const json answer = run.json();
    const double rise = amount(answer["outcomes"][1]["months"].back()["total"]) /
                        amount(answer["outcomes"][0]["months"].back()["total"]);
    QVERIFY(std::abs(rise - 1.0816) < 1e-4);
}

void TestCliSimulate::refused_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QStringList& more, int exit, const char* says) {
        QTest::newRow(name) << more << exit << QString::fromUtf8(says);
    };
    row("too few paths", {u"--paths"_qs, u"99"_qs}, 2, "--paths");
    row("too many paths", {u"--paths"_qs, u"1000001"_qs}, 2, "--paths");
    row("cap in words", {u"--cap"_qs, u"little"_qs}, 2, "a cap is a percentage");
    row("negative cap", {u"--cap=-3"_qs}, 2, "a cap is a percentage");
    row("contract without project", {u"--contract-cap"_qs}, 2, "--project");
    row("floor", {u"--quality-floor"_qs, u"101"_qs}, 2, "--quality-floor");
}

void TestCliSimulate::refused()
{
    QFETCH(QStringList, more);
    QFETCH(int, exit);
    QFETCH(QString, says);
    const CliRun run = cli(arguments(more));
    QCOMPARE(run.exit, exit);
    QVERIFY2(run.error.contains(says.toUtf8()), run.error.constData());
    QVERIFY(run.out.isEmpty());
}

QTEST_GUILESS_MAIN(TestCliSimulate)
#include "tst_cli_simulate.moc"
