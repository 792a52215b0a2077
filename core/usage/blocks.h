#pragma once

#include "core/usage/records.h"
#include "core/usage/source.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// Reads whole blocks of lines, each for itself, so that several can be read at the same time.
class BlockReader
{
public:
    BlockReader(const LogForm& form, RecordReader& records) : m_form(form), m_records(records) {}

    /// Where reading had to stop: at the block's size, or where a table's record begins that goes on over its
    /// line.
    struct Stop
    {
        std::size_t offset = 0;
        std::int64_t line = 0;
    };
    /// Reads the rows of a block that can be read without the blocks around it.
    Stop read(const LineSource::Block& block, Rows& rows);

private:
    Stop read_table(const LineSource::Block& block, Rows& rows);
    void read_lines(const LineSource::Block& block, Rows& rows);

    const LogForm& m_form;
    RecordReader& m_records;
    std::vector<std::uint32_t> m_marks;
    std::vector<std::string_view> m_cells;
    std::deque<std::string> m_unescaped;
};

}
