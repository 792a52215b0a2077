#include "warehouse/checks.h"
#include "warehouse/server.h"

#include <QTest>

using namespace leeway;
using namespace leeway::usage::warehouse;

// The push-down to a real ClickHouse server.
class TestWarehouseClickHouse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sameCube_data();
    void sameCube();
    void someDays();
    void azureTraces_data();
    void azureTraces();
    void sumsBeyond64Bits();
    void onlyReads();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void stopsOnRequest();
    void endsInTime();
    void serverGoesAway(); // the last one: it ends the server

private:
    [[nodiscard]] std::unique_ptr<Session> session(const char* user = "default",
                                                   const char* password = "owner-secret",
                                                   const char* options = "") const
    {
        return open_session(connection_of(QStringLiteral("clickhouse://%1@127.0.0.1:%2/default%3")
                                              .arg(QString::fromUtf8(user))
                                              .arg(m_server.port())
                                              .arg(QString::fromUtf8(options))),
                            password);
    }
    void make_table(const char* name, const QList<QByteArray>& types, const QByteArray& csv);

    UsageRows m_rows{4'000};
    ClickHouseServer m_server;
};

void TestWarehouseClickHouse::make_table(const char* name, const QList<QByteArray>& types,
                                         const QByteArray& csv)
{
    QByteArray columns;
    for (qsizetype i = 0; i < types.size(); ++i)
        columns += (i == 0 ? "" : ", ") + QByteArray("\"") +
                   UsageRows::columns()[i].toUtf8().replace('"', "\\\"") + "\" " + types[i];
    m_server.sql(QByteArray("CREATE TABLE ") + name + " (" + columns +
                 ") ENGINE = MergeTree ORDER BY tuple()");
    m_server.sql(QByteArray("INSERT INTO ") + name + " FORMAT CSV", csv.mid(csv.indexOf('\n') + 1));
}

void TestWarehouseClickHouse::initTestCase()
{
    if (const QString problem = m_server.start(); !problem.isEmpty())
        QSKIP(qPrintable(QStringLiteral("NOT TESTED: ") + problem));
    const QByteArray csv = m_rows.csv("\\N");
    make_table("typed",
               {"Nullable(String)", "Nullable(DateTime)", "Nullable(String)", "Nullable(String)",
                "Nullable(String)", "Nullable(String)", "Nullable(String)", "Nullable(UInt32)", "Int64",
                "Int64", "Nullable(Int32)", "Nullable(UInt64)", "Nullable(Decimal(18, 2))", "Int64",
                "Nullable(UInt8)", "Nullable(Float64)"},
               QByteArray(csv).replace('T', ' ').replace("Z\"", "\""));
    make_table("texts", QList<QByteArray>(UsageRows::columns().size(), "Nullable(String)"), csv);
    // A second for each of the blocks, which this engine keeps as they came; it sleeps for three at most.
    m_server.sql("CREATE TABLE blocks ENGINE = Memory AS SELECT * FROM typed LIMIT 100");
    for (int i = 1; i < 30; ++i)
        m_server.sql("INSERT INTO blocks SELECT * FROM typed LIMIT 100");
    m_server.sql("CREATE VIEW slow AS SELECT * FROM blocks WHERE sleepEachRow(0.01) = 0");
}

void TestWarehouseClickHouse::sameCube_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("user");
    QTest::newRow("columns with types") << QByteArray("typed") << QByteArray("default");
    QTest::newRow("all columns text") << QByteArray("default.texts") << QByteArray("default");
    QTest::newRow("a user who may change no setting") << QByteArray("typed") << QByteArray("reader");
}

void TestWarehouseClickHouse::sameCube()
{
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, user);
    const auto asked = session(user.constData(), user == "reader" ? "reader-secret" : "owner-secret");
    compare_cubes(*asked, table.toStdString(), m_rows);
}

void TestWarehouseClickHouse::someDays()
{
    compare_days(*session(), "typed");
    compare_days(*session(), "texts");
}

void TestWarehouseClickHouse::azureTraces_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("code") << QStringLiteral("code");
    QTest::newRow("conversation") << QStringLiteral("conversation");
}

