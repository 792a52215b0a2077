#include "core/fallback/runs/run.h"
#include "core/fallback/suite.h"
#include "core/project/fallback.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/text.h"

// The commands of Workspace on endpoints, suites and runs.
namespace leeway::ui {

namespace {

base::Error noProject()
{
    return {base::ErrorCode::NotFound, "No project is open."};
}

}

base::Result<project::FallbackPart> Workspace::fallback() const
{
    if (!m_project)
        return tl::unexpected(noProject());
    return m_project->fallback();
}

base::Result<fallback::Suite> Workspace::suite(project::Id id) const
{
    if (!m_project)
        return tl::unexpected(noProject());
    return m_project->suite(id);
}

base::Result<fallback::Run> Workspace::run(project::Id id) const
{
    if (!m_project)
        return tl::unexpected(noProject());
    return m_project->run(id);
}

void Workspace::setEndpoints(const std::vector<fallback::Endpoint>& endpoints)
{
    if (!mayWrite())
        return;
    auto before = m_project->fallback();
    if (!before) {
        Q_EMIT failed(str(before.error().message));
        return;
    }
    if (before->endpoints == endpoints)
        return;
    push(
        tr("change endpoints"), [this, endpoints] { return m_project->set_endpoints(endpoints); },
        [this, before = std::move(before->endpoints)] { return m_project->set_endpoints(before); });
}

project::Id Workspace::addSuite(const fallback::Suite& suite)
{
    if (!mayWrite())
        return 0;
    return kept(m_project->add_suite(suite));
}

project::Id Workspace::beginRun(project::Id suite, const fallback::Run& head)
{
    if (!mayWrite())
        return 0;
    return kept(m_project->begin_run(suite, head));
}

base::Status Workspace::keepResult(project::Id run, const fallback::CaseResult& result)
{
    if (!m_project)
        return tl::unexpected(noProject());
    return m_project->keep_result(run, result);
}

bool Workspace::endRun(project::Id id, const fallback::Run& run)
{
    if (!mayWrite())
        return false;
    return kept(m_project->end_run(id, run).map([&] { return id; })) != 0;
}

std::optional<fallback::Run> Workspace::regradeRun(project::Id id, const fallback::Suite& suite)
{
    if (!mayWrite())
        return std::nullopt;
    auto run = m_project->regrade_run(id, suite);
    kept(run.map([&](const fallback::Run&) { return id; }));
    return run ? std::optional(std::move(*run)) : std::nullopt;
}

void Workspace::noteJudging(project::Id id, const fallback::Judge& judge, int cases)
{
    if (mayWrite())
        kept(m_project->note_judging(id, judge, cases).map([&] { return id; }));
}

void Workspace::removeRun(project::Id id)
{
    if (!mayWrite())
        return;
    push(
        tr("remove run"), [this, id] { return m_project->remove_run(id); },
        [this, id] { return m_project->restore_run(id); });
}

project::Id Workspace::kept(const base::Result<project::Id>& id)
{
    if (!id)
        Q_EMIT failed(str(id.error().message));
    reload();
    return id.value_or(0);
}

}
