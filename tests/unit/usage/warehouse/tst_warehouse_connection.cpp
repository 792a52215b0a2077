#include "core/usage/warehouse/connection.h"

#include <QTest>

using namespace leeway;
using namespace leeway::usage::warehouse;

class TestWarehouseConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isRead_data();
    void isRead();
    void isRefused_data();
    void isRefused();
};

void TestWarehouseConnection::isRead_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("safety"); // TLS, sslmode, certificates, time limit
    const auto row = [](const char* url, const char* name, const char* safety) {
        QTest::newRow(url) << QByteArray(url) << QByteArray(name) << QByteArray(safety);
    };
    row("clickhouse://ch.example.com", "clickhouse://default@ch.example.com:8443/",
        "tls verify-full “” 1800");
    row("ClickHouse://reader@ch.example.com:9443/logs?timeout=60&ca=%2Fetc%2Fca.pem",
        "clickhouse://reader@ch.example.com:9443/logs", "tls verify-full “/etc/ca.pem” 60");
    row("clickhouse://127.0.0.1/logs", "clickhouse://default@127.0.0.1:8123/logs", "plain prefer “” 1800");
    row("clickhouse://localhost/logs?tls=on", "clickhouse://default@localhost:8443/logs",
        "tls prefer “” 1800");
    row("clickhouse://ch.example.com?tls=off", "clickhouse://default@ch.example.com:8123/",
        "plain verify-full “” 1800");
    row("postgresql://ann%40corp@db.example.com/usage", "postgresql://ann@corp@db.example.com:5432/usage",
        "tls verify-full “” 1800");
    row("postgres://db.example.com:6432/usage?sslmode=require", "postgresql://@db.example.com:6432/usage",
        "tls require “” 1800");
    row("postgresql://[::1]:5433/usage", "postgresql://@::1:5433/usage", "plain prefer “” 1800");
    row("postgresql://%2Frun%2Fpostgresql/usage", "postgresql://@/run/postgresql:5432/usage",
        "plain prefer “” 1800");
    row("duckdb:", "duckdb:", "tls  “” 1800");
    row("duckdb:/data/usage%20log.duckdb?timeout=5", "duckdb:/data/usage log.duckdb", "tls  “” 5");
}

void TestWarehouseConnection::isRead()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, safety);
    const auto connection = parse_connection(url.toStdString());
    QVERIFY2(connection.has_value(), connection ? "" : connection.error().message.c_str());
    QCOMPARE(QByteArray::fromStdString(name_of(*connection)), name);
    const QString found = QStringLiteral("%1 %2 “%3” %4")
                              .arg(connection->tls ? QStringLiteral("tls") : QStringLiteral("plain"),
                                   QString::fromStdString(connection->ssl_mode),
                                   QString::fromStdString(connection->certificates))
                              .arg(connection->timeout.count());
    QCOMPARE(found, QString::fromUtf8(safety));
}

void TestWarehouseConnection::isRefused_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* url, const char* word) {
        QTest::newRow(url) << QByteArray(url) << QByteArray(word);
    };
    row("", "begins with");
    row("usage.csv", "begins with");
    row("mysql://host/database", "begins with");
    row("clickhouse:host", "clickhouse://user@host");
    row("clickhouse://", "no host");
    row("clickhouse://user@/logs", "no host");
    row("clickhouse://host:0", "not a port");
    row("clickhouse://host:70000", "not a port");
    row("clickhouse://host:80x", "not a port");
    row("clickhouse://[::1/logs", "without");
    row("postgresql://ann:secret@host/usage", "LEEWAY_WAREHOUSE_PASSWORD");
    row("postgresql://host/usage?sslmode=none", "not an option");
    row("clickhouse://host?sslmode=require", "not an option");
    row("clickhouse://host?timeout=0", "not an option");
    row("clickhouse://host?timeout=99999999", "not an option");
    row("clickhouse://host/%zz", "encoded");
    row("clickhouse://host/a%00b", "encoded");
    row("duckdb:x?ca=y", "not an option");
}

void TestWarehouseConnection::isRefused()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, word);
    const auto connection = parse_connection(url.toStdString());
    QVERIFY(!connection);
    QVERIFY2(connection.error().message.find(word.toStdString()) != std::string::npos,
             connection.error().message.c_str());
    QVERIFY(connection.error().message.find("secret") == std::string::npos);
}

QTEST_GUILESS_MAIN(TestWarehouseConnection)
#include "tst_warehouse_connection.moc"
