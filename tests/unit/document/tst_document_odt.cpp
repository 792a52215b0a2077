#include "core/document/office.h"
#include "core/document/serialise.h"
#include "officefile.h"

#include <QtTest>

using namespace leeway::document;

namespace {

using Lines = QList<QByteArray>;

Document read(const std::string& bytes)
{
    const auto format = office_format_of("x.odt", bytes);
    if (!format)
        qWarning("%s", format.error().message.c_str());
    auto document = format ? read_office(*format, "x.odt", bytes) : tl::unexpected(format.error());
    if (!document)
        qWarning("%s", document.error().message.c_str());
    return document ? *document : Document{};
}

QByteArray p(const QByteArray& text)
{
    return "<text:p>" + text + "</text:p>";
}

QByteArray h(int level, const QByteArray& text, const QByteArray& more = {})
{
    return "<text:h text:outline-level=\"" + QByteArray::number(level) + "\" " + more + ">" + text +
           "</text:h>";
}

QByteArray item(const QByteArray& content, const QByteArray& more = {})
{
    return "<text:list-item " + more + ">" + content + "</text:list-item>";
}

QByteArray list(const QByteArray& items, const QByteArray& more = "text:style-name=\"L\"")
{
    return "<text:list " + more + ">" + items + "</text:list>";
}

QByteArray number(int level, const QByteArray& format, const QByteArray& more)
{
    return "<text:list-level-style-number text:level=\"" + QByteArray::number(level) +
           "\" style:num-format=\"" + format + "\" " + more + "/>";
}

const QByteArray list_styles =
    "<text:list-style style:name=\"L\">" + number(1, "1", "style:num-suffix=\".\"") +
    number(2, "1", "text:display-levels=\"2\"") +
    number(3, "a", "style:num-prefix=\"(\" style:num-suffix=\")\"") +
    "</text:list-style><text:list-style style:name=\"B\"><text:list-level-style-bullet text:level=\"1\" "
    "text:bullet-char=\"x\"/></text:list-style><text:list-style style:name=\"P\">" +
    number(1, "I", "style:num-list-format=\"Article %1%.\"") +
    number(2, "1", "style:num-list-format=\"%1%.%2%\" text:display-levels=\"2\"") + "</text:list-style>";

const QByteArray outline_style =
    "<text:outline-style style:name=\"Outline\"><text:outline-level-style text:level=\"1\" "
    "style:num-format=\"1\" "
    "style:num-suffix=\".\"/><text:outline-level-style text:level=\"2\" style:num-format=\"1\" "
    "text:display-levels=\"2\"/></text:outline-style>";

const QByteArray text_styles =
    "<style:style style:name=\"Strong\" style:family=\"text\"><style:text-properties "
    "fo:font-weight=\"bold\"/>"
    "</style:style><style:style style:name=\"Hidden\" style:family=\"text\"><style:text-properties "
    "text:display=\"none\"/></style:style><style:style style:name=\"Caps\" style:family=\"text\">"
    "<style:text-properties fo:text-transform=\"uppercase\"/></style:style><style:style style:name=\"P1\" "
    "style:family=\"paragraph\" style:parent-style-name=\"Title\"/>";

const QByteArray clause =
    "The Provider shall keep the Service available and shall tell the Customer of any change to "
    "it in writing at least thirty days before.";

}

class TestDocumentOdt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blocks_data();
    void blocks();
    void notices();
    void pages();
    void linearTime_data();
    void linearTime();
};

