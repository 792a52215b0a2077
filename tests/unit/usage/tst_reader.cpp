#include "logs.h"

#include <QtTest/QtTest>
#include <zlib.h>

using namespace leeway;
using namespace leeway::usage;

namespace {

QByteArray gzipped(const QByteArray& content)
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("x.gz"));
    gzFile file = gzopen(path.toUtf8().constData(), "wb");
    gzwrite(file, content.constData(), static_cast<unsigned>(content.size()));
    gzclose(file);
    QFile in(path);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

}

class TestReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyField();
    void sameAsJson();
    void tables_data();
    void tables();
    void rules_data();
    void rules();
    void jsonRules_data();
    void jsonRules();
    void times_data();
    void times();
    void tiers_data();
    void tiers();
    void azureTrace();
    void mappedByHand();
    void mappedInsideObjects();
    void mappingErrors_data();
    void mappingErrors();
    void refused_data();
    void refused();
    void previews_data();
    void previews();
    void previewRows();
    void azureCorpus();

private:
    LogFolder m_folder;
};

void TestReader::everyField()
{
    const ReadLog log =
        read(m_folder.write("time,vendor,model,requests,input_tokens,cache_read_tokens,cache_write_5m_tokens,"
                            "cache_write_1h_tokens,"
                            "audio_input_tokens,image_input_tokens,video_input_tokens,output_tokens,"
                            "reasoning_tokens,audio_output_tokens,"
                            "image_output_tokens,service_tier,region,tag,user,conversation,request_id,web_"
                            "searches,images,audio_seconds,"
                            "pages,characters,latency_ms,first_token_ms,status,prefix_hashes,prompt,answer\n"
                            "2026-11-02T09:00:00.250+01:00,v,m,1,1000,100,50,25,10,5,3,400,300,20,10,batch,"
                            "eu,support,u,c,id-1,2,3,12.4,"
                            "4,5,800,100,ok,a;b,\"Hi, \"\"you\"\"\",yes\n"));
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.complaints(), QStringList());
    QCOMPARE(log.lines.size(), std::size_t{1});
    const pricing::Usage& line = log.lines[0];
    QCOMPARE(base::to_string(line.time), std::string("2026-11-02T08:00:00.250Z"));
    QCOMPARE(line.vendor + line.model + line.region + line.tag + line.request_id,
             std::string("vmeusupportid-1"));
    QCOMPARE(line.service_tier, std::string("batch"));
    QCOMPARE(line.line, std::int64_t{2});
    QCOMPARE(
        shown(line.counts),
        QStringLiteral("input 807, cache_read 100, cache_write_5m 50, cache_write_1h 25, audio_input 10, "
                       "image_input 5, video_input 3, output 70, reasoning 300, audio_output 20, "
                       "image_output 10, web_search 2, image 3, audio_second 12, page 4, character 5"));
    QCOMPARE(line.counts.all_input(), std::int64_t{1000});
    QCOMPARE(line.counts.all_output(), std::int64_t{400});
}

void TestReader::sameAsJson()
{
    const ReadLog log = read(m_folder.write(
        R"({"time":"2026-11-02T08:00:00Z","vendor":"v","model":"m","requests":3,"input_tokens":1000.0,)"
        R"("cache_read_tokens":100,"output_tokens":"400","reasoning_tokens":null,"service_tier":"Flex",)"
        R"("prefix_hashes":["a","b"],"prompt":"x","audio_seconds":12.5,"unknown":{"a":[1]}})"
        "\n",
        QStringLiteral("usage.jsonl")));
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.complaints(), QStringList());
    QCOMPARE(shown(log.lines.at(0).counts),
             QStringLiteral("input 900, cache_read 100, output 400, request 3, audio_second 13"));
    QCOMPARE(log.lines.at(0).service_tier, std::string("flex"));
}

