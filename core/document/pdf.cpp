#include "core/document/pdf.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/document/layout.h"
#include "core/document/pictures.h"
#include "core/document/readers.h"
#include "core/document/scan.h"

#include <QImage>
#include <cmath>
#include <fmt/format.h>
#include <poppler-qt6.h>

namespace leeway::document {
namespace {

using base::ErrorCode;

constexpr std::size_t most_words = 4'000'000;
constexpr double most_pixels = 64e6;
constexpr double points_an_inch = 72;

QByteArray view_of(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

void silence_poppler()
{
    Poppler::setDebugErrorFunction([](const QString&, const QVariant&) {}, {});
}

// Poppler builds a colour transform from /OutputIntents for each page, which costs several times what the
// text does. Nothing but colours depends on the entry, so its name is spoilt in place.
void mask_output_intents(std::string& bytes)
{
    constexpr std::string_view name = "/OutputIntents";
    for (std::size_t at = bytes.find(name); at != std::string::npos; at = bytes.find(name, at + name.size()))
        bytes[at + 1] = 'X';
}

void append_utf8(std::string& out, QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        if (QChar::isHighSurrogate(c) && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        } else if (QChar::isSurrogate(c)) {
            c = 0xFFFD;
        }
        if (c <= 0x20 || c == 0x7F || c == 0xA0 || c == 0xFEFF)
            continue;
        if (c == 0x200B || c == 0x2060 || (c == 0xAD && i + 1 < text.size()))
            continue; // a soft hyphen counts at the end of a line only
        if (c == 0x37E)
            c = ';'; // the Greek question mark, which fonts that share the glyph are mapped to
        else if (c == 0x2011)
            c = '-';
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else if (c < 0x800) {
            out += static_cast<char>(0xC0 | (c >> 6));
            out += static_cast<char>(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            // Ligatures as letters: words must be found by what they say.
            if (c >= 0xFB00 && c <= 0xFB06) {
                static constexpr std::string_view letters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
                out += letters[c - 0xFB00];
                continue;
            }
            out += static_cast<char>(0xE0 | (c >> 12));
            out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
            out += static_cast<char>(0x80 | (c & 0x3F));
        } else {
            out += static_cast<char>(0xF0 | (c >> 18));
            out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
            out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
            out += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
}

// Coordinates of hostile files may be anything; layout wants finite numbers of a sane size.
float sane(double value)
{
    constexpr double far = 200'000;
    return std::isfinite(value) ? static_cast<float>(std::clamp(value, -far, far)) : 0.0F;
}

PrintedPage printed_page(const Poppler::Page& page)
{
    const QSizeF size = page.pageSizeF();
    PrintedPage result{{sane(std::abs(size.width())), sane(std::abs(size.height()))}, {}};
    const auto boxes = page.textList();
    result.words.reserve(boxes.size());
    for (const auto& box : boxes) {
        const QRectF r = box->boundingBox();
        PrintedWord word;
        append_utf8(word.text, box->text());
        word.box = {sane(r.x()), sane(r.y()), std::max(0.0F, sane(r.width())),
                    std::max(0.0F, sane(r.height()))};
        word.line_end = box->nextWord() == nullptr;
        word.space_after = box->hasSpaceAfter() || word.line_end;
        if (!word.line_end && word.text.ends_with("\u00ad"))
            word.text.resize(word.text.size() - 2);
        if (!word.text.empty()) {
            result.words.push_back(std::move(word));
        } else if (!result.words.empty()) {
            result.words.back().line_end = result.words.back().line_end || word.line_end;
            result.words.back().space_after = true;
        }
    }
    if (!result.words.empty())
        result.words.back().line_end = true;
    return result;
}

// A PDF that ends without its mark was cut short.
bool is_cut_off(std::string_view bytes)
{
    constexpr std::size_t tail = 2048;
    return bytes.substr(bytes.size() > tail ? bytes.size() - tail : 0).find("%%EOF") ==
           std::string_view::npos;
}

tl::unexpected<base::Error> damaged(std::string_view name)
{
    return base::fail(
        ErrorCode::Unreadable,
        fmt::format("“{}” is damaged and cannot be opened as a PDF. Get the file again from where "
                    "it came from.",
                    name));
}

}

base::Result<Document> read_pdf(std::string_view name, std::string& bytes, const Limits& limits,
                                const Recognise& recognise, const base::Progress& progress)
{
    silence_poppler();
    Document document;
    document.name = base::to_valid_utf8(name);
    document.format = Format::Pdf;
    document.sha256 = base::sha256(bytes);
    mask_output_intents(bytes);
    const std::unique_ptr<Poppler::Document> pdf = Poppler::Document::loadFromData(view_of(bytes));
    if (!pdf)
        return damaged(name);
    if (pdf->isLocked())
        return base::fail(ErrorCode::NeedsPassword,
                          fmt::format("“{}” is protected by a password. Open it with the password, save it "
                                      "without one (or print it to a PDF), and add that file.",
                                      name));
    const int count = pdf->numPages();
    if (count <= 0) {
        if (is_cut_off(bytes))
            return damaged(name);
        return base::fail(ErrorCode::Empty,
                          fmt::format("“{}” is a PDF without pages. Export the contract again.", name));
    }
    if (count > limits.pages)
        return base::fail(
            ErrorCode::TooLarge,
            fmt::format("“{}” has {} pages, more than the limit of {}. Split it and add the part "
                        "that is the contract.",
                        name, count, limits.pages));
    std::vector<PrintedPage> pages;
    pages.reserve(static_cast<std::size_t>(count));
    std::size_t words = 0;
    bool any_page = false;
    for (int i = 0; i < count; ++i) {
        if (!base::keep_going(progress, i, count))
            return base::fail(ErrorCode::Cancelled, "Cancelled.");
        const std::unique_ptr<Poppler::Page> page = pdf->page(i);
        any_page = any_page || page != nullptr;
        pages.push_back(page ? printed_page(*page) : PrintedPage{});
        document.pages.push_back(pages.back().size);
        words += pages.back().words.size();
        if (words > most_words)
            return base::fail(
                ErrorCode::TooLarge,
                fmt::format("“{}” holds more than {} million words. Split it and add the part that "
                            "is the contract.",
                            name, most_words / 1'000'000));
    }
    if (!any_page)
        return damaged(name);
    ScanReader scans(name, recognise, progress);
    for (int i = 0; i < count; ++i) {
        PrintedPage& printed = pages[static_cast<std::size_t>(i)];
        if (!printed.words.empty())
            continue;
        const std::unique_ptr<Poppler::Page> page = pdf->page(i);
        const auto drawn = [&](double dpi) { return page ? page->renderToImage(dpi, dpi) : QImage(); };
        if (auto read = scans.read(printed, i, count, drawn); !read)
            return tl::unexpected(read.error());
    }
    assemble(document, split_run_on(blocks_of(pages)), true);
    if (auto noted = scans.finish(document); !noted)
        return tl::unexpected(noted.error());
    return document;
}

base::Result<Document> read_picture(std::string_view name, std::string_view bytes, const Limits& limits,
                                    const Recognise& recognise, const base::Progress& progress)
{
    Document document;
    document.name = base::to_valid_utf8(name);
    document.format = Format::Image;
    document.sha256 = base::sha256(bytes);
    const Pictures pictures(bytes);
    const int count = std::min(pictures.count(), limits.pages);
    std::vector<PrintedPage> pages;
    ScanReader scans(name, recognise, progress);
    for (int i = 0; i < count; ++i) {
        const auto picture = pictures.page(i);
        if (!picture)
            return base::fail(picture.error().code,
                              fmt::format("“{}” {}", document.name, picture.error().message));
        pages.push_back({picture->size, {}});
        document.pages.push_back(picture->size);
        const auto drawn = [&](double dpi) { return picture->drawn(dpi / points_an_inch); };
        if (auto read = scans.read(pages.back(), i, count, drawn); !read)
            return tl::unexpected(read.error());
    }
    assemble(document, split_run_on(blocks_of(pages)), true);
    if (auto noted = scans.finish(document); !noted)
        return tl::unexpected(noted.error());
    return document;
}

namespace {

tl::unexpected<base::Error> no_page(int page)
{
    return base::fail(ErrorCode::NotFound, fmt::format("The file has no page {}.", page + 1));
}

base::Result<Bitmap> bitmap_of(const QImage& drawn)
{
    const QImage image = drawn.convertToFormat(QImage::Format_RGB32);
    if (image.isNull())
        return base::fail(ErrorCode::Unreadable, "The page could not be drawn.");
    Bitmap bitmap{image.width(), image.height(), {}};
    const auto row = static_cast<std::size_t>(image.width()) * 4;
    bitmap.pixels.resize(row * static_cast<std::size_t>(image.height()));
    for (int y = 0; y < image.height(); ++y)
        std::memcpy(bitmap.pixels.data() + row * static_cast<std::size_t>(y), image.constScanLine(y), row);
    return bitmap;
}

}

class PdfPainter::File
{
public:
    [[nodiscard]] base::Result<QImage> draw(int page, double scale) const
    {
        const auto too_large = [scale](double width, double height) {
            return !(width * height * scale * scale <= most_pixels);
        };
        const auto refused = [] {
            return base::fail(ErrorCode::TooLarge,
                              "The page is too large to be drawn at this scale; zoom out.");
        };
        if (pictures) {
            if (page < 0 || page >= pictures->count())
                return no_page(page);
            const auto picture = pictures->page(page);
            if (!picture)
                return tl::unexpected(picture.error());
            return too_large(picture->size.width, picture->size.height) ? base::Result<QImage>(refused())
                                                                        : picture->drawn(scale);
        }
        const std::unique_ptr<Poppler::Page> sheet =
            page >= 0 && page < document->numPages() ? document->page(page) : nullptr;
        if (!sheet)
            return no_page(page);
        const QSizeF size = sheet->pageSizeF();
        if (too_large(size.width(), size.height()))
            return refused();
        return sheet->renderToImage(points_an_inch * scale, points_an_inch * scale);
    }

    std::string sha256;
    std::string bytes;                           // outlives the document, which reads from it
    std::unique_ptr<Poppler::Document> document; // of a PDF
    std::unique_ptr<Pictures> pictures;          // of a picture
};

PdfPainter::PdfPainter() = default;
PdfPainter::~PdfPainter() = default;

bool PdfPainter::holds(std::string_view sha256) const
{
    return m_file && m_file->sha256 == sha256;
}

base::Status PdfPainter::open(std::string_view sha256, std::string_view bytes)
{
    silence_poppler();
    m_file.reset();
    auto file = std::make_unique<File>();
    file->sha256 = sha256;
    file->bytes = bytes;
    if (content_of(bytes) == Content::Image) {
        file->pictures = std::make_unique<Pictures>(file->bytes);
        m_file = std::move(file);
        return {};
    }
    file->document = Poppler::Document::loadFromData(view_of(file->bytes));
    if (!file->document)
        return damaged("The file");
    if (file->document->isLocked())
        return base::fail(ErrorCode::NeedsPassword, "The file is protected by a password.");
    file->document->setRenderHint(Poppler::Document::Antialiasing);
    file->document->setRenderHint(Poppler::Document::TextAntialiasing);
    m_file = std::move(file);
    return {};
}

base::Result<Bitmap> PdfPainter::draw(int page, double scale) const
{
    if (!(scale > 0) || !std::isfinite(scale))
        return base::fail(ErrorCode::Invalid, "A page can only be drawn at a positive scale.");
    const auto image = m_file ? m_file->draw(page, scale) : no_page(page);
    return image ? bitmap_of(*image) : tl::unexpected(image.error());
}

}
