#include "core/document/encoding.h"
#include "core/document/readers.h"

#include <QtTest>

#include <unicode/ucnv.h>

using namespace leeway::document;

namespace {

// `text` as bytes of `charset`.
std::string encoded(const char* text, const char* charset)
{
    std::string out(8192, '\0');
    UErrorCode error = U_ZERO_ERROR;
    const std::int32_t size =
        ucnv_convert(charset, "UTF-8", out.data(), static_cast<std::int32_t>(out.size()), text, -1, &error);
    if (U_FAILURE(error))
        qFatal("%s is no charset", charset);
    out.resize(static_cast<std::size_t>(size));
    return out;
}

constexpr auto english =
    "“Customer Data” means the Customer’s data – including Output — at a fee of €2 (§ 4.1). "
    "Provider may not use the Customer’s Content.";
constexpr auto latin =
    "Société Générale S.A. and Müller GmbH agree on a résumé of £5 (§ 8) for the café at Zürich.";
constexpr auto german = "Der Anbieter gewährt dem Kunden für die Dauer des Vertrages ein Recht gemäß § 5. "
                        "Änderungen bedürfen der Schriftform; Kündigungen sind schriftlich zu erklären.";
constexpr auto russian =
    "Исполнитель обязуется оказать услуги, а Заказчик обязуется их оплатить в порядке и сроки, "
    "установленные настоящим договором. Стороны несут ответственность по закону.";

}

class TestEncoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodes_data();
    void decodes();
    void decodesAsDeclared_data();
    void decodesAsDeclared();
    void charsetOfPage_data();
    void charsetOfPage();
    void content_data();
    void content();
    void readsPages_data();
    void readsPages();
    void anyBytes();
};

void TestEncoding::decodes_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* text, const char* charset,
                        const std::string& mark = {}) {
        QTest::newRow(name) << mark + encoded(text, charset) << QString::fromUtf8(text);
    };
    using namespace std::string_literals;
    row("UTF-8", english, "UTF-8");
    row("UTF-8 with mark", english, "UTF-8", "\xEF\xBB\xBF");
    row("UTF-16 LE with mark", english, "UTF-16LE", "\xFF\xFE"s);
    row("UTF-16 BE with mark", english, "UTF-16BE", "\xFE\xFF"s);
    row("UTF-32 LE with mark", english, "UTF-32LE", "\xFF\xFE\0\0"s);
    row("UTF-32 BE with mark", english, "UTF-32BE", "\0\0\xFE\xFF"s);
    row("UTF-16 LE", english, "UTF-16LE");
    row("UTF-16 BE", english, "UTF-16BE");
    row("UTF-32 LE", english, "UTF-32LE");
    row("UTF-32 BE", english, "UTF-32BE");
    row("Windows-1252, English", english, "windows-1252");
    row("Windows-1252, names", latin, "windows-1252");
    row("Latin-1", latin, "ISO-8859-1");
    row("Windows-1252, German", german, "windows-1252");
    row("Mac Roman, English", english, "macintosh");
    row("Mac Roman, names", latin, "macintosh");
    row("Mac Roman, German", german, "macintosh");
    row("Windows-1251", russian, "windows-1251");
    row("KOI8-R", russian, "KOI8-R");
    QTest::newRow("seven bits") << std::string("plain words") << QStringLiteral("plain words");
    QTest::newRow("nothing") << std::string() << QString();
    QTest::newRow("UTF-8 with a broken byte")
        << std::string("“Customer” – “Provider” – “Output” — its \xFF end")
        << QStringLiteral("“Customer” – “Provider” – “Output” — its \uFFFD end");
}

void TestEncoding::decodes()
{
    QFETCH(std::string, bytes);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(decode(bytes)), text);
}