void TestReader::tables_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray plain = "time,model,input_tokens,tag\n2026-11-02,m,10,a b\n2026-11-03,n,20,\n";
    const auto row = [](const char* name, const QByteArray& content) { QTest::newRow(name) << content; };
    row("plain", plain);
    row("no last line end", plain.chopped(1));
    row("Windows line ends", QByteArray(plain).replace("\n", "\r\n"));
    row("byte order mark", "\xef\xbb\xbf" + plain);
    row("semicolons", QByteArray(plain).replace(",", ";"));
    row("tabs", QByteArray(plain).replace(",", "\t"));
    row("empty lines", QByteArray(plain).replace("\n", "\n\n"));
    row("names in capitals, with blanks", QByteArray(plain).replace("time,model", "Time, MODEL "));
    row("quotes", "\"time\",\"model\",\"input_tokens\",\"tag\"\n\"2026-11-02\",\"m\",\"10\",\"a b\"\n"
                  "2026-11-03,\"n\",20,\"\"\n");
    row("blanks around numbers",
        "time,model,input_tokens,tag\n 2026-11-02 , m , 10 , a b \n2026-11-03,n,20,\n");
    row("numbers with a point", "time,model,input_tokens,tag\n2026-11-02,m,10.0,a b\n2026-11-03,n,2e1,\n");
    row("surplus empty fields", "time,model,input_tokens,tag\n2026-11-02,m,10,a b,,\n2026-11-03,n,20,,\n");
    row("a JSON list", "[{\"time\":\"2026-11-02\",\"model\":\"m\",\"input_tokens\":10,\"tag\":\"a b\"},\n"
                       "{\"time\":\"2026-11-03\",\"model\":\"n\",\"input_tokens\":20}]");
    row("JSON over several lines",
        "{\n\"time\":\"2026-11-02\",\n\"model\":\"m\",\"input_tokens\":10,\"tag\":\"a b\"}\n"
        "{\n\"time\":\"2026-11-03\",\"model\":\"n\",\"input_tokens\":20\n}\n");
    row("other columns",
        "x,time,model,y,input_tokens,tag\n1,2026-11-02,m,\"a\n,b\",10,a b\n1,2026-11-03,n,,20,\n");
    row("gzip", gzipped(plain));
    row("two gzip members", gzipped(plain.left(30)) + gzipped(plain.mid(30)));
    row("JSON Lines", "{\"time\":\"2026-11-02\",\"model\":\"m\",\"input_tokens\":10,\"tag\":\"a b\"}\r\n\n"
                      "{\"time\":\"2026-11-03\",\"model\":\"n\",\"input_tokens\":20}");
    row("JSON Lines, gzipped",
        gzipped("{\"time\":\"2026-11-02\",\"model\":\"m\",\"input_tokens\":10,\"tag\":\"a b\"}\n"
                "{\"time\":\"2026-11-03\",\"model\":\"n\",\"input_tokens\":20}\n"));
}

void TestReader::tables()
{
    QFETCH(QByteArray, content);
    const ReadLog log = read(m_folder.write(content));
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.complaints(), QStringList());
    QCOMPARE(log.lines.size(), std::size_t{2});
    QCOMPARE(log.lines[0].model + "|" + log.lines[0].tag, std::string("m|a b"));
    QCOMPARE(log.lines[1].model + "|" + log.lines[1].tag, std::string("n|"));
    QCOMPARE(shown(log.lines[0].counts), QStringLiteral("input 10"));
    QCOMPARE(shown(log.lines[1].counts), QStringLiteral("input 20"));
    QCOMPARE(base::to_string(log.lines[1].time), std::string("2026-11-03T00:00:00Z"));
}

