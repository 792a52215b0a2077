// Two versions of a contract, and the documents of one, on the command line.

#include "cli.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;

class TestCliDrift : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void verdictsAndClauses();
    void forPeople();
    void sameFileTwice();
    void exits_data();
    void exits();
    void together();
    void togetherForPeople();
    void barOfTheWholeContract();

private:
    QString file(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }
    void write(const char* name, const QByteArray& text) const
    {
        QFile out(file(name));
        QVERIFY(out.open(QIODevice::WriteOnly));
        QCOMPARE(out.write(text), text.size());
    }

    QTemporaryDir m_folder;
};

void TestCliDrift::initTestCase()
{
    QVERIFY(m_folder.isValid());
    const QByteArray term = "## 1. Term\n\nThis Agreement runs for one year from the first order.\n\n";
    const QByteArray fees =
        "## 2. Fees\n\nCustomer shall pay the fees within thirty days of the invoice.\n\n";
    const QByteArray bans =
        "## 3. Data\n\nProvider shall not use Customer Data, including Input and Output, to "
        "train, fine-tune or improve any machine learning model.\n\n";
    const QByteArray trains =
        "## 3. Data\n\nProvider may use Customer Data, including Input and Output, to train "
        "and improve its models. Customer may not object to such use.\n\n";
    write("old.md", "# Master Services Agreement\n\n" + term + fees + bans);
    write("new.md", "# Master Services Agreement\n\n" + fees + term + trains +
                        "## 4. Notices\n\nLetters go to the registered office of each party.\n\n");
    write("dpa.md",
          "# Data Processing Addendum\n\n" + bans +
              "Uptime is stated in the Service Level Agreement at https://borealis.example/sla.\n\n"
              "If there is any conflict, this Addendum prevails over the Master Services Agreement.\n");
}

void TestCliDrift::verdictsAndClauses()
{
    const CliRun run = cli({u"drift"_qs, file("old.md"), file("new.md"), u"--format"_qs, u"json"_qs});
    QCOMPARE(run.exit, 0);
    const json answer = run.json();
    QCOMPARE(answer["checks"].size(), std::size_t{22});
    const json& training = answer["checks"][0];
    QCOMPARE(training["check"].get<std::string>(), std::string("no-training"));
    QCOMPARE(training["course"].get<std::string>(), std::string("worse"));
    QCOMPARE(training["before"]["verdict"].get<std::string>(), std::string("met"));
    QCOMPARE(training["after"]["verdict"].get<std::string>(), std::string("adverse"));
    QVERIFY(!training["before"]["evidence"].empty());
    QVERIFY(!training["after"]["evidence"].empty());
    const json& counts = answer["clauses"]["counts"];
    QCOMPARE(counts["reworded"].get<int>(), 1);
    QCOMPARE(counts["added"].get<int>(), 2); // the heading and the text of section 4
    QCOMPARE(counts["removed"].get<int>(), 0);
    QVERIFY(counts["moved"].get<int>() > 0);
    QCOMPARE(answer["before"]["sha256"].get<std::string>().size(), std::size_t{64});
}

void TestCliDrift::forPeople()
{
    const CliRun run = cli({u"drift"_qs, file("old.md"), file("new.md")});
    QCOMPARE(run.exit, 0);
    const auto verdicts = run.out.indexOf("met → adverse (worse)");
    const auto clauses = run.out.indexOf("Clauses: 1 reworded, 2 added");
    QVERIFY2(verdicts >= 0 && clauses > verdicts, run.out.constData());
    QVERIFY2(run.out.contains("registered office"), run.out.constData());
}

void TestCliDrift::sameFileTwice()
{
    const CliRun run = cli({u"drift"_qs, sample("aurora-agreement.pdf"), sample("aurora-agreement.pdf"),
                            u"--format"_qs, u"json"_qs, u"--fail-on-worse"_qs});
    QCOMPARE(run.exit, 0);
    const json answer = run.json();
    for (const json& check : answer["checks"])
        QCOMPARE(check["course"].get<std::string>(), std::string("same"));
    QVERIFY(answer["clauses"]["changes"].empty());
    QCOMPARE(answer["clauses"]["counts"]["moved"].get<int>(), 0);
    QVERIFY(answer["clauses"]["counts"]["unchanged"].get<int>() > 50);
}

void TestCliDrift::exits_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exit");
    QTest::newRow("worse") << QStringList{file("old.md"), file("new.md"), u"--fail-on-worse"_qs} << 1;
    QTest::newRow("the same") << QStringList{file("old.md"), file("old.md"), u"--fail-on-worse"_qs} << 0;
    QTest::newRow("one file") << QStringList{file("old.md")} << 2;
    QTest::newRow("unknown format") << QStringList{file("old.md"), file("new.md"), u"--format"_qs, u"xml"_qs}
                                    << 2;
    QTest::newRow("no such file") << QStringList{file("old.md"), file("nowhere.md")} << 3;
    QTest::newRow("no such pack") << QStringList{file("old.md"), file("new.md"), u"--pack"_qs, u"nowhere"_qs}
                                  << 3;
}

void TestCliDrift::exits()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exit);
    const CliRun run = cli(QStringList{u"drift"_qs} + arguments);
    QCOMPARE(run.exit, exit);
    QCOMPARE(run.error.isEmpty(), exit < 2);
}

void TestCliDrift::together()
{
    const CliRun run =
        cli({u"check"_qs, file("new.md"), file("dpa.md"), u"--together"_qs, u"--format"_qs, u"json"_qs});
    QCOMPARE(run.exit, 0);
    const json answer = run.json();
    QCOMPARE(answer["documents"].size(), std::size_t{2});
    const json& set = answer["together"];
    QCOMPARE(set["documents"][0]["kind"].get<std::string>(), std::string("master-agreement"));
    QCOMPARE(set["documents"][0]["place"].get<int>(), 2);
    QCOMPARE(set["documents"][1]["kind"].get<std::string>(), std::string("data-processing"));
    QVERIFY(set["precedence"]["stated"].get<bool>());
    const json& training = set["findings"][0];
    QCOMPARE(training["verdict"].get<std::string>(), std::string("met"));
    QCOMPARE(training["decided_by"].get<std::string>(), std::string("dpa.md"));
    QCOMPARE(training["overruled"].size(), std::size_t{1});
    QCOMPARE(set["absent"].size(), std::size_t{1});
    QCOMPARE(set["absent"][0]["address"].get<std::string>(), std::string("https://borealis.example/sla"));
    QVERIFY(set["index"].contains("value"));
}

void TestCliDrift::togetherForPeople()
{
    const CliRun run = cli({u"check"_qs, file("new.md"), file("dpa.md"), u"--together"_qs});
    QCOMPARE(run.exit, 0);
    for (const char* words :
         {"Together", "Data processing terms", "Order stated in “dpa.md”", "Service Level Agreement"})
        QVERIFY2(run.out.contains(words), words);
}

void TestCliDrift::barOfTheWholeContract()
{
    // The agreement alone is adverse on training; the addendum above it is not.
    const QStringList files{file("new.md"), file("dpa.md"), u"--fail-under"_qs, u"missing"_qs};
    QCOMPARE(cli(QStringList{u"check"_qs} + files).exit, 1);
    QCOMPARE(cli(QStringList{u"check"_qs, u"--together"_qs} + files).exit, 0);
}

QTEST_MAIN(TestCliDrift)
#include "tst_cli_drift.moc"
