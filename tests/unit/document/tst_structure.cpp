#include "core/document/rawblock.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace leeway::document;

namespace {

using Texts = QList<QByteArray>;

std::vector<RawBlock> raw(const Texts& texts)
{
    std::vector<RawBlock> blocks;
    for (const QByteArray& text : texts) {
        RawBlock block;
        block.text = text.toStdString();
        blocks.push_back(std::move(block));
    }
    return blocks;
}

Document structured(const Texts& texts)
{
    Document document;
    assemble(document, split_run_on(raw(texts)), true);
    return document;
}

// "heading 1 8|paragraph 0 8.2|item 1 (a) <1": kind, level, number, and lead-in where there is one.
Texts printed(const Document& document)
{
    static const char* const kinds[] = {"heading", "paragraph", "item", "row"};
    Texts lines;
    for (const Block& block : document.blocks) {
        QByteArray line = QByteArray(kinds[static_cast<int>(block.kind)]) + ' ' +
                          QByteArray::number(block.level) + ' ' + QByteArray::fromStdString(block.number);
        line = line.trimmed();
        if (block.lead_in >= 0)
            line += " <" + QByteArray::number(block.lead_in);
        lines << line;
    }
    return lines;
}

}

class TestStructure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds_data();
    void kinds();
    void sections_data();
    void sections();
    void runOn_data();
    void runOn();
    void runOnKeepsWords();
    void headingsAbove();
    void manyHeadings();
    void deepLists();
};

void TestStructure::kinds_data()
{
    QTest::addColumn<Texts>("texts");
    QTest::addColumn<Texts>("expected");
    QTest::newRow("numbered headings") << Texts{"8. Data", "8.2 Ownership.", "8.2.1 Return of Data"}
                                       << Texts{"heading 1 8", "heading 2 8.2", "heading 3 8.2.1"};
    QTest::newRow("run-in heading stays one paragraph")
        << Texts{"8.2 Use of Customer Content. Provider shall not train models on Customer Content."}
        << Texts{"paragraph 0 8.2"};
    QTest::newRow("article") << Texts{"ARTICLE IV", "TERM",
                                      "4.1 The term of this Agreement is one year from the "
                                      "Effective Date."}
                             << Texts{"heading 1 ARTICLE IV", "heading 2", "paragraph 0 4.1"};
    QTest::newRow("schedule") << Texts{"SCHEDULE C", "1. Fees"}
                              << Texts{"heading 1 SCHEDULE C", "heading 2 1"};
    QTest::newRow("capitals") << Texts{"LIMITATION OF LIABILITY",
                                       "Neither party is liable for loss of profit."}
                              << Texts{"heading 1", "paragraph 0"};
    QTest::newRow("list") << Texts{"8.2 Provider shall not:", "(a) train models; or", "(b) sell data."}
                          << Texts{"paragraph 0 8.2", "item 1 (a) <0", "item 1 (b) <0"};
    QTest::newRow("nested list") << Texts{"2. Provider shall, for each of the Services:", "(a) keep:",
                                          "(i) data; and", "(ii) logs;", "(b) return both."}
                                 << Texts{"paragraph 0 2", "item 1 (a) <0", "item 2 (i) <1", "item 2 (ii) <1",
                                          "item 1 (b) <0"};
    QTest::newRow("letter i goes on behind h")
        << Texts{"The terms mean the following:", "(g) seven", "(h) eight", "(i) nine", "(j) ten"}
        << Texts{"paragraph 0", "item 1 (g) <0", "item 1 (h) <0", "item 1 (i) <0", "item 1 (j) <0"};
    QTest::newRow("roman i opens a list behind f")
        << Texts{"(e) five", "(f) six if:", "(i) one", "(ii) two", "(g) seven"}
        << Texts{"item 1 (e)", "item 1 (f)", "item 2 (i) <1", "item 2 (ii) <1", "item 1 (g)"};
    QTest::newRow("bullets") << Texts{"Support covers:", "• telephone", "• mail"}
                             << Texts{"paragraph 0", "item 1 <0", "item 1 <0"};
    QTest::newRow("numbers behind a colon are a list")
        << Texts{"(b) You may not use our services for any of these:", "1. in breach of the law;",
                 "2. to compete with us;"}
        << Texts{"item 1 (b)", "item 2 1 <0", "item 2 2 <0"};
    QTest::newRow("signature lines are no headings") << Texts{"By: Jane Roe", "Name: JANE ROE", "Title: CEO"}
                                                     << Texts{"paragraph 0", "paragraph 0", "paragraph 0"};
    QTest::newRow("definition is no heading") << Texts{"1.4 \"Data\" means Customer Data.", "1.5 Term"}
                                              << Texts{"paragraph 0 1.4", "heading 2 1.5"};
    QTest::newRow("table of contents")
        << Texts{"Section 1.1 Definitions 5", "Section 1.2 Term and Notice .... 12", "ARTICLE II FEES 14"}
        << Texts{"row 0", "row 0", "row 0"};
    QTest::newRow("filing mark has no number")
        << Texts{"Exhibit 10.2", "1. Term"} << Texts{"heading 1", "heading 1 1"};
}

