#include "core/base/hash.h"
#include "core/document/serialise.h"
#include "officefile.h"
#include "workerfiles.h"

#include <QtTest>

using namespace leeway::document;
using namespace workerfiles;
using leeway::base::ErrorCode;
using namespace std::chrono_literals;

class TestDocWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPdf();
    void readsTwoColumns();
    void leavesOutFurniture();
    void joinsHyphens();
    void readsOtherFormats_data();
    void readsOtherFormats();
    void noticesComeThrough();
    void wordsHaveBoxes();
    void refusals_data();
    void refusals();
    void missingFile();
    void messagesDiffer();
    void cutFilesNeverCrash();
    void rendersPages();
    void doesNotChangeResults();
};

void TestDocWorker::readsPdf()
{
    Worker worker;
    const std::string bytes = two_lines();
    const auto document = worker.read("a.pdf", bytes);
    QVERIFY2(document, document ? "" : document.error().message.c_str());
    QCOMPARE(document->format, Format::Pdf);
    QCOMPARE(document->name, std::string("a.pdf"));
    QCOMPARE(document->sha256, leeway::base::sha256(bytes));
    QCOMPARE(document->pages.size(), std::size_t{1});
    QCOMPARE(all_text(*document),
             QStringLiteral("8.2 Provider shall not train models.\n\nIt returns all data at the end."));
    QCOMPARE(document->blocks[0].number, std::string("8.2"));
}

void TestDocWorker::readsTwoColumns()
{
    const std::string bytes = pdf(1, [](QPainter& painter, int) {
        painter.drawText(
            50, 60, QStringLiteral("TERMS OF SERVICE FOR BOTH OF THE PARTIES TO THIS AGREEMENT AND OTHERS"));
        for (int i = 0; i < 14; ++i) {
            painter.drawText(50, 100 + 14 * i,
                             QStringLiteral("left%1 words that fill this narrow line").arg(i));
            painter.drawText(320, 100 + 14 * i,
                             QStringLiteral("right%1 words that fill this narrow line").arg(i));
        }
    });
    Worker worker;
    const auto document = worker.read("a.pdf", bytes);
    QVERIFY(document);
    const QString text = all_text(*document);
    QVERIFY2(text.indexOf(QLatin1String("left13")) < text.indexOf(QLatin1String("right0")), qPrintable(text));
    QVERIFY(text.indexOf(QLatin1String("left0")) < text.indexOf(QLatin1String("left13")));
}

void TestDocWorker::leavesOutFurniture()
{
    const std::string bytes = pdf(4, [](QPainter& painter, int page) {
        painter.drawText(50, 40, QStringLiteral("ACME Master Agreement"));
        painter.drawText(50, 100, QStringLiteral("This is what page %1 says.").arg(QChar(u'a' + page)));
        painter.drawText(280, 800, QStringLiteral("Page %1 of 4").arg(page + 1));
    });
    Worker worker;
    const auto document = worker.read("a.pdf", bytes);
    QVERIFY(document);
    const QString text = all_text(*document);
    QVERIFY2(!text.contains(QLatin1String("ACME")) && !text.contains(QLatin1String("Page")),
             qPrintable(text));
    QCOMPARE(text.count(QLatin1String("This is what page")), 4);
}

void TestDocWorker::joinsHyphens()
{
    const std::string bytes = pdf(1, [](QPainter& painter, int) {
        painter.drawText(50, 100, QStringLiteral("The agreement may be ended by notice of termi-"));
        painter.drawText(50, 114, QStringLiteral("nation that names a third-"));
        painter.drawText(50, 128, QStringLiteral("party. The third-party need not sign it at all."));
    });
    Worker worker;
    const auto document = worker.read("a.pdf", bytes);
    QVERIFY(document);
    QCOMPARE(all_text(*document),
             QStringLiteral("The agreement may be ended by notice of termination that names a "
                            "third-party. The third-party need not sign it at all."));
}

void TestDocWorker::readsOtherFormats_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("format");
    QTest::newRow("markdown") << QByteArray("a.md") << QByteArray("The term *ends*.\n")
                              << static_cast<int>(Format::Markdown);
    QTest::newRow("html") << QByteArray("a.html") << QByteArray("<p>The term <i>ends</i>.</p>")
                          << static_cast<int>(Format::Html);
    QTest::newRow("docx") << QByteArray("a.docx")
                          << QByteArray::fromStdString(office::docx(office::p("The term ends.")))
                          << static_cast<int>(Format::Docx);
    QTest::newRow("odt") << QByteArray("a.odt")
                         << QByteArray::fromStdString(office::odt("<text:p>The term ends.</text:p>"))
                         << static_cast<int>(Format::Odt);
    QTest::newRow("text") << QByteArray("a.txt") << QByteArray("The term\nends.\n")
                          << static_cast<int>(Format::Text);
}

