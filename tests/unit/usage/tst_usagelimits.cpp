// Files that are made to hurt: none may crash, hang or take memory without end.

#include "core/usage/csv.h"
#include "core/usage/cubebuilder.h"
#include "logs.h"

#include <QElapsedTimer>
#include <QtTest/QtTest>
#include <pcg_random.hpp>
#include <zlib.h>

using namespace leeway;
using namespace leeway::usage;

namespace {

const QByteArray header = "time,model,input_tokens,prompt\n";
const QByteArray good = "2026-11-02,m,1,x\n";
constexpr qint64 patience_ms = 20'000;

}

class TestUsageLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void openQuote();
    void manyOpenQuotes();
    void quotesThatNeverMeet();
    void longLines();
    void longQuotedField();
    void zeros();
    void noise_data();
    void noise();
    void gzipBomb();
    void manyCells();
    void cancelled();
    void splitRecords_data();
    void splitRecords();

private:
    LogFolder m_folder;
};

void TestUsageLimits::openQuote()
{
    const ReadLog log = read(m_folder.write(header + good + "2026-11-02,m,1,\"never closed\n" + good + good));
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.complaints(), QStringList(QStringLiteral("3: opens a quote that is not closed")));
    QCOMPARE(log.lines.size(), std::size_t{3});
    QCOMPARE(log.lines.back().line, std::int64_t{5});
}

