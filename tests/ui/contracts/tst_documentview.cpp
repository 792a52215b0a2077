#include "core/document/worker.h"
#include "tests/ui/shell/testproject.h"
#include "ui/contracts/evidence.h"
#include "ui/contracts/viewer.h"
#include "ui/widgets/pagerenderer.h"
#include "ui/widgets/typeset.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QLineEdit>
#include <QPainter>
#include <QPdfWriter>
#include <QScrollBar>
#include <QtTest>

using namespace leeway;
using namespace leeway::ui;

class TestDocumentView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        testproject::useTestSettings(m_settings);
        Theme::install(*qApp, Theme::Mode::Light);
    }
    void typesetHoldsEveryWord();
    void typesetLongText();
    void find_data();
    void find();
    void findGoesAround();
    void selectAndCopy();
    void dragSelects();
    void clickOnAMarkedPassage();
    void zoomKeepsTheMiddle();
    void locateInAnotherVersion();
    void evidenceOfASelection();
    void pdfIsDrawn();
    void brokenPdfSaysSo();
    void emptyDocument();

private:
    static document::TextRange rangeOf(const document::Document& document, std::string_view words)
    {
        const auto at = document.text.find(words);
        return at == std::string::npos
                   ? document::TextRange{}
                   : document::TextRange{std::uint32_t(at), std::uint32_t(at + words.size())};
    }
    QTemporaryDir m_settings;
};

void TestDocumentView::typesetHoldsEveryWord()
{
    const auto document = testproject::read(testproject::agreement);
    const auto set = typeset(document);
    QCOMPARE(set.text, document.text);
    QVERIFY(!set.pages.empty());
    QString words;
    for (const auto& word : set.words) {
        words += str(set.slice(word.begin, word.end));
        const auto& page = set.pages.at(word.page);
        QVERIFY(word.box.x >= 0 && word.box.x + word.box.width <= page.width);
        QVERIFY(word.box.y >= 0 && word.box.y + word.box.height <= page.height);
    }
    QString text = str(document.text);
    static const QRegularExpression space(u"\\s+"_s);
    QCOMPARE(words, text.remove(space));
}

void TestDocumentView::typesetLongText()
{
    std::string text;
    for (int i = 0; i < 400; ++i)
        text += "Clause " + std::to_string(i) + " says that " + std::string(40, 'x') +
                " and more words follow.\n\n";
    text += std::string(3000, 'y'); // a word wider than the page
    const auto set = typeset(testproject::read(text));
    QVERIFY(set.pages.size() > 5);
    std::uint32_t page = 0;
    for (const auto& word : set.words) {
        QVERIFY(word.page >= page);
        page = word.page;
    }
}

void TestDocumentView::find_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("hits");
    QTest::newRow("word") << u"Provider"_s << 4;
    QTest::newRow("letter case") << u"PROVIDER SHALL"_s << 1;
    QTest::newRow("across a line break") << u"that Provider may   use"_s << 1;
    QTest::newRow("nothing") << u"zebra"_s << 0;
    QTest::newRow("blank") << u"  "_s << 0;
}

void TestDocumentView::find()
{
    QFETCH(QString, text);
    QFETCH(int, hits);
    const auto document = testproject::read(testproject::agreement);
    const auto found = findText(document, text);
    QCOMPARE(int(found.size()), hits);
    for (const auto& hit : found)
        QCOMPARE(str(document.slice(hit.begin, hit.end)).simplified().toLower(), text.simplified().toLower());
}

void TestDocumentView::findGoesAround()
{
    Viewer viewer;
    viewer.resize(800, 600);
    viewer.show();
    viewer.setDocument(testproject::read(testproject::agreement), {});
    auto* field = viewer.findChild<QLineEdit*>(u"FindField"_s);
    QTest::keyClicks(field, u"provider"_s);
    QCOMPARE(viewer.view().hitCount(), 4);
    QCOMPARE(viewer.view().currentHit(), 0);
    for (const int expected : {1, 2, 3, 0}) {
        viewer.findNext();
        QCOMPARE(viewer.view().currentHit(), expected);
    }
    viewer.findPrevious();
    QCOMPARE(viewer.view().currentHit(), 3);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(field->text().isEmpty());
    QCOMPARE(viewer.view().hitCount(), 0);
}

void TestDocumentView::selectAndCopy()
{
    DocumentView view;
    view.resize(800, 600);
    view.show();
    const auto document = testproject::read(testproject::agreement);
    view.setDocument(document, {});
    QSignalSpy changed(&view, &DocumentView::selectionChanged);
    view.select(rangeOf(document, "Customer retains all right in Input"));
    QCOMPARE(changed.count(), 1);
    QVERIFY(view.selectedText().startsWith(u"Customer retains all right in Input"));
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), view.selectedText());
    QTest::keyClick(&view, Qt::Key_Escape);
    QVERIFY(!view.selection());
}

void TestDocumentView::dragSelects()
{
    DocumentView view;
    view.resize(900, 700);
    view.show();
    const auto document = testproject::read(testproject::agreement);
    view.setDocument(document, {});
    const auto& words = view.document()->words;
    const double scale = view.zoom() * 96 / 72;
    const auto middle = [&](const document::Word& word) {
        const double left = (view.viewport()->width() - 595 * scale) / 2;
        return QPoint(int(left + (word.box.x + word.box.width / 2) * scale),
                      int(16 + (word.box.y + word.box.height / 2) * scale));
    };
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, middle(words[4]));
    QTest::mouseMove(view.viewport(), middle(words[6]));
    QTest::mouseMove(view.viewport(), middle(words[8]));
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, middle(words[8]));
    QVERIFY(view.selection().has_value());
    QCOMPARE(view.selection()->begin, words[4].begin);
    QCOMPARE(view.selection()->end, words[8].end);
}

