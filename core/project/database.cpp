#include "core/project/database.h"

#include <fmt/format.h>
#include <limits>
#include <sqlite3.h>

namespace leeway::project {

void refuse_damaged(const std::string& what)
{
    refuse(base::ErrorCode::Unreadable,
           fmt::format("The project file is damaged: {}. Open a copy or a backup of it.", what));
}

void bind_value(SQLite::Statement& statement, int index, std::int64_t value)
{
    statement.bind(index, value);
}

void bind_value(SQLite::Statement& statement, int index, double value)
{
    statement.bind(index, value);
}

void bind_value(SQLite::Statement& statement, int index, std::string_view value)
{
    statement.bind(index, std::string(value));
}

void bind_value(SQLite::Statement& statement, int index, Blob value)
{
    constexpr std::size_t limit = std::numeric_limits<int>::max();
    if (value.bytes.size() > limit)
        refuse(base::ErrorCode::TooLarge, "A document of 2 GB or more cannot be kept in a project.");
    // A null pointer would bind NULL instead of an empty blob.
    statement.bindNoCopy(index, value.bytes.empty() ? "" : value.bytes.data(),
                         static_cast<int>(value.bytes.size()));
}

void bind_value(SQLite::Statement& statement, int index, base::Instant value)
{
    statement.bind(index, static_cast<std::int64_t>(value.time_since_epoch().count()));
}

void bind_value(SQLite::Statement& statement, int index, std::optional<std::int64_t> value)
{
    if (value)
        statement.bind(index, *value);
    else
        statement.bind(index);
}

std::uint32_t Command::offset(int column) const
{
    const std::int64_t value = integer(column);
    if (value < 0 || value > std::numeric_limits<std::uint32_t>::max())
        refuse_damaged("a place in a text is out of range");
    return static_cast<std::uint32_t>(value);
}

base::Instant Command::instant(int column) const
{
    using namespace std::chrono;
    const base::Instant value{milliseconds{integer(column)}};
    if (value < sys_days{year{1900} / 1 / 1} || value >= sys_days{year{2200} / 1 / 1})
        refuse_damaged("a time is out of range");
    return value;
}

base::Error explained(const SQLite::Exception& exception, const std::filesystem::path& file)
{
    using base::ErrorCode;
    const std::string name = file.string();
    const auto error = [](ErrorCode code, std::string message) {
        return base::Error{code, std::move(message)};
    };
    switch (exception.getErrorCode() & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error(ErrorCode::Locked,
                     fmt::format("“{}” is being changed by another program; try again.", name));
    case SQLITE_READONLY:
        if (exception.getExtendedErrorCode() == SQLITE_READONLY_ROLLBACK)
            return error(ErrorCode::Locked,
                         fmt::format("“{}” was left in the middle of a change. Open it once for writing: its "
                                     "last whole state is then put back.",
                                     name));
        return error(ErrorCode::Locked, fmt::format("“{}” is read-only.", name));
    case SQLITE_FULL:
        return error(ErrorCode::Io,
                     fmt::format("“{}” could not be written: the disk is full. Nothing was changed.", name));
    case SQLITE_IOERR:
        return error(ErrorCode::Io,
                     fmt::format("“{}” could not be read or written ({}). Nothing was changed.", name,
                                 exception.getErrorStr()));
    case SQLITE_CANTOPEN:
        return error(ErrorCode::Io, fmt::format("“{}” could not be opened; check its permissions.", name));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return error(
            ErrorCode::Unreadable,
            fmt::format("“{}” is damaged and was left as it is. Open a copy or a backup of it.", name));
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
        return error(ErrorCode::TooLarge, fmt::format("“{}” holds a value that is too large.", name));
    default:
        return error(
            ErrorCode::Database,
            fmt::format("The database of “{}” refused: {}. Nothing was changed.", name, exception.what()));
    }
}

}
