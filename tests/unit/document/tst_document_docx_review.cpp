#include "core/document/serialise.h"
#include "docxtext.h"

#include <QtTest>

using namespace leeway::document;
using leeway::base::ErrorCode;
using namespace office;

class TestDocumentDocxReview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trackedChanges_data();
    void trackedChanges();
    void comments();
    void hiddenText();
    void pages();
    void sections();
    void strictNames();
    void linearTime_data();
    void linearTime();
};

void TestDocumentDocxReview::trackedChanges_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("inserted");
    QTest::addColumn<int>("deleted");
    const QByteArray gone =
        "<w:del w:id=\"2\"><w:r><w:delText xml:space=\"preserve\">may not </w:delText></w:r></w:del>";
    QTest::newRow("insertion and deletion") << "<w:p>" + run("Provider ") + gone + "<w:ins w:id=\"1\">" +
                                                   run("may ") + "</w:ins>" + run("train.") + "</w:p>"
                                            << QByteArray("Provider may train.") << 1 << 1;
    QTest::newRow("moved") << "<w:p><w:moveFrom w:id=\"1\">" + run("Old place. ") + "</w:moveFrom>" +
                                  run("Middle. ") + "<w:moveTo w:id=\"2\">" + run("Old place.") +
                                  "</w:moveTo></w:p>"
                           << QByteArray("Middle. Old place.") << 1 << 1;
    QTest::newRow("deleted paragraph mark joins")
        << "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>" + run("One") + "</w:p>" + p("and two.")
        << QByteArray("One and two.") << 0 << 0;
    QTest::newRow("deleted paragraphs are not counted")
        << item("A", 1, 0) +
               "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del "
               "w:id=\"1\"/>"
               "</w:rPr></w:pPr>" +
               gone + "</w:p>" + item("C", 1, 0)
        << QByteArray("1. A\n\n2. C") << 0 << 1;
    QTest::newRow("changes of format are none of text")
        << "<w:p><w:pPr><w:pPrChange w:id=\"1\"><w:pPr><w:numPr><w:numId "
           "w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange>"
           "</w:pPr>" +
               run("Plain.", "<w:rPrChange w:id=\"3\"><w:rPr><w:vanish/></w:rPr></w:rPrChange>") + "</w:p>"
        << QByteArray("Plain.") << 0 << 0;
    QTest::newRow("deletion in an insertion")
        << "<w:p><w:ins w:id=\"1\">" + gone + run("x") + "</w:ins></w:p>" << QByteArray("x") << 1 << 1;
    QTest::newRow("deleted field code")
        << "<w:p><w:del w:id=\"1\"><w:r><w:delInstrText>REF</w:delInstrText></w:r></w:del>" + run("x") +
               "</w:p>"
        << QByteArray("x") << 0 << 0;
}

void TestDocumentDocxReview::trackedChanges()
{
    QFETCH(QByteArray, body);
    QFETCH(int, inserted);
    QFETCH(int, deleted);
    const Document document = read(office::docx(body, {{"numbering", abstract(0, legal) + list(1, 0)}}));
    QTEST(QByteArray::fromStdString(document.text), "text");
    std::vector<Notice> expected;
    if (inserted > 0)
        expected.push_back({Notice::Kind::Inserted, static_cast<std::uint32_t>(inserted), 0, 0, {}});
    if (deleted > 0)
        expected.push_back({Notice::Kind::Deleted, static_cast<std::uint32_t>(deleted), 0, 0, {}});
    QVERIFY(document.notices == expected);
}

