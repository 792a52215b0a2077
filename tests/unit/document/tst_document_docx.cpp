#include "core/document/serialise.h"
#include "docxtext.h"

#include <QtTest>

using namespace leeway::document;
using leeway::base::ErrorCode;
using namespace office;

class TestDocumentDocx : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbering_data();
    void numbering();
    void numberFormats_data();
    void numberFormats();
    void headings_data();
    void headings();
    void text_data();
    void text();
    void tables_data();
    void tables();
};

void TestDocumentDocx::numbering_data()
{
    QTest::addColumn<QByteArray>("lists");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Lines>("labels");
    const QByteArray one = abstract(0, legal) + list(1, 0);
    QTest::newRow("levels start over below a higher one")
        << one
        << item("A", 1, 0) + item("B", 1, 1) + item("C", 1, 2) + item("D", 1, 2) + item("E", 1, 1) +
               item("F", 1, 2) + item("G", 1, 0) + item("H", 1, 1)
        << Lines{"1. A", "1.1 B", "(a) C", "(b) D", "1.2 E", "(a) F", "2. G", "2.1 H"};
    QTest::newRow("text between does not restart")
        << one << item("A", 1, 0) + p("text") + item("B", 1, 0) << Lines{"1. A", "text", "2. B"};
    QTest::newRow("a level that is passed over counts once")
        << one << item("A", 1, 1) + item("B", 1, 1) + item("C", 1, 0) << Lines{"1.1 A", "1.2 B", "2. C"};
    QTest::newRow("two lists of one abstract list count together")
        << one + list(2, 0) << item("A", 1, 0) + item("B", 2, 0) + item("C", 1, 0)
        << Lines{"1. A", "2. B", "3. C"};
    QTest::newRow("two abstract lists count apart")
        << abstract(0, legal) + abstract(1, legal) + list(1, 0) + list(2, 1)
        << item("A", 1, 0) + item("B", 2, 0) + item("C", 1, 0) << Lines{"1. A", "1. B", "2. C"};
    const QByteArray from_one = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>";
    QTest::newRow("an override restarts once")
        << one + list(2, 0, from_one)
        << item("A", 1, 0) + item("B", 1, 0) + item("C", 2, 0) + item("D", 2, 0) + item("E", 1, 0)
        << Lines{"1. A", "2. B", "1. C", "2. D", "3. E"};
    QTest::newRow("an override of another level does nothing")
        << one + list(2, 0, from_one) << item("A", 1, 0) + item("B", 1, 1) + item("C", 2, 1)
        << Lines{"1. A", "1.1 B", "1.2 C"};
    QTest::newRow("an override to five")
        << abstract(0, legal) +
               list(1, 0, "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>")
        << item("A", 1, 0) + item("B", 1, 1) + item("C", 1, 0) << Lines{"5. A", "5.1 B", "6. C"};
    QTest::newRow("an override of the level's looks")
        << one +
               list(2, 0, "<w:lvlOverride w:ilvl=\"0\">" + level(0, "upperRoman", "%1)") + "</w:lvlOverride>")
        << item("A", 1, 0) + item("B", 2, 0) << Lines{"1. A", "II) B"};
    QTest::newRow("start at three")
        << abstract(0, "<w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/><w:numFmt w:val=\"decimal\"/><w:lvlText "
                       "w:val=\"%1.\"/></w:lvl>") +
               list(1, 0)
        << item("A", 1, 0) + item("B", 1, 0) << Lines{"3. A", "4. B"};
    QTest::newRow("never restarts") << abstract(0, level(0, "decimal", "%1.") +
                                                       level(1, "lowerLetter", "(%2)",
                                                             "<w:lvlRestart w:val=\"0\"/>")) +
                                           list(1, 0)
                                    << item("A", 1, 0) + item("B", 1, 1) + item("C", 1, 0) + item("D", 1, 1)
                                    << Lines{"1. A", "(a) B", "2. C", "(b) D"};
    QTest::newRow("restarts behind the first level only")
        << abstract(0, level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") +
                           level(2, "lowerLetter", "(%3)", "<w:lvlRestart w:val=\"1\"/>")) +
               list(1, 0)
        << item("A", 1, 0) + item("B", 1, 1) + item("C", 1, 2) + item("D", 1, 1) + item("E", 1, 2) +
               item("F", 1, 0) + item("G", 1, 2)
        << Lines{"1. A", "1.1 B", "(a) C", "1.2 D", "(b) E", "2. F", "(a) G"};
    QTest::newRow("legal figures below Roman articles")
        << abstract(0, level(0, "upperRoman", "Article %1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>")) +
               list(1, 0)
        << item("Term", 1, 0) + item("It starts.", 1, 1) + item("Fees", 1, 0) + item("They are due.", 1, 1)
        << Lines{"Article I. Term", "1.1 It starts.", "Article II. Fees", "2.1 They are due."};
    QTest::newRow("nothing behind the label")
        << abstract(0, level(0, "decimal", "%1.", "<w:suff w:val=\"nothing\"/>")) + list(1, 0)
        << item("A", 1, 0) << Lines{"1.A"};
    QTest::newRow("bullets print no number")
        << abstract(0, level(0, "bullet", "\xEF\x82\xB7")) + list(1, 0) << item("A", 1, 0) << Lines{"A"};
    QTest::newRow("list 0 is none") << one << item("A", 1, 0) + item("B", 0, 0) + item("C", 1, 0)
                                    << Lines{"1. A", "B", "2. C"};
    QTest::newRow("unknown lists are none") << one << item("A", 7, 0) + item("B", 1, 12) << Lines{"A", "B"};
    QTest::newRow("empty paragraphs count")
        << one << item("A", 1, 0) + item("", 1, 0) + item("C", 1, 0) << Lines{"1. A", "3. C"};
    QTest::newRow("tied to styles")
        << abstract(0, level(0, "decimal", "%1.", "<w:pStyle w:val=\"Heading1\"/>") +
                           level(1, "decimal", "%1.%2", "<w:pStyle w:val=\"Heading2\"/>")) +
               list(1, 0)
        << styled("Heading1", "Term") + styled("Heading2", "Start") + styled("Clause", "End") +
               styled("Heading1", "Fees") +
               styled("Heading1", "None", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>")
        << Lines{"1. Term", "1.1 Start", "1.2 End", "2. Fees", "None"};
    QTest::newRow("a list that stands for a style's")
        << "<w:abstractNum w:abstractNumId=\"5\"><w:numStyleLink w:val=\"Outline\"/></w:abstractNum>" +
               abstract(0, legal) + list(1, 0) + list(9, 5)
        << item("A", 9, 0) + item("B", 1, 0) << Lines{"1. A", "2. B"};
}

void TestDocumentDocx::numbering()
{
    QFETCH(QByteArray, lists);
    QFETCH(QByteArray, body);
    const QByteArray first = "<w:numPr><w:numId w:val=\"1\"/></w:numPr>";
    const QByteArray second = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
    const QByteArray styles = heading_styles(first, second) +
                              "<w:style w:type=\"numbering\" w:styleId=\"Outline\"><w:pPr><w:numPr><w:numId "
                              "w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    const Document document = read(office::docx(body, {{"styles", styles}, {"numbering", lists}}));
    Lines labels;
    for (const Block& block : document.blocks) {
        const auto text = document.slice(block.begin, block.end);
        labels << QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    }
    QTEST(labels, "labels");
}

void TestDocumentDocx::numberFormats_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("start");
    QTest::addColumn<QByteArray>("label");
    QTest::addColumn<QByteArray>("number");
    const auto format = [](const char* name, const char* text, int start, const char* label,
                           const char* number) {
        QTest::addRow("%s %d", name, start)
            << QByteArray(name) << QByteArray(text) << start << QByteArray(label) << QByteArray(number);
    };
    format("decimal", "Section %1", 12, "Section 12", "Section 12");
    format("decimalZero", "%1.", 7, "07.", "07");
    format("decimalZero", "%1.", 12, "12.", "12");
    format("lowerLetter", "(%1)", 27, "(aa)", "(aa)");
    format("upperLetter", "%1.", 3, "C.", "C");
    format("lowerRoman", "(%1)", 19, "(xix)", "(xix)");
    format("upperRoman", "Article %1", 44, "Article XLIV", "Article XLIV");
    format("ordinal", "%1", 1, "1st", "1st");
    format("ordinal", "%1", 12, "12th", "12th");
    format("ordinal", "%1", 23, "23rd", "23rd");
    format("cardinalText", "%1:", 42, "Forty-two:", "Forty-two");
    format("ordinalText", "%1", 30, "Thirtieth", "Thirtieth");
    format("none", "Note", 1, "Note", "Note");
    format("chicago", "%1)", 2, "2)", "2)");
}