void TestUsageLimits::manyOpenQuotes()
{
    // Odd quotes on many lines; each could swallow the rest of the file again and again.
    QByteArray content = header + good.repeated(2'000);
    for (int i = 0; i < 400; ++i)
        content += "2026-11-02,m,1,\"a\"\"b\n" + good.repeated(5);
    content += good.repeated(200'000);
    QElapsedTimer timer;
    timer.start();
    const ReadLog log = read(m_folder.write(content));
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QVERIFY2(timer.elapsed() < patience_ms, "took too long");
    QVERIFY(log.lines.size() > 200'000);
    QVERIFY(log.bad.size() >= 200);
}

void TestUsageLimits::quotesThatNeverMeet()
{
    // Every line closes one quoted field and opens the next.
    const QByteArray content =
        header + good.repeated(100) + "2026-11-02,m,1,\"" + QByteArray("\",\"\n").repeated(500'000);
    QElapsedTimer timer;
    timer.start();
    const ReadLog log = read(m_folder.write(content));
    QVERIFY2(timer.elapsed() < patience_ms, "took too long");
    QVERIFY(!log.status); // far more than 20 % are bad
    QVERIFY(log.lines.size() >= 100);
}

void TestUsageLimits::longLines()
{
    const QByteArray ten = "2026-11-02,m,1," + QByteArray(10'000'000, 'x') + "\n";
    const QByteArray twenty = "2026-11-02,m,1," + QByteArray(20'000'000, 'x') + "\n";
    const ReadLog log = read(m_folder.write(header + good + ten + twenty + good));
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.lines.size(), std::size_t{3});
    QCOMPARE(log.complaints(), QStringList(QStringLiteral("4: is longer than 16 MB")));
    QCOMPARE(log.lines.back().line, std::int64_t{5});
    const QByteArray json = "{\"time\":\"2026-11-02\",\"model\":\"m\",\"input_tokens\":1,\"prompt\":\"";
    const ReadLog lines = read(m_folder.write(json + QByteArray(10'000'000, 'x') + "\"}\n" + json +
                                              QByteArray(20'000'000, 'x') + "\"}\n" + json + "\"}\n"));
    QVERIFY2(lines.status.has_value(), qPrintable(lines.message()));
    QCOMPARE(lines.lines.size(), std::size_t{2});
    QCOMPARE(lines.complaints(), QStringList(QStringLiteral("2: is longer than 16 MB")));
    QVERIFY(!read(m_folder.write(QByteArray(20'000'000, 'x'))).status);
}

void TestUsageLimits::longQuotedField()
{
    const QByteArray prompt = QByteArray("a line of a prompt, with \"\"quotes\"\"\n").repeated(50'000);
    const ReadLog log = read(m_folder.write(header + "2026-11-02,m,1,\"" + prompt + "\"\n" + good));
    QVERIFY2(log.status.has_value(), qPrintable(log.message()));
    QCOMPARE(log.complaints(), QStringList());
    QCOMPARE(log.lines.size(), std::size_t{2});
    QCOMPARE(log.lines.back().line, std::int64_t{50'003});
}

void TestUsageLimits::zeros()
{
    QVERIFY(!read(m_folder.write(QByteArray(1'000'000, '\0'))).status);
    QVERIFY(!read(m_folder.write(header + QByteArray(1'000'000, '\0'))).status);
    const ReadLog log = read(m_folder.write(header + good + QByteArray(100, '\0') + "\n" + good));
    QCOMPARE(log.lines.size(), std::size_t{2});
    QCOMPARE(log.bad.size(), std::size_t{1});
}

void TestUsageLimits::noise_data()
{
    QTest::addColumn<QByteArray>("seed_text");
    QTest::newRow("table") << header + good.repeated(50) + "2026-11-02,\"m\",\"1\",\"a\"\"b\nc\"\n";
    QTest::newRow("JSON Lines")
        << QByteArray(
               "{\"time\":\"2026-11-02\",\"model\":\"m\",\"input_tokens\":1,\"x\":[1,{\"a\":\"\\u00e9\"}]}\n")
               .repeated(30);
}

void TestUsageLimits::noise()
{
    // Bytes are changed, doubled and dropped; whatever comes out is read or refused.
    QFETCH(QByteArray, seed_text);
    pcg32 random(7);
    int readable = 0;
    for (int round = 0; round < 400; ++round) {
        QByteArray content = seed_text;
        const auto changes = 1 + random(20);
        for (unsigned i = 0; i < changes; ++i) {
            const auto at = static_cast<qsizetype>(random(static_cast<unsigned>(content.size())));
            switch (random(4)) {
            case 0:
                content[at] = static_cast<char>(random(256));
                break;
            case 1:
                content.insert(at, "\",\n\r;\t{}[]\\:0"[random(13)]);
                break;
            case 2:
                content.remove(at, 1 + static_cast<qsizetype>(random(30)));
                break;
            default:
                content.insert(at, content.mid(at, static_cast<qsizetype>(random(40))));
                break;
            }
            if (content.isEmpty())
                content = "x";
        }
        const auto file = m_folder.write(content);
        const ReadLog log = read(file);
        readable += log.status ? 1 : 0;
        for (const pricing::Usage& usage : log.lines) {
            QVERIFY(!usage.model.empty());
            for (const std::int64_t count : usage.counts.of)
                QVERIFY(count >= 0);
        }
        QVERIFY(preview(file) || !log.status);
    }
    QVERIFY(readable > 20 && readable <= 400);
}

void TestUsageLimits::gzipBomb()
{
    // 400 MB of one line in a file of 400 kB.
    QTemporaryDir folder;
    const QByteArray path = folder.filePath(QStringLiteral("bomb.csv.gz")).toUtf8();
    gzFile file = gzopen(path.constData(), "wb9");
    gzwrite(file, header.constData(), static_cast<unsigned>(header.size()));
    gzwrite(file, good.constData(), static_cast<unsigned>(good.size()));
    const QByteArray chunk(1'000'000, 'x');
    for (int i = 0; i < 400; ++i)
        gzwrite(file, chunk.constData(), static_cast<unsigned>(chunk.size()));
    gzclose(file);
    const ReadLog log = read(path.constData());
    QCOMPARE(log.status.error().code, base::ErrorCode::TooLarge);
    QVERIFY2(log.message().contains(QStringLiteral("unpacks to more than 250 times its size")),
             qPrintable(log.message()));
}

void TestUsageLimits::manyCells()
{
    CubeBuilder builder(pricing::Sheet{});
    pricing::Usage usage;
    usage.model = "m";
    usage.counts[pricing::Component::Request] = 1;
    for (std::size_t i = 0; i <= CubeBuilder::most_cells; ++i) {
        QVERIFY(!builder.too_many_cells());
        usage.tag = std::to_string(i);
        builder.add(usage);
    }
    QVERIFY(builder.too_many_cells());
    QCOMPARE(builder.take({}).cells.size(), CubeBuilder::most_cells);
}

void TestUsageLimits::cancelled()
{
    int asked = 0;
    const auto cube = read_cube(
        {m_folder.write(header + good.repeated(100'000))}, pricing::Sheet{}, nullptr,
        [&](std::int64_t done, std::int64_t total) { return done > 0 && total > 0 && ++asked < 3; });
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::Cancelled);
    QCOMPARE(asked, 3);
}

void TestUsageLimits::splitRecords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("fields"); // between bars
    const auto row = [](const char* text, const char* fields) { QTest::newRow(text) << text << fields; };
    row("", "");
    row("a", "a");
    row(",", "|");
    row("a,b,c", "a|b|c");
    row("a,,", "a||");
    row("\"a\"", "a");
    row("\"\"", "");
    row("\"\",x", "|x");
    row("\"a,b\",c", "a,b|c");
    row("\"a\"\"b\"", "a\"b");
    row("\"\"\"\"", "\"");
    row("\"\"\"a\"\"\",\"b\"", "\"a\"|b");
    row("a\"b,c", "a\"b|c");
    row("\"a", "open");
    row("\"a\"\"", "open");
    row("x,\"", "open");
    row("\"a\"b", "text");
    row("\"a\" ,b", "text");
}

void TestUsageLimits::splitRecords()
{
    QFETCH(QString, text);
    const std::string record = text.toStdString();
    std::vector<std::string_view> fields;
    std::deque<std::string> unescaped;
    QString result;
    switch (split_record(record, ',', fields, unescaped)) {
    case Split::OpenQuote:
        result = QStringLiteral("open");
        break;
    case Split::TextAfterQuote:
        result = QStringLiteral("text");
        break;
    case Split::Ok: {
        QStringList parts;
        for (const std::string_view field : fields)
            parts.append(QString::fromUtf8(field.data(), static_cast<qsizetype>(field.size())));
        result = parts.join(u'|');
        break;
    }
    }
    QTEST(result, "fields");
}

QTEST_GUILESS_MAIN(TestUsageLimits)
#include "tst_usagelimits.moc"
