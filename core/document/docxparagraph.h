#pragma once

#include "core/document/docxbody.h"
#include "core/document/officeparagraph.h"

namespace leeway::document::docx {

struct Paragraph : OfficeParagraph
{
    ParagraphFormat format;
    bool broken = false;  // a line break was the last thing
    bool run_in = false;  // begins with the paragraph before, whose end is hidden
    bool goes_on = false; // what stands above a line break went before: no label
};

/// Makes blocks of paragraphs: labels, headings, depth in lists.
class BlockMaker
{
public:
    explicit BlockMaker(Story& story) : m_story(story) {}

    /// As BlockBuilder::build.
    std::optional<RawBlock> block(Paragraph&& paragraph, bool in_cell);
    BlockBuilder& builder() { return m_builder; }

private:
    struct OpenList
    {
        int list;
        int level;
        int left;
    };
    std::optional<ListLabel> label_of(const Paragraph& paragraph, const ParagraphStyle& style);
    int depth_of(const ListLabel& label, int left);

    Story& m_story;
    BlockBuilder m_builder;
    std::vector<OpenList> m_lists;
};

}
