#include "core/document/archive.h"
#include "core/document/office.h"
#include "core/document/serialise.h"
#include "officefile.h"

#include <QtTest>

using namespace leeway::document;
using leeway::base::ErrorCode;
using office::p;
using office::Part;

namespace {

constexpr const char* entity_bomb =
    "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
    "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>";

leeway::base::Result<Document> read(const std::string& name, const std::string& bytes)
{
    const auto format = office_format_of(name, bytes);
    if (!format)
        return tl::unexpected(format.error());
    return read_office(*format, name, bytes);
}

QList<Part> with(QList<Part> parts, const QByteArray& name, const QByteArray& content)
{
    for (Part& part : parts) {
        if (part.name == name) {
            part.content = content;
            return parts;
        }
    }
    return parts << Part{name, content};
}

QList<Part> without(QList<Part> parts, const QByteArray& name)
{
    parts.removeIf([&](const Part& part) { return part.name == name; });
    return parts;
}

QList<Part> document_xml(const QByteArray& prolog, const QByteArray& body)
{
    return with(office::docx_parts({}), "word/document.xml",
                prolog + office::word_part("document", "<w:body>" + body + "</w:body>").mid(55));
}

}

class TestDocumentOffice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recognised_data();
    void recognised();
    void refused_data();
    void refused();
    void cutFilesNeverCrash();
    void partNames_data();
    void partNames();
};

void TestDocumentOffice::recognised_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("format");
    const auto row = [](const char* tag, const char* name, const std::string& bytes, Format format) {
        QTest::newRow(tag) << QByteArray(name) << QByteArray::fromStdString(bytes)
                           << static_cast<int>(format);
    };
    const QList<Part> docx = office::docx_parts(p("The text."));
    row("docx", "a.docx", office::zipped(docx), Format::Docx);
    row("docx of another name", "a.pdf", office::zipped(docx), Format::Docx);
    row("odt of another name", "a.docx", office::odt("<text:p>The text.</text:p>"), Format::Odt);
    row("with macros", "a.docm",
        office::zipped(
            with(with(docx, "word/vbaProject.bin", "macro"), "[Content_Types].xml",
                 office::content_types("application/vnd.ms-word.document.macroEnabled.main+xml").content)),
        Format::Docx);
    row("template", "a.dotx",
        office::zipped(
            with(docx, "[Content_Types].xml",
                 office::content_types(
                     "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml")
                     .content)),
        Format::Docx);
    row("text under another path", "a.docx",
        office::zipped(
            {office::relations("_rels/.rels", {{"officeDocument", "/Other/Text.xml"}}),
             {"[Content_Types].xml", QByteArray(office::content_types(office::docx_type).content)
                                         .replace("/word/document.xml", "/other/text.xml")},
             {"other\\text.xml", office::word_part("document", "<w:body>" + p("The text.") + "</w:body>")}}),
        Format::Docx);
    row("without styles", "a.docx", office::zipped(without(docx, "word/_rels/document.xml.rels")),
        Format::Docx);
    row("relations to parts that are not there", "a.docx",
        office::zipped(with(
            docx, "word/_rels/document.xml.rels",
            office::relations({}, {{"styles", "../../../etc/passwd"}, {"numbering", "gone.xml"}}).content)),
        Format::Docx);
}

void TestDocumentOffice::recognised()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, bytes);
    const auto document = read(name.toStdString(), bytes.toStdString());
    QVERIFY2(document, document ? "" : document.error().message.c_str());
    QTEST(static_cast<int>(document->format), "format");
    QCOMPARE(document->text, std::string("The text."));
    QCOMPARE(document->name, name.toStdString());
}

