#pragma once

#include "core/usage/warehouse/session.h"

#include <memory>
#include <string>

namespace leeway::usage::warehouse {

/// A session with the engine of `connection`. Nothing is reached before the first query. ClickHouse and
/// DuckDB need a QCoreApplication.
std::unique_ptr<Session> open_session(const Connection& connection, const std::string& password);

}
