#include "core/project/migrations.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

namespace leeway::project {

void migrate(SQLite::Database& database, const std::vector<Step>& steps)
{
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    int version = database.execAndGet("PRAGMA user_version").getInt();
    for (const Step& step : steps) {
        if (step.version <= version)
            continue;
        database.exec(std::string(step.sql));
        version = step.version;
    }
    // PRAGMA takes no bound values; the number is ours.
    database.exec(fmt::format("PRAGMA user_version = {}", version));
    transaction.commit();
}

std::filesystem::path copy_before(SQLite::Database& database, const std::filesystem::path& file, int version)
{
    const auto named = [&](int attempt) {
        auto copy = file;
        copy.replace_filename(
            attempt == 1 ? fmt::format("{}.before-v{}.leeway", file.stem().string(), version)
                         : fmt::format("{}.before-v{}-{}.leeway", file.stem().string(), version, attempt));
        return copy;
    };
    int attempt = 1;
    while (std::filesystem::exists(named(attempt)))
        ++attempt;
    const auto path = named(attempt);
    try {
        SQLite::Database copy(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Backup backup(copy, database);
        backup.executeStep();
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
        throw;
    }
    return path;
}

std::string schema_text(SQLite::Database& database)
{
    std::string text;
    SQLite::Statement rows(database, "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema "
                                     "WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name");
    while (rows.executeStep()) {
        for (int column = 0; column < 4; ++column)
            text += rows.getColumn(column).getString() + '\n';
    }
    return text;
}

}
