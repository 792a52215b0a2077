// E-mail, scans and languages, as a user of the command line meets them.

#include "cli.h"

#include <QFile>
#include <QFont>
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;

namespace {

const QByteArray clause =
    "1. Data\n\n1.1 Provider shall not use Customer Data to train, retrain or improve any model. "
    "Customer owns all Customer Data and all results. This Agreement is for one year.\n";

const QByteArray german =
    "1. Daten\n\n1.1 Der Anbieter darf die Daten des Kunden nicht verwenden, um Modelle zu trainieren oder "
    "zu "
    "verbessern. Alle Daten und Ergebnisse gehören dem Kunden. Dieser Vertrag wird für ein Jahr geschlossen "
    "und "
    "kann von jeder Partei mit einer Frist von drei Monaten schriftlich gekündigt werden.\n";

}

class TestCliFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mail();
    void everyCommandReadsAttachments_data();
    void everyCommandReadsAttachments();
    void mailIntoAProject();
    void scan();
    void foreignLanguage();
    void foreignLanguageInAProject();
    void bilingual();

private:
    QString file(const char* name, const QByteArray& bytes)
    {
        QFile out(m_folder.filePath(QString::fromUtf8(name)));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
            qFatal("cannot write %s", name);
        return out.fileName();
    }
    QString mailFile()
    {
        return file("offer.eml",
                    "From: sales@vendor.example\nTo: buyer@customer.example\nSubject: Our offer\n"
                    "Date: Mon, 30 Nov 2026 09:00:00 +0100\nMIME-Version: 1.0\n"
                    "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
                    "Please sign the attached.\n--b\nContent-Type: text/plain; name=Agreement.txt\n"
                    "Content-Disposition: attachment; filename=Agreement.txt\n\n" +
                        clause +
                        "\n--b\nContent-Type: text/csv\nContent-Disposition: attachment; "
                        "filename=prices.csv\n\na,b\n--b--\n");
    }

    QTemporaryDir m_folder;
};

