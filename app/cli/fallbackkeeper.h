#pragma once

#include "core/fallback/runs/run.h"
#include "core/fallback/runs/statefile.h"
#include "core/fallback/suite.h"
#include "core/project/project.h"

#include <optional>
#include <string>

namespace leeway::cli {

/// Keeps the answers of a run while it goes on: in a state file, in a project, in both or in neither.
class Keeper
{
public:
    /// Empty names: not there.
    static base::Result<Keeper> open(const std::string& state, const std::string& project);

    /// Looks for what was kept of this run before; the model may be empty.
    base::Status look_for(const fallback::Suite& suite, const fallback::RunIdentity& identity);
    [[nodiscard]] const fallback::Run* earlier() const { return m_earlier ? &*m_earlier : nullptr; }
    [[nodiscard]] bool keeps() const { return m_state || m_project; }

    base::Status keep(const fallback::Run& so_far, const fallback::CaseResult& result);
    base::Status end(const fallback::Run& run);

private:
    base::Status begin_in_project(const fallback::Run& head);

    std::optional<fallback::StateFile> m_state;
    std::optional<project::Project> m_project;
    std::optional<fallback::Run> m_earlier;
    project::Id m_suite = 0;
    project::Id m_run = 0; // in the project
};

}
