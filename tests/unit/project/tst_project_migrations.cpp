#include "projectfiles.h"

#include "core/project/migrations.h"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

using namespace fixtures;
using project::Access;
using project::Project;

namespace {

// The name of the copy that opening a file of an older format leaves.
QByteArray copy_of(int version)
{
    return "project.before-v" + QByteArray::number(version) + ".leeway";
}

}

/// What keeps the content of files as they were: steps from older formats, copies, the audit trail.
class TestProjectMigrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void an_older_file_is_copied_and_migrated();
    void a_file_without_a_ledger_keeps_its_usage();
    void an_older_file_is_read_without_being_changed();
    void migrations_are_all_or_nothing();
    void copies_never_replace_one_another();
    void the_audit_trail_is_append_only_data();
    void the_audit_trail_is_append_only();

private:
    [[nodiscard]] std::filesystem::path path(const char* name = "project.leeway") const
    {
        return path_in(*m_folder, name);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestProjectMigrations::an_older_file_is_copied_and_migrated()
{
    // Format 0 is a file that has our id and no tables yet.
    raw(path()).exec(QStringLiteral("PRAGMA application_id = %1").arg(project::application_id).toStdString());
    const QByteArray before = bytes_of(path());
    {
        // It has no settings, which is said; the migration itself is done.
        const auto project = Project::open(path());
        VERIFY_RESULT(project);
        const auto snapshot = project->load();
        QVERIFY(!snapshot);
        QVERIFY(holds(snapshot.error().message, "no settings"));
    }
    const QByteArray copy = copy_of(project::schema_version);
    QCOMPARE(files_in(*m_folder), (QByteArrayList{copy, "project.leeway"}));
    QCOMPARE(bytes_of(path(copy.constData())).size(), before.size());
    QCOMPARE(raw(path()).execAndGet("PRAGMA user_version").getInt(), project::schema_version);
    QCOMPARE(raw(path(copy.constData())).execAndGet("PRAGMA user_version").getInt(), 0);
    QCOMPARE(raw(path(copy.constData())).execAndGet("PRAGMA application_id").getInt(),
             project::application_id);
}

void TestProjectMigrations::a_file_without_a_ledger_keeps_its_usage()
{
    {
        auto database = raw(path());
        database.exec("PRAGMA application_id = " + std::to_string(project::application_id));
        auto steps = project::schema_steps();
        steps.resize(1);
        project::migrate(database, steps);
        database.exec("INSERT INTO settings VALUES (1, 'CRM', 'USD', '1', '', 'own', 'Own', '', '1.0')");
        usage::Cube cube;
        cube.cells.emplace_back().key.day = *base::parse_date("2026-06-01");
        cube.cells[0].key.vendor = "openai";
        cube.cells[0].key.model = "gpt-4o";
        cube.cells[0].counts[pricing::Component::Request] = 3;
        cube.requests = 3;
        SQLite::Statement insert(database, "INSERT INTO usage_cube VALUES (1, ?)");
        insert.bind(1, usage::to_json(cube));
        insert.exec();
    }
    auto project = Project::open(path());
    VERIFY_RESULT(project);
    QCOMPARE(project->load()->cube.requests, std::int64_t{3});
    QCOMPARE(*project->usage_ledger(), std::string());
    const usage::Cube cube = project->load()->cube;
    VERIFY_RESULT(project->set_usage(cube, "remembered"));
    QCOMPARE(*project->usage_ledger(), std::string("remembered"));
    QVERIFY(files_in(*m_folder).contains(copy_of(project::schema_version)));
}

void TestProjectMigrations::an_older_file_is_read_without_being_changed()
{
    raw(path()).exec(QStringLiteral("PRAGMA application_id = %1").arg(project::application_id).toStdString());
    const QByteArray before = bytes_of(path());
    VERIFY_RESULT(Project::open(path(), Access::ReadOnly));
    QVERIFY(bytes_of(path()) == before);
    QCOMPARE(files_in(*m_folder), QByteArrayList{"project.leeway"});
}

void TestProjectMigrations::migrations_are_all_or_nothing()
{
    auto database = raw(path());
    const std::vector<project::Step> steps = {
        {1, "CREATE TABLE a (x TEXT) STRICT; INSERT INTO a VALUES ('kept')"},
        {2, "ALTER TABLE a ADD COLUMN y TEXT NOT NULL DEFAULT 'new'"},
        {3, "UPDATE a SET x = 'moved'; CREATE TABLE b (z) STRICT"}};
    project::migrate(database, {steps[0]});
    QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 1);
    bool thrown = false;
    try {
        project::migrate(database, steps); // a STRICT table needs types: step 3 fails
    } catch (const SQLite::Exception&) {
        thrown = true;
    }
    QVERIFY(thrown);
    QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 1);
    QCOMPARE(QString::fromStdString(database.execAndGet("SELECT x FROM a").getString()),
             QStringLiteral("kept"));

    project::migrate(database, {steps[0], steps[1]});
    QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 2);
    QCOMPARE(QString::fromStdString(database.execAndGet("SELECT x || y FROM a").getString()),
             QStringLiteral("keptnew"));
}

void TestProjectMigrations::copies_never_replace_one_another()
{
    make_project(path());
    write_bytes(path("project.before-v7.leeway"), "an earlier copy");
    auto database = raw(path());
    const auto copy = project::copy_before(database, path(), 7);
    QCOMPARE(copy, path("project.before-v7-2.leeway"));
    QCOMPARE(bytes_of(path("project.before-v7.leeway")), QByteArray("an earlier copy"));
    VERIFY_RESULT(Project::open(copy, Access::ReadOnly));
}

void TestProjectMigrations::the_audit_trail_is_append_only_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("update") << "UPDATE audit SET author = 'nobody'";
    QTest::newRow("delete") << "DELETE FROM audit";
    QTest::newRow("replace") << "INSERT OR REPLACE INTO audit VALUES (1, 0, 'nobody', 'x', 'y')";
    QTest::newRow("upsert")
        << "INSERT INTO audit VALUES (1, 0, 'nobody', 'x', 'y') ON CONFLICT DO UPDATE SET detail = 'z'";
}

void TestProjectMigrations::the_audit_trail_is_append_only()
{
    QFETCH(QString, sql);
    make_project(path());
    auto database = raw(path());
    QString message;
    try {
        database.exec(sql.toStdString());
    } catch (const SQLite::Exception& exception) {
        message = QString::fromUtf8(exception.what());
    }
    QVERIFY2(message.contains(QStringLiteral("append-only")), qPrintable(message));
    QCOMPARE(Project::open(path())->load()->audit.size(), std::size_t{2});
}

QTEST_GUILESS_MAIN(TestProjectMigrations)
#include "tst_project_migrations.moc"
