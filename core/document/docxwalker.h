#pragma once

#include "core/document/docxparagraph.h"
#include "core/document/docxtags.h"

namespace leeway::document::docx {

/// Walks through a story element by element.
class Walker
{
public:
    /// `notes` is the kind of notes that are read, 0 in the text itself.
    Walker(XmlReader& xml, Story& story, char notes);
    base::Status read();

private:
    struct Open
    {
        Tag tag = Tag::Other;
        std::string note = {}; // the note that ends with the element
        bool chosen = false;   // of AlternateContent: a choice was read
        bool has_text = false; // of tracked changes
    };
    // What collects blocks: the story, a cell, a text box or a note.
    struct Box
    {
        std::vector<RawBlock> blocks = {};
        Paragraph paragraph = {};
        bool in_paragraph = false;
        bool carried = false; // the paragraph's end is hidden or deleted: the next one goes on with it
        std::vector<RawBlock> beside = {}; // text boxes that hang at the paragraph
    };
    struct Table
    {
        std::vector<std::vector<RawBlock>> cells = {};
        bool row_deleted = false;
        bool cell_covered = false; // by the cell above
        bool has_tables = false;   // in a cell of the row
    };

    Box& box() { return m_boxes.back(); }
    Paragraph& paragraph() { return m_boxes.back().paragraph; }

    [[nodiscard]] bool visible() const { return m_deleted == 0 && m_codes == 0 && m_covered == 0; }

    // False where the whole element is to be passed over. Elements that are read here to their end give true
    // without being opened.
    bool start(Tag tag);
    void end();

    // What stands between the text and its notes is a note in the file.
    bool is_separator() const;

    // Elements without content of their own.
    void leaf(Tag tag);
    void words(QStringView text);
    void add(std::string_view text);

    // Text was found: the tracked change around it is one of text, not of format.
    void mark_change();
    void begin_paragraph();
    void paragraph_format();
    void run_format();
    void end_paragraph();
    void flush();

    // Notes stand behind the paragraph, or the list, that they are of.
    void put_notes();
    std::vector<RawBlock> close_box();
    void row_format();
    void cell_format();
    void end_cell();
    void end_row();

    // Two breaks in a row end a paragraph; one is a blank. Breaks of pages and columns end it, too.
    void line_break();
    void check_box();
    void field(QStringView type);
    void begin_comment(const std::string& id);
    void finish();

    XmlReader& m_xml;
    Story& m_story;
    BlockMaker m_maker;
    char m_notes; // the kind of notes that are read, 0 in the text itself
    std::vector<Open> m_open;
    std::vector<Box> m_boxes;
    std::vector<Table> m_tables;
    std::vector<bool> m_fields; // open ones, outermost first: whether the result has begun
    int m_codes = 0;            // of these, how many have not come to it
    std::vector<std::string> m_check_boxes;
    std::vector<std::string> m_due; // notes that still have to be put
    RunFormat m_run;
    int m_deleted = 0; // deletions around
    int m_covered = 0; // cells around that merge with the cell above
    bool m_hidden_before = false;
};

}
