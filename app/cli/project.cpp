#include "core/project/project.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/tables.h"
#include "app/cli/usage_input.h"
#include "core/base/file.h"
#include "core/clauses/review.h"
#include "core/document/contents.h"
#include "core/document/notice.h"
#include "core/project/names.h"
#include "core/report/model.h"
#include "core/report/writers.h"
#include "core/simulation/calendar/ics.h"
#include "core/usage/import.h"

#include <CLI/CLI.hpp>
#include <QGuiApplication>
#include <array>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>

namespace leeway::cli {
namespace {

using base::ErrorCode;
using project::Access;
using project::Project;

constexpr std::size_t contract_limit = std::size_t{200} << 20;

base::Date today()
{
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

base::Result<report::Model> model_of(const std::string& file, const std::string& pack_name,
                                     bool with_prospects = false)
{
    const auto project = Project::open(file, Access::ReadOnly);
    if (!project)
        return tl::unexpected(project.error());
    const auto snapshot = project->load();
    if (!snapshot)
        return tl::unexpected(snapshot.error());
    const auto pack = clauses::load_pack(pack_name);
    if (!pack)
        return tl::unexpected(pack.error());
    report::Model model = report::assemble(*snapshot, *pack, today());
    return with_prospects ? report::with_prospects(std::move(model), *snapshot) : model;
}

struct NewOptions
{
    std::string file;
    std::string title;
    std::string currency;
};

int run_new(const NewOptions& options)
{
    const std::string title =
        options.title.empty() ? std::filesystem::path(options.file).stem().string() : options.title;
    auto created = Project::create(options.file, title);
    if (!created)
        return complain(created.error());
    if (!options.currency.empty()) {
        auto snapshot = created->load();
        if (!snapshot)
            return complain(snapshot.error());
        snapshot->settings.currency = options.currency;
        if (auto status = created->set_settings(snapshot->settings); !status)
            return complain(status.error());
    }
    return Done;
}

struct AddOptions
{
    std::string project;
    std::vector<std::string> contracts;
    std::string title;
    std::string vendor;
    project::Id version_of = 0;
    UsageInput usage;
    std::string scenarios;
    std::string pack = "ai-procurement";
};

base::Status add_contract(Project& project, const clauses::Pack& pack, const document::Found& found,
                          const AddOptions& options)
{
    const document::Document& document = *found.document;
    const clauses::Review review = clauses::review(document, pack);
    if (!review.outside.empty())
        note(fmt::format("{}: {}", found.name, clauses::outside_message(review.outside)));
    for (const std::string& warning : document::warnings(document))
        note(fmt::format("{}: {}", found.name, warning));
    const auto names = project::suggested_names(document, review);
    const auto added = options.version_of != 0
                           ? project.add_version(options.version_of, document, found.bytes, review)
                           : project.add_contract(options.title.empty() ? names.title : options.title,
                                                  options.vendor.empty() ? names.vendor : options.vendor,
                                                  document, found.bytes, review);
    return added ? base::Status{} : tl::unexpected(added.error());
}

base::Status add_contracts(Project& project, const AddOptions& options)
{
    const auto pack = clauses::load_pack(options.pack);
    if (!pack)
        return tl::unexpected(pack.error());
    document::Worker worker;
    for (const std::string& file : options.contracts) {
        auto bytes = base::read_file(file, contract_limit);
        if (!bytes)
            return tl::unexpected(bytes.error());
        const auto found = document::contracts_in(worker, std::filesystem::path(file).filename().string(),
                                                  std::move(*bytes));
        if (!found)
            return tl::unexpected(found.error());
        if (options.version_of != 0 && found->size() > 1)
            return base::fail(
                ErrorCode::Invalid,
                fmt::format("“{}” carries {} documents; save the one that is the new version, and add "
                            "that.",
                            file, found->size()));
        for (const document::Found& one : *found) {
            if (auto status = add_contract(project, *pack, one, options); !status)
                return status;
        }
    }
    return {};
}

base::Status merge_into(usage::Cube& cube, usage::Cube more)
{
    if (cube.empty()) {
        cube = std::move(more);
        return {};
    }
    auto both = usage::merged(std::move(cube), more);
    if (!both)
        return tl::unexpected(both.error());
    cube = std::move(*both);
    return {};
}

// Adds logs and cubes to the project's usage, without what earlier imports brought.
base::Status add_usage(Project& project, const UsageInput& input, const pricing::Sheet& sheet,
                       usage::Cube& cube)
{
    const auto ledger = project.usage_ledger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    const auto mapping = mapping_of(input);
    if (!mapping)
        return tl::unexpected(mapping.error());
    const std::vector<std::filesystem::path> files(input.files.begin(), input.files.end());
    auto import = usage::import_usage(files, sheet, mapping->get(), *ledger);
    if (!import)
        return tl::unexpected(import.error());
    for (const usage::LogReport& log : import->logs) {
        if (log.known)
            note(fmt::format("{}: was imported before and is left out.", log.name));
    }
    report_bad_lines(import->cube.bad_lines, import->cube.examples);
    if (!import->cube.empty()) {
        if (auto status = merge_into(cube, std::move(import->cube)); !status)
            return status;
    }
    return project.set_usage(cube, import->ledger);
}

base::Status add_money(Project& project, const AddOptions& options)
{
    const auto snapshot = project.load();
    if (!snapshot)
        return tl::unexpected(snapshot.error());
    pricing::Sheet sheet = snapshot->sheet;
    if (!options.usage.sheet.empty()) {
        auto loaded = pricing::load_sheet(options.usage.sheet);
        if (!loaded)
            return tl::unexpected(loaded.error());
        auto both = pricing::merged(std::move(sheet), *loaded);
        if (!both)
            return tl::unexpected(both.error());
        sheet = std::move(*both);
        if (auto status = project.set_sheet(sheet); !status)
            return status;
    }
    usage::Cube cube = snapshot->cube;
    if (!options.usage.files.empty()) {
        if (auto status = add_usage(project, options.usage, sheet, cube); !status)
            return status;
    }
    if (!options.scenarios.empty()) {
        const auto set = simulation::load_scenarios(options.scenarios);
        return set ? project.set_scenarios(*set) : tl::unexpected(set.error());
    }
    if (!options.usage.files.empty() && snapshot->scenarios.scenarios.empty())
        return project.set_scenarios(
            simulation::default_scenarios(cube, sheet, base::Month::of(today()) + 1));
    return {};
}

int run_add(const AddOptions& options)
{
    auto project = Project::open(options.project);
    if (!project)
        return complain(project.error());
    if (auto status = add_contracts(*project, options); !status)
        return complain(status.error());
    if (auto status = add_money(*project, options); !status)
        return complain(status.error());
    return Done;
}

struct DecideOptions
{
    std::string project;
    std::string check;
    std::string verdict;
    std::string note;
    project::Id contract = 0;
};

int run_decide(const DecideOptions& options)
{
    auto project = Project::open(options.project);
    if (!project)
        return complain(project.error());
    const auto snapshot = project->load();
    if (!snapshot)
        return complain(snapshot.error());
    if (snapshot->contracts.empty())
        return complain({ErrorCode::Invalid, "The project has no contract to decide on."});
    if (options.contract == 0 && snapshot->contracts.size() > 1)
        return complain({ErrorCode::Invalid, "The project has several contracts; name one with --contract."});
    const project::Id contract = options.contract != 0 ? options.contract : snapshot->contracts.front().id;
    std::optional<project::Decision> decision;
    if (options.verdict != "withdraw") {
        decision.emplace();
        decision->check = options.check;
        decision->verdict = *clauses::parse_verdict(options.verdict);
        decision->note = options.note;
    }
    const auto status = project->set_decision(contract, options.check, decision);
    return status ? Done : complain(status.error());
}

struct ShowOptions
{
    std::string project;
    std::string pack = "ai-procurement";
    std::string format = "table";
    std::string ics;
};

int run_show(const ShowOptions& options)
{
    const auto model = model_of(options.project, options.pack);
    if (!model)
        return complain(model.error());
    if (!options.ics.empty()) {
        const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        const auto written =
            base::write_file(options.ics, simulation::to_ics(model->dates, model->project, now));
        if (!written)
            return complain(written.error());
        print_line(options.ics);
    } else if (options.format == "json") {
        print_line(report::to_json(*model));
    } else {
        print_model(*model);
    }
    return Done;
}

struct ReportOptions
{
    std::string project;
    std::string pack = "ai-procurement";
    std::string output;
};

int run_report(const ReportOptions& options)
{
    const auto model = model_of(options.project, options.pack, true);
    if (!model)
        return complain(model.error());
    // Drawing text needs fonts, hence Qt's platform layer, but never a display.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    int argc = 1;
    std::string name = "leeway-cli";
    std::array<char*, 2> argv{name.data(), nullptr};
    const QGuiApplication application(argc, argv.data());
    const std::string ending = std::filesystem::path(options.output).extension().string();
    const auto written = ending == ".json" ? base::write_file(options.output, report::to_json(*model))
                                           : report::write_pdf(*model, options.output);
    if (!written)
        return complain(written.error());
    // A read-only or locked project can still be reported on; only the audit entry is left out, and said so.
    auto project = Project::open(options.project);
    const auto noted = project ? project->note_export(options.output) : tl::unexpected(project.error());
    if (!noted)
        fmt::print(stderr, "leeway-cli: the export is not in the audit trail: {}\n", noted.error().message);
    print_line(options.output);
    return Done;
}

CLI::App* add_command(CLI::App& app, const char* name, const char* help, std::string& project)
{
    CLI::App* command = app.add_subcommand(name, help);
    command->add_option("PROJECT", project, "Project file (.leeway)")->required();
    return command;
}

void add_add(CLI::App& app, Action& action)
{
    auto options = std::make_shared<AddOptions>();
    CLI::App* command =
        add_command(app, "add", "Add contracts, usage, prices or scenarios", options->project);
    command->add_option("FILE", options->contracts,
                        "Contracts: PDF, DOCX, ODT, Markdown, HTML, text, e-mail or pictures of pages");
    command->add_option("--title", options->title, "Title of the contract; default: found in it");
    command->add_option("--vendor", options->vendor, "Vendor's name; default: found in the contract");
    command->add_option("--version-of", options->version_of, "Add as a new version of this contract (id)");
    command->add_option("--usage", options->usage.files, "Usage logs; they are added to the project's usage");
    command->add_option("--prices", options->usage.sheet,
                        "Price sheet or LiteLLM's map, laid over the prices in use");
    command->add_option("--scenarios", options->scenarios, "Scenario file, or the name of a preset");
    command->add_option("--pack", options->pack, "Rule pack")->capture_default_str();
    add_mapping_options(*command, options->usage);
    command->callback([options, &action] { action = [options] { return run_add(*options); }; });
}

}

void add_project_commands(CLI::App& app, Action& action)
{
    auto create = std::make_shared<NewOptions>();
    CLI::App* command = add_command(app, "new", "Make an empty project file", create->file);
    command->add_option("--title", create->title, "What is bought; default: the file's name");
    command->add_option("--currency", create->currency, "In which amounts are shown: EUR, USD, …");
    command->callback([create, &action] { action = [create] { return run_new(*create); }; });

    add_add(app, action);

    auto decide = std::make_shared<DecideOptions>();
    command = add_command(app, "decide", "Record your verdict on a check, or withdraw it", decide->project);
    command->add_option("CHECK", decide->check, "Id of the check: no-training, …")->required();
    command->add_option("VERDICT", decide->verdict, "met, partial, missing, adverse or withdraw")
        ->required()
        ->check(CLI::IsMember({"met", "partial", "missing", "adverse", "withdraw"}));
    command->add_option("--note", decide->note, "Why");
    command->add_option("--contract", decide->contract, "Contract (id) when the project has several");
    command->callback([decide, &action] { action = [decide] { return run_decide(*decide); }; });

    auto show = std::make_shared<ShowOptions>();
    command =
        add_command(app, "show", "Index, checklist, scenario matrix and dates of a project", show->project);
    command->add_option("--pack", show->pack, "Rule pack")->capture_default_str();
    command->add_option("--format", show->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    command->add_option("--ics", show->ics, "Write the dates as a calendar file instead");
    command->callback([show, &action] { action = [show] { return run_show(*show); }; });

    auto report = std::make_shared<ReportOptions>();
    command = add_command(app, "report", "Write the risk report", report->project);
    command->add_option("-o,--output", report->output, "File to write: .pdf or .json")
        ->required()
        ->check([](const std::string& file) {
            const bool known = file.ends_with(".pdf") || file.ends_with(".json");
            return known ? std::string() : "the report's name must end in .pdf or .json";
        });
    command->add_option("--pack", report->pack, "Rule pack")->capture_default_str();
    command->callback([report, &action] { action = [report] { return run_report(*report); }; });
}

}
