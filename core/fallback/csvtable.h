#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

struct CsvRow
{
    int line = 0; // on which the row begins
    std::vector<std::string> cells;
};

/// Rows of comma-separated values (RFC 4180), without the empty ones: quoted cells may hold commas, doubled
/// quotation marks and line breaks. Invalid with its line for a quotation mark that is not closed.
base::Result<std::vector<CsvRow>> csv_rows(const std::string& name, std::string_view text);

}
