#include "core/base/decimal.h"

#include <QtTest/QtTest>
#include <limits>
#include <pcg_random.hpp>
#include <string>

using leeway::base::Decimal;

namespace {

__extension__ using Int128 = __int128;

constexpr Int128 one = 1'000'000'000'000'000'000;
const char* const most = "170141183460469231731.687303715884105727";
const char* const least = "-170141183460469231731.687303715884105727";

Decimal dec(const std::string& text)
{
    const auto parsed = Decimal::parse(text);
    if (!parsed)
        qFatal("%s", parsed.error().message.c_str());
    return *parsed;
}

std::string text_of(Int128 units)
{
    const bool negative = units < 0;
    std::string digits;
    for (Int128 rest = negative ? -units : units; rest != 0 || digits.size() < 19; rest /= 10)
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    digits.insert(digits.size() - 18, ".");
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.'))
        digits.pop_back();
    return negative ? "-" + digits : digits;
}

// Half to even, by another way than the code under test: floor, then the remainder decides.
Int128 divided(Int128 numerator, Int128 denominator)
{
    Int128 floor = numerator / denominator;
    if (numerator % denominator != 0 && numerator < 0)
        --floor;
    const Int128 twice = (numerator - floor * denominator) * 2;
    if (twice > denominator || (twice == denominator && floor % 2 != 0))
        ++floor;
    return floor;
}

}

class TestDecimal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parse_data();
    void parse();
    void parseRefuses_data();
    void parseRefuses();
    void fixed_data();
    void fixed();
    void product_data();
    void product();
    void quotient_data();
    void quotient();
    void fromDouble_data();
    void fromDouble();
    void saturates();
    void order();
    void randomSums();
    void randomProducts();
    void randomQuotients();
    void randomTexts();
    void sumOfShares();
    void minorDigits();
};

void TestDecimal::parse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* text, const char* expected) {
        QTest::addRow("%.40s", text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
    };
    row("0", "0");
    row("-0", "0");
    row("-0.0e5", "0");
    row("+7", "7");
    row("007.50", "7.5");
    row(".5", "0.5");
    row("5.", "5");
    row("-12.50", "-12.5");
    row("0.0000025", "0.0000025");
    row("3e-7", "0.0000003");
    row("3E-07", "0.0000003");
    row("1.5e+3", "1500");
    row("2.50e-06", "0.0000025");
    row("123456e-3", "123.456");
    row("0e400", "0");
    row("1e-18", "0.000000000000000001");
    row("4e-19", "0");
    row("5e-19", "0"); // a tie goes to the even neighbour, 0
    row("5.000000001e-19", "0.000000000000000001");
    row("15e-19", "0.000000000000000002"); // a tie between 1 and 2
    row("25e-19", "0.000000000000000002"); // a tie between 2 and 3
    row("-15e-19", "-0.000000000000000002");
    row("0.0000000000000000025000000000000000000000000000000000000000000001", "0.000000000000000003");
    row("1e-400", "0");
    row("0.00000000000000000000000000000000000000000000000000000001e45", "0.00000000001");
    row("10000000000000000000000000000000000000000000000000e-40", "1000000000");
    // All digits of large amounts count.
    row("98765432109876543210.123456789012345678", "98765432109876543210.123456789012345678");
    row("98765432109876543210.1234567890123456785", "98765432109876543210.123456789012345678");
    row("98765432109876543210.12345678901234567851", "98765432109876543210.123456789012345679");
    row("1734567890123456789.1234567890123456789", "1734567890123456789.123456789012345679");
    row(most, most);
    row(least, least);
    row("170141183460469231731.687303715884105728", most);
    row("1e21", most);
    row("-1e21", least);
    row("1e400", most);
    row("99999999999999999999999999999999999999999999999999", most);
}

void TestDecimal::parse()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto parsed = Decimal::parse(text.toStdString());
    QVERIFY(parsed.has_value());
    QCOMPARE(QString::fromStdString(parsed->to_string()), expected);
    QCOMPARE(*Decimal::parse(parsed->to_string()), *parsed);
}

