#pragma once

#include "core/document/worker.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::document {

/// An e-mail taken apart. All text is UTF-8.
struct MailParts
{
    struct Text
    {
        bool html = false;
        std::string text;
    };

    std::vector<std::pair<std::string, std::string>>
        fields; // "Subject", "From", "To", "Cc", "Date"; with words
    std::vector<Text> body;
    std::vector<Attachment> attachments; // that may be contracts
    std::vector<std::string> unread;     // names of other attachments
    bool encrypted = false;
};

/// Linear in the size of `bytes`; whatever they are, there is an answer.
MailParts mail_parts(std::string_view bytes);

}
