// Imports that overlap: nothing counts twice, whatever the order of threads.

#include "core/usage/import.h"
#include "core/usage/ledger.h"
#include "core/usage/program.h"
#include "logs.h"

#include <QStandardPaths>
#include <QtTest/QtTest>
#include <zlib.h>

using namespace leeway;
using namespace leeway::usage;

namespace {

const QByteArray header = "time,model,input_tokens,request_id\n";

QByteArray rows(int from, int to)
{
    QByteArray text;
    for (int i = from; i < to; ++i)
        text += "2026-11-02T09:00:00Z,m," + QByteArray::number(i) + ",id" + QByteArray::number(i) + '\n';
    return text;
}

std::int64_t tokens(const Cube& cube)
{
    std::int64_t sum = 0;
    for (const Cell& cell : cube.cells)
        sum += cell.counts.all_input();
    return sum;
}

Import imported(const std::filesystem::path& file, const std::string& ledger = {})
{
    auto import = import_usage({file}, pricing::Sheet{}, nullptr, ledger);
    if (!import)
        qFatal("%s", import.error().message.c_str());
    return std::move(*import);
}

}

class TestImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void repeatedIds_data();
    void repeatedIds();
    void overlapping();
    void sameContent_data();
    void sameContent();
    void sameSums();
    void nothingHalf();
    void reports();
    void ledgers_data();
    void ledgers();
    void programs();
    void parquet();
    void parquetWithoutProgram();

private:
    LogFolder m_folder;
};

