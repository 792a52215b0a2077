#include "core/document/readers.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace leeway::document;
using leeway::base::ErrorCode;

namespace {

using Texts = QList<QByteArray>;

Document read(Format format, const QByteArray& bytes)
{
    auto document = read_plain(format, "x", bytes.toStdString());
    return document ? *document : Document{};
}

QByteArray utf16(const char* text)
{
    QByteArray wide;
    for (; *text != '\0'; ++text)
        wide += QByteArray(1, *text) + '\0';
    return wide;
}

Texts blocks(const Document& document)
{
    static const char marks[] = {'H', 'P', 'L', 'R'};
    Texts lines;
    for (const Block& block : document.blocks) {
        const auto text = document.slice(block.begin, block.end);
        lines << QByteArray(1, marks[static_cast<int>(block.kind)]) + ' ' +
                     QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    }
    return lines;
}

}

class TestReaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formats_data();
    void formats();
    void refusals_data();
    void refusals();
    void encodings_data();
    void encodings();
    void text_data();
    void text();
    void markdown_data();
    void markdown();
    void html_data();
    void html();
    void linearTime_data();
    void linearTime();
    void corpus();
};

void TestReaders::formats_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("expected");
    const auto row = [](const char* tag, const char* name, const QByteArray& bytes, Format format) {
        QTest::newRow(tag) << QByteArray(name) << bytes << static_cast<int>(format);
    };
    row("pdf", "a.pdf", "%PDF-1.4\n", Format::Pdf);
    row("pdf behind rubbish", "a.pdf", QByteArray(900, ' ') + "%PDF-1.4", Format::Pdf);
    row("pdf of another name", "a.txt", "%PDF-1.4", Format::Pdf);
    row("markdown", "a.MD", "# Term", Format::Markdown);
    row("html by name", "a.htm", "<p>Term</p>", Format::Html);
    row("html by content", "a", "<!DOCTYPE html><p>Term</p>", Format::Html);
    row("text", "a.txt", "Term", Format::Text);
    row("UTF-16", "a.txt", QByteArray("\xFF\xFET\0e\0", 6), Format::Text);
}

void TestReaders::formats()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, bytes);
    const auto format = format_of(name.toStdString(), bytes.toStdString());
    QVERIFY(format);
    QTEST(static_cast<int>(*format), "expected");
}

void TestReaders::refusals_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* tag, const char* name, const QByteArray& bytes, ErrorCode code,
                        const char* says) {
        QTest::newRow(tag) << QByteArray(name) << bytes << static_cast<int>(code) << QString::fromUtf8(says);
    };
    row("zero bytes", "a.pdf", "", ErrorCode::Empty, "is empty (0 bytes)");
    row("text named pdf", "x.pdf", "Just text.", ErrorCode::Unreadable,
        "“x.pdf” is not a PDF; it is plain text. Rename it to “x.txt”");
    row("page named pdf", "x.pdf", "<html><body>hello</body></html>", ErrorCode::Unreadable,
        "it is a web page");
    row("zip", "a.zip", "PK\x03\x04zip", ErrorCode::Unreadable, "ZIP archive");
    row("doc", "a.doc", "\xD0\xCF\x11\xE0", ErrorCode::Unreadable, "save it as DOCX");
    row("doc of another name", "a.docx", "\xD0\xCF\x11\xE0" + utf16("WordDocument"), ErrorCode::Unreadable,
        "save it as DOCX");
    row("old spreadsheet", "a.xls", "\xD0\xCF\x11\xE0" + utf16("Workbook"), ErrorCode::Unreadable,
        "old binary format");
    row("docx with a password", "a.docx", "\xD0\xCF\x11\xE0" + utf16("EncryptedPackage"),
        ErrorCode::NeedsPassword, "save it without one");
    row("rtf", "a.rtf", "{\\rtf1", ErrorCode::Unreadable, "Rich Text Format");
    row("binary", "a.bin", QByteArray(64, '\x01'), ErrorCode::Unreadable, "no contract that Leeway can read");
    row("binary named pdf", "a.pdf", QByteArray(64, '\0'), ErrorCode::Unreadable,
        "lacks a PDF's first bytes");
}

void TestReaders::refusals()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const auto format = format_of(name.toStdString(), bytes.toStdString());
    QVERIFY(!format);
    QTEST(static_cast<int>(format.error().code), "code");
    const QString message = QString::fromStdString(format.error().message);
    QVERIFY2(message.contains(says), qPrintable(message));
}

