#include "core/document/tesseract.h"

#include "core/base/text.h"
#include "core/document/program.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::document {

base::Result<Tesseract> Tesseract::find()
{
    Tesseract tesseract;
    tesseract.m_program = find_program("tesseract");
    if (tesseract.m_program.empty())
        return base::fail(
            base::ErrorCode::NoText,
            "Tesseract, which reads them, is not installed. Install the packages tesseract-ocr and "
            "tesseract-ocr-eng and add the file again, or ask the vendor for the original.");
    const auto listed = run_program(tesseract.m_program, {"--list-langs"}, {}, {}, {});
    if (!listed)
        return tl::unexpected(listed.error());
    const auto installed = base::split(*listed, '\n');
    const auto has = [&](std::string_view language) {
        return std::any_of(installed.begin(), installed.end(),
                           [&](const std::string& line) { return base::trimmed(line) == language; });
    };
    if (!has("eng"))
        return base::fail(base::ErrorCode::NoText,
                          "Tesseract, which reads them, lacks its data for English. Install the package "
                          "tesseract-ocr-eng and add the file again.");
    tesseract.m_languages = "eng";
    for (const char* language : {"deu", "fra"}) {
        if (has(language))
            tesseract.m_languages += fmt::format("+{}", language);
    }
    return tesseract;
}

base::Result<std::string> Tesseract::read(const Scan& scan, const std::function<bool()>& wanted) const
{
    std::string picture = fmt::format("P5\n{} {}\n255\n", scan.width, scan.height);
    picture += scan.pixels;
    return run_program(
        m_program,
        {"stdin", "stdout", "-l", m_languages, "--psm", "3", "--dpi", std::to_string(scan.dpi), "tsv"},
        picture, {}, wanted);
}

}