void TestDocumentOdt::blocks_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Lines>("expected");
    QTest::newRow("headings") << h(1, "Term") + h(2, "Start") + p(clause) + h(1, "Fees")
                              << Lines{"H1 1 | 1. Term", "H2 1.1 | 1.1 Start", "P0 | " + clause,
                                       "H1 2 | 2. Fees"};
    QTest::newRow("heading without number") << h(1, "Term", "text:is-list-header=\"true\"") + h(1, "Fees")
                                            << Lines{"H1 | Term", "H1 1 | 1. Fees"};
    QTest::newRow("title") << "<text:p text:style-name=\"P1\">Master Agreement</text:p>" + h(1, "Term")
                           << Lines{"H1 | Master Agreement", "H1 1 | 1. Term"};
    QTest::newRow("a clause in a heading's style") << h(2, clause) << Lines{"P0 1.1 | 1.1 " + clause};
    QTest::newRow("list levels")
        << list(item(p("A is due.") + list(item(p("B is due.") + list(item(p("c;")) + item(p("d."))), {}) +
                                               item(p("E is due.")),
                                           {})) +
                item(p("F is due.")))
        << Lines{"P0 1 | 1. A is due.", "P0 1.1 | 1.1 B is due.", "L1 (a) | (a) c;",
                 "L1 (b) | (b) d.",     "P0 1.2 | 1.2 E is due.", "P0 2 | 2. F is due."};
    QTest::newRow("second paragraph of an item has no label")
        << list(item(p("A is due.") + p("More.")) + item(p("B is due.")))
        << Lines{"P0 1 | 1. A is due.", "P0 | More.", "P0 2 | 2. B is due."};
    QTest::newRow("another list starts over")
        << list(item(p("A is due."))) + p("x") + list(item(p("B is due.")))
        << Lines{"P0 1 | 1. A is due.", "P0 | x", "P0 1 | 1. B is due."};
    QTest::newRow("a list goes on") << list(item(p("A is due."))) + p("x") +
                                           list(item(p("B is due.")),
                                                "text:style-name=\"L\" text:continue-numbering=\"true\"")
                                    << Lines{"P0 1 | 1. A is due.", "P0 | x", "P0 2 | 2. B is due."};
    QTest::newRow("a named list goes on")
        << list(item(p("A is due.")), "text:style-name=\"L\" xml:id=\"one\"") + list(item(p("B is due."))) +
               list(item(p("C is due.")), "text:style-name=\"L\" text:continue-list=\"one\"")
        << Lines{"P0 1 | 1. A is due.", "P0 1 | 1. B is due.", "P0 2 | 2. C is due."};
    QTest::newRow("an item starts at")
        << list(item(p("A is due."), "text:start-value=\"7\"") + item(p("B is due.")))
        << Lines{"P0 7 | 7. A is due.", "P0 8 | 8. B is due."};
    QTest::newRow("header of a list")
        << list("<text:list-header>" + p("Head.") + "</text:list-header>" + item(p("A is due.")))
        << Lines{"P0 | Head.", "P0 1 | 1. A is due."};
    QTest::newRow("bullets") << list(item(p("first item;")), "text:style-name=\"B\"")
                             << Lines{"L1 | first item;"};
    QTest::newRow("pattern") << list(item(p("Term") + list(item(p("It starts.")), {})),
                                     "text:style-name=\"P\"")
                             << Lines{"H1 Article I | Article I. Term", "P0 I.1 | I.1 It starts."};
    QTest::newRow("text") << p("a<text:s text:c=\"3\"/>b<text:tab/>c<text:line-break/>d <text:span "
                               "text:style-name=\"Caps\">caps</text:span> <text:a>link</text:a>")
                          << Lines{"P0 | a b c d CAPS link"};
    QTest::newRow("two breaks") << p("One.<text:line-break/><text:line-break/>Two.")
                                << Lines{"P0 | One.", "P0 | Two."};
    QTest::newRow("bold") << p("<text:span text:style-name=\"Strong\">Term</text:span>") + p(clause)
                          << Lines{"H1 | Term", "P0 | " + clause};
    QTest::newRow("note")
        << p("Fees<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation>"
             "<text:note-body>" +
             p("Without tax.") + "</text:note-body></text:note> are due.") +
               p("Next.")
        << Lines{"P0 | Fees are due.", "P0 | Without tax.", "P0 | Next."};
    QTest::newRow("text box") << p("Outer.<draw:frame><draw:text-box>" + p("Boxed.") +
                                   "</draw:text-box></draw:frame>")
                              << Lines{"P0 | Outer.", "P0 | Boxed."};
    QTest::newRow("section") << "<text:section text:name=\"s\">" + p("Inside.") + "</text:section>"
                             << Lines{"P0 | Inside."};
    QTest::newRow("contents") << "<text:table-of-content><text:table-of-content-source/><text:index-body>" +
                                     p("1. Term 3") + "</text:index-body></text:table-of-content>" +
                                     h(1, "Term")
                              << Lines{"R0 | 1. Term 3", "H1 1 | 1. Term"};
    const auto cell = [](const QByteArray& content) {
        return "<table:table-cell>" + content + "</table:table-cell>";
    };
    QTest::newRow("table") << "<table:table><table:table-column/><table:table-header-rows><table:table-row>" +
                                  cell(p("Fee")) + cell(p("Due")) +
                                  "</table:table-row></table:table-header-rows><table:table-row>" +
                                  cell(p("100")) + "<table:covered-table-cell>" + p("covered") +
                                  "</table:covered-table-cell>" + cell(p("net") + p("30")) +
                                  "</table:table-row></table:table>"
                           << Lines{"R0 | Fee\tDue", "R0 | 100\tnet 30"};
    QTest::newRow("tracked changes")
        << "<text:tracked-changes><text:changed-region><text:deletion><office:change-info/>" + p("gone") +
               "</text:deletion></text:changed-region></text:tracked-changes>" +
               p("It <text:change text:change-id=\"c\"/>stays.")
        << Lines{"P0 | It stays."};
}

