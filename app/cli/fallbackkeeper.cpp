#include "app/cli/fallbackkeeper.h"

#include "core/project/fallback.h"

#include <fmt/format.h>
#include <utility>

namespace leeway::cli {

base::Result<Keeper> Keeper::open(const std::string& state, const std::string& project)
{
    Keeper keeper;
    if (!project.empty()) {
        auto opened = project::Project::open(project);
        if (!opened)
            return tl::unexpected(opened.error());
        if (opened->access() == project::Access::ReadOnly)
            return base::fail(
                base::ErrorCode::Locked,
                fmt::format("“{}” may not be written to, so the run cannot be kept there.", project));
        keeper.m_project.emplace(std::move(*opened));
    }
    if (!state.empty()) {
        auto opened = fallback::StateFile::open(state);
        if (!opened)
            return tl::unexpected(opened.error());
        keeper.m_earlier = opened->earlier();
        keeper.m_state.emplace(std::move(*opened));
    }
    return keeper;
}

base::Status Keeper::look_for(const fallback::Suite& suite, const fallback::RunIdentity& identity)
{
    if (!m_project)
        return {};
    const auto id = m_project->add_suite(suite);
    if (!id)
        return tl::unexpected(id.error());
    m_suite = *id;
    const auto part = m_project->fallback();
    if (!part)
        return tl::unexpected(part.error());
    const project::StoredRun* found = project::run_to_go_on(*part, identity);
    if (found == nullptr)
        return {};
    auto run = m_project->run(found->id);
    if (!run)
        return tl::unexpected(run.error());
    m_run = found->id;
    if (!m_earlier)
        m_earlier = std::move(*run);
    return {};
}

base::Status Keeper::begin_in_project(const fallback::Run& head)
{
    const auto id = m_project->begin_run(m_suite, head);
    if (!id)
        return tl::unexpected(id.error());
    m_run = *id;
    return {};
}

base::Status Keeper::keep(const fallback::Run& so_far, const fallback::CaseResult& result)
{
    if (m_state) {
        if (auto status = m_state->append(so_far, result); !status)
            return status;
    }
    if (!m_project)
        return {};
    if (m_run == 0) {
        if (auto status = begin_in_project(so_far); !status)
            return status;
    }
    return m_project->keep_result(m_run, result);
}

base::Status Keeper::end(const fallback::Run& run)
{
    if (!m_project)
        return {};
    if (m_run == 0) {
        if (auto status = begin_in_project(run); !status)
            return status;
    }
    return m_project->end_run(m_run, run);
}

}
