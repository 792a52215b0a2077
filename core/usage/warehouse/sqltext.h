#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage::warehouse {

/// Regular expressions that ClickHouse, DuckDB and PostgreSQL read alike: a time in ISO 8601 of a day that
/// exists, and a number.
std::string iso_time_pattern();
inline constexpr std::string_view number_pattern = "^-?[0-9]{1,30}([.][0-9]{1,30})?([eE][+-]?[0-9]{1,2})?$";

/// `text` in single quotes, or a name in double ones, each quote inside doubled.
std::string doubled(std::string_view text, char quote);

/// "sales.\"usage log\"" → {"sales", "usage log"}; at most `most` parts.
base::Result<std::vector<std::string>> split_name(std::string_view given, std::size_t most);

}
