#pragma once

#include "core/usage/jsonline.h"
#include "core/usage/recognise.h"
#include "core/usage/rows.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// Turns the records of a log into rows: the cells of a table's row, or the text of a JSON object.
class RecordReader
{
public:
    RecordReader() = default;
    RecordReader(const RecordReader&) = delete;
    RecordReader& operator=(const RecordReader&) = delete;
    virtual ~RecordReader() = default;

    /// All cells of a row that has as many as the header.
    virtual void read_cells(std::span<const std::string_view> cells, Rows& rows) = 0;
    /// `text` is padded for simdjson.
    virtual void read_json(std::string_view text, Rows& rows) = 0;
};

/// For a log of that form. `columns` by usage_fields() index, for logs that are no more than columns.
std::unique_ptr<RecordReader> record_reader(const LogForm& form, const std::vector<std::string>& columns,
                                            bool by_columns);

/// Reads a table's row, or says that it has too many or too few cells.
void read_row(std::span<const std::string_view> cells, std::size_t columns, RecordReader& reader, Rows& rows);

}
