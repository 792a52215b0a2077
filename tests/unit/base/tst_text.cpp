#include "core/base/hash.h"
#include "core/base/text.h"

#include <QByteArray>
#include <QString>
#include <QtTest/QtTest>
#include <pcg_random.hpp>

using namespace leeway::base;

namespace {

const std::string mark = "\xEF\xBF\xBD";

bool is_valid(const std::string& text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toUtf8().toStdString() == text;
}

}

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void utf8_data();
    void utf8();
    void randomBytes();
    void trimming();
    void lowering();
    void splitting();
    void shortening();
    void hashing();
};

void TestText::utf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const std::string& bytes, const std::string& expected) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray::fromStdString(expected);
    };
    row("empty", "", "");
    row("plain", "a b\n", "a b\n");
    row("two to four bytes", "é€𝄞", "é€𝄞");
    row("NUL", std::string("a\0b", 3), "a" + mark + "b");
    row("lone continuation", "a\x80z", "a" + mark + "z");
    row("cut at the end", "a\xE2\x82", "a" + mark + mark);
    row("cut in the middle", "\xE2\x82z", mark + mark + "z");
    row("overlong two", "\xC0\xAF", mark + mark);
    row("overlong three", "\xE0\x80\xAF", mark + mark + mark);
    row("overlong four", "\xF0\x80\x80\xAF", mark + mark + mark + mark);
    row("surrogate", "\xED\xA0\x80", mark + mark + mark);
    row("over U+10FFFF", "\xF4\x90\x80\x80", mark + mark + mark + mark);
    row("five bytes", "\xF8\x88\x80\x80\x80", mark + mark + mark + mark + mark);
    row("never valid", "\xFF\xFE", mark + mark);
    row("last code point", "\xF4\x8F\xBF\xBF", "\xF4\x8F\xBF\xBF");
    row("Latin-1", "caf\xE9 noir", "caf" + mark + " noir");
}

void TestText::utf8()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(to_valid_utf8(bytes.toStdString())), expected);
}

void TestText::randomBytes()
{
    pcg32 random(5);
    for (int round = 0; round < 2'000; ++round) {
        std::string bytes;
        for (std::uint32_t i = random(60); i > 0; --i)
            bytes += static_cast<char>(random(4) == 0 ? random(128) : 128 + random(128));
        const std::string once = to_valid_utf8(bytes);
        QVERIFY(is_valid(once));
        QVERIFY(once.find('\0') == std::string::npos);
        QCOMPARE(to_valid_utf8(once), once);
        const std::size_t limit = random(40);
        const std::string cut = shortened(once, limit);
        QVERIFY(is_valid(cut));
        QVERIFY(cut.size() <= limit + 3);
    }
}

void TestText::trimming()
{
    QCOMPARE(trimmed(" \t a b \r\n"), std::string_view("a b"));
    QCOMPARE(trimmed(""), std::string_view(""));
    QCOMPARE(trimmed(" \f\v "), std::string_view(""));
    QCOMPARE(trimmed("x"), std::string_view("x"));
}

void TestText::lowering()
{
    QCOMPARE(lowered("Provider ÄÖ @[`{Z"), std::string("provider ÄÖ @[`{z"));
}

void TestText::splitting()
{
    using Parts = std::vector<std::string>;
    QCOMPARE(split("", ','), Parts({""}));
    QCOMPARE(split("a", ','), Parts({"a"}));
    QCOMPARE(split("a,,b,", ','), Parts({"a", "", "b", ""}));
    QCOMPARE(split(",", ','), Parts({"", ""}));
}

void TestText::shortening()
{
    QCOMPARE(shortened("abc", 3), std::string("abc"));
    QCOMPARE(shortened("abcd", 3), std::string("abc…"));
    QCOMPARE(shortened("aé", 2), std::string("a…"));
    QCOMPARE(shortened("aé", 3), std::string("aé"));
    QCOMPARE(shortened("𝄞", 3), std::string("…"));
    QCOMPARE(shortened("", 0), std::string(""));
}

void TestText::hashing()
{
    QCOMPARE(sha256(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QCOMPARE(sha256("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
