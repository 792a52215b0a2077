#pragma once

#include "core/base/date.h"
#include "core/base/result.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// What the row functions of this module share. They throw SQLite::Exception or Refused; Project catches both
// in `guarded`.
namespace leeway::project {

/// A command that cannot be done; ends the transaction.
struct Refused
{
    base::Error error;
};

[[noreturn]] inline void refuse(base::ErrorCode code, std::string message)
{
    throw Refused{base::Error{code, std::move(message)}};
}

/// Content that no version of Leeway writes.
[[noreturn]] void refuse_damaged(const std::string& what);

template<typename T>
T value_or_refuse(base::Result<T> result)
{
    if (!result)
        throw Refused{std::move(result.error())};
    return std::move(*result);
}

struct Blob
{
    std::string_view bytes;
};

void bind_value(SQLite::Statement& statement, int index, std::int64_t value);
void bind_value(SQLite::Statement& statement, int index, double value);
void bind_value(SQLite::Statement& statement, int index, std::string_view value);
void bind_value(SQLite::Statement& statement, int index, Blob value);
void bind_value(SQLite::Statement& statement, int index, base::Instant value);
void bind_value(SQLite::Statement& statement, int index, std::optional<std::int64_t> value);

/// A prepared statement that is run once or many times, each time with values bound to its parameters.
class Command
{
public:
    Command(SQLite::Database& database, const char* sql) : m_statement(database, sql) {}

    template<typename... Values>
    void operator()(const Values&... values)
    {
        start(values...);
        m_statement.exec();
    }

    /// Binds; rows are then read with `next`.
    template<typename... Values>
    void start(const Values&... values)
    {
        m_statement.reset();
        int index = 0;
        (bind_one(++index, values), ...);
    }
    bool next() { return m_statement.executeStep(); }

    [[nodiscard]] std::int64_t integer(int column) const { return m_statement.getColumn(column).getInt64(); }
    [[nodiscard]] double real(int column) const { return m_statement.getColumn(column).getDouble(); }
    [[nodiscard]] std::string text(int column) const { return m_statement.getColumn(column).getString(); }
    /// Refuses what is not below 2³².
    [[nodiscard]] std::uint32_t offset(int column) const;
    /// Refuses times before 1900 and after 2200.
    [[nodiscard]] base::Instant instant(int column) const;

private:
    template<typename T>
    void bind_one(int index, const T& value)
    {
        if constexpr (std::is_integral_v<T>)
            bind_value(m_statement, index, static_cast<std::int64_t>(value));
        else
            bind_value(m_statement, index, value);
    }

    SQLite::Statement m_statement;
};

/// The user's error for what SQLite reported on `file`.
base::Error explained(const SQLite::Exception& exception, const std::filesystem::path& file);

/// Runs `work` and turns everything that it throws into an error.
template<typename Work>
auto guarded(const std::filesystem::path& file, const Work& work) -> base::Result<std::invoke_result_t<Work>>
{
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (Refused& refused) {
        return tl::unexpected<base::Error>(std::move(refused.error));
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected<base::Error>(explained(exception, file));
    } catch (const std::exception& exception) {
        return base::fail(base::ErrorCode::Database,
                          "The project could not be read or changed: " + std::string(exception.what()) + ".");
    }
}

}