void TestWarehouseClickHouse::azureTraces()
{
    QFETCH(QString, name);
    const QString trace = azure_trace(name);
    if (trace.isEmpty())
        QSKIP("NOT TESTED: the traces are not here; say where with LEEWAY_CORPUS");
    QFile file(trace);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray csv = file.readAll();
    const QByteArray table = name.toLatin1();
    m_server.sql("CREATE TABLE " + table +
                 " (TIMESTAMP String, ContextTokens Int64, GeneratedTokens Int64) ENGINE = MergeTree ORDER "
                 "BY tuple()");
    m_server.sql("INSERT INTO " + table + " FORMAT CSV", csv.mid(csv.indexOf('\n') + 1));
    compare_azure(*session(), table.toStdString(), trace);
}

void TestWarehouseClickHouse::sumsBeyond64Bits()
{
    m_server.sql(
        "CREATE TABLE large ENGINE = Memory AS SELECT toDateTime('2025-03-07 00:00:00', 'UTC') AS time, "
        "'m' AS model, toUInt64(1000000000000000) AS input_tokens FROM system.numbers LIMIT 20000");
    const auto cube = import_cube(*session(), {"large", {}, {}, {}}, pricing::Sheet{});
    QVERIFY2(cube.has_value(), qUtf8Printable(message_of(cube)));
    QCOMPARE(cube->cells.at(0).counts[pricing::Component::Input], std::numeric_limits<std::int64_t>::max());
    QCOMPARE(cube->requests, std::int64_t{20'000});
}

void TestWarehouseClickHouse::onlyReads()
{
    const auto status = session()->query("CREATE TABLE made (x Int8) ENGINE = Memory",
                                         [](Row) { return base::Status(); }, {});
    QVERIFY(!status);
    QCOMPARE(m_server.sql("EXISTS TABLE made").trimmed(), QByteArray("0"));
}

void TestWarehouseClickHouse::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("no such table") << QByteArray("absent") << QByteArray("owner-secret")
                                   << QByteArray("absent");
    QTest::newRow("wrong password") << QByteArray("typed") << QByteArray("guess-1234")
                                    << QByteArray("default");
    QTest::newRow("a name that tries more")
        << QByteArray("\"x\"\"; DROP TABLE typed\"") << QByteArray("owner-secret") << QByteArray("DROP");
}

void TestWarehouseClickHouse::saysWhatIsWrong()
{
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, password);
    QFETCH(QByteArray, word);
    const auto cube = import_cube(*session("default", password.constData()), source_of(table.toStdString()),
                                  UsageRows::sheet());
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::Database);
    QVERIFY2(message_of(cube).contains(QString::fromUtf8(word)), qUtf8Printable(message_of(cube)));
    QVERIFY(!message_of(cube).contains(QString::fromUtf8(password)));
    QVERIFY(m_server.sql("SELECT count() FROM typed").toInt() > 0);
}

void TestWarehouseClickHouse::stopsOnRequest()
{
    int ticks = 0;
    const auto cube = import_cube(*session(), source_of("slow"), UsageRows::sheet(),
                                  [&](std::int64_t, std::int64_t) { return ++ticks < 5; });
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::Cancelled);
    QTRY_COMPARE_WITH_TIMEOUT(m_server
                                  .sql("SELECT count() FROM system.processes WHERE query LIKE '%slow%' AND "
                                       "query NOT LIKE '%processes%'")
                                  .trimmed(),
                              QByteArray("0"), 30'000);
}

void TestWarehouseClickHouse::endsInTime()
{
    const auto cube =
        import_cube(*session("default", "owner-secret", "?timeout=1"), source_of("slow"), UsageRows::sheet());
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::TooLarge);
    QVERIFY(message_of(cube).contains(QStringLiteral("within 1 seconds")));
}

void TestWarehouseClickHouse::serverGoesAway()
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

QTEST_GUILESS_MAIN(TestWarehouseClickHouse)
#include "tst_warehouse_clickhouse.moc"
