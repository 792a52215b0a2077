#include "core/document/label.h"

#include <QtTest>

using namespace leeway::document;

class TestLabels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marks_data();
    void marks();
    void ordinals_data();
    void ordinals();
};

void TestLabels::marks_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("number"); // "-" where there is no mark
    QTest::addColumn<QByteArray>("rest");

    const auto row = [](const char* text, const char* number, const char* rest) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(number) << QByteArray(rest);
    };
    row("8. Term", "8", "Term");
    row("8.2 Ownership.", "8.2", "Ownership.");
    row("8.2. Ownership", "8.2", "Ownership");
    row("8.2.1 the fees", "8.2.1", "the fees");
    row("12) Notices", "12)", "Notices");
    row("(3) Notices", "(3)", "Notices");
    row("(a) the Customer", "(a)", "the Customer");
    row("(iv) the Customer", "(iv)", "the Customer");
    row("(aa) the Customer", "(aa)", "the Customer");
    row("b) the Customer", "b)", "the Customer");
    row("A. Recipient wishes", "A", "Recipient wishes");
    row("A.2. Third Party", "A.2", "Third Party");
    row("b. to the best of", "b", "to the best of");
    row("i. e. this", "-", "");
    row("IV. TERM", "IV", "TERM");
    row("(II). Attendance", "(II)", "Attendance");
    row("ARTICLE IV", "ARTICLE IV", "");
    row("ARTICLE IV TERM", "ARTICLE IV", "TERM");
    row("Article 4. Term", "Article 4", "Term");
    row("Section 3.", "Section 3", "");
    row("Section 3.2 \"Act\" means", "Section 3.2", "\"Act\" means");
    row("SCHEDULE C", "SCHEDULE C", "");
    row("Schedule C – Fees", "Schedule C", "Fees");
    row("Exhibit B-1: Fees", "Exhibit B-1", "Fees");
    row("§ 5 Fees", "§ 5", "Fees");
    row("8 TERM AND TERMINATION", "8", "TERM AND TERMINATION");
    row("• the fees", "", "the fees");
    row("- the fees", "", "the fees");

    row("30 days after the notice", "-", "");
    row("2.5 million dollars", "-", "");
    row("2.5% of the fees", "-", "");
    row("1,000 calls", "-", "");
    row("2026 is the year", "-", "");
    row("Section 4.2 of this Agreement", "-", "");
    row("Schedule of fees", "-", "");
    row("Part of the fees", "-", "");
    row("J. P. Morgan", "-", "");
    row("Inc. is a company", "-", "");
    row("no. 5", "-", "");
    row("(the Customer)", "-", "");
    row("-5 degrees", "-", "");
    row("", "-", "");
    row("(", "-", "");
    row("8.", "8", "");
}

void TestLabels::marks()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, number);
    QFETCH(QByteArray, rest);
    const std::string_view view(text.constData(), static_cast<std::size_t>(text.size()));
    const auto label = parse_label(view);
    if (number == "-") {
        QVERIFY2(!label, label ? label->number.c_str() : "");
        return;
    }
    QVERIFY(label);
    QCOMPARE(QByteArray::fromStdString(label->number), number);
    const std::string_view left = view.substr(label->size);
    QCOMPARE(QByteArray(left.data(), static_cast<qsizetype>(left.size())), rest);
}

void TestLabels::ordinals_data()
{
    QTest::addColumn<QByteArray>("letters");
    QTest::addColumn<int>("roman");
    QTest::addColumn<int>("letter");
    QTest::newRow("a") << QByteArray("a") << 0 << 1;
    QTest::newRow("i") << QByteArray("i") << 1 << 9;
    QTest::newRow("iv") << QByteArray("iv") << 4 << 0;
    QTest::newRow("xix") << QByteArray("xix") << 19 << 0;
    QTest::newRow("iiii") << QByteArray("iiii") << 0 << 0;
    QTest::newRow("bb") << QByteArray("bb") << 0 << 28;
    QTest::newRow("ab") << QByteArray("ab") << 0 << 0;
    QTest::newRow("none") << QByteArray("") << 0 << 0;
    QTest::newRow("long") << QByteArray("xxxxxxxxxxxxxxxx") << 0 << 0;
}

void TestLabels::ordinals()
{
    QFETCH(QByteArray, letters);
    QTEST(roman_value(letters.toStdString()), "roman");
    QTEST(letter_value(letters.toStdString()), "letter");
}

QTEST_GUILESS_MAIN(TestLabels)
#include "tst_labels.moc"
