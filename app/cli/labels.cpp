#include "core/report/labels.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/project/project.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace leeway::cli {
namespace {

using project::Access;
using project::Project;

struct LabelOptions
{
    std::string project;
    std::string output;
    bool all = false;
};

int run_labels(const LabelOptions& options)
{
    const auto project = Project::open(options.project, Access::ReadOnly);
    if (!project)
        return complain(project.error());
    const auto snapshot = project->load();
    if (!snapshot)
        return complain(snapshot.error());
    const report::Labels labels = report::labels_of(*snapshot, options.all);
    if (labels.text_changed > 0)
        note(fmt::format("Left out: {} decisions whose text has changed since.", labels.text_changed));
    if (labels.unread > 0)
        note(fmt::format("Left out: {} decisions on text in a language that the checks do not read.",
                         labels.unread));
    if (const auto written = report::write_labels(labels, options.output); !written)
        return complain(written.error());
    auto writable = Project::open(options.project);
    const auto noted = writable ? writable->note_export(fmt::format("labels: {}", options.output))
                                : tl::unexpected(writable.error());
    if (!noted)
        note(fmt::format("the export is not in the audit trail: {}", noted.error().message));
    print_line(fmt::format("{}: {} documents, {} decisions{}", options.output, labels.files.size(),
                           labels.decided,
                           options.all ? fmt::format(", {} findings", labels.found) : std::string()));
    return Done;
}

}

void add_labels(CLI::App& app, Action& action)
{
    auto options = std::make_shared<LabelOptions>();
    CLI::App* command = app.add_subcommand(
        "labels", "Write a project's decisions as labelled texts, for “learn checks” and “learn confidence”");
    command->add_option("PROJECT", options->project, "Project file (.leeway)")->required();
    command->add_option("-o,--output", options->output, "A new or empty folder, for docs/ and labels/")
        ->required();
    command->add_flag("--all", options->all,
                      "Also what the engine found where nothing is decided, marked as the engine's");
    command->callback([options, &action] { action = [options] { return run_labels(*options); }; });
}

}