void TestDocWorker::readsOtherFormats()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, bytes);
    Worker worker;
    const auto document = worker.read(name.toStdString(), bytes.toStdString());
    QVERIFY(document);
    QTEST(static_cast<int>(document->format), "format");
    QCOMPARE(all_text(*document), QStringLiteral("The term ends."));
    QVERIFY(document->pages.empty() && document->words.empty());
}

void TestDocWorker::noticesComeThrough()
{
    const std::string bytes = office::docx(
        "<w:p><w:r><w:t xml:space=\"preserve\">Fees </w:t></w:r><w:ins w:id=\"1\"><w:r><w:t "
        "xml:space=\"preserve\">are </w:t></w:r></w:ins>"
        "<w:commentRangeStart w:id=\"0\"/><w:r><w:t>due.</w:t></w:r><w:commentRangeEnd w:id=\"0\"/></w:p>",
        {{"comments", "<w:comment w:id=\"0\">" + office::p("When?") + "</w:comment>"}});
    Worker worker;
    const auto document = worker.read("a.docx", bytes);
    QVERIFY2(document, document ? "" : document.error().message.c_str());
    QCOMPARE(document->text, std::string("Fees are due."));
    QCOMPARE(document->notices.size(), std::size_t{2});
    QCOMPARE(document->notices[0].kind, Notice::Kind::Inserted);
    QCOMPARE(document->notices[1].text, std::string("When?"));
    QCOMPARE(document->slice(document->notices[1].begin, document->notices[1].end), std::string_view("due."));
}

void TestDocWorker::wordsHaveBoxes()
{
    Worker worker;
    const auto document = worker.read("a.pdf", two_lines());
    QVERIFY(document);
    const auto at = static_cast<std::uint32_t>(document->text.find("train"));
    const auto found = rectangles(*document, at, at + 5);
    QCOMPARE(found.size(), std::size_t{1});
    const Rect box = found[0].box;
    QVERIFY(box.y < 100 && box.y + box.height > 95 && box.x > 100 && box.width > 10);
    const TextRange back = text_in(*document, 0, box);
    QCOMPARE(document->slice(back.begin, back.end), std::string_view("train"));
    std::string covered;
    for (const Word& word : document->words)
        covered += document->slice(word.begin, word.end);
    QString text = all_text(*document);
    QCOMPARE(QString::fromStdString(covered), text.remove(QLatin1Char(' ')).remove(QLatin1Char('\n')));
}

void TestDocWorker::refusals_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* tag, const char* name, const std::string& bytes, ErrorCode code,
                        const char* says) {
        QTest::newRow(tag) << QByteArray(name) << QByteArray::fromStdString(bytes) << static_cast<int>(code)
                           << QByteArray(says);
    };
    const std::string good = two_lines();
    row("password", "a.pdf", file("password.pdf"), ErrorCode::NeedsPassword, "protected by a password");
    row("pictures only", "a.pdf", image_only(), ErrorCode::NoText, "images");
    row("no pages", "a.pdf",
        hand_made({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"}),
        ErrorCode::Empty, "without pages");
    row("damaged", "a.pdf", "%PDF-1.7\nand then nothing that makes sense", ErrorCode::Unreadable,
        "is damaged");
    row("cut off", "a.pdf", good.substr(0, good.size() / 3), ErrorCode::Unreadable, "is damaged");
    row("zero bytes", "a.pdf", {}, ErrorCode::Empty, "empty (0 bytes)");
    row("text named pdf", "a.pdf", "plain words", ErrorCode::Unreadable, "Rename it to “a.txt”");
    row("blank text", "a.txt", " \n\n ", ErrorCode::Empty, "holds no words");
    row("archive", "a.docx", office::zipped({{"a.txt", "x"}}), ErrorCode::Unreadable, "Unpack it");
    row("zip bomb", "a.docx", office::docx(QByteArray(20 << 20, ' ')), ErrorCode::TooLarge,
        "made to exhaust");
    row("locked docx", "a.docx", office::zipped(office::docx_parts(office::p("x")), "secret"),
        ErrorCode::NeedsPassword, "protected by a password");
    row(
        "deep page", "a.html",
        [] {
            std::string text;
            for (int i = 0; i < 100'000; ++i)
                text += "<div>";
            return text;
        }(),
        ErrorCode::Unreadable, "nests its parts too deeply");
}

void TestDocWorker::refusals()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, says);
    Worker worker;
    const auto document = worker.read(name.toStdString(), bytes.toStdString());
    QVERIFY(!document);
    QVERIFY2(QByteArray::fromStdString(document.error().message).contains(says),
             document.error().message.c_str());
    QTEST(static_cast<int>(document.error().code), "code");
    QVERIFY(worker.read("next.txt", "The next file is read."));
}

