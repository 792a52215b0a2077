#include "core/document/mail.h"
#include "core/document/readers.h"
#include "promises.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace leeway::document;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (auto document = read_mail("mail.eml", bytes))
        check_promises(std::move(*document));
    if (const auto attachments = attachments_of("mail.eml", bytes)) {
        demand(attachments->size() <= most_attachments);
        for (const Attachment& attachment : *attachments)
            demand(!attachment.name.empty() && attachment.name.find('/') == std::string::npos);
    }
    return 0;
}
