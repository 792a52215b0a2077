// Bytes, lines and blocks of files: packed, growing, cut off.

#include "core/usage/bytes.h"
#include "core/usage/idset.h"
#include "core/usage/marks.h"
#include "core/usage/reading.h"
#include "core/usage/source.h"
#include "core/usage/values.h"
#include "logs.h"

#include <QtTest/QtTest>
#include <pcg_random.hpp>
#include <set>
#include <zlib.h>
#include <zstd.h>

using namespace leeway;
using namespace leeway::usage;

namespace {

QByteArray zstd(const QByteArray& content)
{
    QByteArray packed(static_cast<qsizetype>(ZSTD_compressBound(static_cast<std::size_t>(content.size()))),
                      '\0');
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1); // as the program does
    const std::size_t size = ZSTD_compress2(context, packed.data(), static_cast<std::size_t>(packed.size()),
                                            content.constData(), static_cast<std::size_t>(content.size()));
    ZSTD_freeCCtx(context);
    return packed.left(static_cast<qsizetype>(size));
}

QByteArray random_log(int rows)
{
    pcg32 random(5);
    QByteArray log = "time,model,input_tokens,output_tokens,request_id\n";
    for (int i = 0; i < rows; ++i)
        log += QStringLiteral("2026-11-%1T09:00:00Z,m%2,%3,%4,id%5\n")
                   .arg(1 + random(28), 2, 10, QLatin1Char('0'))
                   .arg(random(3))
                   .arg(random(1000))
                   .arg(random(1000))
                   .arg(i)
                   .toLatin1();
    return log;
}

}

class TestSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void packed_data();
    void packed();
    void zstdBomb();
    void growing();
    void blocks();
    void blocksGivenBack();
    void sameOnThreads_data();
    void sameOnThreads();
    void values_data();
    void values();
    void marks();
    void digests();
    void manyIds();

private:
    LogFolder m_folder;
};

void TestSource::packed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<qsizetype>("lines"); // -1: damaged
    const QByteArray log = random_log(5000);
    QTest::newRow("zstd") << zstd(log) << qsizetype{5000};
    QTest::newRow("two zstd frames") << zstd(log.left(1000)) + zstd(log.mid(1000)) << qsizetype{5000};
    QTest::newRow("zstd cut off") << zstd(log).chopped(10) << qsizetype{-1};
    QTest::newRow("zstd damaged") << zstd(log).replace(zstd(log).size() - 100, 8, "damaged!")
                                  << qsizetype{-1};
    QTest::newRow("zstd and then something else") << zstd(log) + "x,y,z and so on" << qsizetype{-1};
    QTest::newRow("a gzip header alone") << QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\3", 10) << qsizetype{-1};
}

void TestSource::packed()
{
    QFETCH(QByteArray, content);
    QFETCH(qsizetype, lines);
    const ReadLog log = read(m_folder.write(content));
    QVERIFY2(log.status.has_value() == (lines >= 0), qPrintable(log.message()));
    if (lines >= 0)
        QCOMPARE(static_cast<qsizetype>(log.lines.size()), lines);
    else
        QVERIFY2(log.message().contains(QStringLiteral("it is damaged or cut off")),
                 qPrintable(log.message()));
}

void TestSource::zstdBomb()
{
    // 200 MB of one good line in a file of 20 kB.
    const QByteArray content =
        "time,model,input_tokens\n" + QByteArray("2026-11-02,m,1\n").repeated(200'000'000 / 15);
    const auto cube = read_cube({m_folder.write(zstd(content))}, pricing::Sheet{});
    QVERIFY(!cube);
    QCOMPARE(cube.error().code, base::ErrorCode::TooLarge);
    QVERIFY2(cube.error().message.find("unpacks to more than 250 times its size") != std::string::npos,
             cube.error().message.c_str());
}

