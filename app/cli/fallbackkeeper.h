#pragma once

#include "core/fallback/runs/run.h"
#include "core/fallback/runs/statefile.h"
#include "core/fallback/suite.h"
#include "core/project/project.h"

#include <optional>
#include <string>

namespace leeway::cli {

/// A project that runs can be kept in; Locked when it may not be written to.
base::Result<project::Project> writable_project(const std::string& file);

/// The newest run of a suite of this name that has answers; an empty model stands for any. NotFound without
/// one.
base::Result<project::Id> newest_run_in(const project::Project& project, const fallback::Suite& suite,
                                        const std::string& model);

/// Keeps the answers of a run while it goes on: in a state file, in a project, in both or in neither.
class Keeper
{
public:
    /// Empty names: not there. `anew`: a run that was kept before is not gone on with; Invalid when the state
    /// file holds one.
    static base::Result<Keeper> open(const std::string& state, const std::string& project, bool anew);

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
    bool m_anew = false;
    project::Id m_suite = 0;
    project::Id m_run = 0; // in the project
};

}
