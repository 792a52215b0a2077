#pragma once

#include "core/document/xmlreader.h"

namespace leeway::document::docx {

/// What elements of a story mean for its text.
enum class Tag {
    Other, // of no account: its content counts as if it stood alone
    Skipped,
    Paragraph,
    ParagraphFormat,
    Run,
    RunFormat,
    Text,
    DeletedText,
    Inserted,
    Deleted,
    Tab,
    Hyphen,
    Break,
    Symbol,
    Field,
    CheckBox,
    PageBreak, // where a page began when the file was last printed
    Table,
    Row,
    RowFormat,
    Cell,
    CellFormat,
    TextBox,
    Choices, // one of several renderings of the same thing
    Choice,
    Fallback,
    Note,
    NoteReference,
    CommentStart,
    CommentEnd,
    Comment,
    Foreign // a document of another format
};

/// Of the element at which the reader stands.
Tag tag_of(const XmlReader& xml);

/// The letter of a w:sym; empty where it has no meaning as text.
std::string symbol(QStringView code, QStringView font);

}