void TestStructure::kinds()
{
    QFETCH(Texts, texts);
    QTEST(printed(structured(texts)), "expected");
}

void TestStructure::sections_data()
{
    QTest::addColumn<Texts>("texts");
    QTest::addColumn<Texts>("expected"); // a block each
    QTest::newRow("above the first") << Texts{"This agreement is made between the parties named below."}
                                     << Texts{""};
    QTest::newRow("headings and paragraphs") << Texts{"8. Data", "Data stays with the Customer at all times.",
                                                      "8.2 Return", "It is returned at the end."}
                                             << Texts{"8", "8", "8.2", "8.2"};
    QTest::newRow("item") << Texts{"8.2 Provider shall not:", "(a) train on:", "(ii) data", "(b) sell data."}
                          << Texts{"8.2", "8.2(a)", "8.2(a)(ii)", "8.2(b)"};
    QTest::newRow("paragraph behind a list") << Texts{"8.2 Provider shall not:", "(a) train models; or",
                                                      "and it shall tell the Customer so at once."}
                                             << Texts{"8.2", "8.2(a)", "8.2"};
    QTest::newRow("item under a heading")
        << Texts{"8. Data", "(a) Provider keeps data.", "(b) It returns data."} << Texts{"8", "8(a)", "8(b)"};
    QTest::newRow("attachment") << Texts{"SCHEDULE C", "2. Fees",
                                         "2.1 The fees are paid each month in advance.", "(a) by wire"}
                                << Texts{"SCHEDULE C", "SCHEDULE C, 2", "SCHEDULE C, 2.1",
                                         "SCHEDULE C, 2.1(a)"};
    QTest::newRow("words") << Texts{"LIMITATION OF LIABILITY", "Neither party is liable for loss of profit."}
                           << Texts{"LIMITATION OF LIABILITY", "LIMITATION OF LIABILITY"};
    QTest::newRow("title below a number")
        << Texts{"8. Data", "DELETION", "Data is deleted within thirty days of the end of the term."}
        << Texts{"8", "8", "8"};
    QTest::newRow("next run-in paragraph")
        << Texts{"1. DEFINITIONS", "2. FEES. The fees are due.", "They are paid each month in advance."}
        << Texts{"1", "2", "2"};
    QTest::newRow("open bracket") << Texts{"3. Provider shall do all of the following things:", "a) one",
                                           "b) two"}
                                  << Texts{"3", "3 a)", "3 b)"};
}

void TestStructure::sections()
{
    QFETCH(Texts, texts);
    const Document document = structured(texts);
    Texts found;
    for (const Block& block : document.blocks)
        found << QByteArray::fromStdString(section_at(document, block.begin));
    QTEST(found, "expected");
    if (!document.blocks.empty())
        QCOMPARE(section_at(document, document.blocks.back().end + 5),
                 section_at(document, document.blocks.back().begin));
}

