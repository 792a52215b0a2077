// Regulation packs and edited rule packs, as a user runs them.

#include "cli.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;

namespace {

const QByteArray contract =
    "# 12 Exit\n\n12.1 Customer may download Customer Data for ten (10) days after the end of "
    "the transition period.\n\n12.2 Provider may charge Customer switching charges that do not "
    "exceed the costs directly linked to the switching process.\n\n# 13 Terms\n\n13.1 Provider "
    "may change its prices at any time in its sole discretion.\n";

}

class TestCliPacks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void regulation_as_json();
    void regulation_as_table();
    void dates();
    void failUnder_data();
    void failUnder();
    void badUsage_data();
    void badUsage();
    void playbook();
    void copyEditCompare();
    void copyRefusesToOverwrite();
    void regulationIsCopied();
    void brokenPack();

private:
    void write(const QString& name, const QByteArray& bytes) const;
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    static json row(const json& answer, const char* id);

    QTemporaryDir m_folder;
};

void TestCliPacks::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

json TestCliPacks::row(const json& answer, const char* id)
{
    for (const json& entry : answer[0]["requirements"]) {
        if (entry["requirement"] == id)
            return entry;
    }
    return {};
}

void TestCliPacks::initTestCase()
{
    QVERIFY(m_folder.isValid());
    write(u"contract.md"_qs, contract);
}