void TestDecimal::parseRefuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"",       " ",
                             "+",      "-",
                             ".",      "-.",
                             "e5",     "1e",
                             "1e+",    "1e-",
                             "1e+-5",  "1e--5",
                             "1.2.3",  "1,5",
                             "--1",    "+-1",
                             "0x10",   "nan",
                             "inf",    "1 000",
                             "1 ",     " 1",
                             "1e5.5",  "1e401",
                             "1e-401", "1e99999999999",
                             "12a",    "１"})
        QTest::addRow("“%s”", text) << QString::fromUtf8(text);
}

void TestDecimal::parseRefuses()
{
    QFETCH(QString, text);
    const auto parsed = Decimal::parse(text.toStdString());
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().code, leeway::base::ErrorCode::Invalid);
    QVERIFY(QString::fromStdString(parsed.error().message).contains(text));
}

void TestDecimal::fixed_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("places");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* value, int places, const char* expected) {
        QTest::addRow("%s to %d", value, places)
            << QString::fromUtf8(value) << places << QString::fromUtf8(expected);
    };
    row("0", 2, "0.00");
    row("0", 0, "0");
    row("12.5", 2, "12.50");
    row("0.125", 2, "0.12");
    row("0.135", 2, "0.14");
    row("0.1250000001", 2, "0.13");
    row("-0.125", 2, "-0.12");
    row("-0.375", 2, "-0.38");
    row("-0.001", 2, "0.00"); // never a negative zero
    row("0.5", 0, "0");
    row("1.5", 0, "2");
    row("2.5", 0, "2");
    row("-2.5", 0, "-2");
    row("999.995", 2, "1000.00");
    row("0.000000000000000001", 18, "0.000000000000000001");
    row("1", 99, "1.000000000000000000");
    row("1.7", -3, "2");
    row(most, 2, "170141183460469231731.69");
}

void TestDecimal::fixed()
{
    QFETCH(QString, value);
    QFETCH(int, places);
    QFETCH(QString, expected);
    const Decimal number = dec(value.toStdString());
    QCOMPARE(QString::fromStdString(number.to_fixed(places)), expected);
    if (number.to_fixed(18) != most)
        QCOMPARE(number.rounded(places), dec(expected.toStdString()));
}

void TestDecimal::product_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* a, const char* b, const char* expected) {
        QTest::addRow("%s × %s", a, b)
            << QString::fromUtf8(a) << QString::fromUtf8(b) << QString::fromUtf8(expected);
    };
    row("0", "5", "0");
    row("2.5", "4", "10");
    row("-2.5", "4", "-10");
    row("-2.5", "-4", "10");
    row("0.0000025", "1.1", "0.00000275");
    row("0.000000001", "0.000000001", "0.000000000000000001");
    row("0.000000000000000001", "0.5", "0");
    row("0.000000000000000003", "0.5", "0.000000000000000002");
    row("-0.000000000000000003", "0.5", "-0.000000000000000002");
    // A tie whose even neighbour depends on the whole sum, not on its last partial product.
    row("1.5", "2.000000000000000001", "3.000000000000000002");
    row("1.5", "0.000000000000000003", "0.000000000000000004");
    row("3.5", "1.000000000000000001", "3.500000000000000004");
    row("123456789012.345678", "987654321.987654321", "121932631246761162347.203169222374638");
    row("170141183460469231731", "1", "170141183460469231731");
    row("170141183460469231731", "1.1", most);
    row("-100000000000", "100000000000", least);
    row(most, most, most);
}

void TestDecimal::product()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(QString, expected);
    const Decimal x = dec(a.toStdString());
    const Decimal y = dec(b.toStdString());
    QCOMPARE(QString::fromStdString((x * y).to_string()), expected);
    QCOMPARE(y * x, x * y);
}

