#include "core/clauses/drift/drift.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/clauses/drift/serialise.h"
#include "core/clauses/places.h"
#include "core/document/notice.h"
#include "core/document/worker.h"
#include "core/report/format.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace leeway::cli {
namespace {

constexpr std::size_t longest_passage = 300; // bytes that the table shows of a passage
constexpr std::size_t longest_line = 160;

struct Options
{
    std::string before;
    std::string after;
    std::string pack = "ai-procurement";
    std::string format = "table";
    bool fail_on_worse = false;
};

struct Version
{
    std::string name;
    document::Document document;
    clauses::Review review;
};

base::Result<Version> read_version(document::Worker& worker, const std::string& name,
                                   const clauses::Pack& pack)
{
    auto document = worker.read_file(name);
    if (!document)
        return tl::unexpected(document.error());
    for (const std::string& warning : document::warnings(*document))
        note(fmt::format("{}: {}", name, warning));
    Version version{name, std::move(*document), {}};
    version.review = clauses::review(version.document, pack);
    if (!version.review.outside.empty())
        note(fmt::format("{}: {}", name, clauses::outside_message(version.review.outside)));
    return version;
}

nlohmann::json about(const Version& version)
{
    return {{"document", version.name},
            {"sha256", version.document.sha256},
            {"pages", document::page_count(version.document)}};
}

void print_passages(std::string_view when, const clauses::Finding& finding)
{
    if (finding.evidence.empty())
        fmt::print("    {:<7} nothing in the text\n", when);
    for (const clauses::Evidence& passage : finding.evidence) {
        const std::string place = report::place(passage);
        fmt::print("    {:<7} {}“{}”\n", when, place.empty() ? "" : place + ": ",
                   in_line(passage.text, longest_passage));
    }
}

void print_checks(const clauses::Drift& drift, const clauses::Pack& pack, std::string_view title,
                  std::initializer_list<clauses::Course> courses)
{
    bool any = false;
    for (const clauses::Course course : courses) {
        for (const clauses::CheckDrift& check : drift.checks) {
            if (check.course != course)
                continue;
            if (!any)
                fmt::print("\n{}\n", title);
            any = true;
            const clauses::Check* known = pack.find(check.after.check);
            const auto before = clauses::to_string(check.before.verdict);
            const auto after = clauses::to_string(check.after.verdict);
            fmt::print("\n  {}: {}\n", known != nullptr ? known->title : check.after.check,
                       before == after
                           ? std::string(after)
                           : fmt::format("{} → {} ({})", before, after, clauses::to_string(course)));
            print_passages("before:", check.before);
            print_passages("now:", check.after);
        }
    }
}

void print_side(char mark, bool reworded, const clauses::ClauseSide& side, const document::Document& document,
                clauses::Places& places)
{
    if (side.block < 0)
        return;
    clauses::Evidence place;
    place.page = document::page_at(document, side.text.begin);
    place.section = places.section(side.block);
    const std::string where = report::place(place);
    std::string_view shown = document.slice(side.text.begin, side.text.end);
    if (reworded && !side.changed.empty()) // what changed, not how the clause begins
        shown = document.slice(side.changed.front().begin, side.changed.back().end);
    fmt::print("    {} {}{}\n", mark, where.empty() ? "" : where + ": ", in_line(shown, longest_line));
}

void print_clauses(const clauses::Drift& drift, const Version& before, const Version& after)
{
    using clauses::ClauseChange;
    fmt::print("\nClauses: {} reworded, {} added, {} removed, {} moved, {} unchanged\n",
               drift.count(ClauseChange::Reworded), drift.count(ClauseChange::Added),
               drift.count(ClauseChange::Removed), drift.count(ClauseChange::Moved),
               drift.count(ClauseChange::Unchanged));
    for (const ClauseChange change : {ClauseChange::Reworded, ClauseChange::Added, ClauseChange::Removed}) {
        if (drift.count(change) == 0)
            continue;
        fmt::print("\n  {}\n", clauses::to_string(change));
        clauses::Places places_before(before.document);
        clauses::Places places_after(after.document);
        for (const clauses::ClauseDrift& clause : drift.clauses) {
            if (clause.change != change)
                continue;
            const bool reworded = change == ClauseChange::Reworded;
            print_side('-', reworded, clause.before, before.document, places_before);
            print_side('+', reworded, clause.after, after.document, places_after);
        }
    }
}

void print_drift(const clauses::Drift& drift, const clauses::Pack& pack, const Version& before,
                 const Version& after)
{
    using clauses::Course;
    fmt::print("{} → {}\n{} worse, {} better, {} reworded, {} the same\n", before.name, after.name,
               drift.count(Course::Worse), drift.count(Course::Better), drift.count(Course::Reworded),
               drift.count(Course::Same));
    print_checks(drift, pack, "Verdicts that changed", {Course::Worse, Course::Better});
    print_checks(drift, pack, "Same verdict in other words", {Course::Reworded});
    print_clauses(drift, before, after);
}

int run(const Options& options)
{
    const auto pack = clauses::load_pack(options.pack);
    if (!pack)
        return complain(pack.error());
    document::Worker worker;
    const auto before = read_version(worker, options.before, *pack);
    if (!before)
        return complain(before.error());
    const auto after = read_version(worker, options.after, *pack);
    if (!after)
        return complain(after.error());
    const clauses::Drift drift =
        clauses::compare(before->document, before->review, after->document, after->review);
    if (options.format == "json") {
        nlohmann::json answer = clauses::to_json(drift, before->document, after->document);
        answer["pack"] = pack->id;
        answer["before"] = about(*before);
        answer["after"] = about(*after);
        print_line(answer.dump(1));
    } else {
        print_drift(drift, *pack, *before, *after);
    }
    return options.fail_on_worse && drift.count(clauses::Course::Worse) > 0 ? BelowBar : Done;
}

}

void add_drift(CLI::App& app, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("drift", "Compare two versions of a contract: verdicts and clauses that changed");
    command->add_option("OLD", options->before, "The old version: PDF, DOCX, ODT, Markdown, HTML or text")
        ->required();
    command->add_option("NEW", options->after, "The new version")->required();
    command->add_option("--pack", options->pack, "Rule pack: a file, or the name of a bundled one")
        ->capture_default_str();
    command->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    command->add_flag("--fail-on-worse", options->fail_on_worse, "Exit 1 when a verdict became worse");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}
