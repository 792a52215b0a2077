#pragma once

#include "core/usage/warehouse/dialect.h"

namespace leeway::usage::warehouse {

const Dialect& clickhouse_sql();
const Dialect& postgres_sql();
const Dialect& duckdb_sql();

/// Dialect::once for engines with window functions.
std::string once_by_window(std::string_view rows, std::string_view id, std::string_view time,
                           const std::vector<std::string>& others);

}
