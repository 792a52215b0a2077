#pragma once

#include "core/document/odtbody.h"
#include "core/document/odttags.h"

namespace leeway::document::odt {

/// Walks through content.xml or styles.xml element by element.
class Walker
{
public:
    Walker(XmlReader& xml, Story& story);
    base::Status read();

private:
    struct Open
    {
        Tag tag = Tag::Other;
        TextStyle before = {}; // the style of text around the element
    };
    struct Paragraph : OfficeParagraph
    {
        int outline = 0; // 0 is text
        bool title = false;
        bool counted = false; // its label has been taken: what follows a break has none
        std::optional<std::string> label;
        std::size_t depth = 0; // in lists
    };
    // What collects blocks: the story, a cell, a text box or a note.
    struct Box
    {
        std::vector<RawBlock> blocks = {};
        Paragraph paragraph = {};
        bool in_paragraph = false;
        std::vector<RawBlock> beside = {}; // text boxes that hang at the paragraph
        std::vector<RawBlock> notes = {};  // below it
        std::size_t lists = 0;             // lists that are open around the box
        TextStyle style = {};              // of the text around the box
    };
    struct Table
    {
        std::vector<std::vector<RawBlock>> cells = {};
        bool has_tables = false;
    };
    struct List
    {
        std::string style;
        std::string id; // of the outermost list
        std::optional<int> restart;
        bool item_begins = false; // the next paragraph carries the label
    };

    Box& box() { return m_boxes.back(); }
    Paragraph& paragraph() { return m_boxes.back().paragraph; }
    bool start(Tag tag);
    void end();
    void leaf(Tag tag);
    void words(QStringView text);
    void add(std::string_view text);
    void take_style(const TextStyle& style);
    void begin_paragraph(bool heading);
    void begin_list();
    std::optional<std::string> list_label();
    void flush();
    void give_kind(RawBlock& block, const Paragraph& shape);

    // Two breaks in a row end a paragraph; one is a blank.
    void line_break();

    // A region of text:tracked-changes, where deleted text is kept.
    void change();
    void comment();
    std::vector<RawBlock> close_box();
    void finish();

    XmlReader& m_xml;
    Story& m_story;
    BlockBuilder m_builder;
    std::vector<Open> m_open;
    std::vector<Box> m_boxes;
    std::vector<Table> m_tables;
    std::vector<List> m_lists;
    std::vector<RawBlock> m_notes; // that still have to be put
    std::unordered_map<std::string, ListCounter> m_counters;
    std::unordered_map<std::string, std::string> m_last_list; // of a style
    ListCounter m_headings;
    TextStyle m_style;
    std::size_t m_list_count = 0;
    std::size_t m_break_at = 0;
    int m_contents = 0; // tables of contents around
    bool m_hidden_before = false;
};

}