void TestEncoding::decodesAsDeclared_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("declared");
    QTest::addColumn<QString>("text");
    QTest::newRow("as it says") << std::string("caf\x8E") << std::string("macintosh")
                                << QStringLiteral("café");
    QTest::newRow("Latin-1 means Windows-1252")
        << std::string("\x93yes\x94") << std::string("ISO-8859-1") << QStringLiteral("“yes”");
    QTest::newRow("UTF-8 is seen through a wrong name")
        << std::string("café") << std::string("iso-8859-1") << QStringLiteral("café");
    QTest::newRow("UTF-16 in eight bits is not meant")
        << std::string("caf\xE9 bar") << std::string("utf-16") << QStringLiteral("café bar");
    QTest::newRow("unknown name") << std::string("caf\xE9 bar") << std::string("x-nothing")
                                  << QStringLiteral("café bar");
    QTest::newRow("Japanese in seven bits")
        << encoded("契約", "ISO-2022-JP") << std::string("iso-2022-jp") << QStringLiteral("契約");
}

void TestEncoding::decodesAsDeclared()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, declared);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(decode(bytes, declared)), text);
}

void TestEncoding::charsetOfPage_data()
{
    QTest::addColumn<std::string>("page");
    QTest::addColumn<std::string>("charset");
    QTest::newRow("meta charset") << std::string("<html><meta charset=\"Windows-1252\">")
                                  << std::string("windows-1252");
    QTest::newRow("http-equiv")
        << std::string("<meta http-equiv=Content-Type content='text/html; charset=macintosh'>")
        << std::string("macintosh");
    QTest::newRow("XML") << std::string("<?xml version='1.0' encoding='ISO-8859-1'?><html>")
                         << std::string("iso-8859-1");
    QTest::newRow("in the text") << std::string("<html><p>the charset = utf-16 is odd") << std::string();
    QTest::newRow("none") << std::string("<html><p>words") << std::string();
    QTest::newRow("cut off") << std::string("<meta charset=") << std::string();
}

void TestEncoding::charsetOfPage()
{
    QFETCH(std::string, page);
    QFETCH(std::string, charset);
    QCOMPARE(declared_charset(page), charset);
}

void TestEncoding::content_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<int>("expected");
    const auto row = [](const char* name, const std::string& bytes, Content content) {
        QTest::newRow(name) << bytes << static_cast<int>(content);
    };
    row("UTF-16 without mark", encoded(english, "UTF-16BE"), Content::Text);
    row("UTF-32 without mark", encoded(english, "UTF-32LE"), Content::Text);
    row("a page in UTF-16", encoded("<!DOCTYPE html><html><body>Terms", "UTF-16LE"), Content::Html);
    row("zeros", std::string(64, '\0'), Content::Binary);
    std::string counting;
    for (int i = 0; i < 512; ++i)
        counting += static_cast<char>(i * 7);
    row("noise", counting, Content::Binary);
}

void TestEncoding::content()
{
    QFETCH(std::string, bytes);
    QFETCH(int, expected);
    QCOMPARE(static_cast<int>(content_of(bytes)), expected);
}

void TestEncoding::readsPages_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<std::string>("bytes");
    const std::string page =
        encoded("<html><head><meta charset=macintosh></head><body><p>Each party bears its "
                "café’s “costs”.</p>",
                "macintosh");
    QTest::newRow("HTML") << static_cast<int>(Format::Html) << page;
    QTest::newRow("Markdown") << static_cast<int>(Format::Markdown)
                              << encoded("Each party bears its café’s “costs”.\n", "UTF-16LE");
    QTest::newRow("text") << static_cast<int>(Format::Text)
                          << encoded("Each party bears its café’s “costs”.\r", "macintosh");
}

void TestEncoding::readsPages()
{
    QFETCH(int, format);
    QFETCH(std::string, bytes);
    const auto document = read_plain(static_cast<Format>(format), "terms", bytes);
    QVERIFY(document);
    QCOMPARE(QString::fromStdString(document->text).trimmed(),
             QStringLiteral("Each party bears its café’s “costs”."));
}

void TestEncoding::anyBytes()
{
    for (int seed = 0; seed < 300; ++seed) {
        std::string bytes;
        unsigned state = static_cast<unsigned>(seed) * 2654435761U + 1;
        for (int i = 0; i < 1 + seed; ++i) {
            state = state * 1664525U + 1013904223U;
            bytes += static_cast<char>(state >> 24);
        }
        const std::string text = decode(bytes);
        QCOMPARE(QString::fromStdString(text).toStdString(), text); // valid UTF-8
        QVERIFY(text.find('\0') == std::string::npos);
    }
}

QTEST_GUILESS_MAIN(TestEncoding)
#include "tst_document_encoding.moc"
