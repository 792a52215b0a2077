#include "core/usage/fields.h"
#include "core/usage/warehouse/answer.h"
#include "core/usage/warehouse/records.h"

#include <QTest>
#include <limits>

using namespace leeway;
using namespace leeway::usage;
using namespace leeway::usage::warehouse;
using pricing::Component;
using Role = Output::Role;

class TestWarehouseAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsInPieces_data();
    void recordsInPieces();
    void brokenRecords_data();
    void brokenRecords();
    void rowsBecomeCells();
    void hoursOfOffPeak();
    void largeSumsSaturate();
    void badRowsAreTold();
    void mostlyBadIsRefused_data();
    void mostlyBadIsRefused();
    void foreignRowsAreRefused_data();
    void foreignRowsAreRefused();
};

namespace {

// slot, model, bucket, problem, rows, copies, first, last, input, output
Query simple_query()
{
    Query query;
    query.outputs = {{Role::Slot},
                     {Role::Text, *field_index("model")},
                     {Role::Bucket},
                     {Role::Problem},
                     {Role::Rows},
                     {Role::Copies},
                     {Role::FirstExample},
                     {Role::LastExample},
                     {Role::Sum, 0, Component::Input},
                     {Role::Sum, 0, Component::Output}};
    query.fixed.vendor = "acme";
    query.table = "log";
    query.example = "request_id";
    return query;
}

base::Result<Cube> cube_of(const QList<QByteArray>& rows, const Query& query = simple_query(),
                           const pricing::Sheet& sheet = {})
{
    Answer answer(query, sheet);
    const usage::warehouse::RowSink sink = [&](Row row) { return answer.add(row); };
    RecordSplitter records(sink);
    for (const QByteArray& row : rows) {
        if (auto status = records.take((row + '\n').toStdString()); !status)
            return tl::unexpected(status.error());
    }
    return answer.take("duckdb: log");
}

}

void TestWarehouseAnswer::recordsInPieces_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {1, 2, 3, 7, 1000})
        QTest::addRow("%d", size) << size;
}

void TestWarehouseAnswer::recordsInPieces()
{
    QFETCH(int, size);
    const QByteArray text = "a,\"b \"\"x\"\"\",\r\n\"two\nlines\",,3\n\n\"\",\"\",\"\"\n";
    QStringList found;
    const usage::warehouse::RowSink sink = [&](Row row) -> base::Status {
        QStringList values;
        for (const std::string_view value : row)
            values << QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
        found << values.join(u'|');
        return {};
    };
    RecordSplitter records(sink);
    for (qsizetype i = 0; i < text.size(); i += size)
        QVERIFY(records.take(text.mid(i, size).toStdString()));
    QVERIFY(records.finish());
    QCOMPARE(found, QStringList({QStringLiteral("a|b \"x\"|"), QStringLiteral("two\nlines||3"),
                                 QStringLiteral("||")}));
}

void TestWarehouseAnswer::brokenRecords_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no end") << QByteArray("a,b");
    QTest::newRow("open quote") << QByteArray("\"a\n");
    QTest::newRow("text after a quote") << QByteArray("\"a\"b,c\n");
    QTest::newRow("endless") << QByteArray(3 << 20, 'x');
}

void TestWarehouseAnswer::brokenRecords()
{
    QFETCH(QByteArray, text);
    const usage::warehouse::RowSink sink = [](Row) { return base::Status(); };
    RecordSplitter records(sink);
    QVERIFY(!records.take(text.toStdString()) || !records.finish());
}

