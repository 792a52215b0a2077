#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/document/document.h"
#include "core/document/worker.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace leeway::document {

/// Gives Tesseract's table for a page; NoText without Tesseract, Cancelled.
using Recognise = std::function<base::Result<std::string>(const Scan& scan)>;

/// Reads a PDF; pages without text that are not blank go through `recognise`. `bytes` are changed: entries
/// that only matter for colours are masked, because Poppler would build a colour transform for every page.
/// `limits` bounds pages and words. Errors as Worker::read.
base::Result<Document> read_pdf(std::string_view name, std::string& bytes, const Limits& limits,
                                const Recognise& recognise, const base::Progress& progress);

/// Reads a picture of a page or several (PNG, JPEG, TIFF, GIF). Errors as Worker::read.
base::Result<Document> read_picture(std::string_view name, std::string_view bytes, const Limits& limits,
                                    const Recognise& recognise, const base::Progress& progress);

/// Draws pages of PDFs and pictures, and keeps the last file open.
class PdfPainter
{
public:
    PdfPainter();
    ~PdfPainter();
    PdfPainter(const PdfPainter&) = delete;
    PdfPainter& operator=(const PdfPainter&) = delete;

    /// True when the file with this hash is open.
    [[nodiscard]] bool holds(std::string_view sha256) const;
    base::Status open(std::string_view sha256, std::string_view bytes);
    /// Draws a page (0-based) at `scale` pixels a point: NotFound without such a page, TooLarge over 64
    /// million pixels, Invalid for a scale that is not positive.
    base::Result<Bitmap> draw(int page, double scale) const;

private:
    class File;
    std::unique_ptr<File> m_file;
};

}
