#include "core/document/docxtags.h"

#include <QHash>

namespace leeway::document::docx {
namespace {

Tag word_tag(QStringView name)
{
    static const QHash<QStringView, Tag> tags{{u"p", Tag::Paragraph},
                                              {u"pPr", Tag::ParagraphFormat},
                                              {u"r", Tag::Run},
                                              {u"rPr", Tag::RunFormat},
                                              {u"t", Tag::Text},
                                              {u"delText", Tag::DeletedText},
                                              {u"ins", Tag::Inserted},
                                              {u"moveTo", Tag::Inserted},
                                              {u"del", Tag::Deleted},
                                              {u"moveFrom", Tag::Deleted},
                                              {u"tab", Tag::Tab},
                                              {u"ptab", Tag::Tab},
                                              {u"noBreakHyphen", Tag::Hyphen},
                                              {u"br", Tag::Break},
                                              {u"cr", Tag::Break},
                                              {u"sym", Tag::Symbol},
                                              {u"fldChar", Tag::Field},
                                              {u"checkBox", Tag::CheckBox},
                                              {u"lastRenderedPageBreak", Tag::PageBreak},
                                              {u"tbl", Tag::Table},
                                              {u"tr", Tag::Row},
                                              {u"trPr", Tag::RowFormat},
                                              {u"tc", Tag::Cell},
                                              {u"tcPr", Tag::CellFormat},
                                              {u"txbxContent", Tag::TextBox},
                                              {u"footnote", Tag::Note},
                                              {u"endnote", Tag::Note},
                                              {u"footnoteReference", Tag::NoteReference},
                                              {u"endnoteReference", Tag::NoteReference},
                                              {u"commentRangeStart", Tag::CommentStart},
                                              {u"commentRangeEnd", Tag::CommentEnd},
                                              {u"commentReference", Tag::Comment},
                                              {u"altChunk", Tag::Foreign},
                                              {u"instrText", Tag::Skipped},
                                              {u"delInstrText", Tag::Skipped},
                                              {u"sdtPr", Tag::Skipped},
                                              {u"sdtEndPr", Tag::Skipped},
                                              {u"sectPr", Tag::Skipped},
                                              {u"tblPr", Tag::Skipped},
                                              {u"tblPrEx", Tag::Skipped},
                                              {u"tblGrid", Tag::Skipped},
                                              {u"customXmlPr", Tag::Skipped},
                                              {u"smartTagPr", Tag::Skipped},
                                              {u"rt", Tag::Skipped},
                                              {u"background", Tag::Skipped}};
    return tags.value(name, Tag::Other);
}

}

Tag tag_of(const XmlReader& xml)
{
    const QStringView space = xml.space();
    if (space.endsWith(u"/main") && space.contains(u"wordprocessingml"))
        return word_tag(xml.name());
    if (space.contains(u"markup-compatibility")) {
        if (xml.is(QLatin1String("AlternateContent")))
            return Tag::Choices;
        if (xml.is(QLatin1String("Choice")))
            return Tag::Choice;
        if (xml.is(QLatin1String("Fallback")))
            return Tag::Fallback;
    }
    if (xml.is(QLatin1String("t")) && (space.contains(u"/math") || space.contains(u"drawingml")))
        return Tag::Text;
    return Tag::Other;
}

std::string symbol(QStringView code, QStringView font)
{
    bool ok = false;
    const ushort letter = code.toUShort(&ok, 16);
    if (!ok || letter == 0)
        return {};
    if (letter < 0xF000) {
        const QChar plain(letter);
        return plain.isSurrogate() || !plain.isPrint() ? std::string() : QString(plain).toStdString();
    }
    // Fonts of signs have their letters in the private area.
    static const QHash<ushort, const char*> wingdings{
        {0xF06F, "☐"}, {0xF071, "☐"}, {0xF0A8, "☐"}, {0xF0FE, "☒"}, {0xF0FD, "☒"}, {0xF0FB, "✗"},
        {0xF0FC, "✓"}, {0xF0A7, "▪"}, {0xF0D8, "➢"}, {0xF0E0, "→"}, {0xF04A, "☺"}};
    static const QHash<ushort, const char*> symbols{
        {0xF0B7, "•"}, {0xF0A9, "©"}, {0xF0D3, "©"}, {0xF0D2, "®"}, {0xF0E2, "®"}, {0xF0D4, "™"},
        {0xF0E4, "™"}, {0xF0B0, "°"}, {0xF0B1, "±"}, {0xF0A3, "≤"}, {0xF0B3, "≥"}, {0xF0B4, "×"},
        {0xF02D, "-"}, {0xF0A2, "′"}, {0xF0B2, "″"}, {0xF0AE, "→"}, {0xF0A7, "♣"}, {0xF06D, "µ"}};
    const bool is_symbol = font.contains(QLatin1String("symbol"), Qt::CaseInsensitive);
    return (is_symbol ? symbols : wingdings).value(letter, "");
}

}