void TestImport::repeatedIds_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("duplicates");
    const QByteArray all = rows(0, 20'000);
    QTest::newRow("none") << header + all << 0;
    QTest::newRow("at once") << header + all + rows(19'999, 20'000) << 1;
    QTest::newRow("much later") << header + all + rows(0, 20'000) << 20'000;
    // The first one counts, as it stands first.
    QTest::newRow("with other counts") << header + all + "2026-11-05,other,7000000,id5\n" << 1;
    // After a record over two lines the log is read by one thread, what was read ahead again.
    QTest::newRow("a record over two lines")
        << header + rows(0, 3'000) + "2026-11-02,m,0,\"id\n\"\n" + rows(3'000, 20'000) + rows(0, 4'000)
        << 4'000;
}

void TestImport::repeatedIds()
{
    QFETCH(QByteArray, content);
    QFETCH(int, duplicates);
    const auto cube = read_cube({m_folder.write(content)}, pricing::Sheet{});
    QVERIFY2(cube.has_value(), cube ? "" : cube.error().message.c_str());
    QCOMPARE(cube->duplicates, std::int64_t{duplicates});
    QCOMPARE(tokens(*cube), std::int64_t{20'000} * 19'999 / 2);
    QCOMPARE(cube->cells.size(), std::size_t{1}); // nothing is left of the row that was taken back
    QCOMPARE(cube->requests, content.contains("\"id\n") ? std::int64_t{20'001} : std::int64_t{20'000});
}

void TestImport::overlapping()
{
    const Import first = imported(m_folder.write(header + rows(0, 100)));
    const Import second = imported(m_folder.write(header + rows(50, 150)), first.ledger);
    QCOMPARE(second.cube.duplicates, std::int64_t{50});
    QCOMPARE(second.cube.requests, std::int64_t{50});
    const Import third = imported(m_folder.write(header + rows(0, 150)), second.ledger);
    QCOMPARE(third.cube.requests, std::int64_t{0});
    QVERIFY(third.cube.cells.empty());
}

void TestImport::sameContent_data()
{
    QTest::addColumn<bool>("packed");
    QTest::newRow("as it is") << false;
    QTest::newRow("packed") << true;
}

void TestImport::sameContent()
{
    // Without ids, a log is known by its content.
    QFETCH(bool, packed);
    const QByteArray content = "time,model,input_tokens\n" + QByteArray("2026-11-02,m,1\n").repeated(50'000);
    const Import first = imported(m_folder.write(content));
    QCOMPARE(first.cube.requests, std::int64_t{50'000});
    auto file = m_folder.write(content, QStringLiteral("renamed.csv"));
    if (packed) {
        gzFile out = gzopen(file.c_str(), "wb");
        gzwrite(out, content.constData(), static_cast<unsigned>(content.size()));
        gzclose(out);
    }
    const Import second = imported(file, first.ledger);
    QVERIFY(second.logs.at(0).known);
    QCOMPARE(second.cube.requests, std::int64_t{0});
    QCOMPARE(second.cube.duplicates, std::int64_t{50'000});
    QVERIFY(second.cube.sources.empty());
    const Import other = imported(m_folder.write(content + "2026-11-03,m,1\n"), second.ledger);
    QVERIFY(!other.logs.at(0).known);
    const auto twice = read_cube(
        {m_folder.write(content, QStringLiteral("a")), m_folder.write(content, QStringLiteral("b"))},
        pricing::Sheet{});
    QCOMPARE(twice->requests, std::int64_t{50'000});
}

void TestImport::sameSums()
{
    const QByteArray sum = R"({"start_time":1793664000,"end_time":1793750400,"results":[{"input_tokens":7,)"
                           R"("output_tokens":3,"num_model_requests":2,"model":"a"}]})";
    const QByteArray next = QByteArray(sum)
                                .replace("1793664000", "1793750400")
                                .replace("1793750400,\"results", "1793836800,\"results");
    const Import first = imported(m_folder.write("{\"data\":[" + sum + "]}"));
    const Import second = imported(m_folder.write("{\"data\":[" + sum + "," + next + "]}"), first.ledger);
    QCOMPARE(second.cube.duplicates, std::int64_t{1});
    QCOMPARE(second.cube.requests, std::int64_t{2});
}

void TestImport::nothingHalf()
{
    const auto good = m_folder.write(header + rows(0, 10), QStringLiteral("good"));
    const auto bad = m_folder.write("a,b\n1,2\n", QStringLiteral("bad"));
    const auto import = import_usage({good, bad}, pricing::Sheet{});
    QVERIFY(!import);
    QVERIFY(!import_usage({}, pricing::Sheet{}));
}

void TestImport::reports()
{
    const Import import =
        imported(m_folder.write("response_id,request_created_at,model,prompt_tokens,completion_tokens\nh1,"
                                "2026-11-02,g,1,2\nh2,2026-11-02,g,,\n"
                                "h3,2026-11-02,g,-1,2\n"));
    const LogReport& report = import.logs.at(0);
    QCOMPARE(report.format, std::string("helicone"));
    QCOMPARE(report.lines, std::int64_t{1});
    QCOMPARE(report.passed_over, (std::map<std::string, std::int64_t>{{"failed requests", 1}}));
    QCOMPARE(import.cube.bad_lines, std::int64_t{1});
    QCOMPARE(import.cube.examples.at(0).line, std::int64_t{4});
}

void TestImport::ledgers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const std::string written = imported(m_folder.write(header + rows(0, 10))).ledger;
    const QByteArray bytes(written.data(), static_cast<qsizetype>(written.size()));
    QTest::newRow("another file") << QByteArray("SQLite format 3");
    QTest::newRow("cut off") << bytes.chopped(1);
    QTest::newRow("only its beginning") << bytes.left(12);
    QTest::newRow("more logs than there is room for")
        << QByteArray(bytes).replace(10, 8, "\xff\xff\xff\xff\xff\xff\xff\x7f");
}

void TestImport::ledgers()
{
    QFETCH(QByteArray, bytes);
    const auto ledger = ledger_from_bytes({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    QVERIFY(!ledger);
    QCOMPARE(ledger.error().code, base::ErrorCode::Invalid);
    QVERIFY(ledger_from_bytes({}).has_value());
}

void TestImport::programs()
{
    auto missing = Program::start({"leeway-no-such-program"});
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, base::ErrorCode::NotFound);
    auto works = Program::start({"sh", "-c", "echo 'a b'"});
    QVERIFY(works.has_value());
    char text[10] = {};
    QCOMPARE(std::fread(text, 1, sizeof text, works->output()), std::size_t{4});
    QCOMPARE(QByteArray(text), QByteArray("a b\n"));
    QVERIFY(works->finish().has_value());
    auto fails = Program::start({"sh", "-c", "echo 'no luck' >&2; exit 3"});
    QVERIFY(fails.has_value());
    QCOMPARE(fails->finish().error().message, std::string("“sh” failed: no luck"));
    QVERIFY(Program::start({"sh", "-c", "sleep 1000"}).has_value()); // is ended
}

void TestImport::parquet()
{
    const QString named = qEnvironmentVariable("LEEWAY_DUCKDB");
    const QString duckdb = named.isEmpty() ? QStandardPaths::findExecutable(QStringLiteral("duckdb")) : named;
    if (duckdb.isEmpty())
        QSKIP("there is no program duckdb");
    const auto file = m_folder.write("x", QStringLiteral("it's.parquet"));
    QString path = QString::fromStdString(file.string());
    auto made = Program::start({duckdb.toStdString(), "-c",
                                "COPY (SELECT TIMESTAMP '2026-11-02 09:00:00' AS \"When\", 'm' AS model, "
                                "range AS input_tokens, {'a': 1} AS "
                                "more FROM range(1000)) TO '" +
                                    path.replace(u'\'', u"''"_qs).toStdString() + "' (FORMAT parquet)"});
    QVERIFY(made && made->finish());
    const auto table = preview(file, 3);
    QVERIFY2(table.has_value(), table ? "" : table.error().message.c_str());
    QCOMPARE(table->columns, (std::vector<std::string>{"When", "model", "input_tokens", "more.a"}));
    QCOMPARE(table->rows.size(), std::size_t{3});
    Mapping mapping;
    mapping.column_of = {{"time", "When"}, {"model", "model"}, {"input_tokens", "input_tokens"}};
    const ReadLog log = read(file, &mapping);
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.complaints(), QStringList());
    QCOMPARE(log.lines.size(), std::size_t{1000});
    QCOMPARE(shown(log.lines[7].counts), QStringLiteral("input 7"));
}

void TestImport::parquetWithoutProgram()
{
    const QByteArray named = qgetenv("LEEWAY_DUCKDB");
    qputenv("LEEWAY_DUCKDB", "leeway-no-such-program");
    const QString message = read(m_folder.write("PAR1 and so on PAR1")).message();
    if (named.isEmpty())
        qunsetenv("LEEWAY_DUCKDB");
    else
        qputenv("LEEWAY_DUCKDB", named);
    QVERIFY2(
        message.contains(QStringLiteral("is a Parquet file. To read it Leeway needs the program “duckdb”")),
        qPrintable(message));
}

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