void TestReaders::encodings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("utf-8") << QByteArray("caf\xC3\xA9") << QByteArray("café");
    QTest::newRow("utf-8 with mark") << QByteArray("\xEF\xBB\xBFx") << QByteArray("x");
    QTest::newRow("utf-16 little") << QByteArray("\xFF\xFE\xE9\x00\x3D\xD8\x00\xDE", 8) << QByteArray("é😀");
    QTest::newRow("utf-16 big") << QByteArray("\xFE\xFF\x00\xE9", 4) << QByteArray("é");
    QTest::newRow("utf-16 half") << QByteArray("\xFF\xFE\x3D\xD8\x41", 5) << QByteArray("\xEF\xBF\xBD");
    QTest::newRow("windows") << QByteArray("\x93x\x94 \x80 \xE9") << QByteArray("“x” € é");
    QTest::newRow("nul") << QByteArray("a\0b", 3)
                         << QByteArray("a\xEF\xBF\xBD"
                                       "b");
}

void TestReaders::encodings()
{
    QFETCH(QByteArray, bytes);
    QTEST(QByteArray::fromStdString(decode(bytes.toStdString())), "expected");
}

void TestReaders::text_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<Texts>("expected");
    QTest::newRow("wrapped lines") << QByteArray("The provider shall give notice to the customer and\nshall "
                                                 "do so in writing before it raises any\n"
                                                 "fee.\n\nThe customer may then end it.\n")
                                   << Texts{"P The provider shall give notice to the customer and shall do "
                                            "so in writing before it raises any "
                                            "fee.",
                                            "P The customer may then end it."};
    QTest::newRow("hyphens") << QByteArray("The termination of this agreement takes effect at once upon "
                                           "termi-\nnation by a third-\nparty "
                                           "or by a non-\nexclusive licence of it. The third-party pays.\n")
                             << Texts{"P The termination of this agreement takes effect at once upon "
                                      "termination by a third-party or by "
                                      "a non-exclusive licence of it. The third-party pays."};
    QTest::newRow("page numbers and footers")
        << QByteArray("ACME MASTER AGREEMENT\nThe first page of the text goes on over the\n\n\nConfidential "
                      "draft\n1\n\f"
                      "ACME MASTER AGREEMENT\npage break and then ends on the second one.\n\n\nConfidential "
                      "draft\n2\n\f"
                      "ACME MASTER AGREEMENT\nThe third page is the last one of them all.\n\n\nConfidential "
                      "draft\n3\n")
        << Texts{"P The first page of the text goes on over the page break and then ends on the second one.",
                 "P The third page is the last one of them all."};
    QTest::newRow("list")
        << QByteArray("8.2 Provider shall not:\n  (a) train models on the data; or\n  (b) sell it to "
                      "others.\n")
        << Texts{"P 8.2 Provider shall not:", "L (a) train models on the data; or",
                 "L (b) sell it to others."};
    QTest::newRow("table")
        << QByteArray("Model        Price     Unit\nAlpha        1.50      1M\nBeta         2.50      1M\n")
        << Texts{"R Model\tPrice\tUnit", "R Alpha\t1.50\t1M", "R Beta\t2.50\t1M"};
    QTest::newRow("windows line ends")
        << QByteArray("One is here.\r\n\r\nTwo is here.\r\n") << Texts{"P One is here.", "P Two is here."};
    QTest::newRow("rules are no text")
        << QByteArray("=======\nOne is here.\n-------\n") << Texts{"P One is here."};
}

void TestReaders::text()
{
    QFETCH(QByteArray, source);
    QTEST(blocks(read(Format::Text, source)), "expected");
}

void TestReaders::markdown_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<Texts>("expected");
    QTest::newRow("headings")
        << QByteArray("# Terms\n\n8\\. Data\n-------\n\nIt is *yours* and\nstays [so](http://x.y).\n")
        << Texts{"H Terms", "H 8. Data", "P It is yours and stays so."};
    QTest::newRow("bold run-in") << QByteArray("**8.2 Use.** Provider shall not train.\n\n(a) one\n")
                                 << Texts{"P 8.2 Use. Provider shall not train.", "L (a) one"};
    QTest::newRow("bold line is a heading") << QByteArray("**Term and notice**\n\nIt is a year.\n")
                                            << Texts{"H Term and notice", "P It is a year."};
    QTest::newRow("lists") << QByteArray(
                                  "# T\n\nIt covers:\n\n* one\n    * two\n* 1.1. Term. It is a year.\n")
                           << Texts{"H T", "P It covers:", "L one", "L two", "P 1.1. Term. It is a year."};
    QTest::newRow("ordered") << QByteArray("# T\n\n(b) It covers:\n\n1. one\n2. two\n")
                             << Texts{"H T", "L (b) It covers:", "L 1. one", "L 2. two"};
    QTest::newRow("table") << QByteArray("| Model | Price |\n|---|---|\n| Alpha | 1.50 |\n")
                           << Texts{"R Model\tPrice", "R Alpha\t1.50"};
    QTest::newRow("html inside") << QByteArray("<div><p>Inside.</p></div>\n\nOut<br>side.\n")
                                 << Texts{"P Inside.", "P Out side."};
    QTest::newRow("entities") << QByteArray("A &amp; B &copy;\n") << Texts{"P A & B ©"};
}

