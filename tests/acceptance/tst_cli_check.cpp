#include "cli.h"
#include "tests/unit/document/officefile.h"

#include <QFile>
#include <QPainter>
#include <QPdfWriter>
#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

}

class TestCliCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sampleContract();
    void wordContract();
    void sameTwice();
    void badInput_data();
    void badInput();
    void badInputBesideGood();
    void failUnder_data();
    void failUnder();
    void badUsage_data();
    void badUsage();

private:
    QTemporaryDir m_folder;
};

void TestCliCheck::initTestCase()
{
    QVERIFY(m_folder.isValid());
    write(m_folder.filePath(u"empty.pdf"_qs), {});
    write(m_folder.filePath(u"text.pdf"_qs), "This agreement is plain text under a wrong name.\n");
    write(m_folder.filePath(u"damaged.pdf"_qs), "%PDF-1.4\n1 0 obj\n<< /Type /Catalog\n garbage");
    QPdfWriter writer(m_folder.filePath(u"image.pdf"_qs));
    QPainter painter(&writer);
    painter.fillRect(QRect(100, 100, 4000, 4000), Qt::darkGray);
    painter.end();
}

void TestCliCheck::sampleContract()
{
    const CliRun run = cli({u"check"_qs, sample("aurora-agreement.pdf"), u"--format"_qs, u"json"_qs});
    QCOMPARE(run.exit, 0);
    const json answer = run.json();
    QVERIFY(answer.is_array());
    QCOMPARE(answer.size(), std::size_t{1});
    const json& document = answer[0];
    QVERIFY(document["pages"].get<int>() >= 12 && document["pages"].get<int>() <= 20);
    QCOMPARE(document["sha256"].get<std::string>().size(), std::size_t{64});
    QCOMPARE(document["findings"].size(), std::size_t{22});
    for (const json& finding : document["findings"]) {
        const auto verdict = finding["verdict"].get<std::string>();
        QVERIFY2(verdict == "met" || verdict == "partial" || verdict == "missing" || verdict == "adverse",
                 verdict.c_str());
        QVERIFY(!finding["why"].empty());
        QVERIFY2(verdict == "missing" || verdict == "met" || !finding["evidence"].empty(),
                 finding.dump().c_str());
        for (const json& evidence : finding["evidence"]) {
            QVERIFY(evidence["page"].get<int>() >= 1);
            QVERIFY(!evidence["text"].get<std::string>().empty());
        }
    }
    QVERIFY(document["index"].contains("value"));
}

