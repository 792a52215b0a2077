#pragma once

#include "core/document/document.h"

#include <QByteArray>
#include <QList>
#include <memory>
#include <zip.h>

/// Builds word processors' files from their XML.
namespace office {

struct Part
{
    QByteArray name;
    QByteArray content;
};

/// A ZIP file of these parts; with a password, they are encrypted.
inline std::string zipped(const QList<Part>& parts, const char* password = nullptr)
{
    zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_source_keep(source);
    zip_t* zip = zip_open_from_source(source, ZIP_TRUNCATE, nullptr);
    if (zip == nullptr)
        qFatal("no ZIP file can be made");
    for (const Part& part : parts) {
        zip_source_t* content = zip_source_buffer(zip, part.content.constData(),
                                                  static_cast<zip_uint64_t>(part.content.size()), 0);
        const zip_int64_t index = zip_file_add(zip, part.name.constData(), content, 0);
        if (index < 0)
            qFatal("%s: %s", part.name.constData(), zip_strerror(zip));
        if (password != nullptr)
            zip_file_set_encryption(zip, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
    }
    if (zip_close(zip) != 0)
        qFatal("%s", zip_strerror(zip));
    zip_source_open(source);
    zip_stat_t stat;
    zip_source_stat(source, &stat);
    std::string bytes(stat.size, '\0');
    zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    zip_source_free(source);
    return bytes;
}

inline QByteArray word_part(const char* root, const QByteArray& content)
{
    return QByteArray("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:") + root +
           " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
           " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
           " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
           " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""
           " xmlns:v=\"urn:schemas-microsoft-com:vml\""
           " xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\">" +
           content + "</w:" + root + ">";
}

inline Part content_types(const QByteArray& type)
{
    return {"[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
            "Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" "
            "ContentType=\"" +
                type + "\"/></Types>"};
}

inline Part relations(const QByteArray& of, const QList<Part>& targets)
{
    QByteArray list;
    for (const Part& target : targets)
        list += "<Relationship Id=\"r" + QByteArray::number(list.size()) +
                "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" +
                target.name + "\" Target=\"" + target.content + "\"/>";
    return {of, "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
                    list + "</Relationships>"};
}

inline const char* const docx_type =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// The parts of a DOCX file around the content of w:body; `more` are "styles", "numbering", "comments",
/// "footnotes" and "endnotes" with the content of their roots.
inline QList<Part> docx_parts(const QByteArray& body, const QList<Part>& more = {})
{
    QList<Part> targets;
    QList<Part> parts{content_types(docx_type),
                      relations("_rels/.rels", {{"officeDocument", "word/document.xml"}}),
                      {"word/document.xml", word_part("document", "<w:body>" + body + "</w:body>")}};
    for (const Part& part : more) {
        targets << Part{part.name, part.name + ".xml"};
        parts << Part{"word/" + part.name + ".xml", word_part(part.name.constData(), part.content)};
    }
    parts << relations("word/_rels/document.xml.rels", targets);
    return parts;
}

inline std::string docx(const QByteArray& body, const QList<Part>& more = {})
{
    return zipped(docx_parts(body, more));
}

inline QByteArray odt_root(const char* root, const QByteArray& content)
{
    return QByteArray("<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:") + root +
           " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
           " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
           " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""
           " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
           " xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\""
           " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""
           " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">" +
           content + "</office:" + root + ">";
}

inline std::string odt(const QByteArray& text, const QByteArray& automatic_styles = {},
                       const QByteArray& styles = {})
{
    return zipped(
        {{"mimetype", "application/vnd.oasis.opendocument.text"},
         {"content.xml", odt_root("document-content", "<office:automatic-styles>" + automatic_styles +
                                                          "</office:automatic-styles><office:body>"
                                                          "<office:text>" +
                                                          text + "</office:text></office:body>")},
         {"styles.xml", odt_root("document-styles", "<office:styles>" + styles +
                                                        "</office:styles>"
                                                        "<office:master-styles><style:"
                                                        "master-page><style:header><text:p>"
                                                        "A header</text:p></style:header>"
                                                        "</style:master-page>"
                                                        "</office:master-styles>")}});
}

/// Kind, level and number of each block, and its text: "H1 2 | 2. Term".
inline QList<QByteArray> outline(const leeway::document::Document& document)
{
    static const char kinds[] = {'H', 'P', 'L', 'R'};
    QList<QByteArray> lines;
    for (const auto& block : document.blocks) {
        const auto text = document.slice(block.begin, block.end);
        lines << QByteArray(1, kinds[static_cast<int>(block.kind)]) + QByteArray::number(block.level) + ' ' +
                     QByteArray::fromStdString(block.number) + (block.number.empty() ? "| " : " | ") +
                     QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    }
    return lines;
}

/// A paragraph of plain text with these properties.
inline QByteArray p(const QByteArray& text, const QByteArray& properties = {})
{
    return "<w:p>" + (properties.isEmpty() ? QByteArray() : "<w:pPr>" + properties + "</w:pPr>") +
           "<w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
}

/// … in a list.
inline QByteArray item(const QByteArray& text, int list, int level)
{
    return p(text, "<w:numPr><w:ilvl w:val=\"" + QByteArray::number(level) + "\"/><w:numId w:val=\"" +
                       QByteArray::number(list) + "\"/></w:numPr>");
}

/// One level of a list.
inline QByteArray level(int number, const QByteArray& format, const QByteArray& text,
                        const QByteArray& more = {})
{
    return "<w:lvl w:ilvl=\"" + QByteArray::number(number) + "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" +
           format + "\"/>" + more + "<w:lvlText w:val=\"" + text + "\"/></w:lvl>";
}

inline QByteArray abstract(int id, const QByteArray& levels)
{
    return "<w:abstractNum w:abstractNumId=\"" + QByteArray::number(id) + "\">" + levels + "</w:abstractNum>";
}

inline QByteArray list(int id, int abstract, const QByteArray& overrides = {})
{
    return "<w:num w:numId=\"" + QByteArray::number(id) + "\"><w:abstractNumId w:val=\"" +
           QByteArray::number(abstract) + "\"/>" + overrides + "</w:num>";
}

}
