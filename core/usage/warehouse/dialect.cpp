#include "core/usage/warehouse/dialect.h"

#include "core/usage/warehouse/dialects.h"

#include <fmt/format.h>

namespace leeway::usage::warehouse {

const Dialect& dialect_of(Engine engine)
{
    switch (engine) {
    case Engine::ClickHouse:
        return clickhouse_sql();
    case Engine::PostgreSql:
        return postgres_sql();
    case Engine::DuckDb:
        break;
    }
    return duckdb_sql();
}

std::string select_from(std::string_view what, std::string_view rows)
{
    std::string indented;
    for (const char c : rows) {
        indented += c;
        if (c == '\n')
            indented += "  ";
    }
    return fmt::format("SELECT {}\nFROM (\n  {}\n) AS step", what, indented);
}

}
