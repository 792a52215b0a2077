#include "cli.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <poppler-qt6.h>

using nlohmann::json;

class TestCliProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeWay();
    void badFileAddsNothing();
    void foreignFile();
};

void TestCliProject::wholeWay()
{
    QTemporaryDir folder;
    const QString project = folder.filePath(u"deal.leeway"_qs);
    QCOMPARE(cli({u"new"_qs, project, u"--title"_qs, u"Customer desk"_qs, u"--currency"_qs, u"USD"_qs}).exit,
             0);
    const CliRun add = cli(
        {u"add"_qs, project, sample("aurora-agreement.pdf"), u"--usage"_qs, sample("aurora-usage.csv"),
         u"--prices"_qs, QStringLiteral(LEEWAY_SOURCE_DIR "/resources/samples/aurora-prices.json"),
         u"--scenarios"_qs, QStringLiteral(LEEWAY_SOURCE_DIR "/resources/samples/aurora-scenarios.json")});
    QVERIFY2(add.exit == 0, add.error.constData());
    QCOMPARE(cli({u"decide"_qs, project, u"no-training"_qs, u"met"_qs, u"--note"_qs, u"side letter"_qs}).exit,
             0);

    const CliRun show = cli({u"show"_qs, project, u"--format"_qs, u"json"_qs});
    QCOMPARE(show.exit, 0);
    const json model = show.json();
    QCOMPARE(model["contracts"].size(), std::size_t{1});
    const json& contract = model["contracts"][0];
    QCOMPARE(contract["vendor"].get<std::string>(), std::string("Aurora AI B.V."));
    QCOMPARE(contract["index"]["reviewed"].get<int>(), 1);
    bool seen = false;
    for (const json& row : contract["checklist"]) {
        if (row["check"] != "no-training")
            continue;
        seen = true;
        QCOMPARE(row["verdict"].get<std::string>(), std::string("met"));
        QVERIFY(row["reviewed"].get<bool>());
    }
    QVERIFY(seen);
    QCOMPARE(model["matrix"]["outcomes"].size(), std::size_t{4});

    const CliRun again = cli({u"add"_qs, project, u"--usage"_qs, sample("aurora-usage.csv")});
    QVERIFY2(again.exit == 0 && again.error.contains("was imported before"), again.error.constData());
    QVERIFY(cli({u"show"_qs, project, u"--format"_qs, u"json"_qs}).json()["matrix"] == model["matrix"]);

    const QString calendar = folder.filePath(u"dates.ics"_qs);
    QCOMPARE(cli({u"show"_qs, project, u"--ics"_qs, calendar}).exit, 0);
    QFile ics(calendar);
    QVERIFY(ics.open(QIODevice::ReadOnly));
    const QByteArray dates = ics.readAll();
    QCOMPARE(dates.count("BEGIN:VEVENT"), qsizetype(model["dates"].size()));
    // 90 days before the term ends on 31 December 2027, as section 15.2 says.
    QVERIFY(dates.contains("DTSTART;VALUE=DATE:20271002\r\n"));

    const QString report = folder.filePath(u"report.pdf"_qs);
    const CliRun written = cli({u"report"_qs, project, u"-o"_qs, report});
    QVERIFY2(written.exit == 0, written.error.constData());
    const auto pdf = Poppler::Document::load(report);
    QVERIFY(pdf);
    QVERIFY(pdf->numPages() >= 4);
    QVERIFY(!pdf->outline().isEmpty());
    QString text;
    for (int i = 0; i < pdf->numPages(); ++i)
        text += pdf->page(i)->text(QRectF());
    for (const char* expected : {"Aurora AI", "side letter", "No training on our data", "Decision gate"})
        QVERIFY2(text.contains(QString::fromUtf8(expected)), expected);
}

void TestCliProject::badFileAddsNothing()
{
    QTemporaryDir folder;
    const QString project = folder.filePath(u"deal.leeway"_qs);
    QCOMPARE(cli({u"new"_qs, project}).exit, 0);
    const QString empty = folder.filePath(u"empty.pdf"_qs);
    QFile file(empty);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QCOMPARE(cli({u"add"_qs, project, empty}).exit, 3);
    const CliRun show = cli({u"show"_qs, project, u"--format"_qs, u"json"_qs});
    QVERIFY(show.json()["contracts"].empty());
}

void TestCliProject::foreignFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"notes.leeway"_qs);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("these are only notes");
    file.close();
    const CliRun show = cli({u"show"_qs, path});
    QCOMPARE(show.exit, 3);
    QVERIFY(!show.error.isEmpty());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("these are only notes"));
}

QTEST_GUILESS_MAIN(TestCliProject)
#include "tst_cli_project.moc"
