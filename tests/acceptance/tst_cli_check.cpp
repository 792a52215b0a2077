#include "cli.h"

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