void TestReader::rules_data()
{
    QTest::addColumn<QByteArray>("line"); // after a good one
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char* name, const QByteArray& line, const char* complaint) {
        QTest::newRow(name) << line << complaint;
    };
    row("absent counts are 0", "2026-11-02,m,,,,,", "");
    row("no time", ",m,1,,,,", "has no time");
    row("no such time", "yesterday,m,1,,,,",
        "time: “yesterday” is not a time; write it as 2026-11-30T14:02:11Z");
    row("no model", "2026-11-02,,1,,,,", "has no model");
    row("below zero", "2026-11-02,m,-1,,,,", "input_tokens “-1” is negative");
    row("a word", "2026-11-02,m,ten,,,,", "input_tokens “ten” is not a number");
    row("not a number", "2026-11-02,m,nan,,,,", "input_tokens “nan” is not a number");
    row("infinite", "2026-11-02,m,inf,,,,", "input_tokens “inf” is not a number");
    row("half a token", "2026-11-02,m,1.5,,,,", "input_tokens “1.5” is not a whole number");
    row("far too many", "2026-11-02,m,99999999999999999999,,,,",
        "input_tokens “99999999999999999999” is out of range");
    row("too many", "2026-11-02,m,1000000000000001,,,,", "input_tokens “1000000000000001” is out of range");
    row("an exponent out of range", "2026-11-02,m,1e300,,,,", "input_tokens “1e300” is out of range");
    row("hexadecimal", "2026-11-02,m,0x10,,,,", "input_tokens “0x10” is not a number");
    row("thousands", "2026-11-02,m,\"1,000\",,,,", "input_tokens “1,000” is not a number");
    row("cache above input", "2026-11-02,m,10,11,,,",
        "cache_read_tokens 11 exceed input_tokens 10, of which they are parts");
    row("parts together above input", "2026-11-02,m,10,6,5,,",
        "cache_read_tokens 6 + audio_input_tokens 5 exceed input_tokens 10, of which they are parts");
    row("reasoning above output", "2026-11-02,m,10,,,5,6",
        "reasoning_tokens 6 exceed output_tokens 5, of which they are parts");
    row("parts without a whole", "2026-11-02,m,,6,,,",
        "cache_read_tokens 6 exceed input_tokens 0, of which they are parts");
    row("too few fields", "2026-11-02,m,1", "has 3 fields, the header has 7");
    row("too many fields", "2026-11-02,m,1,,,,,8", "has 8 fields, the header has 7");
    row("text behind a quote", "2026-11-02,\"m\"x,1,,,,", "has text behind a closing quote");
    row("a zero byte", QByteArray("2026-11-02,m\0,1,,,,", 19), "model contains a NUL character");
    row("a long name", "2026-11-02," + QByteArray(1001, 'm') + ",1,,,,", "model is longer than 1000 bytes");
}

void TestReader::rules()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, complaint);
    const QByteArray good = "2026-11-01,good,1,,,,\n";
    const ReadLog log =
        read(m_folder.write("time,model,input_tokens,cache_read_tokens,audio_input_tokens,output_tokens,"
                            "reasoning_tokens\n" +
                            good + line + "\n" + good));
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.complaints(),
             complaint.isEmpty() ? QStringList() : QStringList(QStringLiteral("3: ") + complaint));
    QCOMPARE(log.lines.size(), complaint.isEmpty() ? std::size_t{3} : std::size_t{2});
    QCOMPARE(log.lines.back().line, std::int64_t{4});
}

