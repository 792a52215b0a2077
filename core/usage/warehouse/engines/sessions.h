#pragma once

#include "core/usage/warehouse/session.h"

#include <memory>
#include <string>

namespace leeway::usage::warehouse {

std::unique_ptr<Session> clickhouse_session(const Connection& connection, const std::string& password);
std::unique_ptr<Session> postgres_session(const Connection& connection, const std::string& password);
std::unique_ptr<Session> duckdb_session(const Connection& connection);

/// An engine's complaint in one line of at most 500 bytes, without its password should it hold it.
std::string complaint_of(std::string_view message, const std::string& password);

}
