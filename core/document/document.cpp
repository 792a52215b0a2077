#include "core/document/document.h"

#include <algorithm>

namespace leeway::document {
namespace {

template<typename T>
std::size_t first_ending_after(const std::vector<T>& items, std::uint32_t offset)
{
    const auto at =
        std::partition_point(items.begin(), items.end(), [&](const T& i) { return i.end <= offset; });
    return static_cast<std::size_t>(at - items.begin());
}

bool meet(const Rect& a, const Rect& b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

Rect united(const Rect& a, const Rect& b)
{
    const float x = std::min(a.x, b.x);
    const float y = std::min(a.y, b.y);
    return {x, y, std::max(a.x + a.width, b.x + b.width) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

// Whether `next` continues the line that `line` covers: overlapping in height and further right.
bool same_line(const Rect& line, const Rect& next)
{
    const float overlap = std::min(line.y + line.height, next.y + next.height) - std::max(line.y, next.y);
    return overlap > 0.5F * std::min(line.height, next.height) && next.x >= line.x &&
           next.x + next.width > line.x + line.width - 1.0F;
}

}

std::vector<PageRect> rectangles(const Document& document, std::uint32_t begin, std::uint32_t end)
{
    std::vector<PageRect> result;
    for (std::size_t i = first_ending_after(document.words, begin); i < document.words.size(); ++i) {
        const Word& word = document.words[i];
        if (word.begin >= end)
            break;
        if (!result.empty() && result.back().page == word.page && same_line(result.back().box, word.box))
            result.back().box = united(result.back().box, word.box);
        else
            result.push_back({word.page, word.box});
    }
    return result;
}

int page_at(const Document& document, std::uint32_t offset)
{
    if (document.pages.empty()) {
        const auto& starts = document.page_starts;
        if (starts.empty())
            return 0;
        return static_cast<int>(std::upper_bound(starts.begin(), starts.end(), offset) - starts.begin()) + 1;
    }
    const std::size_t i = first_ending_after(document.words, offset);
    if (i < document.words.size())
        return static_cast<int>(document.words[i].page) + 1;
    return document.words.empty() ? 1 : static_cast<int>(document.words.back().page) + 1;
}

std::size_t page_count(const Document& document)
{
    if (!document.pages.empty() || document.page_starts.empty())
        return document.pages.size();
    return document.page_starts.size() + 1;
}

int block_at(const Document& document, std::uint32_t offset)
{
    const std::size_t i = first_ending_after(document.blocks, offset);
    if (i == document.blocks.size() || document.blocks[i].begin > offset)
        return -1;
    return static_cast<int>(i);
}

TextRange text_in(const Document& document, std::uint32_t page, const Rect& area)
{
    TextRange range;
    // Pages are in order along the text, so the page's words are one run.
    const auto first = std::partition_point(document.words.begin(), document.words.end(),
                                            [&](const Word& w) { return w.page < page; });
    for (auto word = first; word != document.words.end() && word->page == page; ++word) {
        if (!meet(word->box, area))
            continue;
        if (range.begin == range.end)
            range.begin = word->begin;
        range.end = word->end;
    }
    return range;
}

}
