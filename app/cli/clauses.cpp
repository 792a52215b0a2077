#include "app/cli/commands.h"
#include "app/cli/files.h"
#include "app/cli/output.h"
#include "core/clauses/review.h"
#include "core/clauses/types/find.h"
#include "core/clauses/types/serialise.h"
#include "core/document/language.h"
#include "core/document/notice.h"
#include "core/document/worker.h"
#include "core/report/format.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <thread>

namespace leeway::cli {
namespace {

constexpr std::size_t longest_passage = 160; // bytes that the table shows of a passage

struct Options
{
    std::vector<std::string> files;
    std::string model;
    std::string format = "table";
    double threshold = -1; // what the format shows without one
    unsigned jobs = std::max(1U, std::thread::hardware_concurrency());

    [[nodiscard]] double shown_from() const
    {
        return threshold >= 0 ? threshold : format == "json" ? clauses::lowest_hit : 0.5;
    }
};

// The answer to one document.
struct Answer
{
    std::string document;
    std::string sha256;
    std::size_t pages = 0;
    clauses::ClauseHits found;
    std::vector<std::string> warnings;
};

base::Result<Answer> answer_to(std::string name, const document::Document& document,
                               const clauses::TypeModel& model)
{
    Answer answer{std::move(name), document.sha256, document::page_count(document),
                  clauses::find_clauses(document, model), document::warnings(document)};
    if (const auto language = document::outside_language(document, "en"); !language.empty())
        answer.warnings.push_back(clauses::outside_message(language));
    return answer;
}

nlohmann::json to_json(const Answer& answer, double threshold)
{
    return {{"document", answer.document},
            {"sha256", answer.sha256},
            {"pages", answer.pages},
            {"hits", clauses::hits_json(answer.found, threshold)},
            {"types", clauses::types_json(answer.found)}};
}

std::string percent(double score)
{
    return fmt::format("{:.0f} %", score * 100);
}

void print_table(const Answer& answer, double threshold)
{
    print_line(answer.document);
    Table table({"Clause", "Sure", "Where", "Text"}, {Align::Left, Align::Right});
    std::string absent;
    for (std::size_t type = 0; type < clauses::type_count; ++type) {
        const std::string name(clauses::clause_types[type]);
        bool found = false;
        for (const clauses::ClauseHit& hit : answer.found.hits) {
            if (hit.type != type || hit.score < threshold)
                continue;
            table.add({found ? "" : name, percent(hit.score),
                       report::place(clauses::Evidence{hit.begin, hit.end, hit.page, hit.section, hit.text}),
                       in_line(hit.text, longest_passage)});
            found = true;
        }
        if (!found)
            absent += (absent.empty() ? "" : ", ") + name;
    }
    table.print();
    if (!absent.empty())
        print_line("Not found: " + absent);
}

int run(const Options& options)
{
    const auto model = clauses::load_type_model(options.model);
    if (!model)
        return complain(model.error());
    const auto answers = answer_all<Answer>(options.files, options.jobs,
                                            [&](std::string name, const document::Document& document) {
                                                return answer_to(std::move(name), document, *model);
                                            });
    int exit = Done;
    nlohmann::json documents = nlohmann::json::array();
    for (const auto& answer : answers) {
        if (!answer) {
            exit = std::max<int>(exit, complain(answer.error()));
            continue;
        }
        for (const std::string& warning : answer->warnings)
            note(answer->document + ": " + warning);
        if (options.format == "json") {
            documents.push_back(to_json(*answer, options.shown_from()));
        } else {
            if (&answer != &answers.front())
                print_line("");
            print_table(*answer, options.shown_from());
        }
    }
    if (options.format == "json")
        print_line(documents.dump(1));
    return exit;
}

}

void add_clauses(CLI::App& app, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("clauses", "Find the passages of twenty commercial clause types");
    command->add_option("FILE", options->files, "Contracts: any files that “check” reads")->required();
    command
        ->add_option(
            "--threshold", options->threshold,
            "Leave out passages below this score (0 to 1); 0.5 is the line between no and yes, and what "
            "the table starts from")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--model", options->model,
                        "Weights that “learn types” wrote, instead of the bundled");
    command->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    command->add_option("--jobs", options->jobs, "Files read at the same time")->check(CLI::Range(1U, 64U));
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}
