#include "core/base/hash.h"
#include "core/document/serialise.h"
#include "core/document/worker.h"
#include "officefile.h"

#include <QPainter>
#include <QPdfWriter>
#include <QtTest>

#include <csignal>

using namespace leeway::document;
using leeway::base::ErrorCode;
using namespace std::chrono_literals;

namespace {

std::string file(const char* name)
{
    QFile file(QStringLiteral(LEEWAY_SOURCE_DIR "/tests/unit/document/data/") + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", name);
    return file.readAll().toStdString();
}

// A PDF of A4 pages, each drawn by `draw(painter, page)` in points.
std::string pdf(int pages, const std::function<void(QPainter&, int)>& draw)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins({});
    writer.setResolution(72);
    QPainter painter(&writer);
    painter.setFont(QFont(QStringLiteral("DejaVu Sans"), 10));
    for (int page = 0; page < pages; ++page) {
        if (page > 0)
            writer.newPage();
        draw(painter, page);
    }
    painter.end();
    return buffer.data().toStdString();
}

// A PDF put together from its objects, the first of which is the catalog.
std::string hand_made(const QList<QByteArray>& objects)
{
    QByteArray out = "%PDF-1.4\n";
    QList<qsizetype> offsets;
    for (qsizetype i = 0; i < objects.size(); ++i) {
        offsets << out.size();
        out += QByteArray::number(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const qsizetype table = out.size();
    out += "xref\n0 " + QByteArray::number(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (const qsizetype offset : offsets)
        out += QByteArray::number(offset).rightJustified(10, '0') + " 00000 n \n";
    out += "trailer << /Root 1 0 R /Size " + QByteArray::number(objects.size() + 1) + " >>\nstartxref\n" +
           QByteArray::number(table) + "\n%%EOF\n";
    return out.toStdString();
}

QByteArray stream(const QByteArray& dictionary, const QByteArray& content)
{
    return "<< " + dictionary + " /Length " + QByteArray::number(content.size()) + " >>\nstream\n" + content +
           "\nendstream";
}

// A page that draws forms that draw forms: a million million words from a few hundred bytes.
std::string bomb()
{
    constexpr int depth = 12;
    QList<QByteArray> objects{
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /XObject "
        "<< /X 5 0 R >> >> >>",
        stream({}, "/X Do")};
    for (int i = 0; i < depth; ++i) {
        const QByteArray next = QByteArray::number(6 + i);
        objects << stream("/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /XObject << /X " +
                              next + " 0 R >> /Font << /F " + QByteArray::number(5 + depth + 1) +
                              " 0 R >> >>",
                          QByteArray("/X Do ").repeated(10));
    }
    objects << stream("/Type /XObject /Subtype /Form /BBox [0 0 300 200]", "0 0 m 1 1 l S")
            << "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    return hand_made(objects);
}

std::string image_only()
{
    return pdf(2, [](QPainter& painter, int) {
        QImage image(40, 40, QImage::Format_RGB32);
        image.fill(Qt::gray);
        painter.drawImage(QRect(50, 50, 200, 200), image);
    });
}

std::string two_lines()
{
    return pdf(1, [](QPainter& painter, int) {
        painter.drawText(50, 100, QStringLiteral("8.2 Provider shall not train models."));
        painter.drawText(50, 130, QStringLiteral("It returns all data at the end."));
    });
}

QString all_text(const Document& document)
{
    return QString::fromStdString(document.text);
}

Limits small_limits()
{
    Limits limits;
    limits.cpu = 1s;
    limits.wall = 200s;
    return limits;
}

}

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
    void cpuLimit();
    void wallLimit();
    void memoryLimit();
    void sizeAndPageLimits();
    void deadWorkerIsReplaced();
    void crashOnAFile();
    void brokenWorkers_data();
    void brokenWorkers();
    void missingWorker();
    void cancel();
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

void TestDocWorker::cpuLimit()
{
    Worker worker(small_limits());
    const auto document = worker.read("bomb.pdf", bomb());
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::TooLarge);
    QVERIFY2(document.error().message.find("computing time") != std::string::npos,
             document.error().message.c_str());
    QVERIFY(worker.read("next.pdf", two_lines()));
}

void TestDocWorker::wallLimit()
{
    Limits limits;
    limits.wall = 1s;
    Worker worker(limits);
    const auto document = worker.read("bomb.pdf", bomb());
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::TooLarge);
    QVERIFY2(document.error().message.find("more than 1 seconds") != std::string::npos,
             document.error().message.c_str());
    QCOMPARE(worker.process_id(), -1);
    QVERIFY(worker.read("next.txt", "The next file is read."));
}

void TestDocWorker::memoryLimit()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("the sanitizer needs more addresses than any limit allows");
#endif
    Limits limits;
    limits.memory_bytes = std::size_t{64} << 20;
    Worker worker(limits);
    const auto document = worker.read("a.txt", std::string(std::size_t{30} << 20, 'x'));
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::TooLarge);
    QVERIFY2(document.error().message.find("64 MB of memory") != std::string::npos,
             document.error().message.c_str());
    QVERIFY(!worker.read("a.txt", std::string(std::size_t{30} << 20, 'x')));
}

