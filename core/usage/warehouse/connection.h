#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace leeway::usage::warehouse {

enum class Engine : std::uint8_t { ClickHouse, PostgreSql, DuckDb };

std::string_view to_string(Engine engine); // "ClickHouse", "PostgreSQL", "DuckDB"

/// Where a warehouse is. The password is no part of it.
struct Connection
{
    Engine engine = Engine::ClickHouse;
    std::string host;
    std::uint16_t port = 0;
    std::string user;
    std::string database; // DuckDB: a database file, empty for Parquet and CSV files
    bool tls = true;      // ClickHouse: HTTPS, with the server's certificate checked
    std::string ssl_mode; // PostgreSQL's sslmode
    std::string
        certificates; // a PEM file of authorities to trust beside, for PostgreSQL instead of, the system's
    std::chrono::seconds timeout{1800}; // for the whole query

    bool operator==(const Connection&) const = default;
};

/// Reads "clickhouse://user@host:8443/database?tls=off&ca=FILE&timeout=600",
/// "postgresql://user@host:5432/database?sslmode=require&ca=FILE", "duckdb:" and "duckdb:FILE". On this
/// machine TLS is off by default, elsewhere on and checked. Refuses a URL that holds a password.
base::Result<Connection> parse_connection(std::string_view url);

/// "clickhouse://user@host:8443/database": names a connection in messages and in the keychain.
std::string name_of(const Connection& connection);

}
