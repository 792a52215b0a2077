#pragma once

#include "core/document/xmlreader.h"

namespace leeway::document::odt {

/// What elements mean for the text.
enum class Tag {
    Other, // of no account: its content counts as if it stood alone
    Skipped,
    Styles,
    Paragraph,
    Heading,
    Span,
    Space,
    Break,
    PageBreak, // where a page began when the file was last printed
    List,
    ListItem,
    Section,
    Hidden, // text that a condition may hide
    Contents,
    Change, // one region of text:tracked-changes
    Table,
    Row,
    Cell,
    TextBox,
    Note,
    Comment,
    CommentEnd
};

/// Of the element at which the reader stands.
Tag tag_of(const XmlReader& xml);

/// Author, date and the like of a comment.
bool is_comment_detail(const XmlReader& xml);

}