void TestReader::jsonRules_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char* name, const QByteArray& line, const char* complaint) {
        QTest::newRow(name) << line << complaint;
    };
    const QByteArray begin = R"({"time":"2026-11-02","model":"m",)";
    const char* no_object = "is not a JSON object, or has a number out of range";
    row("good", begin + R"("input_tokens":1})", "");
    row("no tokens at all", begin + R"("tag":"x"})", "has neither input_tokens nor output_tokens");
    row("null is absent", begin + R"("input_tokens":1,"output_tokens":null})", "");
    row("cut off", begin + R"("input_tokens":1)", no_object);
    row("a list", "[1]", no_object);
    row("a number", "17", no_object);
    row("not JSON", "hello", no_object);
    row("not a number", begin + R"("input_tokens":NaN})", no_object);
    row("a number out of range", begin + R"("input_tokens":123456789012345678901234567890})", no_object);
    row("below zero", begin + R"("input_tokens":-5})", "input_tokens -5 is negative");
    row("too many", begin + R"("input_tokens":18446744073709551615})",
        "input_tokens “18446744073709551615” is out of range");
    row("half a token", begin + R"("input_tokens":1.5})", "input_tokens “1.5” is not a whole number");
    row("true", begin + R"("input_tokens":true})", "input_tokens is neither a text nor a number");
    row("a list of models", R"({"time":"2026-11-02","model":["m"],"input_tokens":1})",
        "model is neither a text nor a number");
    row("a name twice", begin + R"("input_tokens":1,"input_tokens":2})", "input_tokens stands twice");
    row("a zero character", R"({"time":"2026-11-02","model":"m\u0000","input_tokens":1})",
        "model contains a NUL character");
    row("no requests", begin + R"("input_tokens":1,"requests":0})", "requests is 0");
    row("deep", begin + "\"x\":" + QByteArray(5000, '[') + QByteArray(5000, ']') + "}", no_object);
    row("bad UTF-8", begin + "\"tag\":\"\xff\",\"input_tokens\":1}", no_object);
}

void TestReader::jsonRules()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, complaint);
    const QByteArray good = "{\"time\":\"2026-11-01\",\"model\":\"good\",\"input_tokens\":1}\n";
    const ReadLog log = read(m_folder.write(good + line + "\n" + good));
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.complaints(),
             complaint.isEmpty() ? QStringList() : QStringList(QStringLiteral("2: ") + complaint));
    QCOMPARE(log.lines.size(), complaint.isEmpty() ? std::size_t{3} : std::size_t{2});
}

void TestReader::times_data()
{
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("read");
    const auto row = [](const char* time, const char* read) { QTest::newRow(time) << time << read; };
    row("2026-11-02T09:00:00Z", "2026-11-02T09:00:00Z");
    row("2026-11-02 09:00:00", "2026-11-02T09:00:00Z");
    row("2026-11-01T23:30:00-02:00", "2026-11-02T01:30:00Z");
    row("2026-11-02 18:17:03.9799600", "2026-11-02T18:17:03.979Z");
    row("1793610000", "2026-11-02T09:00:00Z");
    row("1793610000123", "2026-11-02T09:00:00.123Z");
    row("20261102", "");
    row("2026-02-30", "");
    row("2190-01-01", "");
    row("02.11.2026", "");
}

void TestReader::times()
{
    QFETCH(QString, time);
    QFETCH(QString, read);
    const ReadLog log =
        ::read(m_folder.write("time,model,input_tokens\n2026-11-02,m,1\n" + time.toUtf8() + ",m,1\n"));
    QVERIFY(log.status.has_value());
    QCOMPARE(log.lines.size() == 2, !read.isEmpty());
    if (!read.isEmpty())
        QCOMPARE(QString::fromStdString(base::to_string(log.lines[1].time)), read);
}

void TestReader::tiers_data()
{
    QTest::addColumn<QString>("tier");
    QTest::addColumn<QString>("read");
    const auto row = [](const char* tier, const char* read) { QTest::newRow(tier) << tier << read; };
    row("", "standard");
    row("default", "standard");
    row("Standard", "standard");
    row("batches", "batch");
    row("BATCH", "batch");
    row("ultrafast", "ultrafast");
}

void TestReader::tiers()
{
    QFETCH(QString, tier);
    const ReadLog log = ::read(
        m_folder.write("time,model,input_tokens,service_tier\n2026-11-02,m,1," + tier.toUtf8() + "\n"));
    QTEST(QString::fromStdString(log.lines.at(0).service_tier), "read");
}

