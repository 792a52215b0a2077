#include "core/document/mailparts.h"

#include "core/base/text.h"
#include "core/document/mail.h"
#include "core/document/office.h"
#include "core/document/readers.h"

#include <algorithm>
#include <array>
#include <gmime/gmime.h>
#include <memory>
#include <mutex>

namespace leeway::document {
namespace {

constexpr std::size_t longest_field = 2000; // bytes
constexpr int deepest = 64;                 // parts within parts

struct Unref
{
    void operator()(gpointer object) const { g_object_unref(object); }
};
template<typename T>
using Held = std::unique_ptr<T, Unref>;

std::string text_of(const char* value)
{
    return value == nullptr ? std::string() : base::to_valid_utf8(value);
}

std::string owned(char* value)
{
    std::string text = text_of(value);
    g_free(value);
    return text;
}

std::string as_line(std::string text)
{
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return base::shortened(base::trimmed(text), longest_field);
}

std::string type_of(GMimeObject* part)
{
    return base::lowered(owned(g_mime_content_type_get_mime_type(g_mime_object_get_content_type(part))));
}

std::string content_of_part(GMimePart* part)
{
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (content == nullptr)
        return {};
    const Held<GMimeStream> memory(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, memory.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
    return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

bool is_attached(GMimeObject* part)
{
    const GMimeContentDisposition* disposition = g_mime_object_get_content_disposition(part);
    return disposition != nullptr && g_ascii_strcasecmp(g_mime_content_disposition_get_disposition(
                                                            g_mime_object_get_content_disposition(part)),
                                                        GMIME_DISPOSITION_ATTACHMENT) == 0;
}

// What mail programs add themselves and no reader opens.
bool is_machinery(const std::string& type)
{
    static constexpr std::array<std::string_view, 11> types = {"application/pgp-signature",
                                                               "application/pkcs7-signature",
                                                               "application/x-pkcs7-signature",
                                                               "application/pgp-keys",
                                                               "application/ics",
                                                               "text/calendar",
                                                               "text/vcard",
                                                               "text/x-vcard",
                                                               "text/directory",
                                                               "message/delivery-status",
                                                               "text/rfc822-headers"};
    return std::find(types.begin(), types.end(), type) != types.end();
}

bool has_readable_ending(std::string_view name)
{
    const auto endings = readable_endings();
    const auto dot = name.rfind('.');
    return dot != std::string_view::npos &&
           std::find(endings.begin(), endings.end(), base::lowered(name.substr(dot + 1))) != endings.end();
}

// Whether an attached file should be read, if only to say why it cannot be.
bool may_be_contract(const std::string& name, const std::string& type, std::string_view bytes)
{
    switch (content_of(bytes)) {
    case Content::Pdf:
    case Content::Html:
    case Content::Mail:
    case Content::Image:
    case Content::Rtf:
        return true;
    case Content::Zip:
        return office_format_of(name, bytes).has_value() || has_readable_ending(name);
    case Content::Text:
        return type == "text/plain" || type == "text/markdown" || has_readable_ending(name);
    case Content::OldOffice:
        return has_readable_ending(name) || base::lowered(name).ends_with(".doc");
    case Content::Nothing:
    case Content::Binary:
        return has_readable_ending(name);
    }
    return false;
}

class Walk
{
public:
    explicit Walk(MailParts& mail) : m_mail(mail) {}

    // `text` is off for what a reader does not see as the mail's own words; `inside` is on for the pictures
    // and styles of a page.
    void part(GMimeObject* object, bool text, bool inside, int depth)
    {
        if (object == nullptr || depth > deepest)
            return;
        if (GMIME_IS_MULTIPART(object))
            multipart(GMIME_MULTIPART(object), text, inside, depth);
        else if (GMIME_IS_MESSAGE_PART(object))
            message(GMIME_MESSAGE_PART(object));
        else if (GMIME_IS_PART(object))
            leaf(GMIME_PART(object), text, inside);
        else
            m_mail.unread.emplace_back("a part of a longer e-mail");
    }

private:
    void multipart(GMimeMultipart* parts, bool text, bool inside, int depth)
    {
        if (GMIME_IS_MULTIPART_ENCRYPTED(parts)) {
            m_mail.encrypted = true;
            return;
        }
        const std::string type = type_of(GMIME_OBJECT(parts));
        const int count = g_mime_multipart_get_count(parts);
        const int chosen = type == "multipart/alternative" ? best_of(parts) : -1;
        for (int i = 0; i < count; ++i) {
            const bool own = text && (chosen < 0 || i == chosen);
            part(g_mime_multipart_get_part(parts, i), own, inside || (type == "multipart/related" && i > 0),
                 depth + 1);
        }
    }

    // The same words in several forms: plain ones first, then the last form, which is the richest.
    static int best_of(GMimeMultipart* parts)
    {
        const int count = g_mime_multipart_get_count(parts);
        int html = -1;
        for (int i = 0; i < count; ++i) {
            GMimeObject* object = g_mime_multipart_get_part(parts, i);
            const std::string type = type_of(object);
            if (type == "text/plain" && GMIME_IS_PART(object) &&
                !base::trimmed(content_of_part(GMIME_PART(object))).empty())
                return i;
            if (type == "text/html" || type.starts_with("multipart/"))
                html = i;
        }
        return html >= 0 ? html : 0;
    }

    void message(GMimeMessagePart* part)
    {
        GMimeMessage* inner = g_mime_message_part_get_message(part);
        if (inner == nullptr)
            return;
        std::string name = as_line(text_of(g_mime_message_get_subject(inner)));
        std::replace(name.begin(), name.end(), '/', ' ');
        name = base::shortened(name.empty() ? "Attached e-mail" : name, 120) + ".eml";
        add({std::move(name), owned(g_mime_object_to_string(GMIME_OBJECT(inner), nullptr))});
    }

    void leaf(GMimePart* leaf, bool text, bool inside)
    {
        GMimeObject* object = GMIME_OBJECT(leaf);
        const std::string type = type_of(object);
        std::string name = as_line(text_of(g_mime_part_get_filename(leaf)));
        name = name.substr(name.find_last_of("/\\") + 1); // npos + 1 is 0
        const bool attached = is_attached(object);
        if (is_machinery(type))
            return;
        if (type.starts_with("application/pkcs7-mime") || type.starts_with("application/x-pkcs7-mime")) {
            m_mail.encrypted = true;
            return;
        }
        const bool is_words = type == "text/plain" || type == "text/html" || type == "text/enriched";
        if (is_words && !attached && name.empty()) {
            if (text)
                words(leaf, type == "text/html");
            return;
        }
        std::string bytes = content_of_part(leaf);
        const bool picture = content_of(bytes) == Content::Image;
        // Logos and screenshots that stand in the text.
        if (inside && !attached && (picture || g_mime_object_get_content_id(object) != nullptr))
            return;
        if (picture && !attached && g_mime_object_get_content_id(object) != nullptr)
            return;
        if (name.empty())
            name = type == "text/html" ? "attachment.html" : "attachment";
        if (may_be_contract(name, type, bytes))
            add({std::move(name), std::move(bytes)});
        else
            m_mail.unread.push_back(std::move(name));
    }

    void words(GMimePart* part, bool html)
    {
        const std::string bytes = content_of_part(part);
        const char* charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
        std::string declared = text_of(charset);
        if (declared.empty() && html)
            declared = declared_charset(bytes);
        std::string text = decode(bytes, declared);
        if (!base::trimmed(text).empty())
            m_mail.body.push_back({html, std::move(text)});
    }

    void add(Attachment attachment)
    {
        if (m_mail.attachments.size() < most_attachments)
            m_mail.attachments.push_back(std::move(attachment));
        else
            m_mail.unread.push_back(std::move(attachment.name));
    }

    MailParts& m_mail;
};

void add_field(MailParts& mail, const char* name, const std::string& value)
{
    if (std::string line = as_line(value); !line.empty())
        mail.fields.emplace_back(name, std::move(line));
}

std::string addresses(InternetAddressList* list)
{
    return list == nullptr ? std::string() : owned(internet_address_list_to_string(list, nullptr, FALSE));
}

}

MailParts mail_parts(std::string_view bytes)
{
    static std::once_flag once;
    std::call_once(once, g_mime_init);
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    // Mail as Unix mailboxes keep it begins with a line of its own.
    if (bytes.starts_with("From "))
        bytes.remove_prefix(std::min(bytes.find('\n'), bytes.size() - 1) + 1);
    MailParts mail;
    const Held<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Held<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Held<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    if (!message)
        return mail;
    add_field(mail, "Subject", text_of(g_mime_message_get_subject(message.get())));
    add_field(mail, "From", addresses(g_mime_message_get_from(message.get())));
    add_field(mail, "To", addresses(g_mime_message_get_to(message.get())));
    add_field(mail, "Cc", addresses(g_mime_message_get_cc(message.get())));
    add_field(mail, "Date", text_of(g_mime_object_get_header(GMIME_OBJECT(message.get()), "Date")));
    Walk(mail).part(g_mime_message_get_mime_part(message.get()), true, false, 0);
    return mail;
}

}
