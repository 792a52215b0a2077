#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Database;
}

namespace leeway::project {

/// SQL that takes a file from format `version - 1` to `version`.
struct Step
{
    int version = 0;
    std::string_view sql;
};

/// The steps of schema/*.sql, ascending from 1.
std::vector<Step> schema_steps();

/// Runs the steps above the database's user_version in one transaction: all of them or none. Throws
/// SQLite::Exception.
void migrate(SQLite::Database& database, const std::vector<Step>& steps);

/// An online backup of `database` beside `file`, "<name>.before-v<version>.leeway", never over another file;
/// gives the copy's path. Throws SQLite::Exception.
std::filesystem::path copy_before(SQLite::Database& database, const std::filesystem::path& file, int version);

/// Everything in sqlite_schema, in words that can be compared: two databases of the same format are equal.
std::string schema_text(SQLite::Database& database);

}