void TestDocumentView::clickOnAMarkedPassage()
{
    DocumentView view;
    view.resize(900, 700);
    view.show();
    const auto document = testproject::read(testproject::agreement);
    view.setDocument(document, {});
    const auto range = rangeOf(document, "develop any competing model");
    view.setHighlights({{range, clauses::Verdict::Adverse, clauses::Role::Takes, u"competing-use-ban"_s}},
                       {});
    QSignalSpy clicked(&view, &DocumentView::highlightClicked);
    const auto rects = document::rectangles(*view.document(), range.begin, range.end);
    QVERIFY(!rects.empty());
    const double scale = view.zoom() * 96 / 72;
    const double left = (view.viewport()->width() - 595 * scale) / 2;
    const QPoint at(int(left + (rects[0].box.x + 5) * scale), int(16 + (rects[0].box.y + 5) * scale));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(clicked.first().first().toString(), u"competing-use-ban"_s);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(3, 3));
    QCOMPARE(clicked.count(), 1);
}

void TestDocumentView::zoomKeepsTheMiddle()
{
    DocumentView view;
    view.resize(800, 600);
    view.show();
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += "A paragraph of the contract with number " + std::to_string(i) + ".\n\n";
    view.setDocument(testproject::read(text), {});
    QVERIFY(view.fitsWidth());
    view.goToPage(3);
    QCOMPARE(view.currentPage(), 3);
    QSignalSpy zoomed(&view, &DocumentView::zoomChanged);
    view.setZoom(2);
    QCOMPARE(view.zoom(), 2.0);
    QVERIFY(zoomed.count() > 0);
    QVERIFY(!view.fitsWidth());
    QCOMPARE(view.currentPage(), 3);
    view.setZoom(100);
    QCOMPARE(view.zoom(), 5.0);
    view.setFitWidth(true);
    QVERIFY(view.zoom() < 2);
}

void TestDocumentView::locateInAnotherVersion()
{
    const auto old = testproject::read(testproject::agreement);
    const auto fresh = testproject::read(testproject::second_agreement);
    const auto kept =
        testproject::quote(old, "Provider assigns to Customer all right in Output", clauses::Role::Gives);
    const auto range = locate(fresh, kept);
    QVERIFY(range.has_value());
    QCOMPARE(fresh.slice(range->begin, range->end), std::string_view(kept.text));
    const auto gone = testproject::quote(old, "develop any competing model", clauses::Role::Takes);
    QVERIFY(!gone.text.empty());
    QVERIFY(!locate(fresh, gone));
    QCOMPARE(locate(old, gone)->begin, gone.begin);
}

void TestDocumentView::evidenceOfASelection()
{
    const auto document = testproject::read(testproject::agreement);
    auto range = rangeOf(document, "Customer retains all right");
    range.begin -= 1; // a space before
    const auto evidence = evidenceFrom(document, range, clauses::Role::Gives);
    QVERIFY(evidence.has_value());
    QCOMPARE(evidence->text, std::string("Customer retains all right"));
    QCOMPARE(evidence->section, std::string("8.1"));
    QCOMPARE(evidence->page, 0);
    QVERIFY(!evidenceFrom(document, {range.begin, range.begin + 1}, clauses::Role::Gives));
}

void TestDocumentView::pdfIsDrawn()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"two.pdf"_s);
    {
        QPdfWriter writer(file);
        QPainter painter(&writer);
        painter.setFont(QFont(u"DejaVu Sans"_s, 14));
        painter.drawText(QRect(200, 200, 8000, 2000), Qt::TextWordWrap,
                         u"Provider shall not use Customer Content to train any model."_s);
        writer.newPage();
        painter.drawText(QRect(200, 200, 8000, 2000), Qt::TextWordWrap,
                         u"The second page has words of its own."_s);
    }
    QFile in(file);
    QVERIFY(in.open(QIODevice::ReadOnly));
    const std::string bytes = in.readAll().toStdString();
    document::Worker worker;
    const auto document = worker.read("two.pdf", bytes);
    QVERIFY2(document, document ? "" : document.error().message.c_str());
    DocumentView view;
    view.resize(700, 900);
    view.show();
    view.setDocument(*document, bytes);
    QCOMPARE(view.pageCount(), 2);
    const auto darkPixels = [&] {
        const QImage image = view.viewport()->grab().toImage();
        int dark = 0;
        for (int y = 30; y < 200; ++y)
            for (int x = 30; x < 600; ++x)
                dark += image.pixelColor(x, y).lightness() < 90 ? 1 : 0;
        return dark;
    };
    QTRY_VERIFY_WITH_TIMEOUT(darkPixels() > 200, 20000);
    view.showRange(rangeOf(*document, "second page"));
    QCOMPARE(view.currentPage(), 1);
    QVERIFY(view.isVisible(rangeOf(*document, "second page")));
}

void TestDocumentView::brokenPdfSaysSo()
{
    PageRenderer renderer("%PDF-1.7 rubbish");
    QSignalSpy failed(&renderer, &PageRenderer::failed);
    renderer.want({0, 1, 2}, 1.0);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20000);
    QVERIFY(!renderer.error().isEmpty());
    QVERIFY(renderer.image(0).isNull());
}

void TestDocumentView::emptyDocument()
{
    DocumentView view;
    view.resize(400, 300);
    view.show();
    view.grab();
    QCOMPARE(view.pageCount(), 0);
    QCOMPARE(view.find(u"word"_s), 0);
    view.findNext(1);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(50, 50));
    QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, QPoint(50, 50));
    QVERIFY(!view.selection());
    view.setZoom(2);
    view.grab();
}

QTEST_MAIN(TestDocumentView)
#include "tst_documentview.moc"
