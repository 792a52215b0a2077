#include "core/document/furniture.h"
#include "core/document/hyphens.h"
#include "core/document/layout.h"

#include <QtTest>

using namespace leeway::document;

namespace {

using Texts = QList<QByteArray>;

constexpr float line_height = 12;
constexpr float letter = 5;

// Prints one line of words at a place; every letter is as wide as the next.
void print(PrintedPage& page, float x, float y, const QByteArray& text)
{
    const Texts words = text.split(' ');
    for (qsizetype i = 0; i < words.size(); ++i) {
        const float width = letter * static_cast<float>(words[i].size());
        page.words.push_back({words[i].toStdString(),
                              {x, y, width, line_height},
                              i + 1 < words.size(),
                              i + 1 == words.size()});
        x += width + letter;
    }
}

Texts texts(const std::vector<PrintedPage>& pages)
{
    Texts result;
    for (const RawBlock& block : blocks_of(pages))
        result << QByteArray::fromStdString(block.text);
    return result;
}

PrintedPage empty_page()
{
    return {{600, 800}, {}};
}

// Lines of about 60 letters that fill a column.
Texts running_text(const QByteArray& tag, int lines)
{
    Texts result;
    for (int i = 0; i < lines; ++i)
        result << tag + QByteArray::number(i).rightJustified(2, '0') +
                      " goes on with words that fill the line";
    return result;
}

}

class TestLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void paragraphs();
    void markInItsOwnRun();
    void columns();
    void tables();
    void furniture();
    void titleThatIsAlsoTheHeader();
    void pageNumbers_data();
    void pageNumbers();
    void overPages();
    void raised();
    void hyphens_data();
    void hyphens();
    void everyWordHasItsBox();
    void hostile();
};

void TestLayout::paragraphs()
{
    PrintedPage page = empty_page();
    print(page, 50, 100, "The provider shall give notice to the customer before");
    print(page, 50, 114, "it raises any fee.");
    print(page, 50, 142, "The customer may then end the agreement at once and");
    print(page, 50, 156, "need not pay for the rest.");
    QCOMPARE(texts({page}),
             (Texts{"The provider shall give notice to the customer before it raises any fee.",
                    "The customer may then end the agreement at once and need not pay for the rest."}));
}

void TestLayout::markInItsOwnRun()
{
    PrintedPage page = empty_page();
    print(page, 90, 100, "the data of the customer, which it keeps for as long as");
    print(page, 50, 100, "(a)");
    print(page, 90, 114, "it is needed;");
    print(page, 90, 128, "the logs.");
    print(page, 50, 128, "(b)");
    QCOMPARE(texts({page}),
             (Texts{"(a) the data of the customer, which it keeps for as long as it is needed;",
                    "(b) the logs."}));
}

void TestLayout::columns()
{
    PrintedPage page = empty_page();
    print(page, 50, 60,
          "A title that runs over both of the columns of the page, from side to side of it as titles do");
    const Texts left = running_text("left", 12);
    const Texts right = running_text("right", 12);
    for (int i = 0; i < 12; ++i) {
        print(page, 50, 100 + 14 * static_cast<float>(i), left[i]);
        print(page, 320, 101 + 14 * static_cast<float>(i), right[i]);
    }
    const QByteArray text = texts({page}).join(' ');
    QVERIFY(text.startsWith("A title"));
    QVERIFY2(text.indexOf("left11") < text.indexOf("right00"), text.constData());
    QVERIFY(text.indexOf("left00") < text.indexOf("left11"));
}

void TestLayout::tables()
{
    PrintedPage page = empty_page();
    const Texts names{"Alpha", "Beta", "Gamma"};
    for (int i = 0; i < 3; ++i) {
        const float y = 100 + 20 * static_cast<float>(i);
        print(page, 50, y, names[i]);
        print(page, 200, y, "1.50");
        print(page, 300, y, "per call");
    }
    const auto blocks = blocks_of({page});
    QCOMPARE(blocks.size(), std::size_t{3});
    QCOMPARE(blocks[1].kind, RawBlock::Kind::Row);
    QCOMPARE(QByteArray::fromStdString(blocks[1].text), QByteArray("Beta\t1.50\tper call"));
}

void TestLayout::furniture()
{
    std::vector<PrintedPage> pages;
    for (int p = 0; p < 5; ++p) {
        PrintedPage page = empty_page();
        print(page, 50, 30, "ACME MASTER AGREEMENT");
        print(page, 50, 100, "This is what page " + QByteArray(1, static_cast<char>('a' + p)) + " says.");
        print(page, 50, 114, "And some more that differs: " + QByteArray(1, static_cast<char>('k' + p)));
        print(page, 50, 750, "Confidential draft of 1 May 2026");
        print(page, 280, 770, "Page " + QByteArray::number(p + 1) + " of 5");
        pages.push_back(page);
    }
    const QByteArray text = texts(pages).join(' ');
    QVERIFY2(!text.contains("ACME") && !text.contains("Confidential") && !text.contains("Page"),
             text.constData());
    for (int p = 0; p < 5; ++p)
        QVERIFY(text.contains(QByteArray("page ") + static_cast<char>('a' + p) + " says."));
}

