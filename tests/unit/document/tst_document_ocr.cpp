#include "core/document/contents.h"
#include "core/document/notice.h"
#include "core/document/pdf.h"
#include "core/document/program.h"
#include "core/document/recognised.h"
#include "core/document/tesseract.h"

#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QtTest>

#include <set>

using namespace leeway::document;
using leeway::base::ErrorCode;
using namespace std::chrono_literals;

namespace {

const QStringList first_page{QStringLiteral("8. Data and Models"),
                             QStringLiteral("8.1 Provider shall not use Customer Data to train any model."),
                             QStringLiteral("8.2 Provider returns all Customer Data within thirty days.")};
const QStringList second_page{QStringLiteral("9. Term"),
                              QStringLiteral("9.1 This Agreement ends on the last day of December.")};

// A page of A4 at `dpi` pixels an inch, as a scanner sees it.
QImage page_of(const QStringList& lines, int dpi = 200, QRgb ink = qRgb(20, 20, 20))
{
    QImage image(qRound(8.27 * dpi), qRound(11.69 * dpi), QImage::Format_RGB32);
    image.fill(Qt::white);
    image.setDotsPerMeterX(qRound(dpi / 0.0254));
    image.setDotsPerMeterY(qRound(dpi / 0.0254));
    QPainter painter(&image);
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPixelSize(dpi * 12 / 72);
    painter.setFont(font);
    painter.setPen(QColor(ink));
    for (int i = 0; i < lines.size(); ++i)
        painter.drawText(dpi, dpi + i * dpi * 30 / 72, lines[i]);
    return image;
}

std::string saved(const QImage& image, const char* format)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, format))
        qFatal("%s cannot be written", format);
    return buffer.data().toStdString();
}

// A TIFF file with a page for each picture, in plain grey.
std::string tiff_of(const QList<QImage>& pages)
{
    std::string out("II*\0", 4);
    const auto put = [&out](std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i)
            out += static_cast<char>(value >> (8 * i));
    };
    const auto size = [&out] { return static_cast<std::uint32_t>(out.size()); };
    std::size_t link = out.size(); // where the place of the next directory is written
    put(0, 4);
    for (const QImage& page : pages) {
        const QImage grey = page.convertToFormat(QImage::Format_Grayscale8);
        const auto width = static_cast<std::uint32_t>(grey.width());
        const auto height = static_cast<std::uint32_t>(grey.height());
        const std::uint32_t pixels = size();
        for (int y = 0; y < grey.height(); ++y)
            out.append(reinterpret_cast<const char*>(grey.constScanLine(y)), width);
        const std::uint32_t resolution = size();
        put(static_cast<std::uint32_t>(qRound(page.dotsPerMeterX() * 0.0254)), 4);
        put(1, 4);
        const std::uint32_t directory = size();
        for (int i = 0; i < 4; ++i)
            out[link + static_cast<std::size_t>(i)] = static_cast<char>(directory >> (8 * i));
        // Tag, type (3: 16 bits, 4: 32 bits, 5: a fraction), value.
        const std::uint32_t entries[][3] = {
            {256, 4, width},      {257, 4, height},     {258, 3, 8},
            {259, 3, 1},          {262, 3, 1},          {273, 4, pixels},
            {277, 3, 1},          {278, 4, height},     {279, 4, width * height},
            {282, 5, resolution}, {283, 5, resolution}, {296, 3, 2}};
        put(static_cast<std::uint32_t>(std::size(entries)), 2);
        for (const auto& [tag, type, value] : entries) {
            put(tag, 2);
            put(type, 2);
            put(1, 4);
            put(value, 4);
        }
        link = out.size();
        put(0, 4);
    }
    return out;
}

// A PDF with a page for each picture; a null picture is a page with text.
std::string pdf_of(const QList<QImage>& pages)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins({});
    writer.setResolution(72);
    QPainter painter(&writer);
    painter.setFont(QFont(QStringLiteral("DejaVu Sans"), 10));
    for (int i = 0; i < pages.size(); ++i) {
        if (i > 0)
            writer.newPage();
        if (pages[i].isNull())
            painter.drawText(72, 72, QStringLiteral("1.1 This page has a text of its own."));
        else
            painter.drawImage(QRect(0, 0, writer.width(), writer.height()), pages[i]);
    }
    painter.end();
    return buffer.data().toStdString();
}

QImage blank()
{
    return page_of({});
}

