#pragma once

#include "core/base/result.h"
#include "core/project/project.h"

#include <filesystem>

namespace SQLite {
class Database;
}

namespace leeway::project {

/// What the first 100 bytes of a project file say.
struct Header
{
    int version = 0;          // user_version
    bool write_ahead = false; // another program switched the file to a write-ahead log
};

/// Reads the header without SQLite, so that nothing is ever written. NotFound, Foreign, NewerFormat,
/// Unreadable or Io, with a sentence for the user.
base::Result<Header> inspect(const std::filesystem::path& file);

/// A connection to an existing project in today's format, checked page by page. An older file is copied and
/// migrated; with ReadOnly it is migrated in memory only. Throws SQLite::Exception or Refused.
SQLite::Database connect(const std::filesystem::path& file, const Header& header, Access access);

/// A connection to a new, empty project in the file, which exists with zero bytes. Throws likewise.
SQLite::Database connect_new(const std::filesystem::path& file);

}
