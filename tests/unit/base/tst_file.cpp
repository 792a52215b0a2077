#include "core/base/file.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace leeway::base;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t megabyte = std::size_t{1} << 20;

std::size_t entries(const fs::path& folder)
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder))
        ++count;
    return count;
}

}

class TestFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void roundTrip_data();
    void roundTrip();
    void readFailures();
    void limit();
    void writeReplaces();
    void writeFailureKeepsOld();
    void writeKeepsPermissionsAndLinks();
    void dataFolder();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
};

void TestFile::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_folder = m_dir->path().toStdString();
}

void TestFile::roundTrip_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QStringLiteral("a.txt") << QByteArray("");
    QTest::newRow("binary") << QStringLiteral("a.bin") << QByteArray("\0\r\n\xFF\n", 5);
    QTest::newRow("name in UTF-8") << QStringLiteral("Verträge – наш.txt") << QByteArray("x");
    QTest::newRow("name with blanks") << QStringLiteral("a b.txt") << QByteArray("x");
    QTest::newRow("larger than a chunk") << QStringLiteral("big") << QByteArray(200'001, 'q');
    QTest::newRow("exactly a chunk") << QStringLiteral("chunk") << QByteArray(1 << 16, 'q');
}

void TestFile::roundTrip()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    const fs::path file = m_folder / name.toStdString();
    QVERIFY(write_file(file, content.toStdString()).has_value());
    const auto read = read_file(file, megabyte);
    QVERIFY(read.has_value());
    QCOMPARE(QByteArray::fromStdString(*read), content);
    QCOMPARE(entries(m_folder), std::size_t{1}); // no temporary is left
}

void TestFile::readFailures()
{
    QCOMPARE(read_file(m_folder / "absent", megabyte).error().code, ErrorCode::NotFound);
    QCOMPARE(read_file(m_folder, megabyte).error().code, ErrorCode::Io);
    QVERIFY(write_file(m_folder / "plain", "x").has_value());
    QVERIFY(!read_file(m_folder / "plain" / "below", megabyte).has_value());
    if (geteuid() == 0)
        return; // root may read everything
    fs::permissions(m_folder / "plain", fs::perms::none);
    QCOMPARE(read_file(m_folder / "plain", megabyte).error().code, ErrorCode::Io);
}

void TestFile::limit()
{
    const fs::path file = m_folder / "a";
    QVERIFY(write_file(file, std::string(100'000, 'x')).has_value());
    QVERIFY(read_file(file, 100'000).has_value());
    const auto refused = read_file(file, 99'999);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().code, ErrorCode::TooLarge);
    QVERIFY(!QString::fromStdString(refused.error().message).contains(QStringLiteral(" 0 MB")));
}

void TestFile::writeReplaces()
{
    const fs::path file = m_folder / "a";
    QVERIFY(write_file(file, "a long first content").has_value());
    QVERIFY(write_file(file, "short").has_value());
    QCOMPARE(*read_file(file, megabyte), std::string("short"));
    // A file of the user's that happens to be named like a temporary is no concern of ours.
    QVERIFY(write_file(m_folder / "a.part", "mine").has_value());
    QVERIFY(write_file(file, "again").has_value());
    QCOMPARE(*read_file(m_folder / "a.part", megabyte), std::string("mine"));
}

void TestFile::writeFailureKeepsOld()
{
    const auto nowhere = write_file(m_folder / "no such folder" / "a", "x");
    QVERIFY(!nowhere.has_value());
    QCOMPARE(nowhere.error().code, ErrorCode::Io);
    QVERIFY(QString::fromStdString(nowhere.error().message).contains(QStringLiteral("no such folder")));
    fs::create_directory(m_folder / "folder");
    QVERIFY(!write_file(m_folder / "folder", "x").has_value());
    QVERIFY(fs::is_directory(m_folder / "folder"));
    if (geteuid() == 0)
        return;
    QVERIFY(write_file(m_folder / "old", "old").has_value());
    fs::permissions(m_folder, fs::perms::owner_read | fs::perms::owner_exec);
    QVERIFY(!write_file(m_folder / "old", "new").has_value());
    fs::permissions(m_folder, fs::perms::owner_all);
    QCOMPARE(*read_file(m_folder / "old", megabyte), std::string("old"));
}

void TestFile::writeKeepsPermissionsAndLinks()
{
    const fs::path file = m_folder / "a";
    QVERIFY(write_file(file, "1").has_value());
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    fs::create_symlink(file, m_folder / "link");
    QVERIFY(write_file(m_folder / "link", "2").has_value());
    QVERIFY(fs::is_symlink(m_folder / "link"));
    QCOMPARE(*read_file(file, megabyte), std::string("2"));
    QCOMPARE(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

void TestFile::dataFolder()
{
    qputenv("LEEWAY_DATA_DIR", "/somewhere else");
    QCOMPARE(data_folder(), fs::path("/somewhere else"));
    qunsetenv("LEEWAY_DATA_DIR");
    QVERIFY(fs::is_directory(data_folder()));
}

QTEST_GUILESS_MAIN(TestFile)
#include "tst_file.moc"