// $PATH for as long as it lives.
class Path
{
public:
    explicit Path(const QByteArray& value) { qputenv("PATH", value); }
    ~Path() { qputenv("PATH", m_old); }
    Path(const Path&) = delete;
    Path& operator=(const Path&) = delete;

private:
    QByteArray m_old = qgetenv("PATH");
};

}

class TestOcr : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tables_data();
    void tables();
    void wordsOfATable();
    void programs();
    void programIsCancelled();
    void scannedPdf();
    void pictures_data();
    void pictures();
    void pagesOfATiff();
    void mixedPdf();
    void blankPagesAreLeftAlone();
    void lowConfidence();
    void withoutTesseract_data();
    void withoutTesseract();
    void mixedWithoutTesseract();
    void progressAndCancel();
    void picturesAreDrawn();
    void badPictures_data();
    void badPictures();
};

void TestOcr::tables_data()
{
    const std::string header =
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n";
    QTest::addColumn<std::string>("table");
    QTest::addColumn<int>("words"); // -1: refused
    QTest::newRow("no words") << header << 0;
    QTest::newRow("word")
        << header + "4\t1\t1\t1\t1\t0\t10\t20\t300\t40\t-1\t\n5\t1\t1\t1\t1\t1\t10\t22\t90\t30\t96.5\tTerms\n"
        << 1;
    QTest::newRow("speck") << header + "5\t1\t1\t1\t1\t1\t10\t22\t90\t30\t3\t~\n" << 0;
    QTest::newRow("blank word") << header + "5\t1\t1\t1\t1\t1\t10\t22\t90\t30\t95\t \n" << 0;
    QTest::newRow("nothing") << std::string() << -1;
    QTest::newRow("other program") << std::string("hello\n") << -1;
    QTest::newRow("letters for numbers") << header + "5\t1\t1\t1\t1\t1\tx\t22\t90\t30\t95\tA\n" << -1;
    QTest::newRow("too few columns") << header + "5\t1\t1\n" << -1;
    QTest::newRow("endless number") << header + "5\t1\t1\t1\t1\t1\tinf\t22\t90\t30\t95\tA\n" << -1;
}

void TestOcr::tables()
{
    QFETCH(std::string, table);
    QFETCH(int, words);
    const auto read = words_of_table(table, 300);
    QCOMPARE(read ? static_cast<int>(read->words.size()) : -1, words);
}

void TestOcr::wordsOfATable()
{
    const auto read = words_of_table(
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
        "1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n"
        "4\t1\t1\t1\t1\t0\t300\t600\t900\t60\t-1\t\n"
        "5\t1\t1\t1\t1\t1\t300\t610\t150\t40\t90\tNo\n"
        "5\t1\t1\t1\t1\t2\t600\t600\t600\t50\t60\ttraining\n"
        "4\t1\t1\t1\t2\t0\t300\t700\t900\t60\t-1\t\n"
        "5\t1\t1\t1\t2\t1\t300\t700\t150\t40\t90\tis\n",
        300);
    QVERIFY(read);
    QCOMPARE(read->words.size(), std::size_t{3});
    QCOMPARE(read->words[0].box, (Rect{72, 144, 36, 14.4F})); // as high as its line
    QVERIFY(!read->words[0].line_end);
    QVERIFY(read->words[1].line_end);
    QVERIFY(read->words[2].line_end);
    QCOMPARE(read->confidence, 70); // (2 × 90 + 8 × 60 + 2 × 90) / 12
}

void TestOcr::programs()
{
    QVERIFY(find_program("no-such-program-anywhere").empty());
    const auto cat = find_program("cat");
    QVERIFY(!cat.empty());
    const std::string much(3'000'000, 'x');
    QCOMPARE(*run_program(cat, {}, much, {}, {}), much);
    QCOMPARE(run_program(find_program("false"), {}, {}, {}, {}).error().code, ErrorCode::Io);
    QCOMPARE(run_program("/nowhere/program", {}, {}, {}, {}).error().code, ErrorCode::Io);
    // Does not read what it is sent, and ends well.
    QVERIFY(run_program(find_program("true"), {}, much, {}, {}));
    ProgramLimits little;
    little.output_bytes = 1000;
    QCOMPARE(run_program(cat, {}, much, little, {}).error().code, ErrorCode::TooLarge);
    ProgramLimits brief;
    brief.wall = 1s;
    QCOMPARE(run_program(find_program("sleep"), {"600"}, {}, brief, {}).error().code, ErrorCode::TooLarge);
}