void TestWarehouseAnswer::rowsBecomeCells()
{
    // 2025-03-07 00:00 UTC is hour 483696.
    const auto cube = cube_of({"483697, small ,0,,2,3,,,10,4", "483720,small,0,,1,1,,,7,0",
                               "483696,small,0,,1,1,,,5,1", "483696,large,200000,,1,1,,,250000,1"});
    QVERIFY2(cube.has_value(), cube ? "" : cube.error().message.c_str());
    QCOMPARE(cube->cells.size(), std::size_t{3});
    const Cell& first = cube->cells[1];
    QCOMPARE(base::to_string(first.key.day), std::string("2025-03-07"));
    QCOMPARE(first.key.vendor, std::string("acme"));
    QCOMPARE(first.key.model, std::string("small"));
    QCOMPARE(first.counts[Component::Input], std::int64_t{15});
    QCOMPARE(first.counts[Component::Output], std::int64_t{5});
    QCOMPARE(first.counts.requests(), std::int64_t{3});
    QCOMPARE(cube->cells[0].key.bucket, std::int64_t{200'000});
    QCOMPARE(base::to_string(cube->cells[2].key.day), std::string("2025-03-08"));
    QCOMPARE(cube->requests, std::int64_t{5});
    QCOMPARE(cube->duplicates, std::int64_t{1});
    QCOMPARE(cube->sources, std::vector<std::string>{"duckdb: log"});
    QCOMPARE(cube->loads.size(), std::size_t{2});
    QCOMPARE(cube->loads[1].model, std::string("small"));
    QCOMPARE(cube->loads[1].hours.size(), std::size_t{3});
    QCOMPARE(cube->loads[1].hours[1].input, std::int64_t{10});
}

void TestWarehouseAnswer::hoursOfOffPeak()
{
    pricing::Sheet sheet;
    pricing::Model model;
    model.vendor = "acme";
    model.model = "small";
    pricing::DatedRates dated;
    dated.off_peak = {{{{{990, 1440}}}, {}}}; // Mondays from 16:30 UTC
    model.prices.push_back(dated);
    sheet.models = {model};
    Query query = simple_query();
    query.slot_minutes = 30;
    // 2025-03-10 is a Monday; its 16:00 is half hour 967568.
    const auto cube =
        cube_of({"967568,small,0,,1,1,,,1,0", "967569,small,0,,1,1,,,2,0", "967570,small,0,,1,1,,,4,0"},
                query, sheet);
    QVERIFY(cube.has_value());
    QCOMPARE(cube->cells.size(), std::size_t{2});
    QCOMPARE(cube->cells[0].key.open, 0U);
    QCOMPARE(cube->cells[0].counts[Component::Input], std::int64_t{1});
    QCOMPARE(cube->cells[1].key.open, 1U);
    QCOMPARE(cube->cells[1].counts[Component::Input], std::int64_t{6});
    QCOMPARE(cube->loads[0].hours.size(), std::size_t{2});
    QCOMPARE(cube->loads[0].hours[0].input, std::int64_t{3});
}

void TestWarehouseAnswer::largeSumsSaturate()
{
    const auto cube = cube_of({"483696,small,0,,9,9,,,99999999999999999999999999,4"});
    QVERIFY(cube.has_value());
    QCOMPARE(cube->cells[0].counts[Component::Input], std::numeric_limits<std::int64_t>::max());
}

void TestWarehouseAnswer::badRowsAreTold()
{
    const auto cube = cube_of({"0,,0,input_tokens is negative,2,2,r1,r7,0,0", "483696,small,0,,5,5,,,5,5",
                               "0,,0,has no model,1,1,,,0,0", "483696, ,0,,3,3,,,0,0"});
    QVERIFY(cube.has_value());
    QCOMPARE(cube->bad_lines, std::int64_t{6});
    QCOMPARE(cube->examples.size(), std::size_t{2});
    QCOMPARE(cube->examples[0].reason, std::string("4 rows: has no model"));
    QCOMPARE(cube->examples[1].reason,
             std::string("2 rows: input_tokens is negative, request_id “r7” and “r1”"));
    QCOMPARE(cube->examples[1].file, std::string("log"));
    QCOMPARE(cube->requests, std::int64_t{5});
}

void TestWarehouseAnswer::mostlyBadIsRefused_data()
{
    QTest::addColumn<int>("good");
    QTest::addColumn<int>("bad");
    QTest::addColumn<bool>("taken");
    QTest::newRow("no rows") << 0 << 0 << false;
    QTest::newRow("no good row") << 0 << 1 << false;
    QTest::newRow("few rows") << 1 << 900 << true;
    QTest::newRow("a fifth") << 800 << 200 << true;
    QTest::newRow("more than a fifth") << 800 << 201 << false;
}

void TestWarehouseAnswer::mostlyBadIsRefused()
{
    QFETCH(int, good);
    QFETCH(int, bad);
    QFETCH(bool, taken);
    QList<QByteArray> rows;
    const auto number = [](int n) { return QByteArray::number(n) + "," + QByteArray::number(n); };
    if (good > 0)
        rows << "483696,small,0,," + number(good) + ",,,5,5";
    if (bad > 0)
        rows << "0,,0,has no readable time," + number(bad) + ",,,0,0";
    const auto cube = cube_of(rows);
    QCOMPARE(cube.has_value(), taken);
    if (!taken)
        QVERIFY(cube.error().message.find("nothing was imported") != std::string::npos);
}

void TestWarehouseAnswer::foreignRowsAreRefused_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::newRow("too few values") << QByteArray("483696,small,0");
    QTest::newRow("too many values") << QByteArray("483696,small,0,,1,1,,,5,5,5");
    QTest::newRow("no number") << QByteArray("483696,small,0,,1,1,,,five,5");
    QTest::newRow("empty number") << QByteArray("483696,small,0,,1,1,,,,5");
    QTest::newRow("a fraction") << QByteArray("483696,small,0,,1,1,,,5.5,5");
    QTest::newRow("a negative sum") << QByteArray("483696,small,0,,1,1,,,-5,5");
    QTest::newRow("no rows") << QByteArray("483696,small,0,,0,0,,,5,5");
    QTest::newRow("fewer copies than rows") << QByteArray("483696,small,0,,2,1,,,5,5");
    QTest::newRow("a time in another age") << QByteArray("99999999999999999,small,0,,1,1,,,5,5");
}

void TestWarehouseAnswer::foreignRowsAreRefused()
{
    QFETCH(QByteArray, row);
    const auto cube = cube_of({row});
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::Unreadable);
}

QTEST_GUILESS_MAIN(TestWarehouseAnswer)
#include "tst_warehouse_answer.moc"
