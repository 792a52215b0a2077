#include "core/document/pdf.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/document/layout.h"

#include <QImage>
#include <cmath>
#include <fmt/format.h>
#include <poppler-qt6.h>

namespace leeway::document {
namespace {

using base::ErrorCode;

constexpr std::size_t most_words = 4'000'000;
constexpr double most_pixels = 64e6;

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
                                const base::Progress& progress)
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
    if (words == 0)
        return base::fail(
            ErrorCode::NoText,
            fmt::format("“{}” holds pictures of pages and no text, as a scanner makes them. Make "
                        "its text searchable first (OCR), or ask the vendor for the original.",
                        name));
    assemble(document, split_run_on(blocks_of(pages)), true);
    if (document.blocks.empty())
        return base::fail(ErrorCode::NoText,
                          fmt::format("“{}” holds no text besides page headers and numbers. Make its text "
                                      "searchable first (OCR), or ask the vendor for the original.",
                                      name));
    return document;
}

class PdfPainter::File
{
public:
    std::string sha256;
    std::string bytes; // outlives the document, which reads from it
    std::unique_ptr<Poppler::Document> document;
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
    const std::unique_ptr<Poppler::Page> sheet =
        m_file && page >= 0 && page < m_file->document->numPages() ? m_file->document->page(page) : nullptr;
    if (!sheet)
        return base::fail(ErrorCode::NotFound, fmt::format("The file has no page {}.", page + 1));
    const QSizeF size = sheet->pageSizeF();
    if (!(size.width() * size.height() * scale * scale <= most_pixels))
        return base::fail(ErrorCode::TooLarge, "The page is too large to be drawn at this scale; zoom out.");
    const QImage image = sheet->renderToImage(72 * scale, 72 * scale).convertToFormat(QImage::Format_RGB32);
    if (image.isNull())
        return base::fail(ErrorCode::Unreadable, fmt::format("Page {} could not be drawn.", page + 1));
    Bitmap bitmap{image.width(), image.height(), {}};
    const auto row = static_cast<std::size_t>(image.width()) * 4;
    bitmap.pixels.resize(row * static_cast<std::size_t>(image.height()));
    for (int y = 0; y < image.height(); ++y)
        std::memcpy(bitmap.pixels.data() + row * static_cast<std::size_t>(y), image.constScanLine(y), row);
    return bitmap;
}

}