void TestReaders::markdown()
{
    QFETCH(QByteArray, source);
    QTEST(blocks(read(Format::Markdown, source)), "expected");
}

void TestReaders::html_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<Texts>("expected");
    QTest::newRow("skipped")
        << QByteArray("<html><head><title>x</title><style>p{}</style></head><body><nav>Menu</nav>"
                      "<script>alert(1)</script><p hidden>no</p><p style='display: none'>no</p>"
                      "<h1>Terms</h1><p>It is&nbsp;yours &amp; stays <b>so</b>.</p></body></html>")
        << Texts{"H Terms", "P It is yours & stays so."};
    QTest::newRow("lists")
        << QByteArray("<h2>T</h2><p>It covers:</p><ul><li>one<ul><li>two</li></ul></li><li>three</ul>")
        << Texts{"H T", "P It covers:", "L one", "L two", "L three"};
    QTest::newRow("table")
        << QByteArray("<table><tr><th>Model</th><th>Price</th></tr><tr><td>Alpha</td><td>1.50</td></tr>"
                      "</table>")
        << Texts{"R Model\tPrice", "R Alpha\t1.50"};
    QTest::newRow("mark in its own cell")
        << QByteArray("<table><tr><td>(a)</td><td>the data of the customer</td></tr></table>")
        << Texts{"L (a) the data of the customer"};
    QTest::newRow("breaks") << QByteArray("<p>one<br>two<br><br>three</p>") << Texts{"P one two", "P three"};
    QTest::newRow("broken") << QByteArray("<p>one<b>two<p>three</i></td>") << Texts{"P onetwo", "H three"};
}

void TestReaders::html()
{
    QFETCH(QByteArray, source);
    QTEST(blocks(read(Format::Html, source)), "expected");
}

void TestReaders::linearTime_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* tag, Format format, const QByteArray& bytes) {
        QTest::newRow(tag) << static_cast<int>(format) << bytes;
    };
    row("one long line", Format::Text, QByteArray("word ").repeated(2'000'000));
    row("one long word", Format::Text, QByteArray(10'000'000, 'x'));
    row("marks only", Format::Text, QByteArray("(a) ").repeated(500'000));
    row("full stops", Format::Text, QByteArray(". ").repeated(2'000'000));
    row("short lines", Format::Text, QByteArray("a\n").repeated(500'000));
    row("blank lines", Format::Text, QByteArray("\n").repeated(3'000'000) + "end");
    row("cells", Format::Text, QByteArray("a   b\n").repeated(300'000));
    row("nested lists", Format::Markdown, [] {
        QByteArray text;
        for (int i = 0; i < 300; ++i)
            text += QByteArray(i, ' ') + "- item\n";
        return text;
    }());
    row("quotes", Format::Markdown, QByteArray(">").repeated(20'000) + "x");
    row("headings", Format::Markdown, QByteArray("# 1. Heading\n\n").repeated(100'000));
    row("html lists", Format::Html, QByteArray("<ul><li>x").repeated(1'900));
    row("html paragraphs", Format::Html, QByteArray("<p>some text").repeated(200'000));
}

void TestReaders::linearTime()
{
    QFETCH(int, format);
    QFETCH(QByteArray, bytes);
    QElapsedTimer timer;
    timer.start();
    const auto document = read_plain(static_cast<Format>(format), "x", bytes.toStdString());
    QVERIFY(document);
    QVERIFY2(timer.elapsed() < 20'000, "reading takes more than linear time");
}

void TestReaders::corpus()
{
    const QString folder = qEnvironmentVariable("LEEWAY_CORPUS");
    if (folder.isEmpty() || !QDir(folder).exists())
        QSKIP("LEEWAY_CORPUS names no folder");
    for (const QFileInfo& info :
         QDir(folder + QStringLiteral("/vendor-terms")).entryInfoList({QStringLiteral("*.md")})) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto document = read_plain(Format::Markdown, "x", file.readAll().toStdString());
        QVERIFY(document);
        QVERIFY2(document->blocks.size() > 20, qPrintable(info.fileName()));
    }
}

QTEST_GUILESS_MAIN(TestReaders)
#include "tst_readers.moc"