void TestDocumentOdt::blocks()
{
    QFETCH(QByteArray, text);
    const Document document = read(office::odt(text, text_styles + list_styles,
                                               outline_style + "<style:style style:name=\"Title\" "
                                                               "style:family=\"paragraph\"/>"));
    QCOMPARE(document.format, Format::Odt);
    QTEST(office::outline(document), "expected");
    QVERIFY(*from_bytes(to_bytes(document)) == document);
}

void TestDocumentOdt::notices()
{
    const QByteArray text =
        "<text:tracked-changes><text:changed-region><text:insertion/></"
        "text:changed-region><text:changed-region>"
        "<text:deletion>" +
        p("never") +
        "</text:deletion></text:changed-region><text:changed-region><text:format-change/></"
        "text:changed-region>"
        "</text:tracked-changes>" +
        p("Fees <text:span text:style-name=\"Hidden\">are not</text:span> are <office:annotation "
          "office:name=\"n1\">"
          "<dc:creator>Somebody</dc:creator><dc:date>2026-01-01</dc:date>" +
          p("Which") + p("ones?") + "</office:annotation>due<office:annotation-end office:name=\"n1\"/>.") +
        "<text:section text:display=\"none\">" + p("secret") + "</text:section>";
    const Document document = read(office::odt(text, text_styles));
    QCOMPARE(document.text, std::string("Fees are due."));
    QCOMPARE(document.notices.size(), std::size_t{4});
    QCOMPARE(document.notices[0].kind, Notice::Kind::Inserted);
    QCOMPARE(document.notices[1].kind, Notice::Kind::Deleted);
    QCOMPARE(document.notices[2].kind, Notice::Kind::Hidden);
    QCOMPARE(document.notices[2].count, 2U);
    QCOMPARE(document.notices[3].kind, Notice::Kind::Comment);
    QCOMPARE(document.notices[3].text, std::string("Which ones?"));
    QCOMPARE(document.slice(document.notices[3].begin, document.notices[3].end), std::string_view("due"));
}

void TestDocumentOdt::pages()
{
    const QByteArray page = "<text:soft-page-break/>";
    const Document document =
        read(office::odt(p("First.") + page + p("Second " + page + "third.") + p("End.")));
    const auto page_of = [&](const char* word) {
        return page_at(document, static_cast<std::uint32_t>(document.text.find(word)));
    };
    QCOMPARE(page_of("First"), 1);
    QCOMPARE(page_of("Second"), 2);
    QCOMPARE(page_of("third"), 3);
    QCOMPARE(page_of("End"), 3);
    QCOMPARE(page_count(document), std::size_t{3});
}

void TestDocumentOdt::linearTime_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto repeated = [](int count, const std::function<QByteArray(int)>& make) {
        QByteArray all;
        for (int i = 0; i < count; ++i)
            all += make(i);
        return all;
    };
    QTest::newRow("paragraphs") << repeated(100'000,
                                            [](int i) { return p("Clause " + QByteArray::number(i)); });
    QTest::newRow("lists") << repeated(50'000, [](int i) { return list(item(p(QByteArray::number(i)))); });
    QTest::newRow("headings") << repeated(100'000, [](int i) { return h(1 + i % 9, QByteArray::number(i)); });
    QTest::newRow("deep lists") << QByteArray("<text:list><text:list-item>").repeated(200) + p("x") +
                                       QByteArray("</text:list-item></text:list>").repeated(200);
    QTest::newRow("spans") << p(repeated(100'000, [](int i) {
        return "<text:span text:style-name=\"Strong\">" + QByteArray::number(i) + "</text:span>";
    }));
}

void TestDocumentOdt::linearTime()
{
    QFETCH(QByteArray, text);
    const Document document = read(office::odt(text, text_styles + list_styles, outline_style));
    QVERIFY(!document.blocks.empty());
    QVERIFY(from_bytes(to_bytes(document)));
}

QTEST_GUILESS_MAIN(TestDocumentOdt)
#include "tst_document_odt.moc"
