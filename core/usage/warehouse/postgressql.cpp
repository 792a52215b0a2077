#include "core/usage/warehouse/dialects.h"
#include "core/usage/warehouse/sqltext.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace leeway::usage::warehouse {
namespace {

constexpr std::array<std::string_view, 3> integer_types{"smallint", "integer", "bigint"};
constexpr std::array<std::string_view, 3> text_types{"text", "character varying", "character"};

class PostgresSql : public Dialect
{
public:
    [[nodiscard]] std::string name(std::string_view name) const override { return doubled(name, '"'); }
    [[nodiscard]] std::string literal(std::string_view text) const override { return doubled(text, '\''); }

    [[nodiscard]] base::Result<std::string> relation(std::string_view given) const override
    {
        const auto parts = split_name(given, 2);
        if (!parts)
            return tl::unexpected(parts.error());
        std::string result;
        for (const std::string& part : *parts)
            result += (result.empty() ? "" : ".") + name(part);
        return result;
    }

    // A domain counts as the type that it is made of.
    [[nodiscard]] std::string columns_query(std::string_view relation) const override
    {
        return fmt::format(
            "SELECT attname, format_type(CASE typtype WHEN 'd' THEN typbasetype ELSE atttypid END, "
            "NULL), CASE WHEN attnotnull THEN 'NO' ELSE 'YES' END\n"
            "FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid\n"
            "WHERE attrelid = {}::regclass AND attnum > 0 AND NOT attisdropped\nORDER BY attnum",
            literal(relation));
    }

    [[nodiscard]] Column column(std::string_view column_name, std::string_view type,
                                std::string_view nullable) const override
    {
        Column column{std::string(column_name), std::string(type), Kind::Other, nullable != "NO"};
        if (std::ranges::find(integer_types, type) != integer_types.end())
            column.kind = Kind::Integer;
        else if (type == "numeric" || type == "real" || type == "double precision")
            column.kind = Kind::Number;
        else if (std::ranges::find(text_types, type) != text_types.end())
            column.kind = Kind::Text;
        else if (type.starts_with("timestamp"))
            column.kind = Kind::Time;
        else if (type == "date")
            column.kind = Kind::Date;
        return column;
    }

    [[nodiscard]] std::string seconds(const Column& column) const override
    {
        const std::string x = name(column.name);
        switch (column.kind) {
        case Kind::Time:
        case Kind::Date:
            return fmt::format(
                "CASE WHEN isfinite({0}) THEN CAST(floor(extract(epoch FROM {0})) AS bigint) END", x);
        case Kind::Integer:
            return fmt::format("CASE WHEN {0} BETWEEN 1000000000 AND 9999999999 THEN CAST({0} AS bigint) "
                               "WHEN {0} BETWEEN 1000000000000 AND 9999999999999 THEN {0} / 1000 END",
                               x);
        case Kind::Text:
            return fmt::format(
                "CASE WHEN {0} ~ {1} THEN CAST(floor(extract(epoch FROM CAST(replace({0}, ',', '.') "
                "AS timestamptz))) AS bigint) WHEN {0} ~ '^[0-9]{{10}}([0-9]{{3}})?$' "
                "THEN CAST(substr({0}, 1, 10) AS bigint) END",
                text(column), literal(iso_time_pattern()));
        case Kind::Number:
        case Kind::Other:
            break;
        }
        return "NULL";
    }

    // The session's time zone is UTC.
    [[nodiscard]] std::string moment(const Column& column, base::Date day) const override
    {
        const bool zoned = column.type.find("with time zone") != std::string::npos;
        return fmt::format("{} '{}'",
                           column.kind == Kind::Date ? "DATE"
                           : zoned                   ? "TIMESTAMPTZ"
                                                     : "TIMESTAMP",
                           base::to_string(day));
    }

    [[nodiscard]] std::string number(const Column& column, int absent) const override
    {
        if (column.kind != Kind::Text)
            return fmt::format("coalesce({}, {})", name(column.name), absent);
        return fmt::format("CASE WHEN {0} = '' THEN {1} WHEN {0} ~ {2} THEN CAST({0} AS numeric) "
                           "ELSE CAST('NaN' AS numeric) END",
                           text(column), absent, literal(number_pattern));
    }

    [[nodiscard]] std::string text(const Column& column) const override
    {
        return fmt::format("btrim(coalesce(CAST({} AS text), ''))", name(column.name));
    }
    [[nodiscard]] std::string bytes(std::string_view text) const override
    {
        return fmt::format("octet_length({})", text);
    }
    [[nodiscard]] std::string integer(std::string_view number) const override
    {
        return fmt::format("CAST({} AS bigint)", number);
    }
    [[nodiscard]] std::string quotient(std::string_view a, std::string_view b) const override
    {
        return fmt::format("{} / {}", a, b);
    }
    [[nodiscard]] std::string sum(std::string_view integers) const override
    {
        return fmt::format("sum({})", integers); // of bigint: numeric, never too large
    }
    [[nodiscard]] std::string barrier() const override { return "\nOFFSET 0"; }
    [[nodiscard]] std::string once(std::string_view rows, std::string_view id, std::string_view time,
                                   const std::vector<std::string>& others) const override
    {
        return once_by_window(rows, id, time, others);
    }
};

}

std::string once_by_window(std::string_view rows, std::string_view id, std::string_view time,
                           const std::vector<std::string>& others)
{
    std::string order(time);
    for (const std::string& other : others)
        order += ", " + other;
    const std::string placed = select_from(
        fmt::format("*, row_number() OVER (PARTITION BY {0} ORDER BY {1}) AS place, "
                    "CASE WHEN {0} = '' THEN 1 ELSE count(*) OVER (PARTITION BY {0}) END AS copies",
                    id, order),
        rows);
    return select_from("*", placed) + fmt::format("\nWHERE place = 1 OR {} = ''", id);
}

const Dialect& postgres_sql()
{
    static const PostgresSql dialect;
    return dialect;
}

}