void TestDocumentDocxReview::comments()
{
    const QByteArray comments = "<w:comment w:id=\"4\" w:author=\"Somebody\">" + p("Can we get") +
                                p("90 days?") + "</w:comment><w:comment w:id=\"5\" w:author=\"Somebody\">" +
                                p("Why?") + "</w:comment><w:comment w:id=\"6\">" + p("In a cell.") +
                                "</w:comment>";
    const QByteArray body =
        item("First.", 1, 0) + "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>" +
        run("Notice is ") + "<w:commentRangeStart w:id=\"4\"/>" + run("thirty days") +
        "<w:commentRangeEnd w:id=\"4\"/><w:r><w:commentReference w:id=\"4\"/></w:r>" + run(".") +
        "</w:p><w:p><w:commentRangeStart w:id=\"5\"/>" + run("All") + " </w:p><w:tbl>" +
        row(cell(p("a")) + cell("<w:p>" + run("b ") + "<w:commentRangeStart w:id=\"6\"/>" + run("c") +
                                "<w:commentRangeEnd w:id=\"6\"/></w:p>")) +
        "</w:tbl>";
    const Document document =
        read(office::docx(body, {{"numbering", abstract(0, legal) + list(1, 0)}, {"comments", comments}}));
    QCOMPARE(document.notices.size(), std::size_t{3});
    const auto place = [&](std::size_t i) {
        return QByteArray::fromStdString(
            std::string(document.slice(document.notices[i].begin, document.notices[i].end)));
    };
    QCOMPARE(document.notices[0].text, std::string("Can we get 90 days?"));
    QCOMPARE(place(0), QByteArray("thirty days"));
    QCOMPARE(QByteArray::fromStdString(section_at(document, document.notices[0].begin)), QByteArray("2"));
    QCOMPARE(document.notices[1].text, std::string("Why?"));
    QCOMPARE(place(1), QByteArray("All"));
    QCOMPARE(place(2), QByteArray("c"));
    QVERIFY(document.text.find("90 days") == std::string::npos);
    QVERIFY(*from_bytes(to_bytes(document)) == document);
}

void TestDocumentDocxReview::hiddenText()
{
    const QByteArray body = "<w:p>" + run("Fees ") + run("are not ", "<w:vanish/>") +
                            run("secretly ", "<w:vanish/>") + run("are due", "<w:vanish w:val=\"false\"/>") +
                            run(" never", "<w:rStyle w:val=\"Secret\"/>") + run(".") + "</w:p>";
    const Document document = read(office::docx(body, {{"styles", heading_styles()}}));
    QCOMPARE(document.text, std::string("Fees are due."));
    QCOMPARE(document.notices.size(), std::size_t{1});
    QCOMPARE(document.notices[0].kind, Notice::Kind::Hidden);
    QCOMPARE(document.notices[0].count, 2U);
}

void TestDocumentDocxReview::pages()
{
    const QByteArray next = "<w:r><w:lastRenderedPageBreak/></w:r>";
    const QByteArray body = p("First.") + "<w:p>" + run("Second ") + next + run("third.") + "</w:p><w:p>" +
                            next + "</w:p>" + p("Fourth.") + "<w:tbl>" +
                            row(cell("<w:p>" + run("a") + next + run("b") + "</w:p>") +
                                cell("<w:p>" + run("c") + next + run("d") + "</w:p>")) +
                            "</w:tbl>" + p("End.");
    const Document document = read(office::docx(body));
    const auto page_of = [&](const char* word) {
        return page_at(document, static_cast<std::uint32_t>(document.text.find(word)));
    };
    QCOMPARE(page_of("First"), 1);
    QCOMPARE(page_of("Second"), 1);
    QCOMPARE(page_of("third"), 2);
    QCOMPARE(page_of("Fourth"), 3);
    QCOMPARE(page_of("End"), 4);
    QCOMPARE(page_count(document), std::size_t{4});
    QVERIFY(*from_bytes(to_bytes(document)) == document);
    QCOMPARE(page_at(read(office::docx(p("First."))), 0), 0);
}

