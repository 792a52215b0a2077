#include "core/document/officeparagraph.h"

#include <utility>

namespace leeway::document {
namespace {

std::string number_in(std::string_view label)
{
    while (label.ends_with('.') || label.ends_with(':') || label.ends_with(' '))
        label.remove_suffix(1);
    return std::string(label);
}

std::size_t page_starts_in(const std::vector<RawBlock>& cell)
{
    std::size_t count = 0;
    for (const RawBlock& block : cell)
        count += block.page_starts.size();
    return count;
}

}

void OfficeParagraph::add(std::string_view words, bool is_bold)
{
    const auto blanks = static_cast<std::size_t>(std::count_if(words.begin(), words.end(), is_blank));
    (is_bold ? bold : plain) += words.size() - blanks;
    text.add(words);
}

void OfficeParagraph::begin_comment(const std::string& id, std::string words)
{
    open_comments[id] = notices.size();
    notices.push_back(
        {Notice::Kind::Comment, 1, static_cast<std::uint32_t>(text.next()), 0, std::move(words)});
}

void OfficeParagraph::end_comment(const std::string& id)
{
    if (const auto open = open_comments.find(id); open != open_comments.end())
        notices[open->second].end = static_cast<std::uint32_t>(text.next());
}

void OfficeParagraph::begin_page()
{
    page_starts.push_back(static_cast<std::uint32_t>(text.next()));
}

std::optional<RawBlock> BlockBuilder::build(OfficeParagraph&& paragraph, const std::string& label,
                                            bool joined, bool in_cell)
{
    if (paragraph.text.empty() && (label.empty() || !in_cell)) {
        pass_over(std::move(paragraph));
        return std::nullopt;
    }
    RawBlock block;
    const std::string words = paragraph.text.take();
    if (label.empty()) {
        block.text = words;
    } else {
        TidyText whole;
        whole.add(label);
        whole.add(joined || words.empty() ? "" : " ");
        const std::size_t mark = whole.next();
        whole.add(words);
        block.text = whole.take();
        block.mark = std::min(mark, block.text.size());
        block.number = number_in(label);
    }
    const auto shift = static_cast<std::uint32_t>(block.mark);
    const auto size = static_cast<std::uint32_t>(block.text.size());
    block.page_starts.assign(std::exchange(m_page_starts, 0), 0);
    for (const std::uint32_t start : paragraph.page_starts)
        block.page_starts.push_back(start == 0 ? 0 : std::min(shift + start, size));
    block.notices = std::exchange(m_notices, {});
    for (Notice& notice : paragraph.notices) {
        notice.begin = std::min(shift + notice.begin, size);
        notice.end = notice.end == 0 ? size : std::clamp(shift + notice.end, notice.begin, size);
        block.notices.push_back(std::move(notice));
    }
    return block.text.empty() ? std::nullopt : std::optional(std::move(block));
}

void BlockBuilder::pass_over(OfficeParagraph&& paragraph)
{
    m_page_starts += static_cast<std::uint32_t>(paragraph.page_starts.size());
    for (Notice& notice : paragraph.notices) {
        notice.begin = notice.end = 0;
        m_notices.push_back(std::move(notice));
    }
}

void BlockBuilder::finish(RawBlock& last)
{
    for (Notice& notice : std::exchange(m_notices, {})) {
        notice.begin = notice.end = static_cast<std::uint32_t>(last.text.size());
        last.notices.push_back(std::move(notice));
    }
}

std::vector<RawBlock> office_row(std::vector<std::vector<RawBlock>> cells, bool has_tables)
{
    const auto most = std::max_element(cells.begin(), cells.end(), [](const auto& a, const auto& b) {
        return page_starts_in(a) < page_starts_in(b);
    });
    for (auto cell = cells.begin(); cell != cells.end(); ++cell) {
        for (RawBlock& block : *cell) {
            if (cell != most)
                block.page_starts.clear();
        }
    }
    if (!has_tables)
        return row_of(std::move(cells));
    std::vector<RawBlock> row;
    for (std::vector<RawBlock>& cell : cells)
        append_blocks(row, std::move(cell));
    return row;
}

bool reads_like_clause(std::string_view text)
{
    if (!ends_statement(text))
        return false;
    if (std::count(text.begin(), text.end(), ' ') >= 8)
        return true;
    static constexpr std::string_view verbs[] = {" shall ", " will ", " may ",  " must ",
                                                 " is ",    " are ",  " means "};
    return std::any_of(std::begin(verbs), std::end(verbs),
                       [&](std::string_view verb) { return text.find(verb) != std::string_view::npos; });
}

void append_blocks(std::vector<RawBlock>& to, std::vector<RawBlock> blocks)
{
    if (to.empty())
        to = std::move(blocks);
    else
        std::move(blocks.begin(), blocks.end(), std::back_inserter(to));
}

}