void TestDocumentOffice::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* tag, const std::string& bytes, ErrorCode code, const char* says) {
        QTest::newRow(tag) << QByteArray::fromStdString(bytes) << static_cast<int>(code) << QByteArray(says);
    };
    const QList<Part> docx = office::docx_parts(p("The text."));
    row("archive", office::zipped({{"contract.pdf", "%PDF"}}), ErrorCode::Unreadable, "Unpack it");
    row("archive with a Word folder", office::zipped({{"word/a.txt", "x"}}), ErrorCode::Unreadable,
        "Unpack it");
    row("spreadsheet",
        office::zipped(with(docx, "[Content_Types].xml",
                            office::content_types(
                                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
                                .content)),
        ErrorCode::Unreadable, "a spreadsheet, slides or a drawing");
    row("open spreadsheet", office::zipped({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}),
        ErrorCode::Unreadable, "a spreadsheet, slides or a drawing");
    row("no relations", office::zipped(without(docx, "_rels/.rels")), ErrorCode::Unreadable,
        "does not say where");
    row("no text part", office::zipped(without(docx, "word/document.xml")), ErrorCode::Unreadable,
        "is missing");
    row("no open text part", office::zipped({{"mimetype", "application/vnd.oasis.opendocument.text"}}),
        ErrorCode::Unreadable, "“content.xml”) is missing");
    row("two text parts", office::zipped(docx + QList<Part>{{"WORD/document.xml", "<x/>"}}),
        ErrorCode::Unreadable, "is damaged");
    row("no words", office::docx("<w:p/>"), ErrorCode::Empty, "holds no words");
    row("pictures only", office::zipped(office::docx_parts("<w:p/>") << Part{"word/media/image1.png", "x"}),
        ErrorCode::NoText, "pictures of pages");
    row("encrypted parts", office::zipped(docx, "secret"), ErrorCode::NeedsPassword, "save it without one");
    row("encrypted open text",
        office::zipped({{"mimetype", "application/vnd.oasis.opendocument.text"},
                        {"META-INF/manifest.xml", "<m:encryption-data xmlns:m=\"m\"/>"},
                        {"content.xml", "garbled"}}),
        ErrorCode::NeedsPassword, "save it without one");
    row("bomb", office::docx(QByteArray(20 << 20, ' ')), ErrorCode::TooLarge, "made to exhaust");
    row("bomb of styles", office::docx(p("x"), {{"styles", QByteArray(20 << 20, ' ')}}), ErrorCode::TooLarge,
        "made to exhaust");
    row("entities", office::zipped(document_xml(entity_bomb, p("&c;"))), ErrorCode::Unreadable,
        "as no word processor builds its files");
    row("outside entities",
        office::zipped(document_xml("<!DOCTYPE w SYSTEM \"file:///etc/passwd\">", p("x"))),
        ErrorCode::Unreadable, "as no word processor builds its files");
    row("deep nesting", office::docx(QByteArray("<w:p><w:r>").repeated(50'000)), ErrorCode::Unreadable,
        "as no word processor builds its files");
    row("deep styles", office::docx(p("x"), {{"styles", QByteArray("<w:style>").repeated(50'000)}}),
        ErrorCode::Unreadable, "as no word processor builds its files");
    row("cut off text", office::zipped(with(docx, "word/document.xml", "<w:document xmlns:w=\"w\"><w:p>")),
        ErrorCode::Unreadable, "cut off or garbled");
    row("bad characters", office::docx(p("\xFF\xFE\xFA")), ErrorCode::Unreadable, "cut off or garbled");
    row("cut off archive", office::zipped(docx).substr(0, 200), ErrorCode::Unreadable, "cannot be unpacked");
    row("only its first bytes", "PK\x03\x04", ErrorCode::Unreadable, "cannot be unpacked");
}

void TestDocumentOffice::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, says);
    const auto document = read("a.docx", bytes.toStdString());
    QVERIFY(!document);
    const QByteArray message = QByteArray::fromStdString(document.error().message);
    QVERIFY2(message.startsWith("“a.docx” ") && message.contains(says), message.constData());
    QTEST(static_cast<int>(document.error().code), "code");
}

void TestDocumentOffice::cutFilesNeverCrash()
{
    const std::string good = office::docx(p("The text."), {{"styles", "<w:style/>"}});
    for (std::size_t size = 4; size < good.size(); size += 3)
        QVERIFY(!read("a.docx", good.substr(0, size)));
    int readable = 0;
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x5A);
        if (const auto document = read("a.docx", bad)) {
            QVERIFY(from_bytes(to_bytes(*document)));
            ++readable;
        }
    }
    QVERIFY(readable > 0 && readable < static_cast<int>(good.size()));
}

void TestDocumentOffice::partNames_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("beside") << QByteArray("word/document.xml") << QByteArray("styles.xml")
                            << QByteArray("word/styles.xml");
    QTest::newRow("above") << QByteArray("word/document.xml") << QByteArray("../custom/a.xml")
                           << QByteArray("custom/a.xml");
    QTest::newRow("from the top") << QByteArray("word/document.xml") << QByteArray("/other/a.xml")
                                  << QByteArray("other/a.xml");
    QTest::newRow("of the package") << QByteArray() << QByteArray("word/document.xml")
                                    << QByteArray("word/document.xml");
    QTest::newRow("out of the package")
        << QByteArray("word/document.xml") << QByteArray("../../../etc/passwd") << QByteArray("etc/passwd");
    QTest::newRow("here") << QByteArray("a/b.xml") << QByteArray("./c//d.xml") << QByteArray("a/c/d.xml");
}

void TestDocumentOffice::partNames()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, target);
    QTEST(QByteArray::fromStdString(part_name(from.toStdString(), target.toStdString())), "part");
}

QTEST_GUILESS_MAIN(TestDocumentOffice)
#include "tst_document_office.moc"
