#include "warehouse/checks.h"
#include "warehouse/server.h"

#include <QTest>

using namespace leeway;
using namespace leeway::usage::warehouse;

// The push-down to a real PostgreSQL server.
class TestWarehousePostgres : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sameCube_data();
    void sameCube();
    void someDays();
    void azureTraces_data();
    void azureTraces();
    void onlyReads();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void stopsOnRequest();
    void endsInTime();
    void serverGoesAway(); // the last one: it ends the server

private:
    [[nodiscard]] std::unique_ptr<Session> session(const char* password = "owner-secret",
                                                   const char* options = "") const
    {
        return open_session(connection_of(QStringLiteral("postgresql://owner@127.0.0.1:%1/postgres%2")
                                              .arg(m_server.port())
                                              .arg(QString::fromUtf8(options))),
                            password);
    }
    void make_table(const char* name, const QList<QByteArray>& types);

    UsageRows m_rows{4'000};
    PostgresServer m_server;
};

void TestWarehousePostgres::make_table(const char* name, const QList<QByteArray>& types)
{
    QByteArray columns;
    for (qsizetype i = 0; i < types.size(); ++i)
        columns += (i == 0 ? "" : ", ") + QByteArray("\"") +
                   UsageRows::columns()[i].toUtf8().replace('"', "\"\"") + "\" " + types[i];
    m_server.sql(QByteArray("SET client_min_messages = warning; CREATE TABLE ") + name + " (" + columns +
                 ");\nCOPY " + name + " FROM STDIN (FORMAT csv, HEADER true);\n" + m_rows.csv({}) + "\\.\n");
}

void TestWarehousePostgres::initTestCase()
{
    if (const QString problem = m_server.start(); !problem.isEmpty())
        QSKIP(qPrintable(QStringLiteral("NOT TESTED: ") + problem));
    m_server.sql("CREATE SCHEMA \"usage.log\"; CREATE DOMAIN tokens AS bigint;");
    make_table("typed",
               {"text", "timestamptz", "varchar(80)", "text", "text", "text", "text", "integer", "tokens",
                "bigint", "integer", "numeric", "numeric(20, 2)", "bigint", "smallint", "double precision"});
    make_table("\"usage.log\".texts", QList<QByteArray>(UsageRows::columns().size(), "text"));
    m_server.sql("CREATE VIEW slow AS SELECT * FROM typed WHERE pg_sleep(0.01) IS NOT NULL");
}

void TestWarehousePostgres::sameCube_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::newRow("columns with types") << QByteArray("public.typed");
    QTest::newRow("all columns text") << QByteArray("\"usage.log\".texts");
}

void TestWarehousePostgres::sameCube()
{
    QFETCH(QByteArray, table);
    compare_cubes(*session(), table.toStdString(), m_rows);
}

void TestWarehousePostgres::someDays()
{
    compare_days(*session(), "typed");
    compare_days(*session(), "\"usage.log\".texts");
}

void TestWarehousePostgres::azureTraces_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("code") << QStringLiteral("code");
    QTest::newRow("conversation") << QStringLiteral("conversation");
}

void TestWarehousePostgres::azureTraces()
{
    QFETCH(QString, name);
    const QString trace = azure_trace(name);
    if (trace.isEmpty())
        QSKIP("NOT TESTED: the traces are not here; say where with LEEWAY_CORPUS");
    QFile file(trace);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray table = name.toLatin1();
    m_server.sql(
        "CREATE TABLE " + table +
        " (\"TIMESTAMP\" timestamp, \"ContextTokens\" integer, \"GeneratedTokens\" integer);\nCOPY " + table +
        " FROM STDIN (FORMAT csv, HEADER true);\n" + file.readAll().replace("\r\n", "\n").trimmed() +
        "\n\\.\n");
    compare_azure(*session(), table.toStdString(), trace);
}

void TestWarehousePostgres::onlyReads()
{
    const auto status = session()->query("CREATE TABLE made (x int)", [](Row) { return base::Status(); }, {});
    QVERIFY(!status);
    QVERIFY2(status.error().message.find("read-only") != std::string::npos, status.error().message.c_str());
}

void TestWarehousePostgres::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<base::ErrorCode>("code");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("no such table") << QByteArray("absent") << QByteArray("owner-secret")
                                   << base::ErrorCode::Database << QByteArray("absent");
    QTest::newRow("wrong password") << QByteArray("typed") << QByteArray("guess-1234") << base::ErrorCode::Io
                                    << QByteArray("password authentication failed");
    QTest::newRow("a name that tries more")
        << QByteArray("\"x\"\"; DROP TABLE typed\"") << QByteArray("owner-secret")
        << base::ErrorCode::Database << QByteArray("DROP");
}

void TestWarehousePostgres::saysWhatIsWrong()
{
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, password);
    QFETCH(base::ErrorCode, code);
    QFETCH(QByteArray, word);
    const auto cube =
        import_cube(*session(password.constData()), source_of(table.toStdString()), UsageRows::sheet());
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, code);
    QVERIFY2(message_of(cube).contains(QString::fromUtf8(word)), qUtf8Printable(message_of(cube)));
    QVERIFY(!message_of(cube).contains(QString::fromUtf8(password)));
    QVERIFY(m_server.sql("SELECT count(*) FROM typed").toInt() > 0);
}

void TestWarehousePostgres::stopsOnRequest()
{
    int ticks = 0;
    const auto cube = import_cube(*session(), source_of("slow"), UsageRows::sheet(),
                                  [&](std::int64_t, std::int64_t) { return ++ticks < 5; });
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::Cancelled);
    QTRY_COMPARE_WITH_TIMEOUT(m_server
                                  .sql("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%slow%' AND "
                                       "state = 'active' AND pid <> pg_backend_pid()")
                                  .trimmed(),
                              QByteArray("0"), 30'000);
}

void TestWarehousePostgres::endsInTime()
{
    const auto cube =
        import_cube(*session("owner-secret", "?timeout=1"), source_of("slow"), UsageRows::sheet());
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::TooLarge);
}

void TestWarehousePostgres::serverGoesAway()
{
    int ticks = 0;
    const auto cube =
        import_cube(*session(), source_of("slow"), UsageRows::sheet(), [&](std::int64_t, std::int64_t) {
            if (++ticks == 5)
                m_server.kill();
            return true;
        });
    QVERIFY(ticks >= 5);
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::Io);
    QVERIFY2(message_of(cube).contains(QStringLiteral("nothing was imported")),
             qUtf8Printable(message_of(cube)));
    const auto again = import_cube(*session(), source_of("typed"), UsageRows::sheet());
    QVERIFY(!again);
    QVERIFY2(message_of(again).contains(QStringLiteral("cannot be reached")),
             qUtf8Printable(message_of(again)));
}

QTEST_GUILESS_MAIN(TestWarehousePostgres)
#include "tst_warehouse_postgres.moc"
