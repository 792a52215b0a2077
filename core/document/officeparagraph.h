#pragma once

#include "core/document/characters.h"
#include "core/document/rawblock.h"

#include <map>
#include <optional>

namespace leeway::document {

/// A paragraph of a word processor's file while it is being read.
struct OfficeParagraph
{
    TidyText text;
    std::vector<Notice> notices; // comments; an end of 0 is open
    std::map<std::string, std::size_t> open_comments;
    std::vector<std::uint32_t> page_starts;
    std::vector<std::string> notes; // referred to, by key
    std::size_t bold = 0;           // bytes
    std::size_t plain = 0;

    void add(std::string_view words, bool is_bold);
    void begin_comment(const std::string& id, std::string words);
    void end_comment(const std::string& id);
    void begin_page();
    /// All of it is bold.
    [[nodiscard]] bool emphasised() const { return bold > 0 && plain == 0; }
};

/// Makes blocks of paragraphs. What a paragraph without text holds (comments, page starts) goes to the next.
class BlockBuilder
{
public:
    /// The label stands in front of the text, with a blank unless `joined`. Empty for a paragraph that prints
    /// nothing; in a cell of a table, a label alone is something.
    std::optional<RawBlock> build(OfficeParagraph&& paragraph, const std::string& label, bool joined,
                                  bool in_cell);
    void pass_over(OfficeParagraph&& paragraph);
    /// Gives what is left to the last block.
    void finish(RawBlock& last);

private:
    std::uint32_t m_page_starts = 0;
    std::vector<Notice> m_notices;
};

/// The blocks of a row; its cells in order where they hold tables of their own. A page that ends inside the
/// row, and so in each of its cells, is counted once.
std::vector<RawBlock> office_row(std::vector<std::vector<RawBlock>> cells, bool has_tables);

/// A clause that is set in a heading's style, as legal templates do for the sake of its number.
bool reads_like_clause(std::string_view text);

void append_blocks(std::vector<RawBlock>& to, std::vector<RawBlock> blocks);

}
