#include "core/usage/warehouse/dialects.h"
#include "core/usage/warehouse/sqltext.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace leeway::usage::warehouse {
namespace {

constexpr std::array<std::string_view, 10> integer_types{"TINYINT", "SMALLINT", "INTEGER",   "BIGINT",
                                                         "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
                                                         "UBIGINT", "UHUGEINT"};
constexpr std::array<std::string_view, 8> table_files{".csv",    ".tsv",    ".txt",     ".csv.gz",
                                                      ".tsv.gz", ".txt.gz", ".csv.zst", ".tsv.zst"};

class DuckDbSql : public Dialect
{
public:
    [[nodiscard]] std::string name(std::string_view name) const override { return doubled(name, '"'); }
    [[nodiscard]] std::string literal(std::string_view text) const override { return doubled(text, '\''); }

    // Every column of a CSV file is read as text, so that a bad value costs its row and not the query.
    [[nodiscard]] base::Result<std::string> relation(std::string_view given) const override
    {
        const std::string lower = base::lowered(given);
        const bool whole = lower.find('\0') == std::string::npos;
        const auto ends = [&](std::string_view end) { return whole && lower.ends_with(end); };
        if (ends(".parquet"))
            return fmt::format("read_parquet({})", literal(given));
        if (std::ranges::any_of(table_files, ends))
            return fmt::format("read_csv({}, all_varchar = true, header = true)", literal(given));
        const auto parts = split_name(given, 3);
        if (!parts)
            return tl::unexpected(parts.error());
        std::string result;
        for (const std::string& part : *parts)
            result += (result.empty() ? "" : ".") + name(part);
        return result;
    }

    [[nodiscard]] std::string columns_query(std::string_view relation) const override
    {
        return fmt::format("SELECT column_name, column_type, \"null\" FROM (DESCRIBE SELECT * FROM {})",
                           relation);
    }

    [[nodiscard]] Column column(std::string_view column_name, std::string_view type,
                                std::string_view nullable) const override
    {
        Column column{std::string(column_name), std::string(type), Kind::Other, nullable != "NO"};
        if (std::ranges::find(integer_types, type) != integer_types.end())
            column.kind = Kind::Integer;
        else if (type.starts_with("DECIMAL") || type == "DOUBLE" || type == "FLOAT")
            column.kind = Kind::Number;
        else if (type == "VARCHAR")
            column.kind = Kind::Text;
        else if (type.starts_with("TIMESTAMP"))
            column.kind = Kind::Time;
        else if (type == "DATE")
            column.kind = Kind::Date;
        return column;
    }

    [[nodiscard]] std::string seconds(const Column& column) const override
    {
        const std::string x = name(column.name);
        switch (column.kind) {
        case Kind::Time:
        case Kind::Date:
            return fmt::format("CASE WHEN isfinite({0}) THEN CAST(floor(epoch({0})) AS BIGINT) END", x);
        case Kind::Integer:
            return fmt::format(
                "CASE WHEN {0} BETWEEN 1000000000 AND 9999999999 THEN CAST({0} AS BIGINT) "
                "WHEN {0} BETWEEN 1000000000000 AND 9999999999999 THEN CAST({0} // 1000 AS BIGINT) END",
                x);
        case Kind::Text:
            return fmt::format(
                "CASE WHEN regexp_matches({0}, {1}) THEN CAST(floor(epoch(TRY_CAST(replace({0}, ',', "
                "'.') AS TIMESTAMP))) AS BIGINT) WHEN regexp_matches({0}, '^[0-9]{{10}}([0-9]{{3}})?$') "
                "THEN TRY_CAST(substr({0}, 1, 10) AS BIGINT) END",
                text(column), literal(iso_time_pattern()));
        case Kind::Number:
        case Kind::Other:
            break;
        }
        return "NULL";
    }

    [[nodiscard]] std::string moment(const Column& column, base::Date day) const override
    {
        const bool zoned = column.type == "TIMESTAMP WITH TIME ZONE";
        return fmt::format("{} '{}{}'",
                           column.kind == Kind::Date ? "DATE"
                           : zoned                   ? "TIMESTAMPTZ"
                                                     : "TIMESTAMP",
                           base::to_string(day), zoned ? " 00:00:00+00" : "");
    }

    [[nodiscard]] std::string number(const Column& column, int absent) const override
    {
        if (column.kind != Kind::Text)
            return fmt::format("coalesce({}, {})", name(column.name), absent);
        return fmt::format(
            "CASE WHEN {0} = '' THEN {1} WHEN regexp_matches({0}, {2}) THEN TRY_CAST({0} AS DOUBLE) "
            "ELSE CAST('NaN' AS DOUBLE) END",
            text(column), absent, literal(number_pattern));
    }

    [[nodiscard]] std::string text(const Column& column) const override
    {
        return fmt::format("trim(coalesce(CAST({} AS VARCHAR), ''))", name(column.name));
    }
    [[nodiscard]] std::string bytes(std::string_view text) const override
    {
        return fmt::format("strlen({})", text);
    }
    [[nodiscard]] std::string integer(std::string_view number) const override
    {
        return fmt::format("CAST({} AS BIGINT)", number);
    }
    [[nodiscard]] std::string quotient(std::string_view a, std::string_view b) const override
    {
        return fmt::format("{} // {}", a, b);
    }
    [[nodiscard]] std::string sum(std::string_view integers) const override
    {
        return fmt::format("sum({})", integers); // of BIGINT: 128 bits
    }
    [[nodiscard]] std::string once(std::string_view rows, std::string_view id, std::string_view time,
                                   const std::vector<std::string>& others) const override
    {
        return once_by_window(rows, id, time, others);
    }
};

}

const Dialect& duckdb_sql()
{
    static const DuckDbSql dialect;
    return dialect;
}

}
