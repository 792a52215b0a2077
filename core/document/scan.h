#pragma once

#include "core/document/layout.h"
#include "core/document/pdf.h"

#include <QImage>
#include <functional>
#include <string>
#include <vector>

namespace leeway::document {

/// Reads the pages of one file that are pictures, and notes what a reader must know of them.
class ScanReader
{
public:
    ScanReader(std::string_view name, const Recognise& recognise, const base::Progress& progress);

    /// Fills the words of page `number` (0-based) of `count`, which `drawn` gives at so many pixels an inch.
    /// Blank pages stay as they are. Without Tesseract the page is noted. Errors: Cancelled.
    base::Status read(PrintedPage& page, int number, int count,
                      const std::function<QImage(double dpi)>& drawn);

    /// Adds the notices to the assembled document. NoText where it holds no words, with what to do.
    base::Status finish(Document& document) const;

private:
    struct Read
    {
        std::uint32_t page;
        int confidence;
    };

    std::string m_name;
    const Recognise& m_recognise;
    const base::Progress& m_progress;
    std::vector<Read> m_read;
    std::vector<int> m_unread; // 1-based
    base::Error m_error;       // why the first of them was not read
};

}
