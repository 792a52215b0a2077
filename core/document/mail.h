#pragma once

#include "core/base/result.h"
#include "core/document/document.h"
#include "core/document/worker.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::document {

/// Reads an e-mail (RFC 5322 with MIME): subject, sender, recipients and date, then its own words, plain ones
/// before HTML. Attachments that attachments_of() leaves out are noted as unread. Errors: Empty without
/// words; Unreadable when it is encrypted or no e-mail.
base::Result<Document> read_mail(std::string_view name, std::string_view bytes);

/// The files in an e-mail that may be contracts, in its order: attached documents, pictures and e-mails, at
/// most `most_attachments`, but no signatures, cards, dates or pictures within the text.
base::Result<std::vector<Attachment>> attachments_of(std::string_view name, std::string_view bytes);

inline constexpr std::size_t most_attachments = 200;

}
