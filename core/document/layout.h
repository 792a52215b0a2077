#pragma once

#include "core/document/rawblock.h"

#include <string>
#include <vector>

namespace leeway::document {

/// A word as the page shows it.
struct PrintedWord
{
    std::string text; // UTF-8, not empty, without blanks
    Rect box;
    bool space_after = false; // a blank before the next word of the line
    bool line_end = false;    // the last word of its run
};

struct PrintedPage
{
    Page size;
    std::vector<PrintedWord> words; // runs of a line follow one another in any order
};

/// A run of words of one printed line without a wide gap; [first, last) are words of the page.
struct Run
{
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    float left = 0;
    float right = 0;
    float top = 0;
    float bottom = 0;
};

/// The runs that stand at one height, from left to right.
struct Row
{
    std::vector<Run> runs;
    std::uint32_t page = 0;
    float left = 0;
    float right = 0;
    float top = 0;
    float bottom = 0;

    [[nodiscard]] float height() const { return bottom - top; }
};

/// Rows that are read one after another: a page, or a column of it.
struct Column
{
    std::vector<Row> rows;
    float left = 0;
    float right = 0;
};

/// The rows of a page from top to bottom.
std::vector<Row> rows_of(const PrintedPage& page, std::uint32_t number);

/// Takes out the rows at the top and foot of pages that repeat from page to page, and page numbers.
void drop_furniture(const std::vector<PrintedPage>& pages, std::vector<std::vector<Row>>& rows);

/// Splits the rows of a page into columns in reading order; rows across a gutter part them.
std::vector<Column> columns_of(std::vector<Row> rows);

/// The blocks of all pages in reading order, with paragraphs joined over line, column and page ends.
std::vector<RawBlock> blocks_of(const std::vector<PrintedPage>& pages);

}
