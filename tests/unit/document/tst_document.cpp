#include "core/document/notice.h"
#include "core/document/rawblock.h"
#include "core/document/serialise.h"

#include <QtTest>

using namespace leeway::document;

namespace {

// Two pages; "Notice is given." on one line and "It ends." on the next page, "co-" "operate" over two lines.
Document sample()
{
    Document d;
    d.name = "sample.pdf";
    d.format = Format::Pdf;
    d.sha256 = std::string(64, 'a');
    d.pages = {{600, 800}, {600, 800}};
    RawBlock first;
    first.text = "1. Notice is given. They cooperate.";
    first.words = {{0, 2, 0, {10, 10, 10, 12}},    {3, 9, 0, {25, 10, 40, 12}},
                   {10, 12, 0, {70, 10, 10, 12}},  {13, 19, 0, {85, 10, 40, 12}},
                   {20, 24, 0, {130, 10, 30, 12}}, {25, 27, 0, {165, 10, 15, 12}},
                   {27, 35, 0, {10, 24, 50, 12}}};
    RawBlock second;
    second.text = "It ends.";
    second.words = {{0, 2, 1, {10, 10, 12, 12}}, {3, 8, 1, {26, 10, 30, 12}}};
    assemble(d, {first, second}, true);
    return d;
}

// A document that notes pages and notices, as word processors' files do.
Document noted()
{
    Document d;
    d.name = "ä.docx";
    d.format = Format::Docx;
    d.sha256 = std::string(64, '0');
    d.notices = {{Notice::Kind::Inserted, 2, 0, 0, {}},
                 {Notice::Kind::Deleted, 1, 0, 0, {}},
                 {Notice::Kind::Hidden, 3, 0, 0, {}},
                 {Notice::Kind::Unread, 1, 0, 0, "a drawing"}};
    RawBlock first;
    first.text = "8.2 Notice is thirty days.";
    first.notices = {{Notice::Kind::Comment, 1, 14, 25, "Can we get ninety?"}};
    RawBlock second;
    second.text = "It ends.";
    second.page_starts = {3, 3};
    assemble(d, {first, second}, true);
    return d;
}

}

class TestDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rectanglesOfRanges_data();
    void rectanglesOfRanges();
    void places();
    void textInAreas();
    void roundTrip();
    void olderImagesAreRead();
    void pagesWithoutBoxes();
    void warningsInWords();
    void flippedBytesAreCaught();
    void cutBytesAreCaught();
    void brokenPromisesAreCaught_data();
    void brokenPromisesAreCaught();
};

void TestDocument::rectanglesOfRanges_data()
{
    QTest::addColumn<unsigned>("begin");
    QTest::addColumn<unsigned>("end");
    QTest::addColumn<QList<QRectF>>("expected");
    QTest::newRow("a word") << 3U << 9U << QList<QRectF>{{25, 10, 40, 12}};
    QTest::newRow("part of a word") << 4U << 5U << QList<QRectF>{{25, 10, 40, 12}};
    QTest::newRow("words of a line") << 3U << 19U << QList<QRectF>{{25, 10, 100, 12}};
    QTest::newRow("over a line end") << 20U << 35U << QList<QRectF>{{130, 10, 50, 12}, {10, 24, 50, 12}};
    QTest::newRow("over a page end") << 27U << 40U << QList<QRectF>{{10, 24, 50, 12}, {10, 10, 12, 12}};
    QTest::newRow("between words") << 2U << 3U << QList<QRectF>{};
    QTest::newRow("nothing") << 5U << 5U << QList<QRectF>{};
    QTest::newRow("behind the end") << 900U << 1000U << QList<QRectF>{};
}

void TestDocument::rectanglesOfRanges()
{
    QFETCH(unsigned, begin);
    QFETCH(unsigned, end);
    QFETCH(QList<QRectF>, expected);
    QList<QRectF> found;
    if (begin < end) {
        for (const PageRect& r : rectangles(sample(), begin, end))
            found << QRectF(static_cast<double>(r.box.x), static_cast<double>(r.box.y),
                            static_cast<double>(r.box.width), static_cast<double>(r.box.height));
    }
    QCOMPARE(found, expected);
}