// What Word shows of a contract under negotiation, and what a reviewer is told beside it.
void TestCliCheck::wordContract()
{
    using office::item;
    const QByteArray lists =
        office::abstract(0, office::level(0, "decimal", "%1.") + office::level(1, "decimal", "%1.%2")) +
        office::list(1, 0);
    const QByteArray clause =
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>";
    const QByteArray body =
        item("Customer Data", 1, 0) + item("Customer owns all Customer Data and all output.", 1, 1) + clause +
        "<w:r><w:t xml:space=\"preserve\">Provider shall </w:t></w:r><w:ins w:id=\"1\"><w:r><w:t "
        "xml:space=\"preserve\">not </w:t></w:r></w:ins><w:commentRangeStart w:id=\"7\"/><w:r><w:t>use "
        "Customer Data "
        "to train, retrain or improve any model</w:t></w:r><w:commentRangeEnd "
        "w:id=\"7\"/><w:r><w:t>.</w:t></w:r>"
        "<w:del w:id=\"2\"><w:r><w:delText> Provider may sell it.</w:delText></w:r></w:del></w:p>" +
        item("Term", 1, 0) + item("This Agreement lasts for one year.", 1, 1);
    const std::string bytes = office::docx(
        body,
        {{"numbering", lists},
         {"comments", "<w:comment w:id=\"7\">" + office::p("Does this cover prompts?") + "</w:comment>"}});
    write(m_folder.filePath(u"contract.docx"_qs), QByteArray::fromStdString(bytes));
    const CliRun run = cli({u"check"_qs, m_folder.filePath(u"contract.docx"_qs), u"--format"_qs, u"json"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json answer = run.json();
    QCOMPARE(answer.size(), std::size_t{1});
    const json training = [&] {
        for (const json& finding : answer[0]["findings"]) {
            if (finding["check"] == "no-training")
                return finding;
        }
        return json{};
    }();
    QVERIFY2(training["verdict"] == "met", training.dump().c_str());
    QCOMPARE(training["evidence"][0]["section"].get<std::string>(), std::string("1.2"));
    QVERIFY(answer.dump().find("sell it") == std::string::npos);
    const json& notices = answer[0]["notices"];
    QCOMPARE(notices.size(), std::size_t{3});
    QCOMPARE(notices[0]["kind"].get<std::string>(), std::string("inserted"));
    QCOMPARE(notices[1]["kind"].get<std::string>(), std::string("deleted"));
    QCOMPARE(notices[2]["section"].get<std::string>(), std::string("1.2"));
    QCOMPARE(notices[2]["text"].get<std::string>(), std::string("Does this cover prompts?"));
    QVERIFY2(run.error.contains("1 insertion, read as text, and 1 deletion, left out"),
             run.error.constData());
    QVERIFY2(run.error.contains("Does this cover prompts?"), run.error.constData());
}

void TestCliCheck::sameTwice()
{
    const QStringList arguments{u"check"_qs, sample("aurora-agreement.pdf"), u"--format"_qs, u"json"_qs};
    const CliRun first = cli(arguments);
    QCOMPARE(first.exit, 0);
    QCOMPARE(cli(arguments + QStringList{u"--jobs"_qs, u"1"_qs}).out, first.out);
}

void TestCliCheck::badInput_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("missing") << u"nowhere.pdf"_qs << QByteArray("no file");
    QTest::newRow("empty") << u"empty.pdf"_qs << QByteArray("empty");
    QTest::newRow("text named .pdf") << u"text.pdf"_qs << QByteArray("not a PDF");
    QTest::newRow("damaged") << u"damaged.pdf"_qs << QByteArray("damaged");
    QTest::newRow("image only") << u"image.pdf"_qs << QByteArray("image");
}

void TestCliCheck::badInput()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, says);
    const CliRun run = cli({u"check"_qs, m_folder.filePath(file)});
    QCOMPARE(run.exit, 3);
    QVERIFY2(run.error.contains(says), run.error.constData());
    QVERIFY(run.out.isEmpty());
}

void TestCliCheck::badInputBesideGood()
{
    const CliRun run = cli({u"check"_qs, m_folder.filePath(u"damaged.pdf"_qs), sample("aurora-agreement.pdf"),
                            u"--format"_qs, u"json"_qs});
    QCOMPARE(run.exit, 3);
    QCOMPARE(run.json().size(), std::size_t{1});
}

void TestCliCheck::failUnder_data()
{
    QTest::addColumn<QString>("bar");
    QTest::addColumn<int>("exit");
    QTest::newRow("all met") << u"met"_qs << 1;
    QTest::newRow("none adverse") << u"missing"_qs << 1;
}

void TestCliCheck::failUnder()
{
    QFETCH(QString, bar);
    QFETCH(int, exit);
    QCOMPARE(cli({u"check"_qs, sample("aurora-agreement.pdf"), u"--fail-under"_qs, bar}).exit, exit);
}

void TestCliCheck::badUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("unknown command") << QStringList{u"chekc"_qs};
    QTest::newRow("no file") << QStringList{u"check"_qs};
    QTest::newRow("unknown format") << QStringList{u"check"_qs, u"x.pdf"_qs, u"--format"_qs, u"xml"_qs};
    QTest::newRow("report of an unknown kind")
        << QStringList{u"report"_qs, u"x.leeway"_qs, u"-o"_qs, u"x.doc"_qs};
}

void TestCliCheck::badUsage()
{
    QFETCH(QStringList, arguments);
    QCOMPARE(cli(arguments).exit, 2);
}

QTEST_MAIN(TestCliCheck)
#include "tst_cli_check.moc"