void TestDocumentDocx::numberFormats()
{
    QFETCH(QByteArray, format);
    QFETCH(QByteArray, text);
    QFETCH(int, start);
    QFETCH(QByteArray, label);
    const QByteArray lists =
        abstract(0, level(0, format, text)) + list(1, 0,
                                                   "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"" +
                                                       QByteArray::number(start) + "\"/></w:lvlOverride>");
    const Document document =
        read(office::docx(item("The Provider shall perform.", 1, 0), {{"numbering", lists}}));
    QCOMPARE(QByteArray::fromStdString(document.text), label + " The Provider shall perform.");
    QTEST(QByteArray::fromStdString(document.blocks[0].number), "number");
    QCOMPARE(document.sentences.size(), std::size_t{1});
}

void TestDocumentDocx::headings_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Lines>("expected");
    const QByteArray clause =
        "The Provider shall keep the Service available and shall tell the Customer of any "
        "change to it in writing at least thirty days before.";
    QTest::newRow("styles") << styled("Title", "Master Agreement") + styled("Heading1", "Term") +
                                   styled("Heading2", "Start") + p(clause)
                            << Lines{"H1 | Master Agreement", "H1 | Term", "H2 | Start", "P0 | " + clause};
    QTest::newRow("style based on a heading")
        << styled("Clause", "Renewal") + p(clause) << Lines{"H2 | Renewal", "P0 | " + clause};
    QTest::newRow("level of the paragraph") << p("Fees", "<w:outlineLvl w:val=\"2\"/>") +
                                                   styled("Heading1", "Text", "<w:outlineLvl w:val=\"9\"/>")
                                            << Lines{"H3 | Fees", "P0 | Text"};
    QTest::newRow("a clause in a heading's style is text")
        << styled("Heading2", clause) + styled("Heading2", "Fees are due in thirty days.")
        << Lines{"P0 | " + clause, "P0 | Fees are due in thirty days."};
    QTest::newRow("bold line") << "<w:p>" + run("Term", "<w:b/>") + "</w:p>" + p(clause)
                               << Lines{"H1 | Term", "P0 | " + clause};
    QTest::newRow("bold switched off")
        << "<w:p>" + run("term", "<w:b w:val=\"0\"/>") + "</w:p>" << Lines{"P0 | term"};
    QTest::newRow("contents") << styled("TOC1", "1. Term 3") + styled("Heading1", "Term")
                              << Lines{"R0 | 1. Term 3", "H1 | Term"};
    QTest::newRow("run-in heading") << styled("Heading1", "Term.",
                                              "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") +
                                           p(clause)
                                    << Lines{"P0 | Term. " + clause};
}

