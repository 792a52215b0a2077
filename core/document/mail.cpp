#include "core/document/mail.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/document/mailparts.h"
#include "core/document/readers.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::document {
namespace {

using base::ErrorCode;

std::string escaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else
            out += c;
    }
    return out;
}

// Plain words within a page: a paragraph for each line.
std::string paragraphs(std::string_view text)
{
    std::string out;
    for (const std::string& line : base::split(text, '\n'))
        out += "<p>" + escaped(base::trimmed(line)) + "</p>\n";
    return out;
}

std::string as_page(const MailParts& mail)
{
    std::string page;
    for (const auto& [name, value] : mail.fields)
        page += fmt::format("<p>{}: {}</p>\n", name, escaped(value));
    for (const MailParts::Text& piece : mail.body)
        page += piece.html ? "<div>" + piece.text + "</div>\n" : paragraphs(piece.text);
    return page;
}

std::string as_plain(const MailParts& mail)
{
    std::string plain;
    for (const auto& [name, value] : mail.fields)
        plain += fmt::format("{}: {}\n\n", name, value);
    for (const MailParts::Text& piece : mail.body)
        plain += piece.text + "\n\n";
    return plain;
}

tl::unexpected<base::Error> encrypted(std::string_view name)
{
    return base::fail(
        ErrorCode::NeedsPassword,
        fmt::format("“{}” is an encrypted or sealed e-mail. Open it in your mail program, save the "
                    "contract that it carries, and add that.",
                    base::to_valid_utf8(name)));
}

}

base::Result<Document> read_mail(std::string_view name, std::string_view bytes)
{
    const MailParts mail = mail_parts(bytes);
    if (mail.encrypted && mail.body.empty() && mail.attachments.empty())
        return encrypted(name);
    if (mail.body.empty() && mail.fields.empty())
        return base::fail(ErrorCode::Empty,
                          fmt::format("“{}” is an e-mail without words. Check that it is the "
                                      "right file.",
                                      base::to_valid_utf8(name)));
    Document document;
    document.name = base::to_valid_utf8(name);
    document.format = Format::Mail;
    document.sha256 = base::sha256(bytes);
    const bool html = std::any_of(mail.body.begin(), mail.body.end(),
                                  [](const MailParts::Text& text) { return text.html; });
    if (html) {
        if (auto done = read_html(document, as_page(mail)); !done) {
            done.error().message = fmt::format("“{}” {}", document.name, done.error().message);
            return tl::unexpected(done.error());
        }
    } else {
        read_text(document, as_plain(mail));
    }
    if (document.blocks.empty())
        return base::fail(
            ErrorCode::Empty,
            fmt::format("“{}” is an e-mail without words. Check that it is the right file.", document.name));
    for (const std::string& unread : mail.unread) {
        Notice notice;
        notice.kind = Notice::Kind::Unread;
        notice.text = unread;
        document.notices.push_back(std::move(notice));
    }
    return document;
}

base::Result<std::vector<Attachment>> attachments_of(std::string_view name, std::string_view bytes)
{
    MailParts mail = mail_parts(bytes);
    if (mail.encrypted && mail.attachments.empty())
        return encrypted(name);
    return std::move(mail.attachments);
}

}
