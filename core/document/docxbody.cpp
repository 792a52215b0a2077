#include "core/document/docxbody.h"

#include "core/base/text.h"
#include "core/document/docxwalker.h"

namespace leeway::document::docx {
namespace {

constexpr QLatin1String id_name("id");

std::string utf8(QStringView text)
{
    return text.toUtf8().toStdString();
}

}

base::Status read_body(const std::string& bytes, Story& story)
{
    XmlReader xml(bytes);
    return Walker(xml, story, 0).read();
}

base::Status read_notes(const std::string& bytes, Story& story, char kind)
{
    const Numbering before = story.numbering; // notes count apart
    XmlReader xml(bytes);
    base::Status status = Walker(xml, story, kind).read();
    story.numbering = before;
    return status;
}

base::Result<std::map<std::string, std::string>> read_comments(const std::string& bytes)
{
    constexpr std::size_t longest = 4000;
    std::map<std::string, std::string> comments;
    XmlReader xml(bytes);
    std::string id;
    TidyText words;
    bool in_text = false;
    for (XmlReader::Token token = xml.next(); token != XmlReader::Token::Done; token = xml.next()) {
        if (token == XmlReader::Token::Text) {
            if (in_text)
                words.add(utf8(xml.text()));
            continue;
        }
        const Tag tag = tag_of(xml);
        const bool starts = token == XmlReader::Token::Start;
        in_text = starts && tag == Tag::Text;
        if (tag == Tag::Paragraph || tag == Tag::Tab || tag == Tag::Break)
            words.add(" ");
        if (!xml.is(QLatin1String("comment")))
            continue;
        if (starts)
            id = utf8(xml.attribute(id_name));
        else
            comments[id] = base::shortened(words.take(), longest);
    }
    if (auto status = xml.status(); !status)
        return tl::unexpected(status.error());
    return comments;
}

}