void TestDocWorker::missingFile()
{
    Worker worker;
    const auto document = worker.read_file("/nowhere/at/all.pdf");
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::NotFound);
}

void TestDocWorker::messagesDiffer()
{
    Worker worker;
    const std::vector<std::string> files{
        file("password.pdf"),
        image_only(),
        {},
        "plain words",
        "%PDF-1.7\nnothing",
        hand_made({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"})};
    QSet<QString> messages;
    for (const std::string& bytes : files) {
        const auto document = worker.read("a.pdf", bytes);
        QVERIFY(!document);
        messages << QString::fromStdString(document.error().message);
    }
    QCOMPARE(static_cast<std::size_t>(messages.size()), files.size());
}

void TestDocWorker::cutFilesNeverCrash()
{
    Worker worker;
    const std::string good = two_lines();
    for (std::size_t size = 0; size < good.size(); size += 1 + good.size() / 60) {
        const auto document = worker.read("a.pdf", good.substr(0, size));
        if (!document)
            QVERIFY2(document.error().code != ErrorCode::Crashed, document.error().message.c_str());
    }
    QVERIFY(worker.read("a.pdf", good));
}

void TestDocWorker::rendersPages()
{
    Worker worker;
    const std::string bytes = two_lines();
    const auto bitmap = worker.render(bytes, 0, 2);
    QVERIFY2(bitmap, bitmap ? "" : bitmap.error().message.c_str());
    QVERIFY(std::abs(bitmap->width - 1190) <= 2 && std::abs(bitmap->height - 1684) <= 2);
    QCOMPARE(bitmap->pixels.size(),
             static_cast<std::size_t>(bitmap->width) * static_cast<std::size_t>(bitmap->height) * 4);
    const QImage image(bitmap->pixels.data(), bitmap->width, bitmap->height, QImage::Format_RGB32);
    QCOMPARE(image.pixelColor(5, 5), QColor(Qt::white));
    int dark = 0;
    for (int x = 100; x < 600; ++x)
        dark += image.pixelColor(x, 194).lightness() < 128 ? 1 : 0;
    QVERIFY(dark > 10); // the first line of text
    QCOMPARE(worker.render(bytes, 1, 1).error().code, ErrorCode::NotFound);
    QCOMPARE(worker.render(bytes, -1, 1).error().code, ErrorCode::NotFound);
    QCOMPARE(worker.render(bytes, 0, 1000).error().code, ErrorCode::TooLarge);
    QCOMPARE(worker.render(bytes, 0, 0).error().code, ErrorCode::Invalid);
    QCOMPARE(worker.render("no pdf", 0, 1).error().code, ErrorCode::Unreadable);
    QCOMPARE(worker.render(file("password.pdf"), 0, 1).error().code, ErrorCode::NeedsPassword);
    QVERIFY(worker.render(file("owner-password.pdf"), 0, 1));
    QVERIFY(worker.read("a.pdf", file("owner-password.pdf")));
    QVERIFY(worker.render(bytes, 0, 1));
}

void TestDocWorker::doesNotChangeResults()
{
    // The same file gives the same bytes in a fresh process and behind other files.
    const std::string bytes = two_lines();
    Worker used;
    QVERIFY(used.read("a.md", "# Other"));
    QVERIFY(!used.read("bad.pdf", "%PDF-1.7 bad"));
    const auto first = used.read("a.pdf", bytes);
    const auto second = Worker().read("a.pdf", bytes);
    QVERIFY(first && second);
    QCOMPARE(to_bytes(*first), to_bytes(*second));
}

QTEST_MAIN(TestDocWorker)
#include "tst_docworker.moc"
