#include "app/cli/fallback.h"
#include "app/cli/fallbackkeeper.h"
#include "app/cli/output.h"
#include "app/cli/policyreplay.h"
#include "core/base/file.h"
#include "core/fallback/finetune/trainingset.h"
#include "core/fallback/policy/annex.h"
#include "core/fallback/policy/routerconfig.h"
#include "core/project/leave.h"
#include "core/project/project.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>

namespace leeway::cli {
namespace {

struct Options
{
    ReplayInput input;
    std::string out;
    std::string project;
    std::vector<std::string> log;
    fallback::TrainingOptions training;
    bool no_mask = false;
    bool read_contract = false;
    std::string format = "table";
};

// To the file, or to standard output where none is named.
int deliver(const std::string& text, const std::string& out)
{
    if (out.empty()) {
        fmt::print("{}", text);
        return Done;
    }
    const auto status = base::write_file(out, text);
    return status ? static_cast<int>(Done) : complain(status.error());
}

int litellm(const Options& options)
{
    const auto policy = policy_of(options.input);
    if (!policy)
        return complain(policy.error());
    const auto config = fallback::litellm_config(*policy);
    if (!config)
        return complain(config.error());
    for (const std::string& part : config->left_out)
        note(fmt::format("LiteLLM cannot do: {}.", part));
    return deliver(config->yaml, options.out);
}

int annex(const Options& options)
{
    const auto policy = policy_of(options.input);
    if (!policy)
        return complain(policy.error());
    const bool html = options.format == "html" || std::filesystem::path(options.out).extension() == ".html";
    const auto page = html ? fallback::annex_html : fallback::annex_markdown;
    if (options.input.usage.files.empty())
        return deliver(page(*policy, nullptr, nullptr, nullptr), options.out);
    const auto replay = replay_of(options.input, {*policy, without_failover(*policy)});
    if (!replay)
        return complain(replay.error());
    return deliver(page(*policy, &*replay, &replay->outcomes[0], &replay->outcomes[1]), options.out);
}

// What the contracts say of learning from a vendor's answers, shown before anything is written.
base::Result<std::vector<fallback::Leave>> shown_leave(const project::Project& project)
{
    const auto snapshot = project.load();
    if (!snapshot)
        return tl::unexpected(snapshot.error());
    auto leave = project::leave_of(snapshot->contracts, {"competing-use-ban", "no-training"});
    for (const fallback::Leave& each : leave)
        fmt::print(stderr, "{}{}: {} is {}\n  “{}”\n", each.contract,
                   each.section.empty() ? "" : ", section " + each.section, each.check, each.verdict,
                   each.passage.empty() ? "no passage" : each.passage);
    return leave;
}

base::Status write_set(const fallback::TrainingSet& set, const std::filesystem::path& folder)
{
    std::error_code fault;
    std::filesystem::create_directories(folder, fault);
    return base::write_file(folder / "train.jsonl", set.train).and_then([&] {
        return base::write_file(folder / "held-out.jsonl", set.held_out);
    });
}

int finetune(const Options& options)
{
    fallback::ApprovedLog all;
    for (const std::string& file : options.log) {
        const auto log = fallback::load_approved(file);
        if (!log)
            return complain(log.error());
        all.examples.insert(all.examples.end(), log->examples.begin(), log->examples.end());
        all.not_approved += log->not_approved;
        all.incomplete += log->incomplete;
    }
    fallback::TrainingOptions training = options.training;
    training.mask = !options.no_mask;
    const auto set = fallback::training_set(all, training);
    if (!set)
        return complain(set.error());
    auto project = writable_project(options.project);
    if (!project)
        return complain(project.error());
    const auto leave = shown_leave(*project);
    if (!leave)
        return complain(leave.error());
    if (!options.read_contract) {
        note(leave->empty()
                 ? "No contract of the project was checked for leave to learn from answers. Check it, "
                   "then repeat with --contract-read."
                 : "Read what the contract says above, then repeat with --contract-read. Nothing was "
                   "written.");
        return BelowBar;
    }
    std::string passages;
    for (const fallback::Leave& each : *leave)
        passages += fmt::format("; {} {}: {}", each.contract, each.check, each.verdict);
    if (const auto noted =
            project->note_export(fmt::format("{}{}", set->summary(), passages), "export fine-tuning set");
        !noted)
        return complain(noted.error());
    if (const auto status = write_set(*set, options.out); !status)
        return complain(status.error());
    print_line(set->summary());
    if (all.not_approved + all.incomplete > 0)
        note(fmt::format("{} lines were not approved and {} had no question or answer.", all.not_approved,
                         all.incomplete));
    return Done;
}

}

void add_export(CLI::App& fallback, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command =
        fallback.add_subcommand("export", "A router's configuration, a contract's annex, a fine-tuning set");
    command->require_subcommand(1);
    const auto part = [&](const char* name, const char* help, int (*work)(const Options&)) {
        CLI::App* sub = command->add_subcommand(name, help);
        sub->callback([options, &action, work] { action = [options, work] { return work(*options); }; });
        return sub;
    };
    CLI::App* router = part("litellm", "config.yaml for the LiteLLM proxy", litellm);
    add_policy_options(*router, options->input);
    router->add_option("-o,--out", options->out, "The file; default: standard output");
    CLI::App* page =
        part("annex",
             "The policy in plain words for the contract's annex; with USAGE what it would have done", annex);
    add_policy_options(*page, options->input);
    add_traffic_options(*page, options->input, false);
    page->add_option("-o,--out", options->out, "The file (.md or .html); default: standard output");
    page->add_option("--format", options->format, "markdown or html; else by the file's name")
        ->check(CLI::IsMember({"markdown", "html"}));
    CLI::App* set =
        part("finetune", "Answers that a person approved, as chat JSON Lines to learn from", finetune);
    set->add_option("LOG", options->log, "JSON Lines with messages or prompt, answer, approved, conversation")
        ->required()
        ->check(CLI::ExistingFile);
    set->add_option("--project", options->project,
                    "Whose contracts say whether it is allowed; notes the export")
        ->required()
        ->check(CLI::ExistingFile);
    set->add_option("-o,--out", options->out, "The folder for train.jsonl and held-out.jsonl")->required();
    set->add_option("--held-out", options->training.held_out_percent,
                    "Percent of conversations kept for testing")
        ->check(CLI::Range(0.0, 90.0))
        ->capture_default_str();
    set->add_option("--seed", options->training.seed, "Of the split")->capture_default_str();
    set->add_option("--name", options->training.names, "A name to be masked; can be given several times");
    set->add_flag("--no-mask", options->no_mask, "Leave personal data as it is");
    set->add_flag("--contract-read", options->read_contract, "You read the passages that this command shows");
}

}
