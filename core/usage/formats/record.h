#pragma once

#include "core/usage/row.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <simdjson.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// One record of a log: a JSON object, or a row of a table some of whose cells may hold JSON. A path names a
/// value: a column in any case, a key, or with dots what is inside ("usage.prompt_tokens"). Of several paths
/// the first counts that is there; null and an empty cell are not there.
class Record
{
public:
    using Paths = std::initializer_list<std::string_view>;

    /// For the rows of a table; its column names.
    explicit Record(std::vector<std::string> columns = {});
    void set(std::span<const std::string_view> cells);
    /// False when it is not an object.
    bool set(const simdjson::dom::element& object);

    [[nodiscard]] bool has(Paths paths);
    /// Texts as they are, numbers as written, valid until the next call; empty when it is not there or
    /// neither.
    [[nodiscard]] std::string_view text(Paths paths);
    /// A count of 0 to largest_count, 0 when it is not there; anything else is complained of to `row`.
    [[nodiscard]] std::int64_t count(Paths paths, RowBuilder& row);
    /// A value with values inside, also out of a text that holds JSON.
    [[nodiscard]] std::optional<simdjson::dom::element> json(Paths paths);
    /// The object it is; nothing for the row of a table.
    [[nodiscard]] const std::optional<simdjson::dom::element>& root() const { return m_root; }

private:
    struct Value
    {
        std::optional<std::string_view> cell;
        std::optional<simdjson::dom::element> element;
    };
    [[nodiscard]] std::optional<simdjson::dom::element> find_in_object(std::string_view path);
    [[nodiscard]] Value find(std::string_view path);
    [[nodiscard]] Value find(Paths paths);
    [[nodiscard]] std::optional<simdjson::dom::element> parsed(std::size_t column);

    std::vector<std::string> m_columns; // lower case
    std::span<const std::string_view> m_cells;
    std::optional<simdjson::dom::element> m_root;
    simdjson::dom::parser m_parser; // of the cell m_parsed_column
    std::optional<simdjson::dom::element> m_parsed;
    std::optional<std::size_t> m_parsed_column;
    std::string m_number;
};

/// What stands at a path below `from`; nothing for null.
std::optional<simdjson::dom::element> element_at(const simdjson::dom::element& from, std::string_view path);
/// A text as it is, a number as written into `scratch`; empty for anything else.
std::string_view text_of(const simdjson::dom::element& value, std::string& scratch);
/// A count; anything else is complained of to `row` under the name `path`.
std::int64_t count_of(const simdjson::dom::element& value, std::string_view path, RowBuilder& row);

}
