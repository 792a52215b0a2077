#include "app/cli/fallbackkeeper.h"

#include "core/project/fallback.h"

#include <fmt/format.h>
#include <utility>

namespace leeway::cli {

base::Result<project::Project> writable_project(const std::string& file)
{
    auto opened = project::Project::open(file);
    if (opened && opened->access() == project::Access::ReadOnly)
        return base::fail(base::ErrorCode::Locked,
                          fmt::format("“{}” may not be written to, or another program has it open.", file));
    return opened;
}

base::Result<project::Id> newest_run_in(const project::Project& project, const fallback::Suite& suite,
                                        const std::string& model)
{
    const auto part = project.fallback();
    if (!part)
        return tl::unexpected(part.error());
    const project::StoredRun* found = project::newest_run(*part, suite.name, model);
    if (found == nullptr)
        return base::fail(base::ErrorCode::NotFound,
                          fmt::format("The project holds no run of the suite “{}”{}{}. Run it first.",
                                      suite.name, model.empty() ? "" : " with the model ", model));
    return found->id;
}

base::Result<Keeper> Keeper::open(const std::string& state, const std::string& project, bool anew)
{
    Keeper keeper;
    keeper.m_anew = anew;
    if (!project.empty()) {
        auto opened = writable_project(project);
        if (!opened)
            return tl::unexpected(opened.error());
        keeper.m_project.emplace(std::move(*opened));
    }
    if (!state.empty()) {
        auto opened = fallback::StateFile::open(state);
        if (!opened)
            return tl::unexpected(opened.error());
        if (anew && opened->earlier())
            return base::fail(base::ErrorCode::Invalid,
                              fmt::format("“{}” holds a run already, which --new does not write over; name "
                                          "another file.",
                                          state));
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
    if (m_anew)
        return {};
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
    if (m_state) {
        if (auto status = m_state->end(run); !status)
            return status;
    }
    if (!m_project)
        return {};
    if (m_run == 0) {
        if (auto status = begin_in_project(run); !status)
            return status;
    }
    return m_project->end_run(m_run, run);
}

}
