#include "core/document/odt.h"

#include "core/document/odtbody.h"

namespace leeway::document::odt {

using base::ErrorCode;

bool is_text(Archive& archive)
{
    if (!archive.has("mimetype"))
        return false;
    const auto type = archive.read("mimetype");
    return type && type->starts_with("application/vnd.oasis.opendocument.text");
}

base::Status read(Document& document, Archive& archive)
{
    constexpr const char* manifest = "META-INF/manifest.xml";
    if (archive.has(manifest)) {
        const auto bytes = archive.read(manifest);
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (bytes->find("encryption-data") != std::string::npos)
            return base::fail(
                ErrorCode::NeedsPassword,
                "is protected by a password. Open it with the password, save it without one, and "
                "add that file.");
    }
    if (!archive.has("content.xml"))
        return base::fail(ErrorCode::Unreadable,
                          "is damaged: its text (the part “content.xml”) is missing. Get the file again from "
                          "where it came from.");
    Story story;
    for (const char* part : {"styles.xml", "content.xml"}) {
        if (!archive.has(part))
            continue;
        const auto bytes = archive.read(part);
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (auto done = read_content(*bytes, story); !done)
            return done;
    }
    const auto add_count = [&](Notice::Kind kind, std::uint32_t count) {
        if (count > 0)
            document.notices.push_back({kind, count, 0, 0, {}});
    };
    add_count(Notice::Kind::Inserted, story.inserted);
    add_count(Notice::Kind::Deleted, story.deleted);
    add_count(Notice::Kind::Hidden, story.hidden);
    assemble(document, std::move(story.blocks), !story.has_headings);
    return {};
}

}
