#pragma once

#include "core/base/result.h"
#include "core/document/xmlreader.h"

#include <optional>
#include <string>
#include <unordered_map>

namespace leeway::document::docx {

/// What a w:rPr says of characters; unset where it says nothing.
struct RunFormat
{
    std::optional<bool> bold;
    std::optional<bool> hidden;
    std::optional<bool> capitals;
    std::string style;

    /// Takes over what `below` says and this does not.
    void inherit(const RunFormat& below);
};

/// What a w:pPr says of a paragraph.
struct ParagraphFormat
{
    std::string style;
    std::optional<int> outline; // 0 is the highest heading, 9 is text
    std::optional<int> list;    // w:numId; 0 takes the paragraph out of the lists of its style
    std::optional<int> list_level;
    std::optional<int> left; // indent in twentieths of a point
    bool mark_deleted = false;
    bool mark_hidden = false;
};

/// A paragraph style with what it inherits.
struct ParagraphStyle
{
    std::string name; // lower case: "heading 1", "toc 2"
    ParagraphFormat format;
    std::vector<std::string>
        line; // the style's id and those it is based on, up to the one that sets the list
    RunFormat run;
};

/// The current element is the w:pPr or w:rPr; afterwards the reader stands behind it.
ParagraphFormat read_paragraph_format(XmlReader& xml);
RunFormat read_run_format(XmlReader& xml);
/// Whether the current element (w:b, w:vanish …) switches on.
bool is_on(const XmlReader& xml);

/// word/styles.xml
class Styles
{
public:
    base::Status read(const std::string& xml);

    /// Of the style with this id; of the default style for an empty or unknown id.
    const ParagraphStyle& paragraph(const std::string& id) const;
    RunFormat run(const std::string& id) const;
    /// The w:numId that a numbering style stands for.
    [[nodiscard]] std::optional<int> list_of(const std::string& id) const;

private:
    struct Style
    {
        std::string name;
        std::string based_on;
        ParagraphFormat format;
        RunFormat run;
    };
    void read_style(XmlReader& xml);
    [[nodiscard]] ParagraphStyle resolved(const std::string& id) const;

    std::unordered_map<std::string, Style> m_styles;
    std::string m_default;
    RunFormat m_default_run;
    mutable std::unordered_map<std::string, ParagraphStyle> m_resolved;
};

}
