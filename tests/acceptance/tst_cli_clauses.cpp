#include "cli.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;

class TestCliClauses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sampleContract();
    void threshold();
    void table();
    void sameTwice();
    void badInputBesideGood();
    void badModel();
    void learnsFromOwnLabels();
    void badUsage_data();
    void badUsage();

private:
    QString write(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }

    QTemporaryDir m_folder;
};

void TestCliClauses::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

void TestCliClauses::sampleContract()
{
    const CliRun run = cli({u"clauses"_qs, sample("aurora-agreement.pdf"), u"--format"_qs, u"json"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json answer = run.json();
    QCOMPARE(answer.size(), std::size_t{1});
    const json& document = answer[0];
    QCOMPARE(document["types"].size(), std::size_t{20});
    for (const auto& [type, score] : document["types"].items())
        QVERIFY2(score.get<double>() >= 0 && score.get<double>() <= 1, type.c_str());
    QVERIFY(document["types"]["governing-law"].get<double>() >= 0.5);
    for (const json& hit : document["hits"]) {
        QVERIFY(document["types"].contains(hit["type"].get<std::string>()));
        QVERIFY(hit["page"].get<int>() >= 1);
        QVERIFY(!hit["text"].get<std::string>().empty());
    }
}

void TestCliClauses::threshold()
{
    const QStringList arguments{u"clauses"_qs, sample("aurora-agreement.pdf"), u"--format"_qs, u"json"_qs,
                                u"--threshold"_qs};
    const json all = cli(arguments + QStringList{u"0"_qs}).json();
    const json sure = cli(arguments + QStringList{u"0.5"_qs}).json();
    QVERIFY(sure[0]["hits"].size() < all[0]["hits"].size());
    for (const json& hit : sure[0]["hits"])
        QVERIFY(hit["score"].get<double>() >= 0.5);
    QVERIFY(sure[0]["types"] == all[0]["types"]);
}

void TestCliClauses::table()
{
    const CliRun run = cli({u"clauses"_qs, sample("aurora-agreement.pdf")});
    QCOMPARE(run.exit, 0);
    QVERIFY(run.out.contains("governing-law"));
    QVERIFY(run.out.contains("Not found: "));
}

void TestCliClauses::sameTwice()
{
    const QStringList arguments{u"clauses"_qs, sample("aurora-agreement.pdf"), u"--format"_qs, u"json"_qs};
    const CliRun first = cli(arguments);
    QCOMPARE(first.exit, 0);
    QCOMPARE(cli(arguments + QStringList{u"--jobs"_qs, u"1"_qs}).out, first.out);
}

void TestCliClauses::badInputBesideGood()
{
    const QString good =
        write(u"law.txt"_qs, "This contract is governed by the laws of the State of Ohio.\n");
    const CliRun run =
        cli({u"clauses"_qs, m_folder.filePath(u"no-such.pdf"_qs), good, u"--format"_qs, u"json"_qs});
    QCOMPARE(run.exit, 3);
    QVERIFY(run.error.contains("no-such.pdf"));
    QCOMPARE(run.json().size(), std::size_t{1});
}

void TestCliClauses::badModel()
{
    const QString model = write(u"model.json"_qs, "{\"kind\": \"poem\"}\n");
    const CliRun run = cli({u"clauses"_qs, sample("aurora-agreement.pdf"), u"--model"_qs, model});
    QCOMPARE(run.exit, 3);
    QVERIFY2(run.error.contains("model.json"), run.error.constData());
}

// A small folder of labelled contracts makes a model that `clauses` reads.
void TestCliClauses::learnsFromOwnLabels()
{
    QVERIFY(QDir(m_folder.path()).mkpath(u"labelled/txt"_qs));
    json labels = json::array();
    for (int i = 0; i < 12; ++i) {
        const std::string law = "It is governed by the laws of land " + std::to_string(i) + ".";
        const bool has = i % 2 == 0;
        const std::string name = "contract-" + std::to_string(i);
        const std::string text =
            "The goods are delivered on Mondays.\n\n" + (has ? law : "Prices are fair.") + "\n";
        QVERIFY(
            !write(u"labelled/txt/"_qs + QString::fromStdString(name) + u".txt"_qs, text.c_str()).isEmpty());
        labels.push_back(
            {{"document", name}, {"labels", has ? json{{"governing-law", {law}}} : json::object()}});
    }
    write(u"labelled/labels.json"_qs, labels.dump().c_str());
    const QString model = m_folder.filePath(u"own.json"_qs);
    const CliRun learned = cli({u"learn"_qs, u"types"_qs, m_folder.filePath(u"labelled"_qs), u"-o"_qs, model,
                                u"--cross-validate"_qs, u"3"_qs});
    QVERIFY2(learned.exit == 0, learned.error.constData());
    QVERIFY(learned.out.contains("governing-law"));
    const CliRun found = cli({u"clauses"_qs, m_folder.filePath(u"labelled/txt/contract-0.txt"_qs),
                              u"--model"_qs, model, u"--format"_qs, u"json"_qs});
    QVERIFY2(found.exit == 0, found.error.constData());
    QVERIFY(found.json()[0]["types"]["governing-law"].get<double>() >= 0.5);
}

void TestCliClauses::badUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no file") << QStringList{u"clauses"_qs};
    QTest::newRow("threshold over one")
        << QStringList{u"clauses"_qs, u"x.txt"_qs, u"--threshold"_qs, u"2"_qs};
    QTest::newRow("unknown format") << QStringList{u"clauses"_qs, u"x.txt"_qs, u"--format"_qs, u"xml"_qs};
    QTest::newRow("nothing to learn") << QStringList{u"learn"_qs};
    QTest::newRow("nothing asked of learning") << QStringList{u"learn"_qs, u"types"_qs, u"folder"_qs};
}

void TestCliClauses::badUsage()
{
    QFETCH(QStringList, arguments);
    QCOMPARE(cli(arguments).exit, 2);
}

QTEST_GUILESS_MAIN(TestCliClauses)
#include "tst_cli_clauses.moc"
