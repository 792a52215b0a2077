#include "core/document/readers.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/document/characters.h"

#include <algorithm>
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

// The name of the header field at the front, in small letters; empty when there is none.
std::string field_name(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 60)
        return {};
    const std::string_view name = line.substr(0, colon);
    const bool sound = std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7F; });
    return sound ? base::lowered(name) : std::string();
}

// Nothing but header fields up to the first empty line, and among them those without which no mail travels.
bool looks_like_mail(std::string_view bytes)
{
    constexpr std::size_t longest_header = std::size_t{256} << 10;
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    std::string_view head = bytes.substr(0, longest_header);
    const auto next_line = [&head] {
        const std::size_t end = std::min(head.find('\n'), head.size());
        std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + 1, head.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        return line;
    };
    if (head.starts_with("From "))
        next_line();
    bool from = false;
    int travel = 0;
    bool first = true;
    while (!head.empty()) {
        const std::string_view line = next_line();
        if (line.empty())
            break;
        if (!first && (line[0] == ' ' || line[0] == '\t'))
            continue;
        first = false;
        const std::string name = field_name(line);
        if (name.empty())
            return false;
        from = from || name == "from";
        static constexpr std::string_view signs[] = {
            "message-id", "date", "mime-version", "received", "return-path", "delivered-to", "content-type"};
        travel += std::find(std::begin(signs), std::end(signs), name) != std::end(signs) ? 1 : 0;
    }
    return from && travel > 0;
}

// OLE files name their streams in UTF-16.
bool has_stream(std::string_view bytes, std::string_view name)
{
    std::string wide;
    for (const char c : name)
        wide += {c, '\0'};
    return bytes.find(wide) != std::string_view::npos;
}

tl::unexpected<base::Error> old_office(std::string_view name, std::string_view bytes)
{
    if (has_stream(bytes, "EncryptedPackage"))
        return base::fail(base::ErrorCode::NeedsPassword,
                          fmt::format("“{}” is protected by a password. Open it with the password, save it "
                                      "without one, and add that file.",
                                      name));
    if (has_stream(bytes, "__properties_version1.0"))
        return base::fail(
            base::ErrorCode::Unreadable,
            fmt::format("“{}” is a message in Outlook's own format. Save it from Outlook as .eml, or "
                        "save the contract that it carries, and add that.",
                        name));
    return base::fail(
        base::ErrorCode::Unreadable,
        has_stream(bytes, "WordDocument") || ending_of(name) == "doc"
            ? fmt::format("“{}” is in Word's old binary format, which Leeway cannot read. Open it "
                          "in a word processor, save it as DOCX, and add that file.",
                          name)
            : fmt::format("“{}” is in an office program's old binary format, which Leeway cannot "
                          "read. Save the contract as DOCX or PDF and add that.",
                          name));
}

}

std::span<const std::string_view> readable_endings()
{
    static constexpr std::string_view endings[] = {"pdf",      "docx", "docm", "odt", "md",
                                                   "markdown", "html", "htm",  "txt", "eml",
                                                   "png",      "jpg",  "jpeg", "tif", "tiff"};
    return endings;
}

Content content_of(std::string_view bytes)
{
    using namespace std::string_view_literals;
    if (bytes.empty())
        return Content::Nothing;
    if (looks_like_mail(bytes))
        return Content::Mail;
    if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos)
        return Content::Pdf;
    if (bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv))
        return Content::Zip;
    if (bytes.starts_with("\xD0\xCF\x11\xE0"sv))
        return Content::OldOffice;
    if (bytes.starts_with("{\\rtf"sv))
        return Content::Rtf;
    if (bytes.starts_with("\x89PNG"sv) || bytes.starts_with("\xFF\xD8\xFF"sv) ||
        bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv) || bytes.starts_with("GIF8"sv))
        return Content::Image;
    if (looks_like_html(bytes))
        return Content::Html;
    // Control characters that no text has.
    constexpr std::size_t sample = 4096;
    std::string head(bytes.substr(0, sample));
    if (is_wide(head))
        head = decode(head);
    const auto odd = std::count_if(head.begin(), head.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u < 0x20 && !is_blank(c) && u != 0x1A && u != 0x1B && u != 0x08;
    });
    return odd * 200 > static_cast<std::ptrdiff_t>(head.size()) || head.find('\0') != std::string::npos
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
        return unreadable(
            fmt::format("“{}” is a ZIP archive. Unpack it and add the contract that is inside.", name));
    case Content::OldOffice:
        return old_office(name, bytes);
    case Content::Rtf:
        return unreadable(
            fmt::format("“{}” is in Rich Text Format, which Leeway cannot read. Open it in a word "
                        "processor, save it as DOCX or ODT, and add that file.",
                        name));
    case Content::Image:
        return Format::Image;
    case Content::Mail:
        return Format::Mail;
    case Content::Binary:
        return unreadable(
            ending == "pdf"
                ? fmt::format(
                      "“{}” is not a PDF: it lacks a PDF's first bytes. It may be damaged; get the file "
                      "again from where it came from.",
                      name)
                : fmt::format(
                      "“{}” is no contract that Leeway can read. It reads PDF, DOCX, ODT, Markdown, HTML, "
                      "plain text, e-mail and pictures of pages (PNG, JPEG, TIFF).",
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
    const std::string text = decode(bytes, format == Format::Html ? declared_charset(bytes) : std::string());
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
