#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/clauses/review.h"
#include "core/clauses/serialise.h"
#include "core/document/worker.h"
#include "core/report/format.h"
#include "core/scoring/index.h"
#include "core/scoring/index_json.h"

#include <CLI/CLI.hpp>
#include <atomic>
#include <fmt/format.h>
#include <thread>

namespace leeway::cli {
namespace {

struct Options
{
    std::vector<std::string> files;
    std::string pack = "ai-procurement";
    std::string profile = "balanced";
    std::string format = "table";
    std::string bar;
    unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
};

// One file's answer, or why there is none.
struct Answer
{
    std::string document;
    std::string sha256;
    std::size_t pages = 0;
    clauses::Review review;
    scoring::Index index;
};

std::vector<scoring::Answer> as_answers(const clauses::Review& review)
{
    std::vector<scoring::Answer> answers;
    for (const clauses::Finding& finding : review.findings)
        answers.push_back({finding.check, finding.verdict, finding.confidence, false});
    return answers;
}

std::vector<base::Result<Answer>> check_all(const Options& options, const clauses::Pack& pack,
                                            const scoring::Profile& profile)
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
            Answer answer{options.files[i],
                          document->sha256,
                          document->pages.size(),
                          clauses::review(*document, pack),
                          {}};
            answer.index = scoring::lock_in_index(pack, as_answers(answer.review), profile);
            answers[i] = std::move(answer);
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

nlohmann::json to_json(const Answer& answer)
{
    return {{"document", answer.document},
            {"sha256", answer.sha256},
            {"pages", answer.pages},
            {"index", scoring::to_json(answer.index)},
            {"findings", clauses::to_json(answer.review)}};
}

void print_table(const Answer& answer, const clauses::Pack& pack)
{
    fmt::print("{}\nLock-in index {:.1f} of 100 (range {:.1f} to {:.1f}, nothing reviewed yet)\n\n",
               answer.document, answer.index.value / 10.0, answer.index.low / 10.0, answer.index.high / 10.0);
    Table table({"Check", "Verdict", "Sure", "Where", "Why"}, {Align::Left, Align::Left, Align::Right});
    for (const clauses::Finding& finding : answer.review.findings) {
        const clauses::Check* check = pack.find(finding.check);
        const std::string where = finding.evidence.empty() ? "—" : report::place(finding.evidence.front());
        table.add({check != nullptr ? check->title : finding.check,
                   std::string(clauses::to_string(finding.verdict)),
                   fmt::format("{:.0f} %", finding.confidence * 100), where,
                   fmt::format("{}", fmt::join(finding.why.begin(),
                                               finding.why.begin() +
                                                   std::min<std::ptrdiff_t>(2, std::ssize(finding.why)),
                                               " "))});
    }
    table.print();
}

// Met is best; a silent contract is worse than a weak promise and better than a hostile clause.
bool below(clauses::Verdict verdict, clauses::Verdict bar)
{
    return static_cast<int>(verdict) > static_cast<int>(bar);
}

int run(const Options& options)
{
    const auto pack = clauses::load_pack(options.pack);
    if (!pack)
        return complain(pack.error());
    const auto profile = scoring::load_profile(options.profile);
    if (!profile)
        return complain(profile.error());
    const auto answers = check_all(options, *pack, *profile);

    int exit = Done;
    nlohmann::json documents = nlohmann::json::array();
    for (const auto& answer : answers) {
        if (!answer) {
            exit = std::max<int>(exit, complain(answer.error()));
            continue;
        }
        if (options.format == "json") {
            documents.push_back(to_json(*answer));
        } else {
            if (&answer != &answers.front())
                print_line("");
            print_table(*answer, *pack);
        }
        if (options.bar.empty() || exit != Done)
            continue;
        const auto bar = clauses::parse_verdict(options.bar);
        if (std::any_of(answer->review.findings.begin(), answer->review.findings.end(),
                        [&](const clauses::Finding& finding) { return below(finding.verdict, *bar); }))
            exit = BelowBar;
    }
    if (options.format == "json")
        print_line(documents.dump(1));
    return exit;
}

}

void add_check(CLI::App& app, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("check", "Review contracts: a verdict with evidence for every check");
    command->add_option("FILE", options->files, "Contracts: PDF, Markdown, HTML or text")->required();
    command->add_option("--pack", options->pack, "Rule pack: a file, or the name of a bundled one")
        ->capture_default_str();
    command->add_option("--profile", options->profile, "Weights: a file, or balanced, regulated, cost-driven")
        ->capture_default_str();
    command->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    command
        ->add_option("--fail-under", options->bar,
                     "Exit 1 when a finding is worse than met, partial or missing")
        ->check(CLI::IsMember({"met", "partial", "missing"}));
    command->add_option("--jobs", options->jobs, "Files read at the same time")->check(CLI::Range(1U, 64U));
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}
