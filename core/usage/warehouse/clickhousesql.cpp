#include "core/usage/warehouse/dialects.h"
#include "core/usage/warehouse/sqltext.h"

#include <chrono>
#include <fmt/format.h>

namespace leeway::usage::warehouse {
namespace {

// Runs on ClickHouse 18.16, which has neither window functions nor trimming, and on today's.
class ClickHouseSql : public Dialect
{
public:
    [[nodiscard]] std::string name(std::string_view name) const override { return escaped(name, '"'); }
    [[nodiscard]] std::string literal(std::string_view text) const override { return escaped(text, '\''); }

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

    [[nodiscard]] std::string columns_query(std::string_view relation) const override
    {
        return fmt::format("DESCRIBE TABLE {}", relation);
    }

    [[nodiscard]] Column column(std::string_view column_name, std::string_view type,
                                std::string_view /*nullable*/) const override
    {
        Column column{std::string(column_name), std::string(type), Kind::Other, false};
        for (const std::string_view wrapper : {"LowCardinality(", "Nullable("}) {
            if (type.starts_with(wrapper) && type.ends_with(')')) {
                column.nullable = column.nullable || wrapper == "Nullable(";
                type = type.substr(wrapper.size(), type.size() - wrapper.size() - 1);
            }
        }
        if (type.starts_with("Int") || type.starts_with("UInt"))
            column.kind = type.starts_with("Interval") ? Kind::Other : Kind::Integer;
        else if (type.starts_with("Float") || type.starts_with("Decimal"))
            column.kind = Kind::Number;
        else if (type == "String" || type.starts_with("FixedString"))
            column.kind = Kind::Text;
        else if (type.starts_with("DateTime"))
            column.kind = Kind::Time;
        else if (type == "Date" || type == "Date32")
            column.kind = Kind::Date;
        return column;
    }

    [[nodiscard]] std::string seconds(const Column& column) const override
    {
        const std::string x = name(column.name);
        switch (column.kind) {
        case Kind::Time:
            return fmt::format("toInt64(toUnixTimestamp({}))", x);
        case Kind::Date:
            return fmt::format("toInt64({}) * 86400", x);
        case Kind::Integer:
            return fmt::format("CASE WHEN {0} >= 1000000000 AND {0} <= 9999999999 THEN toInt64({0}) "
                               "WHEN {0} >= 1000000000000 AND {0} <= 9999999999999 THEN "
                               "toInt64(intDiv({0}, 1000)) ELSE NULL END",
                               x);
        case Kind::Text:
            return fmt::format(
                "CASE WHEN match({0}, {1}) THEN toInt64(toUnixTimestamp(parseDateTimeBestEffortOrNull("
                "replaceAll({0}, ',', '.'), 'UTC'))) WHEN match({0}, '^[0-9]{{10}}([0-9]{{3}})?$') THEN "
                "toInt64OrZero(substring({0}, 1, 10)) ELSE NULL END",
                text(column), literal(iso_time_pattern()));
        case Kind::Number:
        case Kind::Other:
            break;
        }
        return "NULL";
    }

    [[nodiscard]] std::string moment(const Column& column, base::Date day) const override
    {
        if (column.kind == Kind::Date)
            return fmt::format("toDate('{}')", base::to_string(day));
        return fmt::format("toDateTime('{} 00:00:00', 'UTC')", base::to_string(day));
    }

    [[nodiscard]] std::string number(const Column& column, int absent) const override
    {
        const std::string x = name(column.name);
        if (column.kind == Kind::Integer)
            return column.nullable ? fmt::format("coalesce({}, {})", x, absent) : x;
        if (column.kind == Kind::Number)
            return fmt::format("coalesce(toFloat64({}), {})", x, absent);
        return fmt::format(
            "CASE WHEN {0} = '' THEN {1} WHEN match({0}, {2}) THEN toFloat64OrZero({0}) ELSE 0 / 0 "
            "END",
            text(column), absent, literal(number_pattern));
    }

    [[nodiscard]] std::string text(const Column& column) const override
    {
        const std::string x = name(column.name);
        if (column.kind == Kind::Text && column.type.find("FixedString") != std::string::npos)
            return fmt::format("coalesce(toStringCutToZero({}), '')", x);
        return fmt::format("coalesce(toString({}), '')", x);
    }

    [[nodiscard]] std::string bytes(std::string_view text) const override
    {
        return fmt::format("length({})", text);
    }
    [[nodiscard]] std::string integer(std::string_view number) const override
    {
        return fmt::format("toInt64({})", number);
    }
    [[nodiscard]] std::string quotient(std::string_view a, std::string_view b) const override
    {
        return fmt::format("intDiv({}, {})", a, b);
    }
    [[nodiscard]] std::string sum(std::string_view integers) const override
    {
        return fmt::format("sum(toDecimal128({}, 0))", integers); // sum(Int64) would wrap around
    }

    // One number orders the rows of an id: the second, then 31 bits of a hash of the rest. A minimum for each
    // column keeps less state than whole rows would.
    [[nodiscard]] std::string once(std::string_view rows, std::string_view id, std::string_view time,
                                   const std::vector<std::string>& others) const override
    {
        std::string hashed;
        std::string kept = fmt::format("argMin({0}, place) AS {0}", time);
        for (const std::string& other : others) {
            hashed += (hashed.empty() ? "" : ", ") + other;
            kept += fmt::format(", argMin({0}, place) AS {0}", other);
        }
        const std::string placed = select_from(
            fmt::format("*, bitShiftLeft(toUInt64({}), 31) + cityHash64({}) % 2147483648 AS place, "
                        "CASE WHEN {} = '' THEN rowNumberInAllBlocks() + 1 ELSE 0 END AS own",
                        time, hashed, id),
            rows);
        return select_from(fmt::format("{}, {}, count(*) AS copies", id, kept), placed) +
               fmt::format("\nGROUP BY {}, own", id);
    }

private:
    static std::string escaped(std::string_view text, char quote)
    {
        std::string result(1, quote);
        for (const char c : text) {
            if (c == quote || c == '\\')
                result += '\\';
            result += c;
        }
        return result + quote;
    }
};

}

const Dialect& clickhouse_sql()
{
    static const ClickHouseSql dialect;
    return dialect;
}

}