void TestDocumentDocx::headings()
{
    QFETCH(QByteArray, body);
    QTEST(office::outline(read(office::docx(body, {{"styles", heading_styles()}}))), "expected");
}

void TestDocumentDocx::text_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("runs") << "<w:p>" + run("The te") + run("rm ", "<w:i/>") + run(" ends.") + "</w:p>"
                          << QByteArray("The term ends.");
    QTest::newRow("tab, break, hyphens")
        << QByteArray(
               "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
               "<w:softHyphen/><w:t>e</w:t></w:r></w:p>")
        << QByteArray("a b c-de");
    QTest::newRow("two breaks part paragraphs")
        << QByteArray("<w:p><w:r><w:t>One.</w:t><w:br/><w:br/><w:t>Two.</w:t></w:r></w:p>")
        << QByteArray("One.\n\nTwo.");
    QTest::newRow("page break parts")
        << QByteArray("<w:p><w:r><w:t>One.</w:t><w:br w:type=\"page\"/><w:t>Two.</w:t></w:r>"
                      "</w:p>")
        << QByteArray("One.\n\nTwo.");
    QTest::newRow("tab stops are no tabs")
        << p("x", "<w:tabs><w:tab w:val=\"left\" w:pos=\"720\"/></w:tabs>") << QByteArray("x");
    QTest::newRow("capitals") << "<w:p>" + run("In no event", "<w:caps/>") + run(" more") + "</w:p>"
                              << QByteArray("IN NO EVENT more");
    QTest::newRow("link") << "<w:p>" + run("See ") + "<w:hyperlink r:id=\"r1\">" + run("the terms") +
                                 "</w:hyperlink></w:p>"
                          << QByteArray("See the terms");
    QTest::newRow("content control") << "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>" +
                                            p("Inside.") +
                                            "</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtPr/><w:sdtContent>" +
                                            run("Here") + "</w:sdtContent></w:sdt>" + run(" too.") + "</w:p>"
                                     << QByteArray("Inside.\n\nHere too.");
    QTest::newRow("field") << "<w:p>" + run("see Section ") + field("REF _x \\r \\h", "8.2") + run(".") +
                                  "</w:p>"
                           << QByteArray("see Section 8.2.");
    QTest::newRow("field in a field")
        << "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>" +
               field("DATE", "today") + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" + run("yes") +
               "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        << QByteArray("yes");
    QTest::newRow("simple field") << "<w:p><w:fldSimple w:instr=\"DATE\">" + run("1 May") +
                                         "</w:fldSimple></w:p>"
                                  << QByteArray("1 May");
    QTest::newRow("check box")
        << "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/>"
           "<w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</"
           "w:instrText>"
           "</w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" +
               run(" Annual") + "</w:p>"
        << QByteArray("☒ Annual");
    QTest::newRow("symbol") << QByteArray(
                                   "<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t> Yes </w:t>"
                                   "<w:sym w:font=\"Symbol\" w:char=\"F0E4\"/><w:sym w:font=\"X\" "
                                   "w:char=\"00A7\"/></w:r></w:p>")
                            << QByteArray("☒ Yes ™§");
    QTest::newRow("text box stands behind its paragraph")
        << "<w:p>" + run("Outer.") +
               "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><wps:txbx><w:txbxContent>" +
               p("Boxed.") +
               "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>" +
               p("Boxed.") +
               "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>" +
               run(" Still outer.") + "</w:p>"
        << QByteArray("Outer. Still outer.\n\nBoxed.");
    QTest::newRow("old text box") << "<w:p><w:r><w:pict><v:textbox><w:txbxContent>" + p("Boxed.") +
                                         "</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
                                  << QByteArray("Boxed.");
    QTest::newRow("footnote") << "<w:p>" + run("Fees") + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>" +
                                     run(" are due.") + "</w:p>" + p("Next.")
                              << QByteArray("Fees are due.\n\nWithout tax.\n\nNext.");
    QTest::newRow("endnote") << "<w:p>" + run("Fees.") + "<w:r><w:endnoteReference w:id=\"1\"/></w:r></w:p>"
                             << QByteArray("Fees.\n\nAt the end.");
    QTest::newRow("footnotes stand behind a list")
        << "<w:p>" + run("The following:") + "<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>" +
               item("one;", 1, 0) + item("two.", 1, 0) + p("Next.")
        << QByteArray("The following:\n(a) one;\n(b) two.\n\nWithout tax.\n\nNext.");
    QTest::newRow("equation") << QByteArray("<w:p><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></w:p>")
                              << QByteArray("a=b");
}

