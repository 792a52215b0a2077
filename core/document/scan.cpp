#include "core/document/scan.h"

#include "core/base/text.h"
#include "core/document/recognised.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace leeway::document {
namespace {

using base::ErrorCode;

constexpr double points_an_inch = 72;
constexpr double best_dpi = 300;     // what Tesseract is trained on
constexpr double most_pixels = 40e6; // of one page
constexpr int low_confidence = 75;   // of 100

double dpi_for(const Page& size)
{
    const double area = static_cast<double>(size.width) * static_cast<double>(size.height) /
                        (points_an_inch * points_an_inch);
    return area <= 0 ? 0 : std::min(best_dpi, std::sqrt(most_pixels / area));
}

bool is_blank(const QImage& page)
{
    constexpr int contrast = 48;
    int darkest = 255;
    int brightest = 0;
    for (int y = 0; y < page.height(); ++y) {
        const uchar* row = page.constScanLine(y);
        const auto [low, high] = std::minmax_element(row, row + page.width());
        darkest = std::min<int>(darkest, *low);
        brightest = std::max<int>(brightest, *high);
    }
    return brightest - darkest < contrast;
}

Scan scan_of(const QImage& page, double dpi)
{
    Scan scan{page.width(), page.height(), static_cast<int>(std::lround(dpi)), {}};
    scan.pixels.reserve(static_cast<std::size_t>(page.width()) * static_cast<std::size_t>(page.height()));
    for (int y = 0; y < page.height(); ++y)
        scan.pixels.append(reinterpret_cast<const char*>(page.constScanLine(y)),
                           static_cast<std::size_t>(page.width()));
    return scan;
}

QImage grey(const QImage& image)
{
    return image.convertToFormat(QImage::Format_Grayscale8);
}

}

ScanReader::ScanReader(std::string_view name, const Recognise& recognise, const base::Progress& progress)
    : m_name(base::to_valid_utf8(name)),
      m_recognise(recognise),
      m_progress(progress)
{
}

base::Status ScanReader::read(PrintedPage& page, int number, int count,
                              const std::function<QImage(double dpi)>& drawn)
{
    const double dpi = dpi_for(page.size);
    constexpr double quick_dpi = 72;
    if (dpi < 1 || is_blank(grey(drawn(std::min(dpi, quick_dpi)))))
        return {};
    if (!base::keep_going(m_progress, number, count))
        return base::fail(ErrorCode::Cancelled, "Cancelled.");
    if (m_error.code == ErrorCode::NoText && !m_unread.empty()) { // nothing to read with
        m_unread.push_back(number + 1);
        return {};
    }
    const QImage image = grey(drawn(dpi));
    if (image.isNull())
        return {};
    const Scan scan = scan_of(image, dpi);
    auto table = m_recognise(scan);
    auto words = table ? words_of_table(*table, scan.dpi) : tl::unexpected(table.error());
    if (!words) {
        if (words.error().code == ErrorCode::Cancelled)
            return tl::unexpected(words.error());
        if (m_unread.empty())
            m_error = words.error();
        m_unread.push_back(number + 1);
        return {};
    }
    if (!words->words.empty())
        m_read.push_back({static_cast<std::uint32_t>(number), words->confidence});
    page.words = std::move(words->words);
    return {};
}

base::Status ScanReader::finish(Document& document) const
{
    if (document.blocks.empty()) {
        if (!m_unread.empty())
            return base::fail(m_error.code,
                              fmt::format("“{}” holds images of pages and no text, as a scanner makes "
                                          "them. {}",
                                          m_name, m_error.message));
        return base::fail(
            ErrorCode::NoText,
            fmt::format("“{}” holds no text besides page headers and numbers, and none could be read "
                        "from its images. Ask the vendor for the original, or scan it again with 300 "
                        "pixels an inch.",
                        m_name));
    }
    if (!m_read.empty())
        document.notices.push_back({.kind = Notice::Kind::Recognised,
                                    .count = static_cast<std::uint32_t>(m_read.size()),
                                    .text = {}});
    for (const Read& read : m_read) {
        const auto word = std::find_if(document.words.begin(), document.words.end(),
                                       [&](const Word& w) { return w.page == read.page; });
        if (read.confidence >= low_confidence || word == document.words.end())
            continue;
        document.notices.push_back({.kind = Notice::Kind::Doubtful,
                                    .begin = word->begin,
                                    .end = word->end,
                                    .text = fmt::format("{} %", read.confidence)});
    }
    if (m_unread.empty())
        return {};
    const std::string pages = fmt::format("{}", fmt::join(m_unread, ", "));
    const auto count = static_cast<std::uint32_t>(m_unread.size());
    if (m_error.code == ErrorCode::NoText)
        document.notices.push_back({.kind = Notice::Kind::Unrecognised, .count = count, .text = pages});
    else
        document.notices.push_back({.kind = Notice::Kind::Unread, .count = count, .text = "pages " + pages});
    return {};
}

}
