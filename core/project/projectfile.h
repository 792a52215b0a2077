#pragma once

#include "core/project/audit.h"
#include "core/project/contracts.h"
#include "core/project/database.h"
#include "core/project/lock.h"
#include "core/project/parts.h"
#include "core/project/project.h"

#include <SQLiteCpp/Transaction.h>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace leeway::project {

/// The open file behind a Project.
class Project::File
{
public:
    File(std::filesystem::path path, Access access, std::optional<WriterLock> lock,
         SQLite::Database connection)
        : m_path(std::move(path)),
          m_access(access),
          m_lock(std::move(lock)),
          m_database(std::move(connection))
    {
    }

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] Access access() const { return m_access; }

    /// Runs `work` and the audit entry that it gives in one transaction.
    template<typename Work>
    base::Status change(const Work& work)
    {
        return change_quietly([&](SQLite::Database& database) { append_audit(database, work(database)); });
    }

    /// The same without an audit entry.
    template<typename Work>
    base::Status change_quietly(const Work& work)
    {
        if (m_access == Access::ReadOnly)
            return base::fail(
                base::ErrorCode::Locked,
                fmt::format("“{}” is open for reading only, so nothing can be changed.", m_path.string()));
        return guarded(m_path, [&] {
            SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
            work(m_database);
            transaction.commit();
        });
    }

    /// Runs `work` on one unchanging state of the file.
    template<typename Work>
    auto read(const Work& work) -> base::Result<std::invoke_result_t<Work, SQLite::Database&>>
    {
        return guarded(m_path, [&] {
            SQLite::Transaction transaction(m_database);
            forget_if_changed_elsewhere();
            return work(m_database);
        });
    }

    [[nodiscard]] pricing::Sheet sheet()
    {
        if (!m_sheet) {
            auto stored = read_sheet(m_database);
            m_sheet = stored ? std::move(*stored) : value_or_refuse(pricing::bundled_sheet());
        }
        return *m_sheet;
    }
    [[nodiscard]] usage::Cube cube()
    {
        if (!m_cube)
            m_cube = read_cube(m_database);
        return *m_cube;
    }
    DocumentCache& documents() { return m_documents; }
    void forget_sheet() { m_sheet.reset(); }
    void forget_cube() { m_cube.reset(); }

private:
    // A read-only window sees what the writing one commits meanwhile.
    void forget_if_changed_elsewhere()
    {
        const std::int64_t now = m_database.execAndGet("PRAGMA data_version").getInt64();
        if (now != m_data_version) {
            m_sheet.reset();
            m_cube.reset();
            m_documents.clear();
            m_data_version = now;
        }
    }

    std::filesystem::path m_path;
    Access m_access;
    std::optional<WriterLock> m_lock; // released after the connection is closed
    SQLite::Database m_database;
    std::int64_t m_data_version = 0;
    std::optional<pricing::Sheet> m_sheet;
    std::optional<usage::Cube> m_cube;
    DocumentCache m_documents;
};

}