void TestCliPacks::regulation_as_json()
{
    const CliRun run =
        cli({u"check"_qs, path(u"contract.md"_qs), u"--pack"_qs, u"eu-data-act"_qs, u"--answer"_qs,
             u"data-processing-service=yes"_qs, u"--answer"_qs, u"test-version=no"_qs, u"--date"_qs,
             u"2026-11-30"_qs, u"--format"_qs, u"json"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json answer = run.json();
    QCOMPARE(answer.size(), std::size_t{1});
    QCOMPARE(answer[0]["regulation"]["id"].get<std::string>(), std::string("eu-data-act"));
    QCOMPARE(answer[0]["date"].get<std::string>(), std::string("2026-11-30"));
    QCOMPARE(answer[0]["requirements"].size(), std::size_t{22});
    const json window = row(answer, "DA-08");
    QCOMPARE(window["status"].get<std::string>(), std::string("weaker than the floor"));
    QCOMPARE(window["figures"]["window"].get<std::string>(), std::string("10 days"));
    QCOMPARE(window["evidence"][0]["section"].get<std::string>(), std::string("12.1"));
    QVERIFY(window["evidence"][0]["text"].get<std::string>().find("ten (10) days") != std::string::npos);
    // Nobody said whether the service was built for this customer.
    const json charges = row(answer, "DA-10");
    QCOMPARE(charges["status"].get<std::string>(), std::string("unanswered"));
    QCOMPARE(charges["reading"].get<std::string>(), std::string("covered"));
    QCOMPARE(charges["open"][0].get<std::string>(), std::string("custom-built"));
    QCOMPARE(answer[0]["questions"][0]["answer"].get<std::string>(), std::string("yes"));
}

void TestCliPacks::regulation_as_table()
{
    const CliRun run = cli({u"check"_qs, path(u"contract.md"_qs), u"--pack"_qs, u"eu-ai-act"_qs, u"--date"_qs,
                            u"2026-11-30"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    for (const char* part : {"12 unanswered", "AI-10", "Open questions", "high-risk (annex-iii, annex-i, no)",
                             "Not verified in the text of the law", "AI-03 (secondary)"})
        QVERIFY2(run.out.contains(part), (QByteArray(part) + "\n" + run.out).constData());
}

void TestCliPacks::dates()
{
    const auto charges = [&](const QString& date) {
        const CliRun run =
            cli({u"check"_qs, path(u"contract.md"_qs), u"--pack"_qs, u"eu-data-act"_qs, u"--answer"_qs,
                 u"data-processing-service=yes"_qs, u"--answer"_qs, u"test-version=no"_qs, u"--answer"_qs,
                 u"custom-built=no"_qs, u"--date"_qs, date, u"--format"_qs, u"json"_qs});
        return run.exit == 0 ? row(run.json(), "DA-10") : json{};
    };
    const json before = charges(u"2026-11-30"_qs);
    QCOMPARE(before["status"].get<std::string>(), std::string("covered"));
    QCOMPARE(before["later"][0]["from"].get<std::string>(), std::string("2027-01-12"));
    QCOMPARE(charges(u"2027-01-12"_qs)["status"].get<std::string>(), std::string("weaker than the floor"));
    QCOMPARE(charges(u"2025-09-11"_qs)["status"].get<std::string>(), std::string("not yet in force"));
}

void TestCliPacks::failUnder_data()
{
    QTest::addColumn<QString>("bar");
    QTest::addColumn<QString>("service");
    QTest::addColumn<int>("exit");
    QTest::newRow("weaker is below covered") << "met"
                                             << "yes" << 1;
    QTest::newRow("absent is below weaker") << "partial"
                                            << "yes" << 1;
    QTest::newRow("nothing is below missing") << "missing"
                                              << "yes" << 0;
    QTest::newRow("what does not apply is below nothing") << "met"
                                                          << "no" << 0;
}

void TestCliPacks::failUnder()
{
    QFETCH(QString, bar);
    QFETCH(QString, service);
    QFETCH(int, exit);
    const CliRun run = cli({u"check"_qs, path(u"contract.md"_qs), u"--pack"_qs, u"eu-data-act"_qs,
                            u"--answer"_qs, u"data-processing-service="_qs + service, u"--answer"_qs,
                            u"test-version=no"_qs, u"--fail-under"_qs, bar, u"--date"_qs, u"2026-11-30"_qs});
    QVERIFY2(run.exit == exit, run.error.constData());
}

void TestCliPacks::badUsage_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("complaint");
    const QString pack = u"--pack"_qs;
    QTest::newRow("no question") << QStringList{pack, u"dora"_qs, u"--answer"_qs, u"bank=yes"_qs}
                                 << QByteArray("financial-entity");
    QTest::newRow("no answer") << QStringList{pack, u"dora"_qs, u"--answer"_qs, u"financial-entity=maybe"_qs}
                               << QByteArray("yes, no");
    QTest::newRow("no sign") << QStringList{pack, u"dora"_qs, u"--answer"_qs, u"financial-entity"_qs}
                             << QByteArray("question=answer");
    QTest::newRow("no date") << QStringList{pack, u"dora"_qs, u"--date"_qs, u"tomorrow"_qs}
                             << QByteArray("tomorrow");
    QTest::newRow("answers for a rule pack")
        << QStringList{u"--answer"_qs, u"financial-entity=yes"_qs} << QByteArray("regulation pack");
    QTest::newRow("positions of a law")
        << QStringList{pack, u"dora"_qs, u"--playbook"_qs} << QByteArray("rule packs only");
}

void TestCliPacks::badUsage()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, complaint);
    const CliRun run = cli(QStringList{u"check"_qs, path(u"contract.md"_qs)} + options);
    QCOMPARE(run.exit, 2);
    QVERIFY2(run.error.contains(complaint), run.error.constData());
}

void TestCliPacks::playbook()
{
    QVERIFY(cli({u"pack"_qs, u"copy"_qs, u"ai-procurement"_qs, path(u"play"_qs)}).exit == 0);
    const QString copy = path(u"play/ai-procurement.json"_qs);
    QFile file(copy);
    QVERIFY(file.open(QIODevice::ReadWrite));
    json pack = json::parse(file.readAll().toStdString());
    pack["playbook"] = "ai-procurement.playbook.json";
    const std::string text = pack.dump(1);
    QVERIFY(file.resize(0) && file.seek(0));
    file.write(text.data(), static_cast<qint64>(text.size()));
    file.close();
    const CliRun run = cli({u"check"_qs, path(u"contract.md"_qs), u"--pack"_qs, copy, u"--playbook"_qs,
                            u"--format"_qs, u"json"_qs});
    QVERIFY2(run.exit == 0, run.error.constData());
    const json stands = run.json()[0]["playbook"];
    QCOMPARE(stands.size(), std::size_t{22});
    for (const json& stand : stands) {
        if (stand["check"] != "price-review")
            continue;
        QVERIFY(!stand["acceptable"].get<bool>());
        QCOMPARE(stand["unacceptable"][0]["evidence"][0]["section"].get<std::string>(), std::string("13.1"));
    }
    const CliRun table = cli({u"check"_qs, path(u"contract.md"_qs), u"--pack"_qs, copy, u"--playbook"_qs});
    QVERIFY2(table.out.contains("Unacceptable, wherever it stands"), table.out.constData());
}

void TestCliPacks::copyEditCompare()
{
    const QString folder = path(u"mine"_qs);
    const CliRun copy = cli({u"pack"_qs, u"copy"_qs, u"ai-procurement"_qs, folder});
    QVERIFY2(copy.exit == 0, copy.error.constData());
    for (const QString& name :
         {u"ai-procurement.json"_qs, u"english.lexicon.json"_qs, u"ai-procurement.weights.json"_qs})
        QVERIFY2(QFile::exists(QDir(folder).filePath(name)), qPrintable(name));
    const QString mine = QDir(folder).filePath(u"ai-procurement.json"_qs);
    const CliRun fine = cli({u"pack"_qs, u"check"_qs, mine});
    QVERIFY2(fine.exit == 0 && fine.out.contains("22 checks"), fine.error.constData());
    const CliRun same = cli({u"pack"_qs, u"compare"_qs, u"ai-procurement"_qs, mine, path(u"contract.md"_qs),
                             u"--format"_qs, u"json"_qs});
    QVERIFY2(same.exit == 0, same.error.constData());
    QCOMPARE(same.json()["documents"][0]["same"].get<int>(), 22);

    QFile file(mine);
    QVERIFY(file.open(QIODevice::ReadWrite));
    json pack = json::parse(file.readAll().toStdString());
    for (json& check : pack["checks"]) {
        if (check["id"] == "price-review")
            check["resolve"] =
                json::array({{{"verdict", "met"}, {"why", "We do not mind."}, {"confidence", 1}}});
    }
    pack["checks"].erase(0);
    pack.erase("playbook"); // it may speak of the check that is gone
    pack.erase("weights");  // a short text is read by the edited rules alone
    const std::string text = pack.dump(1);
    QVERIFY(file.resize(0) && file.seek(0));
    file.write(text.data(), static_cast<qint64>(text.size()));
    file.close();
    const CliRun changed = cli({u"pack"_qs, u"compare"_qs, u"ai-procurement"_qs, mine,
                                path(u"contract.md"_qs), u"--format"_qs, u"json"_qs});
    QVERIFY2(changed.exit == 0, changed.error.constData());
    const json document = changed.json()["documents"][0];
    bool better = false, removed = false;
    for (const json& change : document["changes"]) {
        better = better ||
                 (change["check"] == "price-review" && change["effect"] == "better" &&
                  change["after"]["why"].get<std::string>().find("We do not mind.") != std::string::npos);
        removed = removed || (change["check"] == "no-training" && change["effect"] == "removed");
    }
    QVERIFY2(better && removed, document.dump(1).c_str());
    const CliRun table =
        cli({u"pack"_qs, u"compare"_qs, u"ai-procurement"_qs, mine, path(u"contract.md"_qs)});
    QVERIFY2(table.out.contains("We do not mind."), table.out.constData());
}

void TestCliPacks::copyRefusesToOverwrite()
{
    const QString folder = path(u"twice"_qs);
    QCOMPARE(cli({u"pack"_qs, u"copy"_qs, u"dora"_qs, folder}).exit, 0);
    const CliRun again = cli({u"pack"_qs, u"copy"_qs, u"dora"_qs, folder});
    QVERIFY(again.exit != 0);
    QVERIFY2(again.error.contains("there already"), again.error.constData());
    QVERIFY(cli({u"pack"_qs, u"copy"_qs, u"nothing-such"_qs, folder}).exit != 0);
}

void TestCliPacks::regulationIsCopied()
{
    const QString folder = path(u"law"_qs);
    QCOMPARE(cli({u"pack"_qs, u"copy"_qs, u"dora"_qs, folder}).exit, 0);
    const QString mine = QDir(folder).filePath(u"dora.json"_qs);
    QVERIFY(QFile::exists(QDir(folder).filePath(u"regulation.lexicon.json"_qs)));
    const CliRun fine = cli({u"pack"_qs, u"check"_qs, mine});
    QVERIFY2(fine.exit == 0 && fine.out.contains("14 requirements"), fine.error.constData());
    QCOMPARE(cli({u"check"_qs, path(u"contract.md"_qs), u"--pack"_qs, mine}).exit, 0);
}

void TestCliPacks::brokenPack()
{
    write(u"broken.json"_qs, "{ \"id\": \"x\",\n \"title\": \"X\",\n \"version\": \"1\",\n \"requirements\": "
                             "[ {\n \"id\": 4 } ] }");
    const CliRun run = cli({u"pack"_qs, u"check"_qs, path(u"broken.json"_qs)});
    QCOMPARE(run.exit, 3);
    QVERIFY2(run.error.contains("broken.json, line 4") || run.error.contains("broken.json, line 5"),
             run.error.constData());
    QVERIFY2(run.error.contains("/requirements/0"), run.error.constData());
}

QTEST_GUILESS_MAIN(TestCliPacks)
#include "tst_cli_packs.moc"
