#include "warehouse/checks.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace leeway;
using namespace leeway::usage::warehouse;

// The push-down to the program `duckdb`, over CSV and Parquet files and a database.
class TestWarehouseDuckDb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sameCube_data();
    void sameCube();
    void someDays();
    void azureTraces_data();
    void azureTraces();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void stopsOnRequest();
    void isMissing();

private:
    [[nodiscard]] std::string path(const char* name) const
    {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }
    void run(const QByteArray& sql) const;
    [[nodiscard]] static std::unique_ptr<Session> session(const std::string& database = {})
    {
        return open_session(connection_of(QString::fromStdString("duckdb:" + database)), {});
    }

    UsageRows m_rows{4'000};
    QTemporaryDir m_folder;
};

void TestWarehouseDuckDb::run(const QByteArray& sql) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(QStringLiteral("duckdb"),
                  {QStringLiteral("-no-init"), QStringLiteral("-bail"), QStringLiteral("it's usage.duckdb")});
    process.write(sql);
    process.closeWriteChannel();
    if (!process.waitForFinished() || process.exitCode() != 0)
        qFatal("duckdb: %s", process.readAllStandardError().constData());
}

void TestWarehouseDuckDb::initTestCase()
{
    if (QStandardPaths::findExecutable(QStringLiteral("duckdb")).isEmpty())
        QSKIP("NOT TESTED: duckdb is not installed: pip install duckdb-cli");
    QFile csv(m_folder.filePath(QStringLiteral("it's usage.csv")));
    QVERIFY(csv.open(QIODevice::WriteOnly));
    csv.write(m_rows.csv({}));
    csv.close();
    run("SET TimeZone = 'UTC'; CREATE TABLE log AS SELECT * REPLACE (CAST(\"started at\" AS TIMESTAMPTZ) AS "
        "\"started at\") FROM read_csv('it''s usage.csv', header = true, sample_size = -1);"
        "COPY (SELECT * REPLACE (CAST(\"started at\" AS TIMESTAMP) AS \"started at\") FROM log) "
        "TO 'usage.parquet' (FORMAT parquet);");
}

void TestWarehouseDuckDb::sameCube_data()
{
    QTest::addColumn<QByteArray>("database");
    QTest::addColumn<QByteArray>("table");
    QTest::newRow("CSV") << QByteArray() << QByteArray::fromStdString(path("it's usage.csv"));
    QTest::newRow("Parquet") << QByteArray() << QByteArray::fromStdString(path("usage.parquet"));
    QTest::newRow("database") << QByteArray::fromStdString(path("it's usage.duckdb"))
                              << QByteArray("main.log");
}

void TestWarehouseDuckDb::sameCube()
{
    QFETCH(QByteArray, database);
    QFETCH(QByteArray, table);
    compare_cubes(*session(database.toStdString()), table.toStdString(), m_rows);
}

void TestWarehouseDuckDb::someDays()
{
    compare_days(*session(), path("usage.parquet"));
    compare_days(*session(), path("it's usage.csv"));
    compare_days(*session(path("it's usage.duckdb")), "log");
}

void TestWarehouseDuckDb::azureTraces_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("code") << QStringLiteral("code");
    QTest::newRow("conversation") << QStringLiteral("conversation");
}

void TestWarehouseDuckDb::azureTraces()
{
    QFETCH(QString, name);
    const QString trace = azure_trace(name);
    if (trace.isEmpty())
        QSKIP("NOT TESTED: the traces are not here; say where with LEEWAY_CORPUS");
    compare_azure(*session(), trace.toStdString(), trace);
}

void TestWarehouseDuckDb::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("no such file") << QByteArray("absent.parquet") << QByteArray("absent.parquet");
    QTest::newRow("no such table") << QByteArray("absent") << QByteArray("absent");
    QTest::newRow("a name that tries more")
        << QByteArray("x'); DROP TABLE log; --.csv") << QByteArray("DROP");
}

void TestWarehouseDuckDb::saysWhatIsWrong()
{
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, word);
    const auto cube =
        import_cube(*session(path("it's usage.duckdb")), source_of(table.toStdString()), UsageRows::sheet());
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::Database);
    QVERIFY2(message_of(cube).contains(QString::fromUtf8(word)), qUtf8Printable(message_of(cube)));
    run("SELECT count(*) FROM log;");
}

void TestWarehouseDuckDb::stopsOnRequest()
{
    const auto cube = import_cube(*session(), source_of(path("usage.parquet")), UsageRows::sheet(),
                                  [](std::int64_t, std::int64_t) { return false; });
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::Cancelled);
}

void TestWarehouseDuckDb::isMissing()
{
    const QByteArray folders = qgetenv("PATH");
    qputenv("PATH", m_folder.path().toUtf8());
    const auto cube = import_cube(*session(), source_of(path("usage.parquet")), UsageRows::sheet());
    qputenv("PATH", folders);
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::NotFound);
    QVERIFY(message_of(cube).contains(QStringLiteral("duckdb-cli")));
}

QTEST_GUILESS_MAIN(TestWarehouseDuckDb)
#include "tst_warehouse_duckdb.moc"