void TestDocument::places()
{
    const Document d = sample();
    QCOMPARE(page_at(d, 0), 1);
    QCOMPARE(page_at(d, d.blocks[1].begin), 2);
    QCOMPARE(page_at(d, 5000), 2);
    QCOMPARE(page_at(Document{}, 0), 0);
    QCOMPARE(block_at(d, 0), 0);
    QCOMPARE(block_at(d, d.blocks[1].begin), 1);
    QCOMPARE(block_at(d, d.blocks[0].end), -1);
    QCOMPARE(block_at(d, 5000), -1);
    QCOMPARE(section_at(Document{}, 3), std::string());
}

void TestDocument::textInAreas()
{
    const Document d = sample();
    const TextRange line = text_in(d, 0, {0, 8, 600, 10});
    QCOMPARE(d.slice(line.begin, line.end), std::string_view("1. Notice is given. They co"));
    const TextRange other = text_in(d, 1, {24, 0, 100, 100});
    QCOMPARE(d.slice(other.begin, other.end), std::string_view("ends."));
    const TextRange none = text_in(d, 0, {300, 300, 10, 10});
    QCOMPARE(none.begin, none.end);
    const TextRange beyond = text_in(d, 7, {0, 0, 1000, 1000});
    QCOMPARE(beyond.begin, beyond.end);
}

void TestDocument::roundTrip()
{
    const Document d = sample();
    const auto back = from_bytes(to_bytes(d));
    QVERIFY(back);
    QVERIFY(*back == d);
    Document plain;
    plain.name = "ä.txt";
    plain.sha256 = std::string(64, '0');
    RawBlock row;
    row.kind = RawBlock::Kind::Row;
    row.text = "a\tb";
    assemble(plain, {row}, true);
    const auto plain_back = from_bytes(to_bytes(plain));
    QVERIFY(plain_back);
    QVERIFY(*plain_back == plain);
    const auto noted_back = from_bytes(to_bytes(noted()));
    QVERIFY(noted_back);
    QVERIFY(*noted_back == noted());
}

// Project files hold images that were written before there were notices.
void TestDocument::olderImagesAreRead()
{
    std::string image = to_bytes(sample());
    QVERIFY(image.starts_with("LWD\x02") && image.ends_with(std::string(2, '\0')));
    image[3] = '\x01';
    image.resize(image.size() - 2);
    const auto back = from_bytes(image);
    QVERIFY(back);
    QVERIFY(*back == sample());
}

void TestDocument::pagesWithoutBoxes()
{
    const Document d = noted();
    QCOMPARE(page_count(d), std::size_t{3});
    QCOMPARE(page_at(d, 0), 1);
    QCOMPARE(page_at(d, d.blocks[1].begin + 2), 1);
    QCOMPARE(page_at(d, d.blocks[1].begin + 3), 3);
    QCOMPARE(page_count(sample()), std::size_t{2});
    QCOMPARE(page_count(Document{}), std::size_t{0});
}

void TestDocument::warningsInWords()
{
    QStringList said;
    for (const std::string& warning : warnings(noted()))
        said << QString::fromStdString(warning);
    QCOMPARE(said.size(), 4);
    QVERIFY2(said[0].contains(QLatin1String("2 insertions, read as text, and 1 deletion, left out")),
             qPrintable(said[0]));
    QVERIFY2(said[1].contains(QLatin1String("hides 3 passages")), qPrintable(said[1]));
    QVERIFY2(said[2].contains(QLatin1String("a drawing")), qPrintable(said[2]));
    QCOMPARE(said[3], QStringLiteral("Comment at 8.2 on “thirty days”: “Can we get ninety?”"));
    QVERIFY(warnings(sample()).empty());
}

