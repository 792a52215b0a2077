#include "core/document/odttags.h"

#include <QHash>

namespace leeway::document::odt {
namespace {

const QHash<QStringView, Tag>& text_tags()
{
    static const QHash<QStringView, Tag> tags{{u"p", Tag::Paragraph},
                                              {u"h", Tag::Heading},
                                              {u"span", Tag::Span},
                                              {u"s", Tag::Space},
                                              {u"tab", Tag::Space},
                                              {u"line-break", Tag::Break},
                                              {u"soft-page-break", Tag::PageBreak},
                                              {u"list", Tag::List},
                                              {u"list-item", Tag::ListItem},
                                              {u"section", Tag::Section},
                                              {u"hidden-paragraph", Tag::Hidden},
                                              {u"hidden-text", Tag::Hidden},
                                              {u"table-of-content", Tag::Contents},
                                              {u"alphabetical-index", Tag::Contents},
                                              {u"changed-region", Tag::Change},
                                              {u"note-body", Tag::Note},
                                              {u"note-citation", Tag::Skipped},
                                              {u"ruby-text", Tag::Skipped},
                                              {u"script", Tag::Skipped},
                                              {u"table-of-content-source", Tag::Skipped},
                                              {u"alphabetical-index-source", Tag::Skipped}};
    return tags;
}

}

Tag tag_of(const XmlReader& xml)
{
    const QStringView space = xml.space();
    if (!space.startsWith(u"urn:oasis:names:tc:opendocument:xmlns:"))
        return xml.is(QLatin1String("math")) ? Tag::Skipped : Tag::Other;
    if (space.contains(u":text:"))
        return text_tags().value(xml.name(), Tag::Other);
    if (space.contains(u":office:")) {
        if (xml.is(QLatin1String("styles")) || xml.is(QLatin1String("automatic-styles")))
            return Tag::Styles;
        if (xml.is(QLatin1String("master-styles")) || xml.is(QLatin1String("scripts")) ||
            xml.is(QLatin1String("forms")) || xml.is(QLatin1String("font-face-decls")) ||
            xml.is(QLatin1String("binary-data")))
            return Tag::Skipped; // the first holds headers and footers
        if (xml.is(QLatin1String("annotation")))
            return Tag::Comment;
        if (xml.is(QLatin1String("annotation-end")))
            return Tag::CommentEnd;
        return Tag::Other;
    }
    if (space.contains(u":table:")) {
        if (xml.is(QLatin1String("table")))
            return Tag::Table;
        if (xml.is(QLatin1String("table-row")))
            return Tag::Row;
        if (xml.is(QLatin1String("table-cell")))
            return Tag::Cell;
        return xml.is(QLatin1String("covered-table-cell")) ? Tag::Skipped : Tag::Other;
    }
    if (space.contains(u":drawing:") && xml.is(QLatin1String("text-box")))
        return Tag::TextBox;
    if (space.contains(u":svg-compatible:") &&
        (xml.is(QLatin1String("title")) || xml.is(QLatin1String("desc"))))
        return Tag::Skipped;
    return Tag::Other;
}

bool is_comment_detail(const XmlReader& xml)
{
    return xml.is(QLatin1String("creator")) || xml.is(QLatin1String("date")) ||
           xml.is(QLatin1String("date-string")) || xml.is(QLatin1String("creator-initials")) ||
           xml.is(QLatin1String("sender-initials"));
}

}
