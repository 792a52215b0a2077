#include "core/usage/warehouse/query.h"
#include "core/usage/warehouse/sqltext.h"

#include <QTest>
#include <chrono>

using namespace leeway;
using namespace leeway::usage::warehouse;
using pricing::Component;

// The statement as text; what it does is tested on real engines in tests/acceptance.
class TestWarehouseQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quotes_data();
    void quotes();
    void names_data();
    void names();
    void files();
    void columnKinds_data();
    void columnKinds();
    void smallest();
    void leavesOutWhatIsNotMapped();
    void fixedValues();
    void slotsFitOffPeakHours();
    void days_data();
    void days();
    void aliasesKeepOffColumns();
    void isRefused_data();
    void isRefused();
};

namespace {

const base::Instant latest{std::chrono::seconds(1'800'000'000)};

std::vector<Column> own_columns()
{
    return {{"time", "timestamp with time zone", Kind::Time, false},
            {"Model", "text", Kind::Text, false},
            {"input_tokens", "bigint", Kind::Integer, false},
            {"note", "jsonb", Kind::Other, true}};
}

base::Result<Query> query_of(const Source& source, const pricing::Borders& borders = {},
                             const std::vector<Column>& columns = own_columns(),
                             Engine engine = Engine::PostgreSql)
{
    return build_query(dialect_of(engine), columns, source, borders, latest);
}

}

void TestWarehouseQuery::quotes_data()
{
    QTest::addColumn<int>("engine");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("literal");
    const QByteArray nasty = "a\"b'c\\d";
    QTest::newRow("ClickHouse") << int(Engine::ClickHouse) << nasty << QByteArray(R"("a\"b'c\\d")")
                                << QByteArray(R"('a"b\'c\\d')");
    QTest::newRow("PostgreSQL") << int(Engine::PostgreSql) << nasty << QByteArray(R"("a""b'c\d")")
                                << QByteArray(R"('a"b''c\d')");
    QTest::newRow("DuckDB") << int(Engine::DuckDb) << nasty << QByteArray(R"("a""b'c\d")")
                            << QByteArray(R"('a"b''c\d')");
}

void TestWarehouseQuery::quotes()
{
    QFETCH(int, engine);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, literal);
    const Dialect& dialect = dialect_of(static_cast<Engine>(engine));
    QCOMPARE(QByteArray::fromStdString(dialect.name(text.toStdString())), name);
    QCOMPARE(QByteArray::fromStdString(dialect.literal(text.toStdString())), literal);
}

void TestWarehouseQuery::names_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("relation"); // empty: refused
    const auto row = [](const char* given, const char* relation) {
        QTest::newRow(given) << QByteArray(given) << QByteArray(relation);
    };
    row("log", "\"log\"");
    row("Usage.log 2026", "\"Usage\".\"log 2026\"");
    row("\"usage.log\".rows", "\"usage.log\".\"rows\"");
    row("\"say \"\"so\"\"\"", "\"say \"\"so\"\"\"");
    row("x; DROP TABLE y", "\"x; DROP TABLE y\"");
    row("", "");
    row("a.", "");
    row(".a", "");
    row("a..b", "");
    row("a.b.c", "");
    row("\"a", "");
    row("\"a\"b", "");
}

void TestWarehouseQuery::names()
{
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, relation);
    const auto found = dialect_of(Engine::PostgreSql).relation(given.toStdString());
    QCOMPARE(found ? QByteArray::fromStdString(*found) : QByteArray(), relation);
    QCOMPARE(found.has_value(), !relation.isEmpty());
}

void TestWarehouseQuery::files()
{
    const Dialect& dialect = dialect_of(Engine::DuckDb);
    QCOMPARE(dialect.relation("logs/*.parquet").value(), std::string("read_parquet('logs/*.parquet')"));
    QCOMPARE(dialect.relation("it's.CSV.gz").value(),
             std::string("read_csv('it''s.CSV.gz', all_varchar = true, header = true)"));
    QCOMPARE(dialect.relation("main.log").value(), std::string("\"main\".\"log\""));
}

void TestWarehouseQuery::columnKinds_data()
{
    QTest::addColumn<int>("engine");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("nullable");
    const auto row = [](Engine engine, const char* type, Kind kind, bool nullable) {
        QTest::newRow(type) << int(engine) << QByteArray(type) << int(kind) << nullable;
    };
    row(Engine::ClickHouse, "UInt64", Kind::Integer, false);
    row(Engine::ClickHouse, "Nullable(Decimal(18, 4))", Kind::Number, true);
    row(Engine::ClickHouse, "LowCardinality(Nullable(String))", Kind::Text, true);
    row(Engine::ClickHouse, "FixedString(36)", Kind::Text, false);
    row(Engine::ClickHouse, "DateTime64(3, 'Europe/Berlin')", Kind::Time, false);
    row(Engine::ClickHouse, "Date32", Kind::Date, false);
    row(Engine::ClickHouse, "IntervalDay", Kind::Other, false);
    row(Engine::ClickHouse, "Array(String)", Kind::Other, false);
    row(Engine::PostgreSql, "bigint", Kind::Integer, true);
    row(Engine::PostgreSql, "numeric", Kind::Number, true);
    row(Engine::PostgreSql, "character varying", Kind::Text, true);
    row(Engine::PostgreSql, "timestamp without time zone", Kind::Time, true);
    row(Engine::PostgreSql, "jsonb", Kind::Other, true);
    row(Engine::DuckDb, "UBIGINT", Kind::Integer, true);
    row(Engine::DuckDb, "DECIMAL(18,3)", Kind::Number, true);
    row(Engine::DuckDb, "VARCHAR", Kind::Text, true);
    row(Engine::DuckDb, "TIMESTAMP_NS", Kind::Time, true);
    row(Engine::DuckDb, "STRUCT(a INTEGER)", Kind::Other, true);
}

void TestWarehouseQuery::columnKinds()
{
    QFETCH(int, engine);
    QFETCH(QByteArray, type);
    QFETCH(int, kind);
    QFETCH(bool, nullable);
    const Column column = dialect_of(static_cast<Engine>(engine)).column("x", type.toStdString(), {});
    QCOMPARE(int(column.kind), kind);
    QCOMPARE(column.nullable, nullable);
}

void TestWarehouseQuery::smallest()
{
    const auto query = query_of({"usage.log", {}, {}, {}});
    QVERIFY2(query.has_value(), query ? "" : query.error().message.c_str());
    const QString sql = QString::fromStdString(query->sql);
    QVERIFY(sql.contains(QStringLiteral("FROM \"usage\".\"log\"\n")));
    QVERIFY(sql.contains(QStringLiteral("\"Model\"")) && sql.contains(QStringLiteral("\"input_tokens\"")));
    QVERIFY(sql.endsWith(QStringLiteral("GROUP BY slot, model, bucket, problem")));
    QCOMPARE(sql.count(QStringLiteral("WHERE")), 0);
    QCOMPARE(query->slot_minutes, 60);
    QCOMPARE(query->table, std::string("usage.log"));
    QCOMPARE(query->example, std::string("time"));
    QCOMPARE(query->outputs.size(), std::size_t{9});
}

void TestWarehouseQuery::leavesOutWhatIsNotMapped()
{
    const auto query = query_of({"log", {}, {}, {}});
    QVERIFY(query.has_value());
    for (const char* absent :
         {"note", "vendor", "request", "copies", "averaged", "cache", "reasoning", "OVER"})
        QVERIFY2(query->sql.find(absent) == std::string::npos, absent);
}

void TestWarehouseQuery::fixedValues()
{
    Source source{"log", {}, {}, {}};
    source.mapping.fixed = {
        {"vendor", " acme "}, {"service_tier", "Batches"}, {"requests", "12"}, {"model", "unused"}};
    const auto query = query_of(source);
    QVERIFY2(query.has_value(), query ? "" : query.error().message.c_str());
    QCOMPARE(query->fixed.vendor, std::string("acme"));
    QCOMPARE(query->fixed.service_tier, std::string("batch"));
    QCOMPARE(query->fixed.model, std::string("unused"));
    QVERIFY(query->sql.find("\"Model\"") == std::string::npos);
    QVERIFY(query->sql.find("12 AS read_requests") != std::string::npos);
    QVERIFY(query->sql.find("acme") == std::string::npos);
}

void TestWarehouseQuery::slotsFitOffPeakHours()
{
    const auto minutes = [](std::vector<pricing::WeekSpan> spans) {
        pricing::Borders borders;
        borders.schedules = {{std::move(spans)}};
        return query_of({"log", {}, {}, {}}, borders)->slot_minutes;
    };
    QCOMPARE(minutes({}), 60);
    QCOMPARE(minutes({{0, 120}, {600, 1440}}), 60);
    QCOMPARE(minutes({{990, 1470}}), 30);
    QCOMPARE(minutes({{0, 120}, {615, 700}}), 5);
    QCOMPARE(minutes({{1, 120}}), 1);
}

void TestWarehouseQuery::days_data()
{
    QTest::addColumn<int>("engine");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("nullable");
    QTest::addColumn<QByteArray>("condition");
    const auto row = [](const char* name, Engine engine, Kind kind, const char* type, bool nullable,
                        const char* condition) {
        QTest::newRow(name) << int(engine) << int(kind) << QByteArray(type) << nullable
                            << QByteArray(condition);
    };
    row("with zone", Engine::PostgreSql, Kind::Time, "timestamp with time zone", false,
        "\"time\" >= TIMESTAMPTZ '2026-09-01' AND \"time\" < TIMESTAMPTZ '2026-10-01'");
    row("without zone", Engine::PostgreSql, Kind::Time, "timestamp without time zone", true,
        "\"time\" IS NULL OR (\"time\" >= TIMESTAMP '2026-09-01' AND \"time\" < TIMESTAMP '2026-10-01')");
    row("dates", Engine::PostgreSql, Kind::Date, "date", false,
        "\"time\" >= DATE '2026-09-01' AND \"time\" < DATE '2026-10-01'");
    row("seconds", Engine::PostgreSql, Kind::Integer, "bigint", false, ">= 1788220800 AND ");
    row("ClickHouse", Engine::ClickHouse, Kind::Time, "DateTime", false,
        "\"time\" >= toDateTime('2026-09-01 00:00:00', 'UTC') AND \"time\" < toDateTime('2026-10-01 "
        "00:00:00', 'UTC')");
    row("ClickHouse dates", Engine::ClickHouse, Kind::Date, "Date", false,
        "\"time\" >= toDate('2026-09-01') AND \"time\" < toDate('2026-10-01')");
    row("DuckDB", Engine::DuckDb, Kind::Time, "TIMESTAMP WITH TIME ZONE", false,
        "\"time\" >= TIMESTAMPTZ '2026-09-01 00:00:00+00' AND");
}

void TestWarehouseQuery::days()
{
    QFETCH(int, engine);
    QFETCH(int, kind);
    QFETCH(QByteArray, type);
    QFETCH(bool, nullable);
    QFETCH(QByteArray, condition);
    std::vector<Column> columns = own_columns();
    columns[0] = {"time", type.toStdString(), static_cast<Kind>(kind), nullable};
    const Source source{
        "log", {}, base::Date(std::chrono::year(2026) / 9 / 1), base::Date(std::chrono::year(2026) / 9 / 30)};
    const auto query = query_of(source, {}, columns, static_cast<Engine>(engine));
    QVERIFY2(query.has_value(), query ? "" : query.error().message.c_str());
    const QByteArray sql = QByteArray::fromStdString(query->sql).simplified();
    QVERIFY2(sql.contains(condition), sql.mid(sql.indexOf("WHERE ")).left(300).constData());
}

void TestWarehouseQuery::aliasesKeepOffColumns()
{
    std::vector<Column> columns = own_columns();
    columns.push_back({"read_time", "text", Kind::Text, true});
    const auto query = query_of({"log", {}, {}, {}}, {}, columns);
    QVERIFY(query.has_value());
    QVERIFY(query->sql.find(" AS read_time") == std::string::npos);
    QVERIFY(query->sql.find(" AS read_x_time") != std::string::npos);
}

void TestWarehouseQuery::isRefused_data()
{
    QTest::addColumn<QByteArray>("column"); // "field=column"
    QTest::addColumn<QByteArray>("fixed");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* name, const char* column, const char* fixed, const char* word) {
        QTest::newRow(name) << QByteArray(column) << QByteArray(fixed) << QByteArray(word);
    };
    row("no such column", "output_tokens=absent", "",
        "no column “absent” for output_tokens; it has time, Model");
    row("no such field", "tokens=input_tokens", "", "“tokens” is not a field");
    row("no such fixed field", "", "tokens=1", "“tokens” is not a field");
    row("a time that is text only", "time=note", "",
        "of type jsonb, which cannot be read as time. Map a column of times");
    row("a count that is text only", "output_tokens=note", "",
        "cannot be read as output_tokens. Map a column of whole numbers");
    row("a time for all", "", "time=2026-11-30", "the same in every row");
    row("an id for all", "", "request_id=1", "the same in every row");
    row("no requests", "", "requests=0", "it is 0");
    row("a negative count", "", "output_tokens=-1", "is negative");
    row("no number", "", "output_tokens=many", "is not a number");
}

void TestWarehouseQuery::isRefused()
{
    QFETCH(QByteArray, column);
    QFETCH(QByteArray, fixed);
    QFETCH(QByteArray, word);
    Source source{"log", {}, {}, {}};
    source.mapping.column_of = {{"time", "time"}, {"model", "Model"}, {"input_tokens", "input_tokens"}};
    if (!column.isEmpty())
        source.mapping.column_of[column.split('=')[0].toStdString()] = column.split('=')[1].toStdString();
    if (!fixed.isEmpty())
        source.mapping.fixed[fixed.split('=')[0].toStdString()] = fixed.split('=')[1].toStdString();
    if (fixed.startsWith("time"))
        source.mapping.column_of.erase("time");
    const auto query = query_of(source);
    QVERIFY(!query);
    QCOMPARE(query.error().code, base::ErrorCode::Invalid);
    QVERIFY2(query.error().message.find(word.toStdString()) != std::string::npos,
             query.error().message.c_str());
}

QTEST_GUILESS_MAIN(TestWarehouseQuery)
#include "tst_warehouse_query.moc"