void TestOcr::programIsCancelled()
{
    int asked = 0;
    const auto result = run_program(find_program("sleep"), {"600"}, {}, {}, [&] { return ++asked < 3; });
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
}

void TestOcr::scannedPdf()
{
    const auto document = Worker().read("scan.pdf", pdf_of({page_of(first_page), page_of(second_page)}));
    QVERIFY2(document, document ? "" : document.error().message.c_str());
    const QString text = QString::fromStdString(document->text);
    for (const QString& line : first_page + second_page)
        QVERIFY2(text.contains(line), qPrintable(text));
    QCOMPARE(document->pages.size(), std::size_t{2});
    const auto at = static_cast<std::uint32_t>(document->text.find("train any"));
    QCOMPARE(page_at(*document, at), 1);
    QCOMPARE(section_at(*document, at), std::string("8.1"));
    QCOMPARE(section_at(*document, static_cast<std::uint32_t>(document->text.find("last day"))),
             std::string("9.1"));
    const auto boxes = rectangles(*document, at, at + 5);
    QCOMPARE(boxes.size(), std::size_t{1});
    // The second line stands 30 points under the first, whose foot is an inch from the top.
    QVERIFY(boxes[0].box.y > 85 && boxes[0].box.y + boxes[0].box.height < 110);
    QVERIFY(boxes[0].box.x > 200 && boxes[0].box.x < 500);
    QCOMPARE(document->notices.size(), std::size_t{1});
    QCOMPARE(document->notices[0].kind, Notice::Kind::Recognised);
    QCOMPARE(document->notices[0].count, std::uint32_t{2});
}

void TestOcr::pictures_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<int>("dpi");
    QTest::newRow("PNG") << QByteArray("PNG") << 300;
    QTest::newRow("JPEG with few pixels an inch") << QByteArray("JPG") << 110;
    QTest::newRow("TIFF") << QByteArray("TIFF") << 200;
}

void TestOcr::pictures()
{
    QFETCH(QByteArray, format);
    QFETCH(int, dpi);
    const auto document = Worker().read("page.png", saved(page_of(first_page, dpi), format.constData()));
    QVERIFY2(document, document ? "" : document.error().message.c_str());
    QCOMPARE(document->format, Format::Image);
    const QString text = QString::fromStdString(document->text);
    QVERIFY2(text.contains(first_page[1]), qPrintable(text));
    QCOMPARE(document->pages.size(), std::size_t{1});
    QVERIFY(qAbs(document->pages[0].width - 595) < 4);
    QVERIFY(qAbs(document->pages[0].height - 842) < 6);
}

void TestOcr::pagesOfATiff()
{
    const auto document =
        Worker().read("pages.tif", tiff_of({page_of(first_page, 150), page_of(second_page, 150)}));
    QVERIFY2(document, document ? "" : document.error().message.c_str());
    QCOMPARE(document->pages.size(), std::size_t{2});
    const auto at = document->text.find("last day");
    QVERIFY(at != std::string::npos);
    QCOMPARE(page_at(*document, static_cast<std::uint32_t>(at)), 2);
}

void TestOcr::mixedPdf()
{
    const auto document = Worker().read("mixed.pdf", pdf_of({QImage(), page_of(second_page)}));
    QVERIFY2(document, document ? "" : document.error().message.c_str());
    const QString text = QString::fromStdString(document->text);
    QVERIFY(text.contains(QStringLiteral("This page has a text of its own.")));
    QVERIFY2(text.contains(second_page[1]), qPrintable(text));
    QCOMPARE(document->notices.size(), std::size_t{1});
    QCOMPARE(document->notices[0].count, std::uint32_t{1});
}

void TestOcr::blankPagesAreLeftAlone()
{
    std::string bytes = pdf_of({QImage(), blank(), QImage()});
    int asked = 0;
    const Recognise recognise = [&](const Scan&) -> leeway::base::Result<std::string> {
        ++asked;
        return std::string();
    };
    const auto document = read_pdf("blank.pdf", bytes, {}, recognise, {});
    QVERIFY(document);
    QCOMPARE(asked, 0);
    QVERIFY(document->notices.empty());
}