void TestDocumentDocx::text()
{
    QFETCH(QByteArray, body);
    const QByteArray footnotes = "<w:footnote w:type=\"separator\" w:id=\"0\">" + p("---") +
                                 "</w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r>" +
                                 run(" Without tax.") + "</w:p></w:footnote>";
    const QByteArray endnotes = "<w:endnote w:id=\"1\">" + p("At the end.") + "</w:endnote>";
    const QByteArray lists = abstract(0, level(0, "lowerLetter", "(%1)")) + list(1, 0);
    const Document document =
        read(office::docx(body, {{"footnotes", footnotes}, {"endnotes", endnotes}, {"numbering", lists}}));
    QTEST(QByteArray::fromStdString(document.text), "expected");
    QVERIFY(document.notices.empty());
}

void TestDocumentDocx::tables_data()
{
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<Lines>("expected");
    QTest::newRow("cells") << row(cell(p("Fee")) + cell(p("100"))) +
                                  row(cell(p("Term")) + cell(p("one") + p("year")))
                           << Lines{"R0 | Fee\t100", "R0 | Term\tone year"};
    QTest::newRow("one cell is text")
        << row(cell(p("A paragraph in a frame."))) << Lines{"P0 | A paragraph in a frame."};
    QTest::newRow("cell over two columns")
        << row(cell(p("Both"), "<w:gridSpan w:val=\"2\"/>") + cell(p("Third"))) << Lines{"R0 | Both\tThird"};
    QTest::newRow("cell over two rows")
        << row(cell(p("Left"), "<w:vMerge w:val=\"restart\"/>") + cell(p("a"))) +
               row(cell(p("covered"), "<w:vMerge/>") + cell(p("b")))
        << Lines{"R0 | Left\ta", "P0 | b"};
    QTest::newRow("number in a cell of its own")
        << row(cell(item("", 1, 0)) + cell(p("The Provider shall perform the Services."))) +
               row(cell(item("", 1, 0)) + cell(p("The Customer shall pay for them.")))
        << Lines{"P0 1 | 1. The Provider shall perform the Services.",
                 "P0 2 | 2. The Customer shall pay for them."};
    QTest::newRow("table in a table")
        << row(cell(p("Outer text.") + "<w:tbl>" + row(cell(p("a")) + cell(p("b"))) + "</w:tbl>" +
                    p("After.")) +
               cell(p("Right.")))
        << Lines{"P0 | Outer text.", "R0 | a\tb", "P0 | After.", "P0 | Right."};
    QTest::newRow("row control") << "<w:sdt><w:sdtContent>" + row(cell(p("a")) + cell(p("b"))) +
                                        "</w:sdtContent></w:sdt>"
                                 << Lines{"R0 | a\tb"};
    QTest::newRow("deleted row") << row(cell(p("a")) + cell(p("b"))) +
                                        row(cell(item("x", 1, 0)) + cell(p("y")), "<w:del w:id=\"1\"/>") +
                                        row(cell(item("c", 1, 0)) + cell(p("d")))
                                 << Lines{"R0 | a\tb", "R0 | 1. c\td"};
}

void TestDocumentDocx::tables()
{
    QFETCH(QByteArray, rows);
    const QByteArray body = "<w:tbl><w:tblPr/><w:tblGrid/>" + rows + "</w:tbl>";
    const QByteArray lists = abstract(0, legal) + list(1, 0);
    QTEST(office::outline(read(office::docx(body, {{"numbering", lists}}))), "expected");
}

QTEST_GUILESS_MAIN(TestDocumentDocx)
#include "tst_document_docx.moc"
