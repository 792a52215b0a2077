#include "core/clauses/pack.h"
#include "app/cli/commands.h"
#include "app/cli/files.h"
#include "app/cli/output.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/clauses/parts.h"
#include "core/clauses/playbook/serialise.h"
#include "core/clauses/regulation/regulation.h"
#include "core/report/format.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <system_error>

namespace leeway::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_reason = 300; // bytes that the table shows of the reasons

// The bundled files that make up a pack.
base::Result<std::vector<fs::path>> parts_of(const std::string& id)
{
    const bool regulation = clauses::is_regulation(id);
    if (regulation) {
        if (auto loaded = clauses::load_regulation(id); !loaded)
            return tl::unexpected(loaded.error());
    } else if (auto loaded = clauses::load_pack(id); !loaded) {
        return tl::unexpected(loaded.error());
    }
    const auto files = clauses::pack_files(regulation ? "regulations" : "checks", id);
    if (!files)
        return tl::unexpected(files.error());
    return files;
}

int run_copy(const std::string& id, const std::string& folder)
{
    const auto files = parts_of(id);
    if (!files)
        return complain(files.error());
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return complain(
            {base::ErrorCode::Io, fmt::format("“{}” can not be made: {}.", folder, error.message())});
    for (const fs::path& file : *files) {
        const fs::path target = fs::path(folder) / file.filename();
        if (fs::exists(target, error))
            return complain({base::ErrorCode::Invalid,
                             fmt::format("“{}” is there already; name another folder.", target.string())});
    }
    for (const fs::path& file : *files) {
        const fs::path target = fs::path(folder) / file.filename();
        const auto text = base::read_file(file, clauses::largest_pack_file);
        if (!text)
            return complain(text.error());
        if (const auto written = base::write_file(target, *text); !written)
            return complain(written.error());
        print_line(target.string());
    }
    return Done;
}

int run_check(const std::string& file)
{
    if (clauses::is_regulation(file)) {
        const auto regulation = clauses::load_regulation(file);
        if (!regulation)
            return complain(regulation.error());
        fmt::print("{} {}: {} requirements, {} questions\n", regulation->id, regulation->version,
                   regulation->requirements.size(), regulation->questions.size());
        return Done;
    }
    const auto pack = clauses::load_pack(file);
    if (!pack)
        return complain(pack.error());
    std::size_t positions = 0, unacceptable = 0;
    for (const clauses::CheckPlaybook& check : pack->playbook->checks) {
        for (const auto& rule : check.positions)
            positions += rule.when ? 1 : 0;
        for (const auto& rule : check.unacceptable)
            unacceptable += rule.when ? 1 : 0;
    }
    fmt::print("{} {}: {} checks, conditions for {} positions and {} unacceptable terms\n", pack->id,
               pack->version, pack->checks.size(), positions, unacceptable);
    return Done;
}

struct CompareOptions
{
    std::string before;
    std::string after;
    std::vector<std::string> files;
    std::string format = "table";
    unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
};

struct Compared
{
    std::string document;
    std::vector<clauses::PackChange> changes;
};

std::string said(const std::optional<clauses::Finding>& finding)
{
    if (!finding)
        return "not asked";
    std::string text =
        fmt::format("{}: {}", clauses::to_string(finding->verdict),
                    base::shortened(fmt::format("{}", fmt::join(finding->why, " ")), longest_reason));
    std::replace(text.begin(), text.end(), '\n', ' ');
    const std::string places = report::places(finding->evidence);
    return places.empty() ? text : text + " (" + places + ")";
}

void print_compared(const Compared& compared, const clauses::Pack& before, const clauses::Pack& after)
{
    fmt::print("{}\n", compared.document);
    std::size_t same = 0;
    for (const clauses::PackChange& change : compared.changes) {
        if (change.effect == clauses::PackEffect::Same) {
            ++same;
            continue;
        }
        const clauses::Check* check = after.find(change.check);
        check = check == nullptr ? before.find(change.check) : check;
        fmt::print("\n  {}: {}\n    before: {}\n    now:    {}\n",
                   check != nullptr ? check->title : change.check, clauses::to_string(change.effect),
                   said(change.before), said(change.after));
    }
    fmt::print("\n  {} the same\n", report::plural(static_cast<std::int64_t>(same), "check", "checks"));
}

int run_compare(const CompareOptions& options)
{
    const auto before = clauses::load_pack(options.before);
    if (!before)
        return complain(before.error());
    const auto after = clauses::load_pack(options.after);
    if (!after)
        return complain(after.error());
    std::vector<base::Result<Compared>> results(options.files.size(),
                                                base::fail(base::ErrorCode::Cancelled, "not read"));
    on_files(options.files.size(), options.jobs, [&](document::Worker& worker, std::size_t i) {
        const auto document = worker.read_file(options.files[i]);
        if (!document) {
            results[i] = tl::unexpected(document.error());
            return;
        }
        results[i] = Compared{options.files[i], clauses::compare_packs(clauses::review(*document, *before),
                                                                       clauses::review(*document, *after))};
    });
    int exit = Done;
    nlohmann::json documents = nlohmann::json::array();
    for (const auto& result : results) {
        if (!result) {
            exit = std::max<int>(exit, complain(result.error()));
        } else if (options.format == "json") {
            nlohmann::json entry = clauses::to_json(result->changes);
            entry["document"] = result->document;
            documents.push_back(std::move(entry));
        } else {
            print_compared(*result, *before, *after);
        }
    }
    if (options.format == "json")
        print_line(nlohmann::json{
            {"before", {{"id", before->id}, {"version", before->version}, {"sha256", before->sha256}}},
            {"after", {{"id", after->id}, {"version", after->version}, {"sha256", after->sha256}}},
            {"documents", std::move(documents)}}
                       .dump(1));
    return exit;
}

}

void add_pack_commands(CLI::App& app, Action& action)
{
    CLI::App* pack = app.add_subcommand("pack", "Copy, validate and compare rule packs and regulation packs");
    pack->require_subcommand(1);

    auto id = std::make_shared<std::string>();
    auto folder = std::make_shared<std::string>();
    CLI::App* copy = pack->add_subcommand("copy", "Copy a bundled pack with all its parts, to edit");
    copy->add_option("ID", *id, "The pack's id, for example ai-procurement or dora")->required();
    copy->add_option("FOLDER", *folder, "Where to; made when it is not there")->required();
    copy->callback([id, folder, &action] { action = [id, folder] { return run_copy(*id, *folder); }; });

    auto file = std::make_shared<std::string>();
    CLI::App* check = pack->add_subcommand("check", "Validate a pack: what is wrong, with line and path");
    check->add_option("FILE", *file, "The pack: a file, or the name of a bundled one")->required();
    check->callback([file, &action] { action = [file] { return run_check(*file); }; });

    auto options = std::make_shared<CompareOptions>();
    CLI::App* compare =
        pack->add_subcommand("compare", "What changes in the verdicts of contracts from one pack to another");
    compare->add_option("A", options->before, "The first pack: a file, or the name of a bundled one")
        ->required();
    compare->add_option("B", options->after, "The second pack")->required();
    compare->add_option("FILE", options->files, "Contracts")->required();
    compare->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    compare->add_option("--jobs", options->jobs, "Files read at the same time")->check(CLI::Range(1U, 64U));
    compare->callback([options, &action] { action = [options] { return run_compare(*options); }; });
}

}
