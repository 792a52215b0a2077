// Lines that are laid out as the one before are read on a way of their own: they must give what they give
// elsewhere.

#include "logs.h"

#include <QtTest/QtTest>

using namespace leeway;
using namespace leeway::usage;

namespace {

QByteArray line_of(const QByteArray& count, const QByteArray& text)
{
    return R"({"time":"2026-11-02T08:00:00Z","model":)" + text + R"(,"input_tokens":)" + count +
           R"(,"output_tokens":5})" + '\n';
}

// What the second of two lines gave.
QString second(const ReadLog& log)
{
    QStringList result = log.complaints();
    for (const pricing::Usage& usage : log.lines) {
        if (usage.line == 2)
            result += QString::fromStdString(usage.model) + u'|' + shown(usage.counts);
    }
    return result.join(u'\n');
}

}

class TestAlikeLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void atTheEnd();

private:
    LogFolder m_folder;
};

void TestAlikeLines::values_data()
{
    QTest::addColumn<QByteArray>("count");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto count = [](const QByteArray& value, const char* expected) {
        QTest::addRow("count %s", value.constData())
            << value << QByteArray(R"("m")") << QString::fromLatin1(expected);
    };
    count("0", "m|output 5");
    count("7", "m|input 7, output 5");
    count("1234567", "m|input 1234567, output 5");
    count("12345678", "m|input 12345678, output 5");
    count("123456789", "m|input 123456789, output 5");
    count("100000000", "m|input 100000000, output 5");
    count("987654321098765", "m|input 987654321098765, output 5");
    count("1000000000000000", "m|input 1000000000000000, output 5");
    count("1000000000000001", "2: input_tokens 1000000000000001 is out of range");
    count("null", "m|output 5");
    count("12.0", "m|input 12, output 5");
    count("1e3", "m|input 1000, output 5");
    count("\"400\"", "m|input 400, output 5");
    count("-1", "2: input_tokens -1 is negative");
    for (const char* broken : {"01", "12x", "12 3", "1:", "1/", "nul", "", "\"1", "1\""})
        count(broken, "2: is not a JSON object, or has a number out of range");
    const auto text = [](const char* name, const QByteArray& value, const QString& model) {
        QTest::newRow(name) << QByteArray("7") << '"' + value + '"'
                            << model + QStringLiteral("|input 7, output 5");
    };
    for (const int length : {1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 500}) {
        const QByteArray value = QByteArray(length - 1, 'a') + 'b';
        text(qPrintable(QStringLiteral("%1 bytes").arg(length)), value, QString::fromLatin1(value));
    }
    text("escape", R"(a\"b)", QStringLiteral("a\"b"));
    text("late escape", QByteArray(40, 'a') + R"(\u0062)", QString(40, u'a') + u'b');
    text("beyond ASCII", "n\xc3\xa4h", QString::fromUtf8("n\xc3\xa4h"));
    text("what looks like the next key", R"(a,\"input_tokens\":9)", QStringLiteral("a,\"input_tokens\":9"));
}

void TestAlikeLines::values()
{
    QFETCH(QByteArray, count);
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const QByteArray line = line_of(count, text);
    const QByteArray alike = line_of("9", R"("other")");
    const QByteArray unlike = R"({"model":"other","time":"2026-11-02","input_tokens":9})"
                              "\n";
    const QString name = QStringLiteral("usage.jsonl");
    QCOMPARE(second(read(m_folder.write(alike + line + alike, name))), expected);
    QCOMPARE(second(read(m_folder.write(unlike + line + unlike, name))), expected);
}

void TestAlikeLines::atTheEnd()
{
    const QByteArray line = line_of("12345678", R"("m")");
    for (qsizetype cut = 1; cut < line.size() - 1; ++cut) {
        const ReadLog log = read(m_folder.write(line + line.chopped(cut), QStringLiteral("usage.jsonl")));
        QCOMPARE(log.lines.size(), cut == 1 ? std::size_t{2} : std::size_t{1});
        QCOMPARE(log.bad.size(), cut == 1 ? std::size_t{0} : std::size_t{1});
    }
}

QTEST_GUILESS_MAIN(TestAlikeLines)
#include "tst_alikelines.moc"