void TestReader::azureTrace()
{
    const auto file =
        m_folder.write("TIMESTAMP,ContextTokens,GeneratedTokens\r\n2023-11-16 18:17:03.9799600,4808,10\r\n"
                       "2023-11-16 18:17:04.0319600,3180,8\r\n");
    QVERIFY2(read(file).message().contains(QStringLiteral("names no model")),
             qPrintable(read(file).message()));
    Mapping mapping;
    mapping.fixed = {{"vendor", "azure"}, {"model", "gpt-4o"}, {"tag", "trace"}};
    const ReadLog log = read(file, &mapping);
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.lines.size(), std::size_t{2});
    QCOMPARE(log.lines[0].vendor + "/" + log.lines[0].model + "/" + log.lines[0].tag,
             std::string("azure/gpt-4o/trace"));
    QCOMPARE(shown(log.lines[0].counts), QStringLiteral("input 4808, output 10"));
    QCOMPARE(base::to_string(log.lines[0].time), std::string("2023-11-16T18:17:03.979Z"));
}

void TestReader::mappedByHand()
{
    const auto file =
        m_folder.write("When;Deployment;In;Cached;Out;input_tokens\n2026-11-02;chat;100;40;7;999\n");
    QVERIFY(read(file).message().contains(QStringLiteral("When, Deployment, In, Cached, Out")));
    Mapping mapping;
    mapping.column_of = {{"time", "When"},
                         {"model", "Deployment"},
                         {"input_tokens", "In"},
                         {"cache_read_tokens", "Cached"},
                         {"output_tokens", "Out"}};
    mapping.fixed = {
        {"vendor", "azure"}, {"model", "not this: the column counts"}, {"service_tier", "batch"}};
    const ReadLog log = read(file, &mapping);
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(shown(log.lines.at(0).counts), QStringLiteral("input 60, cache_read 40, output 7"));
    QCOMPARE(log.lines[0].vendor + "/" + log.lines[0].model + "/" + log.lines[0].service_tier,
             std::string("azure/chat/batch"));
}

void TestReader::mappedInsideObjects()
{
    const auto file = m_folder.write(
        R"({"ts":1793610000,"req":{"model":"m"},"usage":{"prompt":100,"details":{"cached":40}},"a.b":7})"
        "\n");
    Mapping mapping;
    mapping.column_of = {{"time", "ts"},
                         {"model", "req.model"},
                         {"input_tokens", "usage.prompt"},
                         {"cache_read_tokens", "usage.details.cached"},
                         {"output_tokens", "a.b"},
                         {"tag", "usage.nothing"}};
    const ReadLog log = read(file, &mapping);
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.complaints(), QStringList());
    QCOMPARE(shown(log.lines.at(0).counts), QStringLiteral("input 60, cache_read 40, output 7"));
    QCOMPARE(log.lines[0].model, std::string("m"));
}

void TestReader::mappingErrors_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("unknown field") << "tokens"
                                   << "a"
                                   << "“tokens” is not a field of the usage format";
    QTest::newRow("unknown column") << "tag"
                                    << "z"
                                    << "has no column “z” for tag";
    QTest::newRow("a column twice") << "tag"
                                    << "b"
                                    << "has 2 columns named “b”";
}

void TestReader::mappingErrors()
{
    QFETCH(QString, field);
    QFETCH(QString, column);
    QFETCH(QString, complaint);
    Mapping mapping;
    mapping.column_of = {{"time", "t"}, {"model", "m"}, {"input_tokens", "a"}};
    mapping.column_of[field.toStdString()] = column.toStdString();
    const ReadLog log = read(m_folder.write("t,m,a,b,b\n2026-11-02,m,1,,\n"), &mapping);
    QVERIFY2(log.message().contains(complaint), qPrintable(log.message()));
}

