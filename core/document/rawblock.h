#pragma once

#include "core/document/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::document {

/// A run of text as a reader found it, before numbering and structure are known.
struct RawBlock
{
    enum class Kind { Unknown, Heading, Item, Row };

    Kind kind = Kind::Unknown;
    int level = 0;           // of the format: heading level or depth of nesting, 0 when it has none
    bool emphasised = false; // alone on its line and larger or bold
    std::string number;      // given by the format; where `mark` is 0, not printed in the text
    std::size_t mark = 0;    // bytes at the front of the text that the format says are its number
    std::string text;        // single spaces; cells of a row are separated by tabs
    std::vector<Word> words; // byte ranges of `text`
    std::vector<Notice> notices;
    std::vector<std::uint32_t> page_starts; // bytes of `text`
};

/// The blocks of one row of a table, from those of its cells: one row of text with tabs between the cells; a
/// clause, where a cell holds nothing but its number; the blocks themselves, where there is but one cell.
std::vector<RawBlock> row_of(std::vector<std::vector<RawBlock>> cells);

/// Cuts blocks in which numbered clauses follow one another in one run of text, as in text saved from web
/// pages: "1. Services. 1.1 Provision of Services. (a) Provider agrees … (b) Recipient may …". Linear time.
std::vector<RawBlock> split_run_on(std::vector<RawBlock> blocks);

/// Fills text, words, blocks and sentences of `document` from the blocks: kinds, numbers, levels, headings
/// above and lead-ins. Linear time. `guess_headings` is off for formats that mark their headings.
void assemble(Document& document, std::vector<RawBlock> blocks, bool guess_headings);

}
