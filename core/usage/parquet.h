#pragma once

#include "core/base/result.h"
#include "core/usage/program.h"

#include <filesystem>
#include <string_view>

namespace leeway::usage {

/// Whether a file that begins so is Parquet.
inline bool is_parquet(std::string_view head)
{
    return head.starts_with("PAR1");
}

/// Starts DuckDB's program (the one that $LEEWAY_DUCKDB names, else `duckdb`) to write the rows of a Parquet
/// file as JSON Lines. Says what to install when there is none.
base::Result<Program> unpack_parquet(const std::filesystem::path& file);

}
