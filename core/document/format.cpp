#include "core/document/readers.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/document/characters.h"

#include <fmt/format.h>

namespace leeway::document {
namespace {

std::string ending_of(std::string_view name)
{
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string() : base::lowered(name.substr(dot + 1));
}

std::string stem_of(std::string_view name)
{
    return std::string(name.substr(0, name.rfind('.')));
}

bool looks_like_html(std::string_view bytes)
{
    const std::string head = base::lowered(base::trimmed(decode(bytes.substr(0, 1024))));
    return head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head") ||
           head.starts_with("<body") ||
           (head.starts_with("<?xml") && head.find("<html") != std::string::npos) ||
           (head.starts_with("<!--") && head.find("<html") != std::string::npos);
}

bool has_utf16_mark(std::string_view bytes)
{
    return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

}

Content content_of(std::string_view bytes)
{
    using namespace std::string_view_literals;
    if (bytes.empty())
        return Content::Nothing;
    if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos)
        return Content::Pdf;
    if (bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv))
        return Content::Zip;
    if (bytes.starts_with("\xD0\xCF\x11\xE0"sv))
        return Content::OldWord;
    if (bytes.starts_with("{\\rtf"sv))
        return Content::Rtf;
    if (bytes.starts_with("\x89PNG"sv) || bytes.starts_with("\xFF\xD8\xFF"sv) ||
        bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv) || bytes.starts_with("GIF8"sv))
        return Content::Image;
    if (looks_like_html(bytes))
        return Content::Html;
    if (has_utf16_mark(bytes))
        return Content::Text;
    // Control characters that no text has.
    constexpr std::size_t sample = 4096;
    const std::string_view head = bytes.substr(0, sample);
    const auto odd = std::count_if(head.begin(), head.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u < 0x20 && !is_blank(c) && u != 0x1A && u != 0x1B && u != 0x08;
    });
    return odd * 200 > static_cast<std::ptrdiff_t>(head.size()) || head.find('\0') != std::string_view::npos
               ? Content::Binary
               : Content::Text;
}

base::Result<Format> format_of(std::string_view name, std::string_view bytes)
{
    using base::ErrorCode;
    const std::string ending = ending_of(name);
    const auto unreadable = [](std::string message) {
        return base::fail(ErrorCode::Unreadable, std::move(message));
    };
    switch (content_of(bytes)) {
    case Content::Nothing:
        return base::fail(ErrorCode::Empty, fmt::format("“{}” is empty (0 bytes). Get the file again from "
                                                        "where it came from.",
                                                        name));
    case Content::Pdf:
        return Format::Pdf;
    case Content::Zip:
        if (ending == "docx" || ending == "docm" || ending == "odt" ||
            bytes.find("word/") != std::string_view::npos)
            return unreadable(
                fmt::format("“{}” is a word processor's file, which Leeway cannot read. Save it "
                            "as a PDF and add that.",
                            name));
        return unreadable(
            fmt::format("“{}” is a ZIP archive. Unpack it and add the contract that is inside.", name));
    case Content::OldWord:
    case Content::Rtf:
        return unreadable(
            fmt::format("“{}” is a word processor's file, which Leeway cannot read. Save it as a "
                        "PDF and add that.",
                        name));
    case Content::Image:
        return unreadable(
            fmt::format("“{}” is a picture, not a document. Make a PDF with searchable text of it "
                        "(OCR) and add that.",
                        name));
    case Content::Binary:
        return unreadable(
            ending == "pdf"
                ? fmt::format(
                      "“{}” is not a PDF: it lacks a PDF's first bytes. It may be damaged; get the file "
                      "again from where it came from.",
                      name)
                : fmt::format("“{}” is no contract that Leeway can read. It reads PDF, Markdown, HTML and "
                              "plain text.",
                              name));
    case Content::Html:
        if (ending == "pdf")
            return unreadable(
                fmt::format("“{}” is not a PDF; it is a web page. Rename it to “{}.html” and add "
                            "it again.",
                            name, stem_of(name)));
        return Format::Html;
    case Content::Text:
        break;
    }
    if (ending == "pdf")
        return unreadable(fmt::format("“{}” is not a PDF; it is plain text. Rename it to “{}.txt” and add it "
                                      "again.",
                                      name, stem_of(name)));
    if (ending == "md" || ending == "markdown")
        return Format::Markdown;
    if (ending == "html" || ending == "htm" || ending == "xhtml")
        return Format::Html;
    return Format::Text;
}

base::Result<Document> read_plain(Format format, std::string_view name, std::string_view bytes)
{
    Document document;
    document.name = base::to_valid_utf8(name);
    document.format = format;
    document.sha256 = base::sha256(bytes);
    const std::string text = decode(bytes);
    if (format == Format::Html) {
        if (auto done = read_html(document, text); !done) {
            done.error().message = fmt::format("“{}” {}", name, done.error().message);
            return tl::unexpected(done.error());
        }
    } else if (format == Format::Markdown) {
        read_markdown(document, text);
    } else {
        read_text(document, text);
    }
    if (document.blocks.empty())
        return base::fail(base::ErrorCode::Empty,
                          fmt::format("“{}” holds no words. Check that it is the right file.", name));
    return document;
}

}
