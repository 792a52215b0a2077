#include "core/usage/parquet.h"

#include <cstdlib>
#include <fmt/format.h>
#include <string>

namespace leeway::usage {
namespace {

std::string sql_text(std::string_view text)
{
    std::string result = "'";
    for (const char c : text)
        result.append(c == '\'' ? 2 : 1, c);
    return result + "'";
}

}

base::Result<Program> unpack_parquet(const std::filesystem::path& file)
{
    const char* named = std::getenv("LEEWAY_DUCKDB");
    // One thread, so that the rows stay in order. Its settings file is not read.
    auto program = Program::start(
        {named != nullptr ? named : "duckdb", "-init", "/dev/null", "-c",
         fmt::format("SET threads = 1; SET memory_limit = '200MB'; COPY (SELECT * FROM read_parquet({})) TO "
                     "'/dev/stdout' (FORMAT json);",
                     sql_text(std::filesystem::absolute(file).string()))});
    if (!program)
        return base::fail(
            base::ErrorCode::NotFound,
            fmt::format("“{}” is a Parquet file. To read it Leeway needs the program “duckdb”, which is "
                        "not installed: get it from duckdb.org, or save the table as CSV",
                        file.filename().string()));
    return program;
}

}
