#include "core/project/projectfile.h"
#include "core/project/runs.h"

#include <utility>

// The commands of Project on endpoints, suites and runs.
namespace leeway::project {

base::Result<FallbackPart> Project::fallback() const
{
    return m_file->read([](SQLite::Database& database) { return read_fallback(database); });
}

base::Result<fallback::Suite> Project::suite(Id suite) const
{
    return m_file->read([&](SQLite::Database& database) { return read_suite(database, suite); });
}

base::Result<fallback::Run> Project::run(Id run) const
{
    return m_file->read([&](SQLite::Database& database) { return read_run(database, run); });
}

base::Status Project::set_endpoints(const std::vector<fallback::Endpoint>& endpoints)
{
    return m_file->change([&](SQLite::Database& database) { return write_endpoints(database, endpoints); });
}

base::Result<Id> Project::add_suite(const fallback::Suite& suite)
{
    const auto known =
        m_file->read([&](SQLite::Database& database) { return known_suite(database, suite.sha256); });
    if (!known || *known != 0)
        return known;
    Id id = 0;
    const base::Status status =
        m_file->change([&](SQLite::Database& database) { return insert_suite(database, suite, id); });
    return status.map([&] { return id; });
}

base::Result<Id> Project::begin_run(Id suite, const fallback::Run& head)
{
    Id id = 0;
    const base::Status status =
        m_file->change([&](SQLite::Database& database) { return insert_run(database, suite, head, id); });
    return status.map([&] { return id; });
}

base::Status Project::keep_result(Id run, const fallback::CaseResult& result)
{
    return m_file->change_quietly([&](SQLite::Database& database) { write_result(database, run, result); });
}

base::Status Project::end_run(Id id, const fallback::Run& run)
{
    return m_file->change([&](SQLite::Database& database) { return project::end_run(database, id, run); });
}

base::Result<fallback::Run> Project::regrade_run(Id id, const fallback::Suite& suite)
{
    auto kept = run(id);
    if (!kept)
        return kept;
    auto graded = fallback::regraded(std::move(*kept), suite);
    if (!graded)
        return graded;
    const auto suite_id = add_suite(suite);
    if (!suite_id)
        return tl::unexpected(suite_id.error());
    const auto status = m_file->change(
        [&](SQLite::Database& database) { return project::regrade_run(database, id, *suite_id, *graded); });
    return status ? graded : tl::unexpected(status.error());
}

base::Status Project::note_judging(Id id, const fallback::Judge& judge, int cases)
{
    return m_file->change(
        [&](SQLite::Database& database) { return project::judge_run(database, id, judge, cases); });
}

base::Status Project::remove_run(Id run)
{
    return m_file->change([&](SQLite::Database& database) { return project::remove_run(database, run); });
}

base::Status Project::restore_run(Id run)
{
    return m_file->change([&](SQLite::Database& database) { return project::restore_run(database, run); });
}

}