void TestDocumentDocxReview::sections()
{
    const QByteArray body = item("Data", 1, 0) +
                            item("Provider shall not use Customer Data to train models, except that:", 1, 1) +
                            item("aggregated data may be used; and", 1, 2) +
                            item("data may be used where Customer:", 1, 2) +
                            item("agrees in writing; or", 1, 3) + item("asks for it.", 1, 3) +
                            item("Provider shall return it.", 1, 1);
    const Document document = read(office::docx(body, {{"numbering", abstract(0, legal) + list(1, 0)}}));
    const auto section_of = [&](const char* word) {
        return QByteArray::fromStdString(
            section_at(document, static_cast<std::uint32_t>(document.text.find(word))));
    };
    QCOMPARE(section_of("train"), QByteArray("1.1"));
    QCOMPARE(section_of("aggregated"), QByteArray("1.1(a)"));
    QCOMPARE(section_of("agrees"), QByteArray("1.1(b)(i)"));
    QCOMPARE(section_of("asks"), QByteArray("1.1(b)(ii)"));
    QCOMPARE(section_of("return"), QByteArray("1.2"));
}

// ISO 29500 strict files use other namespaces.
void TestDocumentDocxReview::strictNames()
{
    QList<Part> parts = office::docx_parts(p("Strict text."));
    for (Part& part : parts)
        part.content
            .replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                     "http://purl.oclc.org/ooxml/wordprocessingml/main")
            .replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                     "http://purl.oclc.org/ooxml/officeDocument/relationships");
    QCOMPARE(read(office::zipped(parts)).text, std::string("Strict text."));
}

void TestDocumentDocxReview::linearTime_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto repeated = [](int count, const std::function<QByteArray(int)>& make) {
        QByteArray all;
        for (int i = 0; i < count; ++i)
            all += make(i);
        return all;
    };
    QTest::newRow("paragraphs") << repeated(100'000,
                                            [](int i) { return p("Clause " + QByteArray::number(i)); });
    QTest::newRow("items") << repeated(100'000,
                                       [](int i) { return item("x" + QByteArray::number(i), 1, i % 4); });
    QTest::newRow("rows") << "<w:tbl>" + repeated(50'000, [](int i) {
                                 return row(cell(p(QByteArray::number(i))) + cell(p("x")));
                             }) + "</w:tbl>";
    QTest::newRow("one paragraph") << "<w:p>" + repeated(200'000, [](int i) {
                                          return run(QByteArray::number(i));
                                      }) + "</w:p>";
    QTest::newRow("fields") << "<w:p>" + repeated(20'000, [](int i) {
                                   return field("X", QByteArray::number(i));
                               }) + "</w:p>";
    QTest::newRow("open fields") << "<w:p>" +
                                        repeated(100'000,
                                                 [](int i) {
                                                     return "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>" +
                                                            QByteArray::number(i) + "</w:t></w:r>";
                                                 }) +
                                        "</w:p>" + p("x");
    QTest::newRow("joined paragraphs") << repeated(
        50'000, [](int i) { return p(QByteArray::number(i), "<w:rPr><w:del w:id=\"1\"/></w:rPr>"); });
    QTest::newRow("deep tables") << QByteArray("<w:tbl><w:tr><w:tc>").repeated(60) + p("x") +
                                        QByteArray("</w:tc></w:tr></w:tbl>").repeated(60);
    QTest::newRow("choices") << "<w:p><w:r>" + repeated(50'000, [](int i) {
                                    return "<mc:AlternateContent><mc:Choice><w:t>" + QByteArray::number(i) +
                                           "</w:t></mc:Choice><mc:Fallback>"
                                           "<w:t>no</w:t></mc:Fallback></mc:AlternateContent>";
                                }) + "</w:r></w:p>";
}

void TestDocumentDocxReview::linearTime()
{
    QFETCH(QByteArray, body);
    const Document document = read(office::docx(body, {{"numbering", abstract(0, legal) + list(1, 0)}}));
    QVERIFY(!document.blocks.empty());
    QVERIFY(from_bytes(to_bytes(document)));
}

QTEST_GUILESS_MAIN(TestDocumentDocxReview)
#include "tst_document_docx_review.moc"