void TestReader::refused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char* name, const QByteArray& content, const char* complaint) {
        QTest::newRow(name) << content << complaint;
    };
    const QByteArray header = "time,model,input_tokens\n";
    row("empty", "", "is empty");
    row("blank", "\n\n", "has no lines");
    row("header only", header, "has a header but no lines");
    row("no good line", header + "x,m,1\n,,\n", "has no usable line: line 2 time: “x” is not a time");
    row("another table", "a,b\n1,2\n", "has the columns a, b: this is no format that Leeway knows");
    row("UTF-16", QByteArray("\xff\xfet\0i\0", 6), "is in UTF-16");
    row("a quote in the header", "time,\"model,input_tokens\n1",
        "line 1: the header has a quote that is not closed");
    row("gzip cut off", gzipped(header + QByteArray("2026-11-02,m,1\n").repeated(5000)).chopped(20),
        "cannot be read to its end");
    row("every fourth line is bad",
        header + QByteArray("2026-11-02,m,1\n2026-11-02,m,1\n2026-11-02,m,1\nx,m,1\n").repeated(300),
        "250 of the first 1000 lines of “usage.csv” are bad: line 5 time: “x” is not a time");
}

void TestReader::refused()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, complaint);
    const ReadLog log = read(m_folder.write(content));
    QVERIFY2(log.message().contains(complaint), qPrintable(log.message()));
    QVERIFY2(!log.message().contains(u'/'), qPrintable(log.message())); // no folders
}

void TestReader::previews_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("mapped");
    const auto row = [](const char* name, const QByteArray& content, const char* format, int mapped) {
        QTest::newRow(name) << content << format << mapped;
    };
    row("own table", "time,model,input_tokens,x\n2026-11-02,m,1,2\n", "leeway-csv", 3);
    row("own lines", "{\"time\":\"2026-11-02\",\"model\":\"m\",\"input_tokens\":1}\n", "leeway-jsonl", 3);
    row("Azure trace", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03,1,2\n", "azure-trace",
        3);
    row("foreign table", "a,b\n1,2\n", "csv", 0);
    row("foreign tabs", "a\tb\n1\t2\n", "tsv", 0);
    row("foreign lines", "{\"a\":{\"b\":1},\"c\":2}\n", "jsonl", 0);
}

void TestReader::previews()
{
    QFETCH(QByteArray, content);
    const auto shown = preview(m_folder.write(content));
    QVERIFY(shown.has_value());
    QTEST(QString::fromStdString(shown->format), "format");
    QTEST(static_cast<int>(shown->mapping.column_of.size()), "mapped");
    QCOMPARE(shown->rows.size(), std::size_t{1});
}

void TestReader::previewRows()
{
    const auto table = preview(m_folder.write("a,b\n1,\"x\ny\"\n\"bad\n2\n3,4,5\n"), 2);
    QVERIFY(table.has_value());
    QCOMPARE(table->columns, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(table->rows, (std::vector<std::vector<std::string>>{{"1", "x\ny"}, {"2", ""}}));
    const auto lines =
        preview(m_folder.write("{\"a\":{\"b\":1.50},\"c\":null}\nbad\n{\"c\":[1,2],\"d\":\"t\"}\n"));
    QVERIFY(lines.has_value());
    QCOMPARE(lines->columns, (std::vector<std::string>{"a.b", "c", "d"}));
    QCOMPARE(lines->rows, (std::vector<std::vector<std::string>>{{"1.5", "null", ""}, {"", "[1,2]", "t"}}));
    QVERIFY(!preview(m_folder.write("")));
}

void TestReader::azureCorpus()
{
    const QByteArray corpus = qgetenv("LEEWAY_CORPUS");
    const std::filesystem::path file =
        std::filesystem::path(corpus.toStdString()) / "traffic/azure-2023-code.csv";
    if (corpus.isEmpty() || !std::filesystem::exists(file))
        QSKIP("LEEWAY_CORPUS is not set");
    Mapping mapping;
    mapping.fixed = {{"vendor", "azure"}, {"model", "gpt-4o"}};
    const ReadLog log = read(file, &mapping);
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.complaints(), QStringList());
    QVERIFY(log.lines.size() > 8000);
}

QTEST_GUILESS_MAIN(TestReader)
#include "tst_reader.moc"
