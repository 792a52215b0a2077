#pragma once

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/usage/warehouse/connection.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage::warehouse {

/// What can be done with a column.
enum class Kind : std::uint8_t {
    Integer,
    Number, // with fractions: decimal or floating
    Text,
    Time, // date and time; UTC when the engine keeps no zone
    Date,
    Other // can be read as text only
};

struct Column
{
    std::string name;
    std::string type; // as the engine names it
    Kind kind = Kind::Other;
    bool nullable = true;

    bool operator==(const Column&) const = default;
};

/// The words of one engine. Everything but literals and names is an SQL expression; times are whole seconds
/// since 1970.
class Dialect
{
public:
    Dialect() = default;
    Dialect(const Dialect&) = delete;
    Dialect& operator=(const Dialect&) = delete;
    virtual ~Dialect() = default;

    [[nodiscard]] virtual std::string name(std::string_view name) const = 0;
    [[nodiscard]] virtual std::string literal(std::string_view text) const = 0;
    /// What stands after FROM for what the user named: "schema.table", with names of special characters in
    /// double quotes, or a Parquet or CSV file for DuckDB.
    [[nodiscard]] virtual base::Result<std::string> relation(std::string_view given) const = 0;
    /// A query for name, type and, where the engine knows it, "NO" for a column without NULL.
    [[nodiscard]] virtual std::string columns_query(std::string_view relation) const = 0;
    [[nodiscard]] virtual Column column(std::string_view name, std::string_view type,
                                        std::string_view nullable) const = 0;

    /// NULL when the value cannot be read as a time.
    [[nodiscard]] virtual std::string seconds(const Column& column) const = 0;
    /// The beginning of a day, to compare a Time or Date column with.
    [[nodiscard]] virtual std::string moment(const Column& column, base::Date day) const = 0;
    /// `absent` for NULL and empty text, NaN for text that is not a number.
    [[nodiscard]] virtual std::string number(const Column& column, int absent) const = 0;
    /// Empty for NULL.
    [[nodiscard]] virtual std::string text(const Column& column) const = 0;
    [[nodiscard]] virtual std::string bytes(std::string_view text) const = 0;
    [[nodiscard]] virtual std::string integer(std::string_view number) const = 0;
    [[nodiscard]] virtual std::string quotient(std::string_view a, std::string_view b) const = 0;
    /// An exact sum of integers.
    [[nodiscard]] virtual std::string sum(std::string_view integers) const = 0;
    /// What ends a sub-select whose expressions are to be worked out once, and not again wherever they are
    /// used.
    [[nodiscard]] virtual std::string barrier() const { return {}; }
    /// The earliest row of each `id` in the sub-select `rows`, equal times by the other columns, with
    /// `copies`, the number of rows that it stands for. Rows with an empty id stay, each for itself.
    [[nodiscard]] virtual std::string once(std::string_view rows, std::string_view id, std::string_view time,
                                           const std::vector<std::string>& others) const = 0;
};

const Dialect& dialect_of(Engine engine);

/// "SELECT what FROM (rows) AS …", indented.
std::string select_from(std::string_view what, std::string_view rows);

}