void TestCliFormats::mail()
{
    const QString mail = mailFile();
    const CliRun run = cli({u"check"_qs, mail, u"--format"_qs, u"json"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json answer = run.json();
    QCOMPARE(answer.size(), std::size_t{2});
    QCOMPARE(answer[0]["document"].get<std::string>(), mail.toStdString());
    QCOMPARE(answer[0]["notices"][0]["kind"].get<std::string>(), std::string("unread"));
    QCOMPARE(answer[1]["document"].get<std::string>(), (mail + u" › Agreement.txt"_qs).toStdString());
    QVERIFY(answer[0]["sha256"] != answer[1]["sha256"]);
    bool seen = false;
    for (const json& finding : answer[1]["findings"]) {
        if (finding["check"] != "no-training")
            continue;
        seen = true;
        QCOMPARE(finding["verdict"].get<std::string>(), std::string("met"));
        QCOMPARE(finding["evidence"][0]["section"].get<std::string>(), std::string("1.1"));
    }
    QVERIFY(seen);
    QVERIFY2(run.error.contains("prices.csv"), run.error.constData());
}

void TestCliFormats::everyCommandReadsAttachments_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::newRow("check") << QStringList{u"check"_qs};
    QTest::newRow("regulation") << QStringList{u"check"_qs, u"--pack"_qs, u"eu-data-act"_qs};
    QTest::newRow("clauses") << QStringList{u"clauses"_qs};
}

void TestCliFormats::everyCommandReadsAttachments()
{
    QFETCH(QStringList, command);
    const QString mail = mailFile();
    const CliRun run = cli(command + QStringList{mail, u"--format"_qs, u"json"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json answer = run.json();
    QCOMPARE(answer.size(), std::size_t{2});
    QCOMPARE(answer[0]["document"].get<std::string>(), mail.toStdString());
    QCOMPARE(answer[1]["document"].get<std::string>(), (mail + u" › Agreement.txt"_qs).toStdString());
}

void TestCliFormats::mailIntoAProject()
{
    const QString project = m_folder.filePath(u"mail.leeway"_qs);
    QCOMPARE(cli({u"new"_qs, project}).exit, 0);
    const CliRun add = cli({u"add"_qs, project, mailFile()});
    QVERIFY2(add.exit == 0, add.error.constData());
    const json model = cli({u"show"_qs, project, u"--format"_qs, u"json"_qs}).json();
    QCOMPARE(model["contracts"].size(), std::size_t{1});
    QCOMPARE(model["contracts"][0]["document"].get<std::string>(), std::string("Agreement.txt"));
}

void TestCliFormats::scan()
{
    QImage page(1654, 2339, QImage::Format_Grayscale8);
    page.fill(Qt::white);
    page.setDotsPerMeterX(7874);
    page.setDotsPerMeterY(7874);
    QPainter painter(&page);
    QFont font(u"DejaVu Sans"_qs);
    font.setPixelSize(30);
    painter.setFont(font);
    painter.drawText(150, 200, u"1. Data"_qs);
    painter.drawText(150, 300, u"1.1 Provider shall not use Customer Data to train any model."_qs);
    painter.end();
    const QString png = m_folder.filePath(u"page.png"_qs);
    QVERIFY(page.save(png));
    const CliRun run = cli({u"check"_qs, png, u"--format"_qs, u"json"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json answer = run.json();
    QCOMPARE(answer[0]["pages"].get<int>(), 1);
    QCOMPARE(answer[0]["notices"][0]["kind"].get<std::string>(), std::string("recognised"));
    QVERIFY(answer.dump().find("Provider shall not use Customer Data to train any model.") !=
            std::string::npos);
    QVERIFY2(run.error.contains("1 page was read from a picture"), run.error.constData());
}

void TestCliFormats::foreignLanguage()
{
    const QString text = file("vertrag.txt", german);
    const CliRun run = cli({u"check"_qs, text, u"--format"_qs, u"json"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json answer = run.json();
    QCOMPARE(answer[0]["language"].get<std::string>(), std::string("de"));
    QVERIFY(answer[0]["index"].is_null());
    QVERIFY(answer[0]["findings"].empty());
    QVERIFY2(run.error.contains("German"), run.error.constData());
    const CliRun table = cli({u"check"_qs, text});
    QVERIFY2(table.out.contains("No lock-in index. The text is in German"), table.out.constData());
    // What was not read has not passed.
    QCOMPARE(cli({u"check"_qs, text, u"--fail-under"_qs, u"missing"_qs}).exit, 1);
    QCOMPARE(cli({u"check"_qs, file("terms.txt", clause), u"--format"_qs, u"json"_qs})
                 .json()[0]["language"]
                 .get<std::string>(),
             std::string("en"));
}

void TestCliFormats::foreignLanguageInAProject()
{
    const QString project = m_folder.filePath(u"german.leeway"_qs);
    QCOMPARE(cli({u"new"_qs, project}).exit, 0);
    const CliRun add = cli({u"add"_qs, project, file("vertrag.txt", german)});
    QVERIFY2(add.exit == 0, add.error.constData());
    QVERIFY2(add.error.contains("German"), add.error.constData());
    QCOMPARE(cli({u"decide"_qs, project, u"no-training"_qs, u"met"_qs}).exit, 0);
    const json model = cli({u"show"_qs, project, u"--format"_qs, u"json"_qs}).json();
    QCOMPARE(model["contracts"][0]["outside"].get<std::string>(), std::string("de"));
    QVERIFY(model["contracts"][0]["index"].is_null());
    const CliRun table = cli({u"show"_qs, project});
    QVERIFY2(table.out.contains("No lock-in index. The text is in German"), table.out.constData());
    QVERIFY2(!table.out.contains("Lock-in index "), table.out.constData());
    QVERIFY2(!table.out.contains("NOT MET"), table.out.constData()); // nobody has looked at the other gates
    QCOMPARE(table.out.count("nobody yet"), model["contracts"][0]["checklist"].size() - 1);
    for (const json& row : model["contracts"][0]["checklist"]) {
        const bool decided = row["check"] == "no-training";
        QCOMPARE(row["why"].dump().find("German") != std::string::npos, !decided);
    }
    QVERIFY(model["stands_out"].dump().find("German") != std::string::npos);
}

void TestCliFormats::bilingual()
{
    QByteArray text;
    for (int i = 0; i < 12; ++i)
        text += clause + "\n" + german + "\n";
    const CliRun run = cli({u"check"_qs, file("both.txt", text), u"--format"_qs, u"json"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json answer = run.json();
    QCOMPARE(answer[0]["language"].get<std::string>(), std::string("en"));
    QVERIFY(!answer[0]["findings"].empty());
    QVERIFY2(run.error.contains("German: the checks read the English part only"), run.error.constData());
}

QTEST_MAIN(TestCliFormats)
#include "tst_cli_formats.moc"
