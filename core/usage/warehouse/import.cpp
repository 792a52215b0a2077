#include "core/usage/warehouse/import.h"

#include "core/base/text.h"
#include "core/usage/warehouse/answer.h"

#include <chrono>
#include <fmt/format.h>

namespace leeway::usage::warehouse {
namespace {

base::Result<std::vector<Column>> columns_of(Session& session, const std::string& table,
                                             const base::Progress& progress)
{
    const Dialect& dialect = dialect_of(session.connection().engine);
    const auto relation = dialect.relation(table);
    if (!relation)
        return tl::unexpected(relation.error());
    std::vector<Column> columns;
    const RowSink take = [&](Row row) -> base::Status {
        constexpr std::size_t most_columns = 10'000;
        if (row.size() < 2 || columns.size() >= most_columns)
            return base::fail(base::ErrorCode::Unreadable,
                              fmt::format("The warehouse does not say which columns “{}” has.", table));
        columns.push_back(dialect.column(row[0], row[1], row.size() > 2 ? row[2] : std::string_view{}));
        return {};
    };
    if (auto status = session.query(dialect.columns_query(*relation), take, progress); !status)
        return tl::unexpected(status.error());
    return columns;
}

}

base::Result<Query> plan(Session& session, const Source& source, const pricing::Sheet& sheet,
                         const base::Progress& progress)
{
    const auto columns = columns_of(session, source.table, progress);
    if (!columns)
        return tl::unexpected(columns.error());
    // Clocks differ, and so do zones.
    const auto latest = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) +
                        std::chrono::hours(24);
    return build_query(dialect_of(session.connection().engine), *columns, source, pricing::borders_of(sheet),
                       latest);
}

base::Result<Cube> import_cube(Session& session, const Source& source, const pricing::Sheet& sheet,
                               const base::Progress& progress)
{
    const auto query = plan(session, source, sheet, progress);
    if (!query)
        return tl::unexpected(query.error());
    Answer answer(*query, sheet);
    const RowSink take = [&](Row row) { return answer.add(row); };
    if (auto status = session.query(query->sql, take, progress); !status)
        return tl::unexpected(status.error());
    return answer.take(fmt::format("{} {}", name_of(session.connection()), source.table));
}

}
