#include "table.h"

#include <QFile>
#include <QTest>

using namespace leeway::fallback;

namespace {

QString data_file(const char* name)
{
    return QStringLiteral(LEEWAY_SOURCE_DIR "/tests/unit/fallback/data/") + QString::fromUtf8(name);
}

void compare(const QByteArray& text)
{
    const GradedRow row = row_of(text.toStdString());
    const Grade got = grade(row.c, row.answer);
    QVERIFY2(!got.error.empty() == row.error, qPrintable(QString::fromStdString(got.reason)));
    if (row.error)
        return;
    QVERIFY2(got.pass == row.pass, qPrintable(QString::fromStdString(got.reason)));
    const bool weightless = row.c.assertions.size() == 1 && row.c.assertions.front().weight == 0;
    const double score = weightless ? got.assertions.front().score : got.score;
    if (row.score >= 0)
        QVERIFY2(std::abs(score - row.score) < 1e-6,
                 qPrintable(QStringLiteral("%1 instead of %2").arg(score).arg(row.score)));
    for (const AssertionGrade& part : got.assertions)
        QVERIFY(!part.reason.empty());
    QCOMPARE(grade(row.c, row.answer), got);
}

}

/// Grades what promptfoo's documentation shows, and what promptfoo 0.123.1 itself graded, in the same way.
class TestPromptfooGrades : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void documented_data();
    void documented();
    void graded_by_promptfoo_data();
    void graded_by_promptfoo();
};

void TestPromptfooGrades::documented_data()
{
    QTest::addColumn<QByteArray>("row");
    QFile file(data_file("documented.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (const auto& row : nlohmann::json::parse(file.readAll().toStdString()))
        QTest::newRow(row.at("name").get<std::string>().c_str()) << QByteArray::fromStdString(row.dump());
}

void TestPromptfooGrades::documented()
{
    QFETCH(QByteArray, row);
    compare(row);
}

void TestPromptfooGrades::graded_by_promptfoo_data()
{
    QTest::addColumn<QByteArray>("row");
    QFile file(data_file("graded-by-promptfoo.jsonl"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    int number = 0;
    for (const QByteArray& row : file.readAll().split('\n')) {
        ++number;
        if (row.isEmpty())
            continue;
        const auto parsed = nlohmann::json::parse(row.toStdString());
        const std::string type = parsed.contains("assertion") ? parsed["assertion"]["type"].get<std::string>()
                                                              : std::string("test");
        QTest::addRow("line %d, %s", number, type.c_str()) << row;
    }
    QVERIFY(number > 900);
}

void TestPromptfooGrades::graded_by_promptfoo()
{
    QFETCH(QByteArray, row);
    compare(row);
}

QTEST_GUILESS_MAIN(TestPromptfooGrades)
#include "tst_promptfoo_grades.moc"
