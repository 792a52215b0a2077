#include "core/base/text.h"
#include "core/document/characters.h"
#include "core/document/document.h"

#include <algorithm>

namespace leeway::document {
namespace {

constexpr int deepest_citation = 8;

const Block* block_of(const Document& document, std::int32_t index)
{
    return index < 0 ? nullptr : &document.blocks[static_cast<std::size_t>(index)];
}

// "Schedule C", "EXHIBIT B-1": parts outside the numbering of the main text.
bool is_attachment(const std::string& number)
{
    const std::string lower = base::lowered(number.substr(0, 10));
    static constexpr std::string_view names[] = {"schedule", "exhibit", "appendix", "annex", "attachment"};
    return std::any_of(std::begin(names), std::end(names),
                       [&](std::string_view name) { return lower.starts_with(name); });
}

// The last block before `index`, under the same heading, that carries a number and is no list item.
std::int32_t numbered_before(const Document& document, std::int32_t index)
{
    const std::int32_t heading = document.blocks[static_cast<std::size_t>(index)].heading;
    for (std::int32_t i = index - 1; i > heading; --i) {
        const Block& block = document.blocks[static_cast<std::size_t>(i)];
        if (block.kind == BlockKind::Paragraph && !block.number.empty())
            return i;
    }
    return -1;
}

std::string heading_words(const Document& document, const Block& block)
{
    return base::shortened(base::trimmed(document.slice(block.begin, block.end)), 57); // 60 with the "…"
}

// A citation of a heading: its number or that of the nearest numbered heading above it.
std::string cite_heading(const Document& document, std::int32_t index)
{
    const Block* nearest = block_of(document, index);
    std::string number;
    for (const Block* block = nearest; block != nullptr; block = block_of(document, block->heading)) {
        if (block->number.empty())
            continue;
        if (number.empty())
            number = block->number;
        else if (is_attachment(block->number))
            return is_attachment(number) ? number : block->number + ", " + number;
    }
    if (number.empty() && nearest != nullptr)
        return heading_words(document, *nearest);
    return number;
}

// Puts the attachment in front of the number of a paragraph that stands in one.
std::string in_attachment(const Document& document, std::int32_t heading, const std::string& number)
{
    for (const Block* block = block_of(document, heading); block != nullptr;
         block = block_of(document, block->heading)) {
        if (is_attachment(block->number))
            return block->number + ", " + number;
    }
    return number;
}

// "8.2" and "(a)" are "8.2(a)"; where no bracket parts them, a blank or a comma has to: "8 a)", "Part I, II".
std::string joined(const std::string& outer, const std::string& inner, bool words)
{
    if (outer.empty() || inner.empty())
        return outer + inner;
    const bool named = is_upper(outer[0]) && outer.find(' ') != std::string::npos;
    if (words || (named && inner[0] != '('))
        return outer + ", " + inner;
    return outer + (inner[0] == '(' ? "" : " ") + inner;
}

std::string cite(const Document& document, std::int32_t index)
{
    std::string items; // "(a)(ii)", gathered from the innermost outwards
    const Block* block = block_of(document, index);
    for (int depth = 0; depth < deepest_citation && block->kind == BlockKind::ListItem; ++depth) {
        items = joined(block->number, items, false);
        if (block->lead_in < 0)
            break;
        index = block->lead_in;
        block = block_of(document, index);
    }
    if (block->kind == BlockKind::Heading)
        return cite_heading(document, index); // no item: a heading leads no list in
    std::int32_t numbered = index;
    if (block->number.empty() || block->kind == BlockKind::ListItem)
        numbered = numbered_before(document, index);
    std::string base;
    if (numbered >= 0)
        base = in_attachment(document, block->heading, block_of(document, numbered)->number);
    else
        base = cite_heading(document, block->heading);
    if (base.empty() || items.empty())
        return base + items;
    const bool words = !base.empty() && numbered < 0 && block->heading >= 0 &&
                       base == heading_words(document, *block_of(document, block->heading)) &&
                       block_of(document, block->heading)->number.empty();
    return joined(base, items, words);
}

}

std::string section_at(const Document& document, std::uint32_t offset)
{
    const auto after = std::partition_point(document.blocks.begin(), document.blocks.end(),
                                            [&](const Block& b) { return b.begin <= offset; });
    if (after == document.blocks.begin())
        return {};
    return cite(document, static_cast<std::int32_t>(after - document.blocks.begin()) - 1);
}

}
