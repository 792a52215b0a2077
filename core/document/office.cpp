#include "core/document/office.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/document/docx.h"
#include "core/document/odt.h"

#include <fmt/format.h>

namespace leeway::document {
namespace {

using base::ErrorCode;

tl::unexpected<base::Error> of_file(std::string_view name, base::Error error)
{
    error.message = fmt::format("“{}” {}", base::to_valid_utf8(name), error.message);
    return tl::unexpected(std::move(error));
}

tl::unexpected<base::Error> refuse(std::string_view name, std::string message)
{
    return of_file(name, {ErrorCode::Unreadable, std::move(message)});
}

base::Result<Format> format_in(Archive& archive)
{
    if (odt::is_text(archive))
        return Format::Odt;
    const auto main = docx::main_part(archive);
    if (!main)
        return tl::unexpected(main.error());
    if (!main->empty())
        return Format::Docx;
    if (archive.has("[Content_Types].xml") || archive.has("mimetype"))
        return base::fail(ErrorCode::Unreadable,
                          "is an office file, but none with a text: a spreadsheet, slides or a drawing. Save "
                          "the part that is the contract as DOCX or PDF and add that.");
    return base::fail(ErrorCode::Unreadable,
                      "is a ZIP archive. Unpack it and add the contract that is inside.");
}

bool has_pictures(Archive& archive, Format format)
{
    if (format == Format::Odt)
        return archive.has_folder("pictures/");
    return archive.has_folder("word/media/");
}

}

base::Result<Format> office_format_of(std::string_view name, std::string_view bytes)
{
    auto archive = Archive::open(bytes);
    if (!archive)
        return of_file(name, archive.error());
    const auto format = format_in(*archive);
    if (!format)
        return of_file(name, format.error());
    return *format;
}

base::Result<Document> read_office(Format format, std::string_view name, std::string_view bytes)
{
    Document document;
    document.name = base::to_valid_utf8(name);
    document.format = format;
    document.sha256 = base::sha256(bytes);
    auto archive = Archive::open(bytes);
    if (!archive)
        return of_file(name, archive.error());
    if (format != Format::Docx && format != Format::Odt)
        return refuse(name, "is no word processor's file.");
    const auto status =
        format == Format::Docx ? docx::read(document, *archive) : odt::read(document, *archive);
    if (!status)
        return of_file(name, status.error());
    if (document.blocks.empty()) {
        if (has_pictures(*archive, format))
            return of_file(name,
                           {ErrorCode::NoText,
                            "holds pictures of pages and no text. Ask the vendor for the original, or make "
                            "a PDF with searchable text of it (OCR) and add that."});
        return of_file(name, {ErrorCode::Empty, "holds no words. Check that it is the right file."});
    }
    return document;
}

}
