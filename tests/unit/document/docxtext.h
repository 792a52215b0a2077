#pragma once

#include "core/document/office.h"
#include "officefile.h"

#include <QtTest>

/// What tests of DOCX files write, and how they read it.
namespace office {

using Lines = QList<QByteArray>;
using leeway::document::Document;

inline Document read(const std::string& bytes)
{
    const auto format = leeway::document::office_format_of("x.docx", bytes);
    if (!format)
        qWarning("%s", format.error().message.c_str());
    auto document =
        format ? leeway::document::read_office(*format, "x.docx", bytes) : tl::unexpected(format.error());
    if (!document)
        qWarning("%s", document.error().message.c_str());
    return document ? *document : Document{};
}

// Articles, clauses, paragraphs and items as contracts number them.
inline const QByteArray legal = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") +
                                level(2, "lowerLetter", "(%3)") + level(3, "lowerRoman", "(%4)");

inline QByteArray heading_styles(const QByteArray& list_of_first = {}, const QByteArray& list_of_second = {})
{
    return "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name "
           "w:val=\"Normal\"/></w:style>"
           "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn "
           "w:val=\"Normal\"/><w:pPr>" +
           list_of_first +
           "<w:outlineLvl w:val=\"0\"/></w:pPr></w:style>"
           "<w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/><w:basedOn "
           "w:val=\"Normal\"/><w:pPr>" +
           list_of_second +
           "<w:outlineLvl w:val=\"1\"/></w:pPr></w:style>"
           "<w:style w:type=\"paragraph\" w:styleId=\"Clause\"><w:name w:val=\"Clause\"/><w:basedOn "
           "w:val=\"Heading2\"/></w:style>"
           "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style>"
           "<w:style w:type=\"paragraph\" w:styleId=\"TOC1\"><w:name w:val=\"toc 1\"/></w:style>"
           "<w:style w:type=\"character\" w:styleId=\"Secret\"><w:name w:val=\"Secret\"/><w:rPr><w:vanish/>"
           "</w:rPr></w:style>";
}

inline QByteArray styled(const char* style, const QByteArray& text, const QByteArray& more = {})
{
    return p(text, QByteArray("<w:pStyle w:val=\"") + style + "\"/>" + more);
}

inline QByteArray run(const QByteArray& text, const QByteArray& properties = {})
{
    return "<w:r>" + (properties.isEmpty() ? QByteArray() : "<w:rPr>" + properties + "</w:rPr>") +
           "<w:t xml:space=\"preserve\">" + text + "</w:t></w:r>";
}

inline QByteArray cell(const QByteArray& content, const QByteArray& properties = {})
{
    return "<w:tc>" + (properties.isEmpty() ? QByteArray() : "<w:tcPr>" + properties + "</w:tcPr>") +
           content + "</w:tc>";
}

inline QByteArray row(const QByteArray& cells, const QByteArray& properties = {})
{
    return "<w:tr>" + (properties.isEmpty() ? QByteArray() : "<w:trPr>" + properties + "</w:trPr>") + cells +
           "</w:tr>";
}

inline QByteArray field(const QByteArray& code, const QByteArray& result)
{
    return "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>" + code +
           "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" + run(result) +
           "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
}

}