void TestDocWorker::sizeAndPageLimits()
{
    Limits limits;
    limits.file_bytes = 100;
    QCOMPARE(Worker(limits).read("a.txt", std::string(101, 'x')).error().code, ErrorCode::TooLarge);
    QVERIFY(Worker(limits).read("a.txt", "It fits."));
    Limits pages;
    pages.pages = 2;
    const std::string three =
        pdf(3, [](QPainter& painter, int) { painter.drawText(50, 100, QStringLiteral("Words.")); });
    const auto document = Worker(pages).read("a.pdf", three);
    QCOMPARE(document.error().code, ErrorCode::TooLarge);
    QVERIFY(document.error().message.find("3 pages") != std::string::npos);
}

void TestDocWorker::deadWorkerIsReplaced()
{
    Worker worker;
    QCOMPARE(worker.process_id(), -1);
    QVERIFY(worker.read("a.txt", "One is read."));
    const int first = worker.process_id();
    QVERIFY(first > 0);
    QVERIFY(worker.read("a.txt", "Two is read."));
    QCOMPARE(worker.process_id(), first);
    QCOMPARE(::kill(first, SIGSEGV), 0);
    QVERIFY(worker.read("a.txt", "Three is read."));
    QVERIFY(worker.process_id() > 0 && worker.process_id() != first);
}

void TestDocWorker::crashOnAFile()
{
    Worker worker;
    // The first worker is killed while it reads, and nothing is left that could try again.
    int killed = -1;
    const std::string bytes = pdf(60, [](QPainter& painter, int page) {
        painter.drawText(50, 100 + page,
                         QStringLiteral("Words of a page %1.").arg(QString(page + 1, QLatin1Char('x'))));
    });
    const auto document = worker.read("a.pdf", bytes, [&](std::int64_t, std::int64_t total) {
        if (total > 0 && killed < 0) {
            killed = worker.process_id();
            ::kill(killed, SIGSEGV);
        }
        return true;
    });
    QVERIFY(killed > 0);
    // The answer may have been under way when the signal came.
    if (!document) {
        QCOMPARE(document.error().code, ErrorCode::Crashed);
        QVERIFY(document.error().message.find("“a.pdf”") != std::string::npos);
    }
    QVERIFY(worker.read("a.pdf", bytes));
}

void TestDocWorker::brokenWorkers_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("code");
    const auto row = [](const char* tag, const char* script, ErrorCode code) {
        QTest::newRow(tag) << QByteArray(script) << static_cast<int>(code);
    };
    row("leaves at once", "exit 0", ErrorCode::Crashed);
    row("crashes", "kill -SEGV $$", ErrorCode::Crashed);
    row("is killed", "head -c 4 >/dev/null; kill -KILL $$", ErrorCode::Crashed);
    row("says nothing", "exec sleep 100", ErrorCode::TooLarge);
    row("says rubbish", "head -c 4 >/dev/null; printf 'abcdefghijklmnop'; exec sleep 100",
        ErrorCode::Crashed);
    row("sends an empty frame", "printf '\\000\\000\\000\\000'; exec sleep 100", ErrorCode::Crashed);
    row("sends an unknown frame", "printf '\\001\\000\\000\\000\\011'; exec sleep 100", ErrorCode::Crashed);
    row("sends half a document", "printf '\\005\\000\\000\\000\\001LWD\\001'; exec sleep 100",
        ErrorCode::Crashed);
    row("runs out of memory", "exit 77", ErrorCode::TooLarge);
    row("sends a broken error", "printf '\\002\\000\\000\\000\\003\\377'; exec sleep 100",
        ErrorCode::Crashed);
}

void TestDocWorker::brokenWorkers()
{
    QFETCH(QByteArray, script);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("worker"));
    QFile program(path);
    QVERIFY(program.open(QIODevice::WriteOnly));
    program.write("#!/bin/sh\n" + script + "\n");
    program.close();
    QVERIFY(program.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    Limits limits;
    limits.wall = 2s;
    Worker worker(limits, path.toStdString());
    const auto document = worker.read("a.txt", "Some words.");
    QVERIFY(!document);
    QTEST(static_cast<int>(document.error().code), "code");
    QCOMPARE(worker.process_id(), -1);
}

void TestDocWorker::missingWorker()
{
    Worker worker({}, "/nowhere/leeway-docworker");
    const auto document = worker.read("a.txt", "Some words.");
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::Io);
}

void TestDocWorker::cancel()
{
    Worker worker;
    const auto document = worker.read("bomb.pdf", bomb(), [](std::int64_t, std::int64_t) { return false; });
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::Cancelled);
    QVERIFY(worker.read("next.txt", "The next file is read."));
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
