#include "core/usage/warehouse/engines/open.h"

#include "core/base/text.h"
#include "core/usage/warehouse/engines/sessions.h"

#include <algorithm>

namespace leeway::usage::warehouse {

std::unique_ptr<Session> open_session(const Connection& connection, const std::string& password)
{
    switch (connection.engine) {
    case Engine::ClickHouse:
        return clickhouse_session(connection, password);
    case Engine::PostgreSql:
        return postgres_session(connection, password);
    case Engine::DuckDb:
        break;
    }
    return duckdb_session(connection);
}

std::string complaint_of(std::string_view message, const std::string& password)
{
    std::string text = base::to_valid_utf8(base::trimmed(message));
    std::ranges::replace_if(
        text, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    for (std::size_t at = 0; !password.empty() && (at = text.find(password, at)) != std::string::npos;)
        text.replace(at, password.size(), "…");
    return base::shortened(text, 500);
}

}
