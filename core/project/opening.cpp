#include "core/project/opening.h"

#include "core/project/database.h"
#include "core/project/migrations.h"

#include <SQLiteCpp/Backup.h>
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <sqlite3.h>

namespace leeway::project {
namespace {

constexpr std::string_view magic{"SQLite format 3\0", 16};
constexpr std::size_t header_size = 100;
constexpr int largest_value = 512 << 20; // bytes of one text or blob

std::uint32_t big_endian(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

std::filesystem::path beside(const std::filesystem::path& file, const char* ending)
{
    auto path = file;
    path += ending;
    return path;
}

bool has_content(const std::filesystem::path& file)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    return !error && size > 0;
}

// The pages that the header counts must be there, unless a journal is about to restore them.
bool is_cut_short(std::string_view header, std::uintmax_t size, const std::filesystem::path& file)
{
    const std::uint32_t stored = big_endian(header, 16, 2);
    const std::uint32_t page_size = stored == 1 ? 65536 : stored;
    const std::uint64_t pages = big_endian(header, 28, 4);
    const bool count_is_current = big_endian(header, 24, 4) == big_endian(header, 92, 4);
    return count_is_current && size < pages * page_size && !has_content(beside(file, "-journal")) &&
           !has_content(beside(file, "-wal"));
}

// "file:" address of SQLite with everything unusual escaped.
std::string address_of(const std::filesystem::path& file)
{
    std::string address = "file:";
    for (const char c : std::filesystem::absolute(file).string()) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '/' || c == '.' || c == '-' || c == '_';
        if (plain)
            address += c;
        else
            address += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return address;
}

void prepare(SQLite::Database& database)
{
    constexpr int patience_ms = 2000;
    database.setBusyTimeout(patience_ms);
    sqlite3_limit(database.getHandle(), SQLITE_LIMIT_LENGTH, largest_value);
    database.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; "
                  "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
}

void check_pages(SQLite::Database& database, const std::filesystem::path& file)
{
    const std::string verdict = database.execAndGet("PRAGMA quick_check(1)").getString();
    if (verdict != "ok")
        refuse(base::ErrorCode::Unreadable,
               fmt::format("“{}” is damaged and was left as it is ({}). Open a copy or a backup of it.",
                           file.string(), verdict));
}

void check_schema(SQLite::Database& database, int version, const std::filesystem::path& file)
{
    std::vector<Step> steps = schema_steps();
    std::erase_if(steps, [&](const Step& step) { return step.version > version; });
    SQLite::Database expected(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(expected, steps);
    if (schema_text(database) != schema_text(expected))
        refuse(
            base::ErrorCode::Unreadable,
            fmt::format("“{}” was changed by another program: its tables are not those of a Leeway project. "
                        "It was left as it is; open a copy or a backup of it.",
                        file.string()));
}

SQLite::Database connect_to_read(const std::filesystem::path& file, const Header& header)
{
    if (!header.write_ahead)
        return {file.string(), SQLite::OPEN_READONLY};
    // Reading a write-ahead file creates files beside it, unless it is declared immutable.
    if (has_content(beside(file, "-wal")))
        refuse(base::ErrorCode::Locked,
               fmt::format(
                   "“{}” was left in the middle of a change by another program. Open it once for writing.",
                   file.string()));
    return {address_of(file) + "?immutable=1", SQLite::OPEN_READONLY | SQLite::OPEN_URI};
}

}

base::Result<Header> inspect(const std::filesystem::path& file)
{
    using base::ErrorCode;
    const std::string name = file.string();
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (status.type() == std::filesystem::file_type::not_found)
        return base::fail(ErrorCode::NotFound, fmt::format("There is no project “{}”.", name));
    if (status.type() != std::filesystem::file_type::regular)
        return base::fail(ErrorCode::Foreign, fmt::format("“{}” is not a project file.", name));

    std::array<char, header_size> bytes{};
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return base::fail(ErrorCode::Io,
                          fmt::format("“{}” could not be opened; check its permissions.", name));
    in.read(bytes.data(), bytes.size());
    const std::string_view header(bytes.data(), static_cast<std::size_t>(in.gcount()));
    if (header.empty())
        return base::fail(ErrorCode::Unreadable,
                          fmt::format("“{}” is empty. Open a copy or a backup of it.", name));
    if (header.substr(0, magic.size()) != magic.substr(0, header.size()))
        return base::fail(ErrorCode::Foreign, fmt::format("“{}” is not a Leeway project.", name));
    if (header.size() < header_size || is_cut_short(header, std::filesystem::file_size(file, error), file))
        return base::fail(
            ErrorCode::Unreadable,
            fmt::format("“{}” is cut short, as after a broken copy or download. It was left as it "
                        "is; open a complete copy of it.",
                        name));
    if (big_endian(header, 68, 4) != static_cast<std::uint32_t>(application_id))
        return base::fail(ErrorCode::Foreign,
                          fmt::format("“{}” is a database of another program, not a Leeway project.", name));
    const std::uint32_t version = big_endian(header, 60, 4);
    if (version > static_cast<std::uint32_t>(schema_version))
        return base::fail(
            ErrorCode::NewerFormat,
            fmt::format("“{}” was written by a newer version of Leeway (format {}; this one reads "
                        "up to {}). Update Leeway to open it.",
                        name, version, schema_version));
    return Header{static_cast<int>(version), header[18] == 2 || header[19] == 2};
}

SQLite::Database connect(const std::filesystem::path& file, const Header& header, Access access)
{
    if (access == Access::ReadOnly) {
        SQLite::Database database = connect_to_read(file, header);
        prepare(database);
        check_pages(database, file);
        check_schema(database, header.version, file);
        if (header.version == schema_version)
            return database;
        SQLite::Database copy(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Backup(copy, database).executeStep();
        migrate(copy, schema_steps());
        prepare(copy);
        return copy;
    }
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    prepare(database);
    check_pages(database, file);
    check_schema(database, header.version, file);
    database.exec("PRAGMA journal_mode = DELETE");
    if (header.version < schema_version) {
        copy_before(database, file, schema_version);
        migrate(database, schema_steps());
    }
    return database;
}

SQLite::Database connect_new(const std::filesystem::path& file)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    prepare(database);
    database.exec(fmt::format("PRAGMA application_id = {}", application_id));
    migrate(database, schema_steps());
    return database;
}

}