void TestStructure::runOn_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Texts>("expected");
    QTest::newRow("clauses")
        << QByteArray("The parties agree as follows: 1. Services. 1.1 Provision of Services. (a) Provider "
                      "agrees to act. (b) "
                      "Recipient may assign. 1.2 Standard. Provider acts in good faith.")
        << Texts{"The parties agree as follows:", "1. Services.",
                 "1.1 Provision of Services.",    "(a) Provider agrees to act.",
                 "(b) Recipient may assign.",     "1.2 Standard. Provider acts in good faith."};
    QTest::newRow("list behind a colon")
        << QByteArray("Provider shall do all of the following without delay: (i) stop; (ii) tell the "
                      "Customer; and (iii) pay.")
        << Texts{"Provider shall do all of the following without delay:", "(i) stop;",
                 "(ii) tell the Customer; and", "(iii) pay."};
    QTest::newRow("enumeration in a sentence stays")
        << QByteArray("Provider shall bear the cost of (a) data, (b) logs and (c) everything else that it "
                      "stores for Customer.")
        << Texts{"Provider shall bear the cost of (a) data, (b) logs and (c) everything else that it stores "
                 "for "
                 "Customer."};
    QTest::newRow("references stay") << QByteArray("It is governed by Section 4.2 and by Sections 5 and 6. "
                                                   "See Sec. 7.1 The end of it is in No. 8. Or so they say.")
                                     << Texts{"It is governed by Section 4.2 and by Sections 5 and 6. See "
                                              "Sec. 7.1 The end of it is in No. 8. "
                                              "Or so they say."};
    QTest::newRow("amounts stay")
        << QByteArray("1. The fee is $ 2. The deposit is 3. The parties may change both of them at any time. "
                      "2. Term of one year.")
        << Texts{"1. The fee is $ 2. The deposit is 3. The parties may change both of them at any time.",
                 "2. Term of one year."};
    QTest::newRow("title without a stop")
        << QByteArray(
               "1.4 Additional Considerations (a) Prices are agreed between both parties. (b) Fees are not.")
        << Texts{"1.4 Additional Considerations", "(a) Prices are agreed between both parties.",
                 "(b) Fees are not."};
}

void TestStructure::runOn()
{
    QFETCH(QByteArray, text);
    Texts found;
    for (const RawBlock& block : split_run_on(raw({text})))
        found << QByteArray::fromStdString(block.text);
    QTEST(found, "expected");
}

void TestStructure::runOnKeepsWords()
{
    RawBlock block;
    for (const char* word : {"1.", "Services.", "1.1", "Provision", "of", "services", "to", "the", "Customer",
                             "at", "all", "times", "is", "free.", "1.2", "Nothing", "else."}) {
        if (!block.text.empty())
            block.text += ' ';
        const auto begin = static_cast<std::uint32_t>(block.text.size());
        block.text += word;
        block.words.push_back({begin, static_cast<std::uint32_t>(block.text.size()), 0, {}});
    }
    const std::size_t words = block.words.size();
    std::size_t kept = 0;
    const auto parts = split_run_on({block});
    QCOMPARE(parts.size(), std::size_t{3});
    for (const RawBlock& part : parts) {
        QCOMPARE(part.words.front().begin, 0U);
        QCOMPARE(part.words.back().end, static_cast<std::uint32_t>(part.text.size()));
        kept += part.words.size();
    }
    QCOMPARE(kept, words);
}

void TestStructure::headingsAbove()
{
    const Document d =
        structured({"1. Fees", "1.1 Payment", "Fees are paid each month in advance by the Customer.",
                    "2. Term", "The term is one year from the Effective Date."});
    QCOMPARE(d.blocks[1].heading, 0);
    QCOMPARE(d.blocks[2].heading, 1);
    QCOMPARE(d.blocks[3].heading, -1);
    QCOMPARE(d.blocks[4].heading, 3);
    for (const Block& block : d.blocks) {
        QVERIFY(block.sentence_count > 0);
        const Sentence& first = d.sentences[block.first_sentence];
        QCOMPARE(first.begin, block.begin);
        QCOMPARE(d.sentences[block.first_sentence + block.sentence_count - 1].end, block.end);
    }
}

void TestStructure::manyHeadings()
{
    QElapsedTimer timer;
    timer.start();
    std::vector<RawBlock> blocks(100'000);
    for (std::size_t i = 0; i < blocks.size(); ++i)
        blocks[i].text = std::to_string(i % 190 + 1) + ". Heading Number " + std::to_string(i);
    Document document;
    assemble(document, split_run_on(std::move(blocks)), true);
    QCOMPARE(document.blocks.size(), std::size_t{100'000});
    QVERIFY(!section_at(document, static_cast<std::uint32_t>(document.text.size() - 1)).empty());
    QVERIFY2(timer.elapsed() < 10'000, "structure takes more than linear time");
}

void TestStructure::deepLists()
{
    std::vector<RawBlock> blocks(50'000);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        blocks[i].kind = RawBlock::Kind::Item;
        blocks[i].level = static_cast<int>(i) + 1;
        blocks[i].text = "(a) item";
    }
    Document document;
    assemble(document, std::move(blocks), true);
    for (const Block& block : document.blocks)
        QVERIFY(block.level >= 1 && block.level <= 32);
    QVERIFY(section_at(document, static_cast<std::uint32_t>(document.text.size() - 1)).size() < 100);
}

QTEST_GUILESS_MAIN(TestStructure)
#include "tst_structure.moc"