void TestOcr::lowConfidence()
{
    std::string bytes = pdf_of({page_of(first_page), page_of(second_page)});
    int page = 0;
    const Recognise recognise = [&](const Scan& scan) -> leeway::base::Result<std::string> {
        ++page;
        if (scan.dpi != 300 || scan.pixels.size() != std::size_t(scan.width) * std::size_t(scan.height))
            return std::string();
        return "level\tx\n4\t1\t1\t1\t1\t0\t300\t300\t900\t60\t-1\t\n5\t1\t1\t1\t1\t1\t300\t300\t150\t40\t" +
               std::string(page == 2 ? "61" : "96") + "\tWords\n";
    };
    const auto document = read_pdf("scan.pdf", bytes, {}, recognise, {});
    QVERIFY2(document, document ? "" : document.error().message.c_str());
    const auto sentences = warnings(*document);
    QCOMPARE(sentences.size(), std::size_t{2});
    QCOMPARE(sentences[1], std::string("Page 2 was read with low confidence (61 %)."));
}

void TestOcr::withoutTesseract_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("scanned PDF") << pdf_of({page_of(first_page)});
    QTest::newRow("picture") << saved(page_of(first_page), "PNG");
}

void TestOcr::withoutTesseract()
{
    QFETCH(std::string, bytes);
    const QTemporaryDir empty;
    const Path path(empty.path().toLocal8Bit());
    const auto document = Worker().read("scan", bytes);
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::NoText);
    for (const char* words : {"scan", "Tesseract", "tesseract-ocr-eng"})
        QVERIFY2(document.error().message.find(words) != std::string::npos, document.error().message.c_str());
}

void TestOcr::mixedWithoutTesseract()
{
    const QTemporaryDir empty;
    const Path path(empty.path().toLocal8Bit());
    const auto document =
        Worker().read("mixed.pdf", pdf_of({QImage(), page_of(first_page), blank(), page_of(second_page)}));
    QVERIFY(document);
    const auto sentences = warnings(*document);
    QCOMPARE(sentences.size(), std::size_t{1});
    QVERIFY2(sentences[0].find("pages 2, 4") != std::string::npos &&
                 sentences[0].find("Install") != std::string::npos,
             sentences[0].c_str());
}

void TestOcr::progressAndCancel()
{
    const std::string bytes = pdf_of({page_of(first_page), page_of(second_page), page_of(first_page)});
    Worker worker;
    std::set<std::int64_t> pages;
    QVERIFY(worker.read("scan.pdf", bytes, [&](std::int64_t done, std::int64_t total) {
        if (total == 3)
            pages.insert(done);
        return true;
    }));
    QCOMPARE(pages, (std::set<std::int64_t>{0, 1, 2}));
    int asked = 0;
    const auto cancelled =
        worker.read("scan.pdf", bytes, [&](std::int64_t, std::int64_t) { return ++asked < 6; });
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    QVERIFY(worker.read("page.png", saved(page_of(second_page), "PNG"))); // goes on afterwards
}

void TestOcr::picturesAreDrawn()
{
    const std::string bytes = saved(page_of(first_page, 150), "PNG");
    Worker worker;
    const auto bitmap = worker.render(bytes, 0, 1);
    QVERIFY(bitmap);
    QVERIFY(qAbs(bitmap->width - 595) < 4);
    QCOMPARE(worker.render(bytes, 1, 1).error().code, ErrorCode::NotFound);
    QCOMPARE(worker.render(bytes, 0, 1e6).error().code, ErrorCode::TooLarge);
}

void TestOcr::badPictures_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<int>("code");
    const std::string png = saved(page_of(first_page, 150), "PNG");
    QTest::newRow("cut") << png.substr(0, 60) << static_cast<int>(ErrorCode::Unreadable);
    QTest::newRow("first bytes only")
        << std::string("\xFF\xD8\xFF\xE0") << static_cast<int>(ErrorCode::Unreadable);
    QTest::newRow("white") << saved(blank(), "PNG") << static_cast<int>(ErrorCode::NoText);
    std::string bomb = png;
    bomb.replace(16, 8, std::string("\x00\x01\x00\x00\x00\x01\x00\x00", 8)); // 65536 × 65536
    QTest::newRow("a very large one") << bomb << static_cast<int>(ErrorCode::Unreadable);
}

void TestOcr::badPictures()
{
    QFETCH(std::string, bytes);
    QFETCH(int, code);
    const auto document = Worker().read("page.png", bytes);
    QVERIFY(!document);
    QVERIFY2(
        static_cast<int>(document.error().code) == code ||
            (code == static_cast<int>(ErrorCode::Unreadable) && document.error().code == ErrorCode::TooLarge),
        document.error().message.c_str());
    QVERIFY(document.error().message.find("page.png") != std::string::npos);
}

QTEST_MAIN(TestOcr)
#include "tst_document_ocr.moc"
