#include "fixtures.h"

#include "core/project/textmatch.h"

#include <SQLiteCpp/Database.h>

using namespace fixtures;
using project::Project;

// Files that are whole databases with our tables, but with content that no version of Leeway writes.
class TestProjectHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void odd_content_is_an_error_data();
    void odd_content_is_an_error();
    void other_types_are_found_by_the_check();
    void odd_texts_are_kept_as_they_are_data();
    void odd_texts_are_kept_as_they_are();
    void passages_are_found_data();
    void passages_are_found();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestProjectHostile::odd_content_is_an_error_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("words");
    QTest::newRow("document of nonsense") << "UPDATE version SET document = x'00FF00FF'"
                                          << "text of a contract";
    QTest::newRow("huge document") << "UPDATE version SET document = zeroblob(50000000)"
                                   << "text of a contract";
    QTest::newRow("evidence beyond the text") << "UPDATE finding_evidence SET end_byte = 100000"
                                              << "outside its document";
    QTest::newRow("evidence backwards") << "UPDATE finding_evidence SET begin_byte = end_byte + 1"
                                        << "outside its document";
    QTest::newRow("negative place") << "UPDATE finding_evidence SET begin_byte = -1"
                                    << "out of range";
    QTest::newRow("place over 32 bits") << "UPDATE finding_evidence SET end_byte = 99999999999"
                                        << "out of range";
    QTest::newRow("page over 32 bits") << "UPDATE finding_evidence SET page = 99999999999"
                                       << "page number";
    QTest::newRow("rate") << "UPDATE settings SET currency_per_usd = 'one'"
                          << "exchange rate";
    QTest::newRow("no settings") << "DELETE FROM settings"
                                 << "no settings";
    QTest::newRow("usage") << "INSERT INTO usage_cube VALUES (1, '[')"
                           << "usage cannot be read";
    QTest::newRow("deep usage") << "INSERT INTO usage_cube VALUES (1, printf('%.*c', 1000000, '['))"
                                << "usage cannot be read";
    QTest::newRow("prices") << "INSERT INTO price_sheet VALUES (1, '{\"models\":7}', '')"
                            << "price sheet cannot be read";
    QTest::newRow("scenarios") << "INSERT INTO scenario_set VALUES (1, 'null', '')"
                               << "scenarios cannot be read";
    QTest::newRow("time") << "UPDATE contract SET added = 9223372036854775807"
                          << "time is out of range";
    QTest::newRow("contract without versions") << "UPDATE version SET removed = 1"
                                               << "no document";
}

void TestProjectHostile::odd_content_is_an_error()
{
    QFETCH(QString, sql);
    QFETCH(QString, words);
    const auto file = path_in(*m_folder, "project.leeway");
    {
        auto project = Project::create(file, "CRM assistant");
        VERIFY_RESULT(project);
        const auto document = document_of("agreement.txt", first_text);
        VERIFY_RESULT(
            project->add_contract("Contract", "Aurora AI", document, first_text, review_of(document)));
        VERIFY_RESULT(project->load());
    }
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec(sql.toStdString());
    const auto project = Project::open(file);
    VERIFY_RESULT(project);
    const auto snapshot = project->load();
    QVERIFY(!snapshot);
    QVERIFY(snapshot.error().code == base::ErrorCode::Unreadable);
    QVERIFY2(holds(snapshot.error().message, words), snapshot.error().message.c_str());
}

void TestProjectHostile::other_types_are_found_by_the_check()
{
    const auto file = path_in(*m_folder, "project.leeway");
    VERIFY_RESULT(Project::create(file, "CRM assistant"));
    {
        // A text in an INTEGER column, put there behind the back of the types.
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        database.exec(
            "CREATE TABLE twin (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, vendor TEXT "
            "NOT NULL, added, removed INTEGER); INSERT INTO twin VALUES (1, 'a', 'b', 'yesterday', NULL);"
            "PRAGMA writable_schema = ON;"
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'twin') "
            "WHERE name = 'contract'; DELETE FROM sqlite_schema WHERE name = 'twin'");
    }
    const QByteArray before = bytes_of(file);
    const auto project = Project::open(file);
    QVERIFY(!project);
    QVERIFY(project.error().code == base::ErrorCode::Unreadable);
    QVERIFY(bytes_of(file) == before);
}

void TestProjectHostile::odd_texts_are_kept_as_they_are_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("SQL") << QByteArray("'; DROP TABLE contract; --");
    QTest::newRow("NUL inside") << QByteArray("a\0b", 3);
    QTest::newRow("not UTF-8") << QByteArray("\xFF\xFE\xC3");
    QTest::newRow("ten megabytes") << QByteArray(10 << 20, 'x');
    QTest::newRow("emoji") << QByteArray("contract 📄");
}

void TestProjectHostile::odd_texts_are_kept_as_they_are()
{
    QFETCH(QByteArray, text);
    auto project = Project::create(path_in(*m_folder, "project.leeway"), text.toStdString());
    VERIFY_RESULT(project);
    const auto document = document_of("agreement.txt", first_text);
    VERIFY_RESULT(project->add_contract(text.toStdString(), text.toStdString(), document, first_text, {}));
    auto decision = decision_of("no-training", clauses::Verdict::Met);
    decision.note = text.toStdString();
    VERIFY_RESULT(project->set_decision(1, "no-training", decision));
    const auto snapshot = project->load();
    VERIFY_RESULT(snapshot);
    QCOMPARE(snapshot->settings.title, text.toStdString());
    QCOMPARE(snapshot->contracts[0].vendor, text.toStdString());
    QCOMPARE(snapshot->contracts[0].decisions[0].note, text.toStdString());
}

void TestProjectHostile::passages_are_found_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("passage");
    QTest::addColumn<QString>("found");
    QTest::newRow("same") << "one two three"
                          << "two"
                          << "two";
    QTest::newRow("line break") << "one\n two  three"
                                << "one two"
                                << "one\n two";
    QTest::newRow("no-break space") << QStringLiteral("one\u00A0two") << "one two"
                                    << QStringLiteral("one\u00A0two");
    QTest::newRow("soft hyphen") << QStringLiteral("termi\u00ADnation") << "termination"
                                 << QStringLiteral("termi\u00ADnation");
    QTest::newRow("at the end") << "x y z"
                                << "yz"
                                << "y z";
    QTest::newRow("not there") << "one two"
                               << "three" << QString();
    QTest::newRow("empty passage") << "one two"
                                   << "" << QString();
    QTest::newRow("blank passage") << "one two"
                                   << " \n"
                                   << QString();
    QTest::newRow("empty text") << ""
                                << "one" << QString();
    QTest::newRow("longer than the text") << "one"
                                          << "one two" << QString();
}

void TestProjectHostile::passages_are_found()
{
    QFETCH(QString, text);
    QFETCH(QString, passage);
    QFETCH(QString, found);
    const std::string bytes = text.toStdString();
    const auto range = project::find_passage(bytes, passage.toStdString());
    QCOMPARE(range.has_value(), !found.isNull());
    if (range)
        QCOMPARE(QString::fromStdString(bytes.substr(range->first, range->second - range->first)), found);
}

QTEST_GUILESS_MAIN(TestProjectHostile)
#include "tst_project_hostile.moc"
