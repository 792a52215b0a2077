#include "core/document/docx.h"

#include "core/base/text.h"
#include "core/document/docxbody.h"
#include "core/document/rawblock.h"

#include <fmt/format.h>

namespace leeway::document::docx {
namespace {

std::string utf8(QStringView text)
{
    return text.toUtf8().toStdString();
}

// Relationships of a part: the last step of each type ("styles", "numbering") and the part it leads to.
base::Result<std::unordered_map<std::string, std::string>> relations(Archive& archive, std::string_view part)
{
    std::unordered_map<std::string, std::string> result;
    const std::string folder(part.substr(0, part.rfind('/') + 1)); // npos + 1 is 0
    const std::string name = fmt::format("{}_rels/{}.rels", folder, part.substr(folder.size()));
    if (!archive.has(name))
        return result;
    const auto bytes = archive.read(name);
    if (!bytes)
        return tl::unexpected(bytes.error());
    XmlReader xml(*bytes);
    if (!xml.next_child())
        return result;
    while (xml.next_child()) {
        const std::string type = utf8(xml.attribute(QLatin1String("Type")));
        if (xml.attribute(QLatin1String("TargetMode")) != QLatin1String("External"))
            result.emplace(type.substr(type.rfind('/') + 1),
                           part_name(part, utf8(xml.attribute(QLatin1String("Target")))));
        xml.skip();
    }
    if (auto status = xml.status(); !status)
        return tl::unexpected(status.error());
    return result;
}

bool is_text_type(std::string_view type)
{
    return type.ends_with("main+xml") &&
           (type.find("wordprocessingml") != std::string_view::npos ||
            type.find("ms-word.document.macroenabled") != std::string_view::npos ||
            type.find("ms-word.template.macroenabled") != std::string_view::npos);
}

// The type that the package states of a part, in lower case.
base::Result<std::string> type_of(Archive& archive, const std::string& part)
{
    const auto bytes = archive.read("[Content_Types].xml");
    if (!bytes)
        return tl::unexpected(bytes.error());
    const std::string path = "/" + base::lowered(part);
    const std::string ending = path.substr(path.rfind('.') + 1);
    std::string by_ending;
    XmlReader xml(*bytes);
    if (xml.next_child()) {
        while (xml.next_child()) {
            const std::string type = base::lowered(utf8(xml.attribute(QLatin1String("ContentType"))));
            if (xml.is(QLatin1String("Override")) &&
                base::lowered(utf8(xml.attribute(QLatin1String("PartName")))) == path)
                return type;
            if (xml.is(QLatin1String("Default")) &&
                base::lowered(utf8(xml.attribute(QLatin1String("Extension")))) == ending)
                by_ending = type;
            xml.skip();
        }
    }
    if (auto status = xml.status(); !status)
        return tl::unexpected(status.error());
    return by_ending;
}

// Runs `use` on the part that a relationship names, where there is one.
template<typename Use>
base::Status with_part(Archive& archive, const std::unordered_map<std::string, std::string>& parts,
                       const char* relation, const Use& use)
{
    const auto part = parts.find(relation);
    if (part == parts.end() || !archive.has(part->second))
        return {};
    const auto bytes = archive.read(part->second);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return use(*bytes);
}

void add_count(Document& document, Notice::Kind kind, std::uint32_t count)
{
    if (count > 0)
        document.notices.push_back({kind, count, 0, 0, {}});
}

}

base::Result<std::string> main_part(Archive& archive)
{
    if (!archive.has("[Content_Types].xml"))
        return std::string();
    const auto parts = relations(archive, {});
    if (!parts)
        return tl::unexpected(parts.error());
    const auto part = parts->find("officeDocument");
    if (part == parts->end()) {
        if (!archive.has("word/document.xml"))
            return std::string();
        return base::fail(base::ErrorCode::Unreadable,
                          "is damaged: it does not say where its text is. Open it in a word processor, save "
                          "it again, and add that file.");
    }
    const auto type = type_of(archive, part->second);
    if (!type)
        return tl::unexpected(type.error());
    return is_text_type(*type) ? part->second : std::string();
}

base::Status read(Document& document, Archive& archive)
{
    const auto main = main_part(archive);
    if (!main)
        return tl::unexpected(main.error());
    if (!archive.has(*main))
        return base::fail(base::ErrorCode::Unreadable,
                          fmt::format("is damaged: its text (the part “{}”) is missing. Get the file again "
                                      "from where it came from.",
                                      *main));
    const auto parts = relations(archive, *main);
    if (!parts)
        return tl::unexpected(parts.error());
    Styles styles;
    Numbering numbering;
    Story story{styles, numbering, {}};
    const auto comments = [&](const std::string& bytes) -> base::Status {
        auto read = read_comments(bytes);
        if (!read)
            return tl::unexpected(read.error());
        story.comments = std::move(*read);
        return {};
    };
    base::Status status =
        with_part(archive, *parts, "styles", [&](const std::string& bytes) { return styles.read(bytes); });
    if (status)
        status = with_part(archive, *parts, "numbering",
                           [&](const std::string& bytes) { return numbering.read(bytes, styles); });
    if (status)
        status = with_part(archive, *parts, "comments", comments);
    if (status)
        status = with_part(archive, *parts, "footnotes",
                           [&](const std::string& bytes) { return read_notes(bytes, story, 'f'); });
    if (status)
        status = with_part(archive, *parts, "endnotes",
                           [&](const std::string& bytes) { return read_notes(bytes, story, 'e'); });
    if (!status)
        return status;
    const auto text = archive.read(*main);
    if (!text)
        return tl::unexpected(text.error());
    if (status = read_body(*text, story); !status)
        return status;
    add_count(document, Notice::Kind::Inserted, story.inserted);
    add_count(document, Notice::Kind::Deleted, story.deleted);
    add_count(document, Notice::Kind::Hidden, story.hidden);
    if (story.unread > 0)
        document.notices.push_back(
            {Notice::Kind::Unread, story.unread, 0, 0, "a document of another format inside the file"});
    assemble(document, std::move(story.blocks), !story.has_headings);
    return {};
}

}
