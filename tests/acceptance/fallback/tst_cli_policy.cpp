#include "../cli.h"

#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using nlohmann::json;

/// `leeway-cli fallback policy` and the exports that are made of a policy.
class TestCliPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QFile log(m_folder.filePath(u"log.csv"_s));
        QVERIFY(log.open(QIODevice::WriteOnly));
        log.write("time,vendor,model,input_tokens,output_tokens\n");
        const QDateTime begin(QDate(2026, 10, 5), QTime(9, 0), Qt::UTC);
        for (int i = 0; i < 720; ++i)
            log.write(begin.addSecs(i * 10).toString(Qt::ISODate).toUtf8() + ",openai,gpt-5.4,200,60\n");
    }

    void bundledPoliciesAreListed()
    {
        const json list = policy({u"list"_s, u"--format"_s, u"json"_s}).json();
        QCOMPARE(list.size(), std::size_t{3});
        const CliRun show = policy({u"show"_s, u"--policy"_s, u"careful-return"_s});
        QVERIFY2(show.exit == 0, show.error.constData());
        QVERIFY(show.out.contains("20 %"));
    }

    // Five minutes of ten-second requests: 30 fail without failover, and none with it.
    void anOutageIsReplayed()
    {
        const QStringList command{u"replay"_s, log(), u"--incident"_s,
                                  u"outage primary@2026-10-05T09:30Z+5m"_s};
        const CliRun run = policy(command + QStringList{u"--format"_s, u"json"_s});
        QVERIFY2(run.exit == 0, run.error.constData());
        const json outcomes = run.json()["outcomes"];
        QCOMPARE(outcomes.size(), std::size_t{2});
        const CliRun table = policy(command);
        QVERIFY2(table.out.contains("4.17 %"), table.out.constData());
        QCOMPARE(policy(command).out, table.out); // the same seed, the same bytes
        const CliRun careful = policy(command + QStringList{u"--policy"_s, u"careful-return"_s});
        QVERIFY2(careful.out.contains("primary: left alone") && careful.out.contains("primary: tried again"),
                 careful.out.constData());
    }

    void severalIncidents()
    {
        const CliRun run =
            policy({u"replay"_s, log(), u"--incident"_s, u"outage primary@2026-10-05T09:30Z+5m"_s,
                    u"--incident"_s, u"price primary@2026-10-05T10:00Z+10m 100"_s});
        QVERIFY2(run.exit == 0, run.error.constData());
        QVERIFY2(run.out.contains("an outage at primary") && run.out.contains("prices 100 % higher"),
                 run.out.constData());
    }

    void badInputIsRefused_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<int>("exit");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("no such policy")
            << QStringList{u"show"_s, u"--policy"_s, u"nothing"_s} << 3 << QByteArray("litellm-defaults");
        QTest::newRow("no such target")
            << QStringList{u"replay"_s, log(), u"--incident"_s, u"outage moon@2026-10-05T09:30Z+5m"_s} << 3
            << QByteArray("moon");
        QTest::newRow("quality that nobody measured")
            << QStringList{u"sweep"_s, log(), u"--failures"_s, u"0,50"_s, u"--aim"_s, u"quality"_s} << 2
            << QByteArray("pass_percent");
    }

    void badInputIsRefused()
    {
        QFETCH(QStringList, command);
        QFETCH(int, exit);
        QFETCH(QByteArray, said);
        const CliRun run = policy(command);
        QCOMPARE(run.exit, exit);
        QVERIFY2(run.error.contains(said), run.error.constData());
    }

    void aSweepNamesTheBest()
    {
        const CliRun run =
            policy({u"sweep"_s, log(), u"--incident"_s, u"outage primary@2026-10-05T09:30Z+5m"_s,
                    u"--failures"_s, u"0,50"_s, u"--aim"_s, u"failed"_s, u"--format"_s, u"json"_s});
        QVERIFY2(run.exit == 0, run.error.constData());
        const json value = run.json();
        QCOMPARE(value["outcomes"].size(), std::size_t{2});
        QVERIFY(value["best"].is_string());
    }

    void exportsAreWritten()
    {
        const CliRun refused = fallback({u"export"_s, u"litellm"_s});
        QVERIFY(refused.exit != 0);
        QVERIFY2(refused.error.contains("served_model"), refused.error.constData());
        const QString own = ownPolicy();
        const CliRun yaml = fallback({u"export"_s, u"litellm"_s, u"--policy"_s, own});
        QVERIFY2(yaml.exit == 0, yaml.error.constData());
        QVERIFY2(yaml.out.contains("allowed_fails: 2") && yaml.out.contains("model: openai/own"),
                 yaml.out.constData());
        const CliRun annex = fallback({u"export"_s, u"annex"_s, u"--policy"_s, own, log(), u"--incident"_s,
                                       u"outage primary@2026-10-05T09:30Z+5m"_s});
        QVERIFY2(annex.exit == 0, annex.error.constData());
        QVERIFY2(annex.out.contains("30 (4.2 %) | 0 (0.0 %)"), annex.out.constData());
    }

private:
    static CliRun fallback(const QStringList& arguments)
    {
        return cli(QStringList{u"fallback"_s} + arguments);
    }
    static CliRun policy(const QStringList& arguments)
    {
        return fallback(QStringList{u"policy"_s} + arguments);
    }
    QString log() const { return m_folder.filePath(u"log.csv"_s); }

    // The bundled policy, with the names by which a router reaches its targets.
    QString ownPolicy()
    {
        json value = policy({u"show"_s, u"--format"_s, u"json"_s}).json();
        for (json& target : value["targets"])
            target["served_model"] = "openai/own";
        QFile file(m_folder.filePath(u"own.json"_s));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write the policy");
        file.write(QByteArray::fromStdString(value.dump()));
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCliPolicy)
#include "tst_cli_policy.moc"
