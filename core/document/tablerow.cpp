#include "core/document/label.h"
#include "core/document/rawblock.h"

#include <utility>

namespace leeway::document {
namespace {

bool is_mark(const std::string& text)
{
    const auto label = parse_label(text + " X");
    return label && label->size == text.size() + 1;
}

void append(RawBlock& to, RawBlock&& part, std::string_view separator)
{
    to.text += separator;
    const auto shift = static_cast<std::uint32_t>(to.text.size());
    to.text += part.text;
    for (Word& word : part.words) {
        word.begin += shift;
        word.end += shift;
        to.words.push_back(word);
    }
    for (Notice& notice : part.notices) {
        notice.begin += shift;
        notice.end += shift;
        to.notices.push_back(std::move(notice));
    }
    for (const std::uint32_t start : part.page_starts)
        to.page_starts.push_back(shift + start);
}

}

std::vector<RawBlock> row_of(std::vector<std::vector<RawBlock>> cells)
{
    std::erase_if(cells, [](const std::vector<RawBlock>& cell) { return cell.empty(); });
    if (cells.empty())
        return {};
    if (cells.size() == 1)
        return std::move(cells[0]);
    if (cells.size() == 2 && cells[0].size() == 1 && cells[1].size() == 1 && is_mark(cells[0][0].text)) {
        RawBlock& mark = cells[0][0];
        RawBlock clause = std::move(cells[1][0]);
        RawBlock text = std::exchange(clause, {});
        clause.kind = text.kind;
        clause.level = text.level;
        clause.emphasised = text.emphasised;
        clause.number = text.mark > 0 || !text.number.empty() ? text.number : mark.number;
        append(clause, std::move(mark), {});
        append(clause, std::move(text), " ");
        return {std::move(clause)};
    }
    RawBlock row;
    row.kind = RawBlock::Kind::Row;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        for (std::size_t b = 0; b < cells[c].size(); ++b)
            append(row, std::move(cells[c][b]), c > 0 && b == 0 ? "\t" : b > 0 ? " " : "");
    }
    return {std::move(row)};
}

}
