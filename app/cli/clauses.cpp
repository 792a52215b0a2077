#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/clauses/review.h"
#include "core/clauses/types/find.h"
#include "core/clauses/types/serialise.h"
#include "core/document/language.h"
#include "core/document/notice.h"
#include "core/document/worker.h"
#include "core/report/format.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
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

// One file's answer, or why there is none.
struct Answer
{
    std::string document;
    std::string sha256;
    std::size_t pages = 0;
    clauses::ClauseHits found;
    std::vector<std::string> warnings;
};

std::vector<base::Result<Answer>> find_all(const Options& options, const clauses::TypeModel& model)
{
    std::vector<base::Result<Answer>> answers(options.files.size(),
                                              base::fail(base::ErrorCode::Cancelled, "not read"));
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        document::Worker worker;
        for (std::size_t i = next++; i < options.files.size(); i = next++) {
            auto document = worker.read_file(options.files[i]);
            if (!document) {
                answers[i] = tl::unexpected(document.error());
                continue;
            }
            answers[i] = Answer{options.files[i], document->sha256, document::page_count(*document),
                                clauses::find_clauses(*document, model), document::warnings(*document)};
            if (const auto language = document::outside_language(*document, "en"); !language.empty())
                answers[i]->warnings.push_back(clauses::outside_message(language));
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < std::min<std::size_t>(options.jobs, options.files.size()); ++i)
        threads.emplace_back(work);
    work();
    for (std::thread& thread : threads)
        thread.join();
    return answers;
}

nlohmann::json to_json(const Answer& answer, double threshold)
{
    return {{"document", answer.document},
            {"sha256", answer.sha256},
            {"pages", answer.pages},
            {"hits", clauses::hits_json(answer.found, threshold)},
            {"types", clauses::types_json(answer.found)}};
}

std::string in_line(std::string_view text)
{
    std::string line = base::shortened(base::to_valid_utf8(text), longest_passage);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
    return line;
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
                       in_line(hit.text)});
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
    const auto answers = find_all(options, *model);
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