void TestDecimal::quotient_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* a, const char* b, const char* expected) {
        QTest::addRow("%s / %s", a, b)
            << QString::fromUtf8(a) << QString::fromUtf8(b) << QString::fromUtf8(expected);
    };
    row("1", "3", "0.333333333333333333");
    row("2", "3", "0.666666666666666667");
    row("-2", "3", "-0.666666666666666667");
    row("10", "4", "2.5");
    row("0.000000000000000001", "2", "0");
    row("0.000000000000000003", "2", "0.000000000000000002");
    row("0.000000000000000005", "2", "0.000000000000000002");
    row("-0.000000000000000003", "2", "-0.000000000000000002");
    row("5", "0", "0");
    row("0", "5", "0");
    row(most, "1", most);
    row(most, most, "1");
    row(least, most, "-1");
    row(most, "0.5", most);
    row(most, "-0.000000000000000001", least);
    row("1", most, "0");
    row("100000000000000000000", "99999999999999999999", "1");
    row("1000000", "0.000000000001", "1000000000000000000");
}

void TestDecimal::quotient()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString((dec(a.toStdString()) / dec(b.toStdString())).to_string()), expected);
}

void TestDecimal::fromDouble_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("expected");
    QTest::newRow("zero") << 0.0 << QStringLiteral("0");
    QTest::newRow("tenth") << 0.1 << QStringLiteral("0.1");
    QTest::newRow("percent") << 1.012 << QStringLiteral("1.012");
    QTest::newRow("negative") << -33.3 << QStringLiteral("-33.3");
    QTest::newRow("12th place") << 1e-12 << QStringLiteral("0.000000000001");
    QTest::newRow("below the 12th place") << 4e-13 << QStringLiteral("0");
    QTest::newRow("million") << 1234567.891 << QStringLiteral("1234567.891");
    QTest::newRow("nan") << std::numeric_limits<double>::quiet_NaN() << QStringLiteral("0");
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << QStringLiteral("0");
    QTest::newRow("too large") << 1e30 << QString::fromUtf8(most);
    QTest::newRow("too small") << -1e30 << QString::fromUtf8(least);
}

void TestDecimal::fromDouble()
{
    QFETCH(double, value);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(Decimal::from_double(value).to_string()), expected);
}

void TestDecimal::saturates()
{
    const Decimal top = dec(most);
    const Decimal bottom = dec(least);
    const Decimal step = dec("0.000000000000000001");
    QCOMPARE(top + step, top);
    QCOMPARE(top + top, top);
    QCOMPARE(bottom - step, bottom);
    QCOMPARE(bottom + bottom, bottom);
    QCOMPARE(-(bottom - step), top);
    QCOMPARE(-bottom, top);
    QCOMPARE(top + bottom, Decimal());
    QCOMPARE(top * std::int64_t{2}, top);
    QCOMPARE(top * std::int64_t{-2}, bottom);
    QCOMPARE(bottom * std::numeric_limits<std::int64_t>::min(), top);
    // 2^126 twice is one more than the largest value.
    const Decimal half = dec("85070591730234615865.843651857942052864");
    QCOMPARE(half * std::int64_t{2}, top);
    QCOMPARE(half * std::int64_t{-2}, bottom);
    QCOMPARE(-half - half, bottom);
    QCOMPARE(-(-half - half), top);
    QCOMPARE(Decimal::from_integer(std::numeric_limits<std::int64_t>::min()).to_string(),
             std::string("-9223372036854775808"));
    QVERIFY(top.rounded(0) >= dec("170141183460469231731"));
}

void TestDecimal::order()
{
    QVERIFY(dec("-1") < dec("0"));
    QVERIFY(dec("0.1") < dec("0.10000000000000001"));
    QVERIFY(dec("1.50") == dec("1.5"));
    QVERIFY(dec("0").is_zero() && !dec("0").is_negative());
    QVERIFY(dec("-0.1").is_negative());
    QCOMPARE(dec("-0.25").to_double(), -0.25);
}