void TestLayout::titleThatIsAlsoTheHeader()
{
    std::vector<PrintedPage> pages;
    for (int p = 0; p < 5; ++p) {
        PrintedPage page = empty_page();
        print(page, 200, p == 0 ? 90 : 30, "Acme Master Agreement");
        print(page, 50, 140, "This is what page " + QByteArray(1, static_cast<char>('a' + p)) + " says.");
        pages.push_back(page);
    }
    const QByteArray text = texts(pages).join(' ');
    QCOMPARE(text.count("Acme Master Agreement"), 1);
    QVERIFY2(text.startsWith("Acme Master Agreement"), text.constData());
}

void TestLayout::pageNumbers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("expected");
    for (const char* yes : {"7", "- 7 -", "Page 7", "Page 7 of 12", "7/12", "A-3", "iv", "[7]", "p. 7"})
        QTest::newRow(yes) << QByteArray(yes) << true;
    for (const char* no : {"7 days", "$7", "7%", "Section 7", "", "civil", "The", "12345678"})
        QTest::newRow(*no == '\0' ? "nothing" : no) << QByteArray(no) << false;
}

void TestLayout::pageNumbers()
{
    QFETCH(QByteArray, text);
    QTEST(is_page_number(text.toStdString()), "expected");
}

void TestLayout::overPages()
{
    PrintedPage first = empty_page();
    print(first, 50, 700, "The provider shall give notice to the customer before it");
    print(first, 280, 770, "1");
    PrintedPage second = empty_page();
    print(second, 50, 60, "raises any fee.");
    print(second, 280, 770, "2");
    const auto blocks = blocks_of({first, second});
    QCOMPARE(blocks.size(), std::size_t{1});
    QCOMPARE(QByteArray::fromStdString(blocks[0].text),
             QByteArray("The provider shall give notice to the customer before it raises any fee."));
    QCOMPARE(blocks[0].words.back().page, 1U);
}

void TestLayout::raised()
{
    PrintedPage page = empty_page();
    print(page, 50, 100, "It is due on the 20 day of the month.");
    page.words.push_back({"th", {50 + letter * 19, 98, 6, 6}, false, true});
    QCOMPARE(texts({page}), Texts{"It is due on the 20 th day of the month."});
}

void TestLayout::hyphens_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("next");
    QTest::addColumn<int>("expected");
    using Join = Hyphens::Join;
    const auto row = [](const char* line, const char* next, Join join) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(next) << static_cast<int>(join);
    };
    row("upon termi-", "nation of", Join::Drop);
    row("by a third-", "party claim", Join::Keep);
    row("a non-", "exclusive", Join::Keep);
    row("in Anglo-", "American law", Join::Keep);
    row("of COVID-", "19 cases", Join::Keep);
    row("both pre-", "and post-sale", Join::Blank);
    row("no hyphen", "here", Join::Blank);
    row("a dash -", "here", Join::Blank);
    row("soft\u00ad", "ware", Join::Drop);
    row("other\u2010", "wise", Join::Drop);
    row("state-of-the-", "art", Join::Keep);
    row("-", "x", Join::Blank);
}

void TestLayout::hyphens()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, next);
    const std::vector<std::string_view> lines{"the termination of a third-party claim-", "otherwise"};
    QTEST(static_cast<int>(Hyphens(lines).at_line_end(line.toStdString(), next.toStdString())), "expected");
}

void TestLayout::everyWordHasItsBox()
{
    PrintedPage page = empty_page();
    print(page, 50, 100, "The provider shall give notice of the termi-");
    print(page, 50, 114, "nation of the agreement.");
    const auto blocks = blocks_of({page});
    QCOMPARE(blocks.size(), std::size_t{1});
    const RawBlock& block = blocks[0];
    QVERIFY(block.text.find("termination") != std::string::npos);
    std::string covered;
    for (const Word& word : block.words)
        covered += block.text.substr(word.begin, word.end - word.begin);
    std::string text = block.text;
    std::erase(text, ' ');
    QCOMPARE(covered, text);
    // The two halves are neighbours in the text and have boxes on two lines.
    const auto at = block.text.find("termination");
    const auto half =
        std::find_if(block.words.begin(), block.words.end(), [&](const Word& w) { return w.begin == at; });
    QVERIFY(half != block.words.end() && half + 1 != block.words.end());
    QCOMPARE(half->end, (half + 1)->begin);
    QVERIFY((half + 1)->box.y > half->box.y);
}

void TestLayout::hostile()
{
    std::vector<PrintedPage> pages(3, empty_page());
    for (int i = 0; i < 20'000; ++i) // all words at one spot
        pages[0].words.push_back({"x", {100, 100, 0, 0}, false, true});
    for (int i = 0; i < 20'000; ++i) // far outside the page, of odd sizes
        pages[1].words.push_back(
            {"y",
             {static_cast<float>(i % 7) * 30'000 - 100'000, static_cast<float>(i), 1e5F, 0.001F},
             true,
             i % 3 == 0});
    pages[1].words.back().line_end = true;
    QVERIFY(!blocks_of(pages).empty());
    QVERIFY(blocks_of({}).empty());
    QVERIFY(blocks_of({PrintedPage{}}).empty());
}

QTEST_GUILESS_MAIN(TestLayout)
#include "tst_layout.moc"
