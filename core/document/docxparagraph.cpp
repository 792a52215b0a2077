#include "core/document/docxparagraph.h"

namespace leeway::document::docx {
namespace {

constexpr std::size_t deepest_list = 16;
constexpr int text_outline = 9;

}

std::optional<ListLabel> BlockMaker::label_of(const Paragraph& paragraph, const ParagraphStyle& style)
{
    if (paragraph.goes_on)
        return std::nullopt;
    const std::optional<int> own = paragraph.format.list;
    const int list = own.value_or(style.format.list.value_or(0));
    if (list <= 0)
        return std::nullopt;
    int level = paragraph.format.list_level.value_or(0);
    if (!paragraph.format.list_level && !own)
        level = m_story.numbering.level_of(list, style.line).value_or(style.format.list_level.value_or(0));
    return m_story.numbering.next(list, level);
}

int BlockMaker::depth_of(const ListLabel& label, int left)
{
    std::size_t same =
        m_lists.size(); // the innermost list of the same kind that is not below the label's level
    std::size_t first = m_lists.size();
    for (std::size_t i = 0; i < m_lists.size(); ++i) {
        if (m_lists[i].list != label.list)
            continue;
        first = std::min(first, i);
        if (m_lists[i].level <= label.level)
            same = i;
    }
    if (same < m_lists.size()) {
        m_lists.resize(same + 1);
        if (m_lists.back().level == label.level)
            return static_cast<int>(m_lists.size());
    } else if (first < m_lists.size()) {
        m_lists.resize(first);
    } else {
        while (!m_lists.empty() && m_lists.back().left >= left)
            m_lists.pop_back();
    }
    if (m_lists.size() >= deepest_list)
        m_lists.pop_back();
    m_lists.push_back({label.list, label.level, left});
    return static_cast<int>(m_lists.size());
}

std::optional<RawBlock> BlockMaker::block(Paragraph&& paragraph, bool in_cell)
{
    const ParagraphStyle& style = m_story.styles.paragraph(paragraph.format.style);
    const std::optional<ListLabel> label = label_of(paragraph, style);
    const int outline = paragraph.goes_on
                            ? text_outline
                            : paragraph.format.outline.value_or(style.format.outline.value_or(text_outline));
    const bool title = style.name == "title" && !paragraph.goes_on;
    const bool run_in = paragraph.run_in;
    const bool emphasised = paragraph.emphasised();
    const std::optional<int> own_left = paragraph.format.left;
    auto built = m_builder.build(std::move(paragraph), label ? label->text : std::string(),
                                 label && label->joined, in_cell);
    if (!built)
        return built;
    RawBlock& block = *built;
    const std::string_view words = std::string_view(block.text).substr(block.mark);
    const bool heading = outline >= 0 && outline < text_outline && !reads_like_clause(words);
    if (style.name.starts_with("toc ") && style.name.size() == 5) {
        block.kind = RawBlock::Kind::Row;
        block.mark = 0;
        block.number.clear();
    } else if ((heading || title) && !run_in && !words.empty()) {
        block.kind = RawBlock::Kind::Heading;
        block.level = heading ? outline + 1 : 1;
        m_story.has_headings = m_story.has_headings || heading;
        if (!label)
            m_lists.clear();
    }
    if (label && (!label->text.empty() || label->bullet)) {
        const int left = own_left.value_or(label->left.value_or(style.format.left.value_or(0)));
        const int depth = depth_of(*label, left);
        if (block.kind == RawBlock::Kind::Unknown) {
            block.kind = RawBlock::Kind::Item;
            block.level = depth;
        }
    }
    block.emphasised = block.kind == RawBlock::Kind::Unknown && emphasised;
    return built;
}

}
