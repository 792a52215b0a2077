#include "projectfiles.h"

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace fixtures;
using project::Access;
using project::Project;

namespace {

// Runs `work` in a child process; gives its id.
template<typename Work>
pid_t in_child(const Work& work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    return child;
}

void wait_for(pid_t child)
{
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
}

}

class TestProjectOpening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void unusable_files_are_named_and_left_alone_data();
    void unusable_files_are_named_and_left_alone();
    void a_missing_file_is_not_made();
    void create_refuses_an_existing_file();
    void create_refuses_a_missing_folder();
    void a_second_writer_is_refused();
    void a_second_writer_in_another_process_is_refused();
    void a_lock_file_left_by_a_crash_does_not_matter();
    void reading_beside_a_writer_sees_its_changes();
    void reading_leaves_no_files_and_changes_none();
    void reading_a_write_ahead_file_leaves_no_files();
    void commands_on_a_read_only_project_are_refused();
    void without_rights_to_write_the_project_is_read_only();
    void a_killed_writer_leaves_the_old_state();

private:
    [[nodiscard]] std::filesystem::path path(const char* name = "project.leeway") const
    {
        return path_in(*m_folder, name);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestProjectOpening::unusable_files_are_named_and_left_alone_data()
{
    using base::ErrorCode;
    QTest::addColumn<std::function<void(const std::filesystem::path&)>>("make");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    using Make = std::function<void(const std::filesystem::path&)>;
    const auto row = [](const char* name, const Make& make, ErrorCode code, const char* words) {
        QTest::newRow(name) << make << static_cast<int>(code) << words;
    };
    row(
        "empty", [](const auto& file) { write_bytes(file, {}); }, ErrorCode::Unreadable, "is empty");
    row(
        "text", [](const auto& file) { write_bytes(file, "# Notes\n"); }, ErrorCode::Foreign,
        "not a Leeway project");
    row(
        "PDF", [](const auto& file) { write_bytes(file, QByteArray("%PDF-1.7\n").repeated(1000)); },
        ErrorCode::Foreign, "not a Leeway project");
    row(
        "folder", [](const auto& file) { std::filesystem::create_directory(file); }, ErrorCode::Foreign,
        "not a project file");
    row(
        "other database", [](const auto& file) { raw(file).exec("CREATE TABLE notes (text)"); },
        ErrorCode::Foreign, "database of another program");
    row(
        "other application",
        [](const auto& file) {
            raw(file).exec("CREATE TABLE notes (text); PRAGMA application_id = 252006674");
        },
        ErrorCode::Foreign, "database of another program");
    row(
        "newer",
        [](const auto& file) {
            make_project(file);
            raw(file).exec("PRAGMA user_version = 4711");
        },
        ErrorCode::NewerFormat, "newer version of Leeway (format 4711");
    row(
        "negative format",
        [](const auto& file) {
            make_project(file);
            raw(file).exec("PRAGMA user_version = -1");
        },
        ErrorCode::NewerFormat, "newer version");
    row(
        "only the magic", [](const auto& file) { write_bytes(file, "SQLite format 3"); },
        ErrorCode::Unreadable, "cut short");
    for (const int percent : {1, 30, 60, 99}) {
        row(
            qPrintable(QStringLiteral("cut to %1 %").arg(percent)),
            [percent](const auto& file) {
                make_project(file);
                const QByteArray whole = bytes_of(file);
                write_bytes(file, whole.left(whole.size() * percent / 100));
            },
            ErrorCode::Unreadable, "cut short");
    }
    row(
        "cut, with the count corrected",
        [](const auto& file) {
            make_project(file, 20);
            QByteArray bytes = bytes_of(file).left(8 * 4096);
            bytes[31] = 8;
            bytes[30] = bytes[29] = bytes[28] = 0;
            write_bytes(file, bytes);
        },
        ErrorCode::Unreadable, "damaged");
    row(
        "overwritten in the middle",
        [](const auto& file) {
            make_project(file, 20);
            QByteArray bytes = bytes_of(file);
            bytes.replace(4096, bytes.size() - 8192, QByteArray(bytes.size() - 8192, '\x5A'));
            write_bytes(file, bytes);
        },
        ErrorCode::Unreadable, "damaged");
    row(
        "page size of nonsense",
        [](const auto& file) {
            make_project(file);
            QByteArray bytes = bytes_of(file);
            bytes[16] = 3;
            bytes[17] = 7;
            write_bytes(file, bytes);
        },
        ErrorCode::Foreign, "");
    row(
        "tables of another program under our id",
        [](const auto& file) {
            raw(file).exec(
                QStringLiteral(
                    "CREATE TABLE notes (text); PRAGMA application_id = %1; PRAGMA user_version = 1")
                    .arg(project::application_id)
                    .toStdString());
        },
        ErrorCode::Unreadable, "changed by another program");
    row(
        "a trigger of somebody else",
        [](const auto& file) {
            make_project(file);
            raw(file).exec("CREATE TRIGGER t AFTER INSERT ON decision BEGIN DELETE FROM contract; END");
        },
        ErrorCode::Unreadable, "changed by another program");
    row(
        "columns without types",
        [](const auto& file) {
            make_project(file);
            raw(file).exec(
                "DROP TABLE scenario_set; CREATE TABLE scenario_set (id, json, simulation_formula)");
        },
        ErrorCode::Unreadable, "changed by another program");
}

void TestProjectOpening::unusable_files_are_named_and_left_alone()
{
    using Make = std::function<void(const std::filesystem::path&)>;
    QFETCH(Make, make);
    QFETCH(int, code);
    QFETCH(QString, words);
    make(path());
    const QByteArray before = bytes_of(path());
    const QByteArrayList files = files_in(*m_folder);
    for (const Access access : {Access::ReadWrite, Access::ReadOnly}) {
        const auto project = Project::open(path(), access);
        QVERIFY(!project);
        if (!words.isEmpty())
            QCOMPARE(static_cast<int>(project.error().code), code);
        QVERIFY2(holds(project.error().message, words), project.error().message.c_str());
        QVERIFY(holds(project.error().message, "project.leeway"));
        QVERIFY(bytes_of(path()) == before);
        QCOMPARE(files_in(*m_folder), files);
    }
}

void TestProjectOpening::a_missing_file_is_not_made()
{
    const auto project = Project::open(path("nowhere.leeway"));
    QVERIFY(!project);
    QVERIFY(project.error().code == base::ErrorCode::NotFound);
    QVERIFY(files_in(*m_folder).isEmpty());
}

void TestProjectOpening::create_refuses_an_existing_file()
{
    write_bytes(path(), "precious");
    const auto project = Project::create(path(), "x");
    QVERIFY(!project);
    QVERIFY(project.error().code == base::ErrorCode::Invalid);
    QCOMPARE(bytes_of(path()), QByteArray("precious"));
    QCOMPARE(files_in(*m_folder), QByteArrayList{"project.leeway"});
}

void TestProjectOpening::create_refuses_a_missing_folder()
{
    const auto project = Project::create(path("no/such/folder.leeway"), "x");
    QVERIFY(!project);
    QVERIFY(project.error().code == base::ErrorCode::Io);
}

void TestProjectOpening::a_second_writer_is_refused()
{
    make_project(path());
    std::filesystem::create_symlink(path(), path("link.leeway"));
    {
        const auto first = Project::open(path());
        VERIFY_RESULT(first);
        for (const char* name : {"project.leeway", "link.leeway"}) {
            const auto second = Project::open(path(name));
            QVERIFY(!second);
            QVERIFY(second.error().code == base::ErrorCode::Locked);
            QVERIFY(holds(second.error().message, "open in another window"));
        }
        const auto reader = Project::open(path(), Access::ReadOnly);
        VERIFY_RESULT(reader);
        QVERIFY(reader->access() == Access::ReadOnly);
        VERIFY_RESULT(reader->load());
    }
    const auto again = Project::open(path());
    VERIFY_RESULT(again);
    QVERIFY(again->access() == Access::ReadWrite);
}

void TestProjectOpening::a_second_writer_in_another_process_is_refused()
{
    make_project(path());
    int ready[2] = {};
    QCOMPARE(::pipe(ready), 0);
    const pid_t child = in_child([&] {
        const auto project = Project::open(path());
        const char answer = project ? '1' : '0';
        (void)!::write(ready[1], &answer, 1);
        ::pause();
    });
    char answer = '?';
    QCOMPARE(::read(ready[0], &answer, 1), ssize_t{1});
    const auto refused = Project::open(path());
    ::kill(child, SIGKILL);
    wait_for(child);
    QCOMPARE(answer, '1');
    QVERIFY(!refused);
    QVERIFY(refused.error().code == base::ErrorCode::Locked);

    QVERIFY(files_in(*m_folder).contains("project.leeway.lock")); // the killed one could not remove it
    const auto after = Project::open(path());
    VERIFY_RESULT(after);
    QVERIFY(after->access() == Access::ReadWrite);
}

void TestProjectOpening::a_lock_file_left_by_a_crash_does_not_matter()
{
    make_project(path());
    write_bytes(path("project.leeway.lock"), "stale");
    {
        VERIFY_RESULT(Project::open(path()));
    }
    QCOMPARE(files_in(*m_folder), QByteArrayList{"project.leeway"});
}

void TestProjectOpening::reading_beside_a_writer_sees_its_changes()
{
    make_project(path());
    auto writer = Project::open(path());
    VERIFY_RESULT(writer);
    const auto reader = Project::open(path(), Access::ReadOnly);
    VERIFY_RESULT(reader);
    QVERIFY(reader->load()->cube.empty());
    VERIFY_RESULT(writer->rename_contract(1, "New title", "New vendor"));
    usage::Cube cube;
    cube.cells.emplace_back().key.day = *base::parse_date("2026-06-01");
    cube.cells[0].key.vendor = "openai";
    cube.cells[0].key.model = "gpt-4o";
    cube.cells[0].counts[pricing::Component::Request] = 3;
    cube.requests = 3;
    VERIFY_RESULT(writer->set_cube(cube));
    QCOMPARE(reader->load()->contracts[0].title, std::string("New title"));
    QCOMPARE(reader->load()->cube.requests, std::int64_t{3});
}

void TestProjectOpening::reading_leaves_no_files_and_changes_none()
{
    make_project(path());
    const QByteArray before = bytes_of(path());
    {
        const auto reader = Project::open(path(), Access::ReadOnly);
        VERIFY_RESULT(reader);
        VERIFY_RESULT(reader->load());
        VERIFY_RESULT(reader->document_bytes(1));
        QCOMPARE(files_in(*m_folder), QByteArrayList{"project.leeway"});
    }
    QVERIFY(bytes_of(path()) == before);
    QCOMPARE(files_in(*m_folder), QByteArrayList{"project.leeway"});
}

void TestProjectOpening::reading_a_write_ahead_file_leaves_no_files()
{
    make_project(path("a #1%.leeway"));
    raw(path("a #1%.leeway")).exec("PRAGMA journal_mode = WAL");
    const QByteArray before = bytes_of(path("a #1%.leeway"));
    QCOMPARE(before[18], char{2});
    {
        const auto reader = Project::open(path("a #1%.leeway"), Access::ReadOnly);
        VERIFY_RESULT(reader);
        VERIFY_RESULT(reader->load());
        QCOMPARE(files_in(*m_folder), QByteArrayList{"a #1%.leeway"});
    }
    QVERIFY(bytes_of(path("a #1%.leeway")) == before);
    VERIFY_RESULT(Project::open(path("a #1%.leeway")));
    QCOMPARE(bytes_of(path("a #1%.leeway"))[18], char{1});
    QCOMPARE(files_in(*m_folder), QByteArrayList{"a #1%.leeway"});
}

void TestProjectOpening::commands_on_a_read_only_project_are_refused()
{
    make_project(path());
    const QByteArray before = bytes_of(path());
    auto reader = Project::open(path(), Access::ReadOnly);
    VERIFY_RESULT(reader);
    const base::Status status = reader->remove_contract(1);
    QVERIFY(!status);
    QVERIFY(status.error().code == base::ErrorCode::Locked);
    QVERIFY(holds(status.error().message, "for reading only"));
    QVERIFY(!reader->note_export("report.pdf"));
    QVERIFY(bytes_of(path()) == before);
}

void TestProjectOpening::without_rights_to_write_the_project_is_read_only()
{
    make_project(path());
    const auto as_other_user = [&](const std::function<char()>& work) {
        int answer_pipe[2] = {};
        if (::pipe(answer_pipe) != 0)
            qFatal("no pipe");
        const pid_t child = in_child([&] {
            char answer = 'x';
            if (::geteuid() != 0 || (::setgid(65534) == 0 && ::setuid(65534) == 0))
                answer = work();
            (void)!::write(answer_pipe[1], &answer, 1);
        });
        char answer = '?';
        (void)!::read(answer_pipe[0], &answer, 1);
        wait_for(child);
        return answer;
    };
    const auto read_only = [&] {
        const auto project = Project::open(path());
        return project && project->access() == Access::ReadOnly && project->load() ? 'y' : 'n';
    };
    // A file that may be written in a folder that may not, and the other way round.
    ::chmod(path().c_str(), 0666);
    ::chmod(m_folder->path().toLocal8Bit().constData(), 0555);
    QCOMPARE(as_other_user(read_only), 'y');
    ::chmod(path().c_str(), 0444);
    ::chmod(m_folder->path().toLocal8Bit().constData(), 0777);
    QCOMPARE(as_other_user(read_only), 'y');
    QCOMPARE(files_in(*m_folder), QByteArrayList{"project.leeway"});
}

void TestProjectOpening::a_killed_writer_leaves_the_old_state()
{
    make_project(path(), 30);
    const QByteArray before = bytes_of(path());
    const pid_t child = in_child([&] {
        SQLite::Database database(path().string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA cache_size = 5; BEGIN IMMEDIATE; UPDATE contract SET title = 'half';"
                      "DELETE FROM finding_evidence; UPDATE original SET bytes = zeroblob(100000)");
        ::kill(::getpid(), SIGKILL);
    });
    wait_for(child);
    QVERIFY(bytes_of(path()) != before); // pages were written over
    const QByteArray torn = bytes_of(path());
    const auto reader = Project::open(path(), Access::ReadOnly);
    QVERIFY(!reader);
    QVERIFY2(holds(reader.error().message, "in the middle of a change"), reader.error().message.c_str());
    QVERIFY(bytes_of(path()) == torn);

    const auto project = Project::open(path());
    VERIFY_RESULT(project);
    const auto snapshot = project->load();
    VERIFY_RESULT(snapshot);
    QCOMPARE(snapshot->contracts.size(), std::size_t{30});
    QCOMPARE(snapshot->contracts[29].title, std::string("Contract"));
    QCOMPARE(snapshot->contracts[29].newest().review.findings[0].evidence.size(), std::size_t{2});
    QVERIFY(bytes_of(path()) == before);
}

QTEST_GUILESS_MAIN(TestProjectOpening)
#include "tst_project_opening.moc"