void TestSource::growing()
{
    const auto file = m_folder.write(random_log(80'000));
    base::Status status = base::fail(base::ErrorCode::Io, "not read");
    bool written = false;
    const auto cube = read_cube({file}, pricing::Sheet{}, nullptr, [&](std::int64_t, std::int64_t) {
        if (!std::exchange(written, true)) {
            QFile log(QString::fromStdString(file.string()));
            if (log.open(QIODevice::Append))
                log.write("2026-11-02T09:00:00Z,m,1,1,late\n");
        }
        return true;
    });
    QVERIFY(written);
    QVERIFY(!cube);
    QVERIFY2(cube.error().message.find("was written to while it was read. Nothing was imported") !=
                 std::string::npos,
             cube.error().message.c_str());
}

void TestSource::blocks()
{
    const QByteArray log = random_log(10'000);
    const auto file = m_folder.write(log.chopped(1));
    auto source = LineSource::open(file);
    QVERIFY(source.has_value());
    LineSource::Block block;
    QByteArray all;
    std::int64_t next = 1;
    while (source->next_block(block)) {
        QCOMPARE(block.first_line, next);
        next += block.lines();
        all += QByteArray(block.text().data(), static_cast<qsizetype>(block.text().size()));
    }
    QCOMPARE(all, log.chopped(1));
    QCOMPARE(next, std::int64_t{10'002});
}

void TestSource::blocksGivenBack()
{
    auto source = LineSource::open(m_folder.write("one\ntwo\r\nthree\nfour"));
    QVERIFY(source.has_value());
    LineSource::Block block;
    QVERIFY(source->next_block(block));
    source->put_back(block, 4, 2);
    QStringList lines;
    LineSource::Line line;
    while (source->next(line))
        lines.append(QStringLiteral("%1 %2")
                         .arg(line.number)
                         .arg(QString::fromUtf8(line.text.data(), static_cast<qsizetype>(line.text.size()))));
    QCOMPARE(lines, (QStringList{u"2 two"_qs, u"3 three"_qs, u"4 four"_qs}));
}

void TestSource::sameOnThreads_data()
{
    QTest::addColumn<QByteArray>("content");
    QByteArray log = random_log(30'000);
    QTest::newRow("a table") << log;
    QTest::newRow("a table with bad lines") << QByteArray(log).replace("T09:00:00Z,m1,7", "T09:00:00Z,,7");
    QTest::newRow("records over several lines")
        << QByteArray(log).replace(",id20001\n", ",\"id\n\n20001\"\n").replace(",id25000\n", ",\"open\n");
    QByteArray lines;
    for (int i = 0; i < 20'000; ++i)
        lines +=
            "{\"time\":\"2026-11-02T09:00:00Z\",\"model\":\"m\",\"input_tokens\":" + QByteArray::number(i) +
            (i % 97 == 0 ? "" : "}") + "\n";
    QTest::newRow("JSON Lines with bad ones") << lines;
}

void TestSource::sameOnThreads()
{
    QFETCH(QByteArray, content);
    const auto file = m_folder.write(content);
    QList<QByteArray> read;
    for (const int threads : {1, 2, 4}) {
        QByteArray all;
        ReadTargets targets;
        targets.usage = [&](std::span<const pricing::Usage> usages) {
            for (const pricing::Usage& usage : usages)
                all += QByteArray::number(qlonglong(usage.line)) + ' ' + usage.request_id.c_str() + ' ' +
                       shown(usage.counts).toUtf8() + '\n';
        };
        targets.bad = [&](const BadLine& line) {
            all += QByteArray::number(qlonglong(line.line)) + ": " + line.reason.c_str() + '\n';
        };
        const auto status = read_log(file, nullptr, targets, {}, threads);
        QVERIFY2(status.has_value(), status ? "" : status.error().message.c_str());
        read.append(all);
    }
    QVERIFY(read[0].size() > 100'000);
    QCOMPARE(read[1].size(), read[0].size());
    QVERIFY(read[1] == read[0]);
    QVERIFY(read[2] == read[0]);
}

void TestSource::values_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("values"); // with the line on which each begins
    const auto row = [](const char* name, const QByteArray& content, const QStringList& values) {
        QTest::newRow(name) << content << values;
    };
    row("a list", "[{\"a\":1},\n{\"b\":[2]}]\n", {u"1 {\"a\":1}"_qs, u"2 {\"b\":[2]}"_qs});
    row("one over several lines", "\n{\n\"a\": {\n}}\n", {u"2 {\n\"a\": {\n}}"_qs});
    row("several in a row", "{\"a\":1}{\"b\":2}  {\"c\":3}",
        {u"1 {\"a\":1}"_qs, u"1 {\"b\":2}"_qs, u"1 {\"c\":3}"_qs});
    row("brackets in texts", "[{\"a\":\"}]\\\"}\"},{\"b\":\"\\\\\"}]",
        {u"1 {\"a\":\"}]\\\"}\"}"_qs, u"1 {\"b\":\"\\\\\"}"_qs});
    row("other things", "[hello, 17\n{\"a\":1}}\n]", {u"1 hello, 17"_qs, u"2 {\"a\":1}"_qs, u"2 }"_qs});
    row("cut off", "[{\"a\":1},{\"b\"", {u"1 {\"a\":1}"_qs, u"1 {\"b\"\n"_qs});
}

void TestSource::values()
{
    QFETCH(QByteArray, content);
    auto source = LineSource::open(m_folder.write(content));
    QVERIFY(source.has_value());
    JsonValues reader(*source);
    LineSource::Line value;
    QStringList values;
    while (reader.next(value))
        values.append(
            QStringLiteral("%1 %2")
                .arg(value.number)
                .arg(QString::fromUtf8(value.text.data(), static_cast<qsizetype>(value.text.size()))));
    QTEST(values, "values");
}

void TestSource::marks()
{
    pcg32 random(3);
    std::vector<std::uint32_t> found;
    for (std::size_t size = 0; size < 300; ++size) {
        std::string text;
        std::vector<std::uint32_t> expected;
        for (std::size_t i = 0; i < size; ++i) {
            text += "ab;,\"\n\x81"[random(7)];
            if (text.back() == ';' || text.back() == '"' || text.back() == '\n')
                expected.push_back(static_cast<std::uint32_t>(i));
        }
        find_marks(text, ';', found);
        QVERIFY(found == expected);
    }
}

void TestSource::digests()
{
    // Every length, and every bit of a text, makes another digest.
    std::set<Digest> seen;
    const std::string zeros(300, '\0');
    for (std::size_t size = 0; size <= zeros.size(); ++size)
        seen.insert(digest_of(std::string_view(zeros).substr(0, size)));
    for (std::size_t bit = 0; bit < zeros.size() * 8; ++bit) {
        std::string text = zeros;
        text[bit / 8] = static_cast<char>(1U << bit % 8);
        seen.insert(digest_of(text));
    }
    QCOMPARE(seen.size(), std::size_t{301 + 2400});
    QVERIFY(joined(digest_of("a"), "b") != digest_of("ab"));
}

void TestSource::manyIds()
{
    // Enough for temporary files. Every tenth id comes a second time, much later.
    IdSet ids;
    constexpr int count = 4'000'000;
    std::int64_t known = 0;
    for (int i = 0; i < count; ++i) {
        const std::string id = std::to_string(i);
        QVERIFY(ids.insert(id));
        if (i >= 3'900'000 && i % 10 == 0)
            known += ids.insert(std::to_string(i - 3'900'000 + i % 7 * 500'000)) ? 0 : 1;
    }
    QCOMPARE(known, std::int64_t{10'000});
    std::int64_t all = 0;
    bool ascending = true;
    Digest last;
    ids.for_each([&](const Digest& id) {
        ascending = ascending && last < id;
        last = id;
        ++all;
    });
    QCOMPARE(all, std::int64_t{count});
    QVERIFY(ascending);
}

QTEST_GUILESS_MAIN(TestSource)
#include "tst_source.moc"
