#include "core/report/outline.h"

#include <QtTest/QtTest>
#include <memory>
#include <poppler-qt6.h>

using namespace leeway;

namespace {

// A PDF as QPdfWriter makes it, with empty pages.
QByteArray pdf_of(int pages)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(QStringLiteral("Test"));
    QPainter painter(&writer);
    for (int i = 1; i < pages; ++i)
        writer.newPage();
    painter.end();
    return bytes;
}

void picture_of(const QList<Poppler::OutlineItem>& items, int depth, QStringList& lines)
{
    for (const Poppler::OutlineItem& item : items) {
        const auto destination = item.destination();
        lines += QString(depth, u'-') + item.name() + u'@' +
                 QString::number(destination ? destination->pageNumber() : 0);
        picture_of(item.children(), depth + 1, lines);
    }
}

}

class TestReportOutline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void the_outline_is_read_back_data();
    void the_outline_is_read_back();
    void the_file_stays_whole();
    void other_files_are_refused_data();
    void other_files_are_refused();
};

void TestReportOutline::the_outline_is_read_back_data()
{
    QTest::addColumn<QStringList>("marks"); // "level title @page (0-based)"
    QTest::addColumn<QStringList>("picture");
    const auto row = [](const char* name, const char* marks, const char* picture) {
        QTest::newRow(name) << QString::fromUtf8(marks).split(u'|', Qt::SkipEmptyParts)
                            << QString::fromUtf8(picture).split(u'|', Qt::SkipEmptyParts);
    };
    row("none", "", "");
    row("flat", "0 One@0|0 Two@1|0 Three@2", "One@1|Two@2|Three@3");
    row("nested", "0 One@0|1 A@0|1 B@1|0 Two@2|1 C@2", "One@1|-A@1|-B@2|Two@3|-C@3");
    row("deep", "0 One@0|1 A@0|2 a@1|1 B@2", "One@1|-A@1|--a@2|-B@3");
    row("a level left out", "0 One@0|2 A@1|0 Two@2", "One@1|-A@2|Two@3");
    row("begins below", "1 A@0|0 One@1", "A@1|One@2");
    row("beyond the last page", "0 One@99", "One@3");
    row("letters", "0 Prüfung (€) \\ 漢@0", "Prüfung (€) \\ 漢@1");
}

void TestReportOutline::the_outline_is_read_back()
{
    QFETCH(QStringList, marks);
    QFETCH(QStringList, picture);
    std::vector<report::Bookmark> bookmarks;
    for (const QString& mark : marks)
        bookmarks.push_back({mark.section(u' ', 1).section(u'@', 0, 0), mark.section(u' ', 0, 0).toInt(),
                             mark.section(u'@', 1).toInt(), 100});
    const auto result = report::with_outline(pdf_of(3).toStdString(), bookmarks, "en", 842);
    QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
    const std::unique_ptr<Poppler::Document> document(
        Poppler::Document::loadFromData(QByteArray::fromStdString(*result)));
    QVERIFY(document);
    QStringList lines;
    picture_of(document->outline(), 0, lines);
    QCOMPARE(lines, picture);
    QCOMPARE(document->numPages(), 3);
    QCOMPARE(document->title(), QStringLiteral("Test"));
    if (!marks.isEmpty())
        QCOMPARE(document->pageMode(), Poppler::Document::UseOutlines);
}

void TestReportOutline::the_file_stays_whole()
{
    const QByteArray before = pdf_of(2);
    const auto result =
        report::with_outline(before.toStdString(), {{QStringLiteral("One"), 0, 1, 0}}, "en", 842);
    QVERIFY(result.has_value());
    QVERIFY(QByteArray::fromStdString(*result).startsWith(before));
    QVERIFY(result->find("/Lang (en)") != std::string::npos);

    const QString qpdf = QStandardPaths::findExecutable(QStringLiteral("qpdf"));
    if (qpdf.isEmpty())
        QSKIP("qpdf is not installed");
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(QByteArray::fromStdString(*result));
    file.close();
    QProcess process;
    process.start(qpdf, {QStringLiteral("--check"), file.fileName()});
    QVERIFY(process.waitForFinished());
    QVERIFY2(process.exitCode() == 0, process.readAllStandardOutput() + process.readAllStandardError());
}

void TestReportOutline::other_files_are_refused_data()
{
    QTest::addColumn<QByteArray>("pdf");
    const QByteArray good = pdf_of(2);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("startxref 0 xref");
    QTest::newRow("cut") << good.left(good.size() / 2);
    QTest::newRow("without end") << QByteArray(good).replace("startxref", "startxxxx");
    QTest::newRow("offset beyond the end")
        << QByteArray(good).replace("startxref\n", "startxref\n9999999999");
    QTest::newRow("table of nonsense") << QByteArray(good).replace("xref\n0 ", "xref\n99999999999 ");
    QTest::newRow("no root") << QByteArray(good).replace("/Root", "/Toor");
    QTest::newRow("no kids") << QByteArray(good).replace("/Kids", "/Sdik");
    QTest::newRow("no pages") << QByteArray(good).replace("/Pages 3", "/Pages 9999");
    QTest::newRow("updated already") << QByteArray(good).replace("/Info", "/Prev 0 /Info");
}

void TestReportOutline::other_files_are_refused()
{
    QFETCH(QByteArray, pdf);
    const auto result = report::with_outline(pdf.toStdString(), {}, "en", 842);
    QVERIFY(!result);
    QVERIFY(result.error().code == base::ErrorCode::Unreadable);
}

QTEST_MAIN(TestReportOutline)
#include "tst_report_outline.moc"