void TestDecimal::randomSums()
{
    pcg64 random(11);
    for (int i = 0; i < 20'000; ++i) {
        const auto a = static_cast<Int128>(static_cast<std::int64_t>(random())) << (random() % 60);
        const auto b = static_cast<Int128>(static_cast<std::int64_t>(random())) << (random() % 60);
        const Decimal x = dec(text_of(a));
        const Decimal y = dec(text_of(b));
        QCOMPARE((x + y).to_string(), text_of(a + b));
        QCOMPARE((x - y).to_string(), text_of(a - b));
        QCOMPARE(x < y, a < b);
        QCOMPARE((x + y) - y, x);
    }
}

void TestDecimal::randomProducts()
{
    pcg64 random(12);
    for (int i = 0; i < 20'000; ++i) {
        const auto a = static_cast<Int128>(static_cast<std::int64_t>(random()) >> (random() % 63));
        const auto b = static_cast<Int128>(static_cast<std::int64_t>(random()) >> (random() % 63));
        const Decimal x = dec(text_of(a));
        QCOMPARE((x * dec(text_of(b))).to_string(), text_of(divided(a * b, one)));
        const auto n = static_cast<std::int64_t>(random()) >> (1 + random() % 62);
        QCOMPARE((x * n).to_string(), text_of(a * n));
    }
    // Ties: odd multiples of a half unit.
    for (int i = 0; i < 2'000; ++i) {
        const Int128 a = static_cast<Int128>(random() >> 4) * 2 + 1;
        QCOMPARE((dec(text_of(a)) * dec("0.5")).to_string(), text_of(divided(a, 2)));
        QCOMPARE((dec(text_of(-a)) * dec("2.5")).to_string(), text_of(divided(-a * 5, 2)));
    }
}

void TestDecimal::randomQuotients()
{
    pcg64 random(13);
    for (int i = 0; i < 20'000; ++i) {
        const auto a = static_cast<Int128>(static_cast<std::int64_t>(random()) >> (random() % 63));
        auto b = static_cast<Int128>(random() >> (1 + random() % 62));
        b = b == 0 ? 1 : b;
        const Decimal quotient = dec(text_of(a)) / dec(text_of(b));
        QCOMPARE(quotient.to_string(), text_of(divided(a * one, b)));
    }
}

void TestDecimal::randomTexts()
{
    pcg64 random(14);
    for (int i = 0; i < 20'000; ++i) {
        const Int128 units =
            static_cast<Int128>(static_cast<std::int64_t>(random())) * (random() >> 2 >> (random() % 62));
        const std::string text = text_of(units);
        QCOMPARE(dec(text).to_string(), text);
        // The same number written with an exponent.
        std::string digits;
        const bool negative = units < 0;
        for (Int128 rest = negative ? -units : units; rest != 0 || digits.empty(); rest /= 10)
            digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
        QCOMPARE(dec((negative ? "-" : "") + digits + "e-18").to_string(), text);
        // More digits than there is room for round half to even.
        const auto tail = static_cast<int>(random() % 1000);
        const Int128 whole = static_cast<Int128>(static_cast<std::int64_t>(random()));
        const std::string longer = text_of(whole * 1000 + (whole < 0 ? -tail : tail));
        std::string shifted = longer; // the value is longer × 10^-3
        QCOMPARE(dec(shifted + "e-3").to_string(),
                 text_of(divided(whole * 1000 + (whole < 0 ? -tail : tail), 1000)));
    }
}

void TestDecimal::sumOfShares()
{
    const Decimal whole = dec("100");
    const Decimal third = whole / dec("3");
    QCOMPARE((whole - third * std::int64_t{3}).to_string(), std::string("0.000000000000000001"));
    Decimal sum;
    for (int i = 0; i < 1'000'000; ++i)
        sum += dec("0.1");
    QCOMPARE(sum, Decimal::from_integer(100'000));
}

void TestDecimal::minorDigits()
{
    QCOMPARE(leeway::base::minor_digits("EUR"), 2);
    QCOMPARE(leeway::base::minor_digits("JPY"), 0);
}

QTEST_GUILESS_MAIN(TestDecimal)
#include "tst_decimal.moc"