// A flipped bit may still give a sound document (another letter), but never one that breaks the promises.
void TestDocument::flippedBytesAreCaught()
{
    const std::string good = to_bytes(sample());
    int refused = 0;
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
            const auto read = from_bytes(bad);
            if (!read) {
                QCOMPARE(read.error().code, leeway::base::ErrorCode::Unreadable);
                ++refused;
                continue;
            }
            const Document& d = *read;
            for (const Word& word : d.words)
                QVERIFY(word.begin < word.end && word.end <= d.text.size() && word.page < d.pages.size());
            std::size_t sentences = 0;
            for (std::size_t b = 0; b < d.blocks.size(); ++b) {
                QVERIFY(d.blocks[b].end <= d.text.size());
                QVERIFY(d.blocks[b].heading < static_cast<int>(b) &&
                        d.blocks[b].lead_in < static_cast<int>(b));
                sentences += d.blocks[b].sentence_count;
                QVERIFY(section_at(d, d.blocks[b].begin).size() < 1000);
            }
            QCOMPARE(sentences, d.sentences.size());
            QVERIFY(from_bytes(to_bytes(d)));
        }
    }
    QVERIFY(refused > 500);
}

void TestDocument::cutBytesAreCaught()
{
    const std::string good = to_bytes(sample());
    for (std::size_t size = 0; size < good.size(); ++size)
        QVERIFY(!from_bytes(std::string_view(good).substr(0, size)));
    QVERIFY(!from_bytes(good + "x"));
}

void TestDocument::brokenPromisesAreCaught_data()
{
    using Spoil = std::function<void(Document&)>;
    QTest::addColumn<Spoil>("spoil");
    const auto row = [](const char* name, const Spoil& spoil) { QTest::newRow(name) << spoil; };
    row("word behind the text",
        [](Document& d) { d.words.back().end = static_cast<std::uint32_t>(d.text.size()) + 1; });
    row("word on no page", [](Document& d) { d.words.back().page = 9; });
    row("overlapping words", [](Document& d) { d.words[1].begin = d.words[0].begin; });
    row("block behind the text",
        [](Document& d) { d.blocks.back().end = static_cast<std::uint32_t>(d.text.size()) + 4; });
    row("heading is no heading", [](Document& d) { d.blocks[1].heading = 0; });
    row("lead-in ahead", [](Document& d) { d.blocks[0].lead_in = 1; });
    row("sentence outside its block", [](Document& d) { d.sentences.back().end = d.blocks.back().end + 1; });
    row("page start behind the text", [](Document& d) {
        d.pages.clear();
        d.words.clear();
        d.page_starts = {static_cast<std::uint32_t>(d.text.size()) + 1};
    });
    row("two kinds of pages", [](Document& d) { d.page_starts = {1}; });
    row("notice behind the text", [](Document& d) {
        d.notices = {{Notice::Kind::Comment, 1, 0, static_cast<std::uint32_t>(d.text.size()) + 1, "x"}};
    });
    row("broken UTF-8 in a comment", [](Document& d) {
        d.notices = {{Notice::Kind::Comment, 1, 0, 0, "\xFF"}};
    });
    row("bad hash", [](Document& d) { d.sha256 = "abc"; });
    row("NUL in the text", [](Document& d) { d.text[4] = '\0'; });
    row("broken UTF-8", [](Document& d) { d.text[4] = '\xFF'; });
    row("box is not a number",
        [](Document& d) { d.words[0].box.x = std::numeric_limits<float>::quiet_NaN(); });
    row("word cuts a character", [](Document& d) {
        d.text[4] = '\xC3';
        d.text[5] = '\xA4';
        d.words[1].end = 5;
    });
}

void TestDocument::brokenPromisesAreCaught()
{
    QFETCH(std::function<void(Document&)>, spoil);
    Document d = sample();
    spoil(d);
    const auto read = from_bytes(to_bytes(d));
    QVERIFY(!read);
    QCOMPARE(read.error().code, leeway::base::ErrorCode::Unreadable);
}

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
