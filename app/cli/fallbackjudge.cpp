#include "app/cli/eventloop.h"
#include "app/cli/fallback.h"
#include "app/cli/fallbackkeeper.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/fallback/endpoints/key.h"
#include "core/fallback/judge/judgerun.h"
#include "core/fallback/runs/statefile.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <utility>

namespace leeway::cli {
namespace {

struct Options
{
    std::string suite;
    std::string state;
    std::string project;
    std::string of;     // the model whose run of the project is judged
    std::string prompt; // a file; empty: the bundled one
    EndpointOptions named;
    fallback::JudgeOptions judge;
    std::string format = "table";
};

std::string_view shown(fallback::Preference preference)
{
    switch (preference) {
    case fallback::Preference::Candidate:
        return "the run's";
    case fallback::Preference::Reference:
        return "the other";
    case fallback::Preference::Tie:
        return "tie";
    default:
        return "no opinion";
    }
}

std::string in_percent(const fallback::Share& share)
{
    return fmt::format("{:.0f} % ({:.0f}–{:.0f} %)", share.value * 100, share.low * 100, share.high * 100);
}

std::string reason_of(const fallback::Judged& judged)
{
    constexpr std::size_t most = 90;
    if (judged.preference == fallback::Preference::Tie && !judged.agree)
        return "The opinion changed with the order of the answers";
    for (const fallback::Judgement& one : judged.judgements) {
        if (one.preferred == judged.preference) {
            std::string line = one.reason;
            std::ranges::replace_if(
                line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
            return base::shortened(line, most);
        }
    }
    return "—";
}

void print_table(const fallback::JudgedRun& judged)
{
    Table table({"Case", "Category", "By the assertions", "Judge prefers", "Held against", "Why"});
    for (const fallback::Judged& one : judged.cases)
        table.add({one.id, std::string(to_string(one.category)), std::string(to_string(one.state)),
                   std::string(shown(one.preference)),
                   one.pair.incumbent ? "recorded answer" : "expected answer", reason_of(one)});
    table.print();
    const fallback::JudgeTotals totals = totals_of(judged.cases);
    fmt::print(
        "\nOpinion of {} on {} (a model's opinion, beside the verdicts of the assertions, which it does "
        "not change):\n",
        judged.judge.model, judged.endpoint);
    fmt::print(
        "  the run's answer preferred {}, the other {}, ties {} ({} of them because the opinion changed "
        "with the order), without an opinion {}\n",
        totals.wins, totals.losses, totals.ties, totals.flipped, totals.without_opinion);
    if (totals.wins + totals.losses > 0)
        fmt::print("  preferred in {} of the cases with a preference, p = {:.3f} (sign test)\n",
                   in_percent(totals.win_share), totals.p);
    if (totals.wins + totals.losses + totals.ties > 0)
        fmt::print("  the same in both orders in {} of the cases with an opinion\n",
                   in_percent(totals.agree_share));
    fmt::print(
        "  left out: {} cases without a recorded or expected answer, {} without an answer in the run\n",
        judged.without_reference, judged.without_answer);
}

void warn(const fallback::Run& run, const fallback::Suite& suite, const fallback::Judge& judge)
{
    if (run.identity.suite_sha256 != suite.sha256)
        note("The suite was changed since the run; the answers are judged by what it says now.");
    if (run.identity.model == judge.model)
        note("The judge is the model that gave the answers; models tend to prefer their own.");
}

base::Result<fallback::JudgedRun> ask(const Options& options, const fallback::Suite& suite,
                                      const fallback::Run& run, const fallback::ResultSink& sink)
{
    const fallback::Endpoint endpoint = endpoint_of(options.named);
    const auto key = fallback::key_for(endpoint);
    if (!key)
        return tl::unexpected(key.error());
    auto judged = fallback::judge_run(
        run, suite, endpoint, *key, options.judge, sink,
        [](std::int64_t done, std::int64_t total) { return show_progress("Judgements:", done, total); });
    end_progress();
    if (!judged && judged.error().code == base::ErrorCode::Cancelled)
        return base::fail(base::ErrorCode::Cancelled,
                          "The judging was stopped. The same command goes on where it was.");
    return judged;
}

base::Result<fallback::JudgedRun> judged_file(const Options& options, const fallback::Suite& suite)
{
    auto state = fallback::StateFile::open(options.state);
    if (!state)
        return tl::unexpected(state.error());
    if (!state->earlier())
        return base::fail(base::ErrorCode::Empty, fmt::format("“{}” holds no run.", options.state));
    return ask(options, suite, *state->earlier(),
               [&](const fallback::Run& run, const fallback::CaseResult& result) {
                   return state->append(run, result);
               });
}

base::Result<fallback::JudgedRun> judged_in_project(const Options& options, const fallback::Suite& suite)
{
    auto project = writable_project(options.project);
    if (!project)
        return tl::unexpected(project.error());
    const auto id = newest_run_in(*project, suite, options.of);
    if (!id)
        return tl::unexpected(id.error());
    const auto run = project->run(*id);
    if (!run)
        return tl::unexpected(run.error());
    auto judged = ask(options, suite, *run, [&](const fallback::Run&, const fallback::CaseResult& result) {
        return project->keep_result(*id, result);
    });
    if (!judged)
        return judged;
    const auto noted = project->note_judging(*id, judged->judge, static_cast<int>(judged->cases.size()));
    return noted ? std::move(judged) : tl::unexpected(noted.error());
}

int judge(Options options)
{
    const auto suite = suite_of(options.suite);
    if (!suite)
        return complain(suite.error());
    auto instructions = fallback::load_instructions(options.prompt);
    if (!instructions)
        return complain(instructions.error());
    options.judge.instructions = std::move(*instructions);
    watch_interrupts();
    const auto judged =
        options.state.empty() ? judged_in_project(options, *suite) : judged_file(options, *suite);
    if (!judged)
        return complain(judged.error());
    warn(judged->run, *suite, judged->judge);
    if (options.format == "json")
        print_line(
            judge_report(*judged).dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    else
        print_table(*judged);
    return Done;
}

}

void add_judge(CLI::App& fallback, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = fallback.add_subcommand(
        "judge", "Ask a model which it prefers: the answers of a run, or the recorded or expected ones");
    command->add_option("--suite", options->suite, "The suite of the run, or the name of one of Leeway's")
        ->required();
    CLI::Option* state =
        command
            ->add_option("--state", options->state,
                         "The file that the run was kept in; every judgement is kept there too")
            ->check(CLI::ExistingFile);
    command
        ->add_option(
            "--project", options->project,
            "The project that the run was kept in: the newest of a suite of this name; every judgement "
            "is kept there too")
        ->excludes(state)
        ->check(CLI::ExistingFile);
    command->add_option("--of", options->of, "With a run of the project: of this model");
    command
        ->add_option("--endpoint", options->named.endpoint.url,
                     "The judge's address, as http://127.0.0.1:8080")
        ->required();
    command->add_option("--model", options->named.endpoint.model,
                        "The judge; default: the first that the server lists");
    command->add_option("--context", options->named.endpoint.context, "Tokens for a request (Ollama)")
        ->check(CLI::Range(256, 16'000'000))
        ->capture_default_str();
    add_endpoint_options(*command, options->named);
    command
        ->add_option("--prompt", options->prompt,
                     "Instructions of your own, with {{question}}, {{first}} and {{second}}; default: "
                     "templates/judges/pairwise.txt")
        ->check(CLI::ExistingFile);
    command->add_option("--parallel", options->judge.parallel, "Requests at the same time")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command
        ->add_option("--max-tokens", options->judge.max_tokens,
                     "The longest answer of the judge, with what it thinks before")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    command->callback([options, &action] {
        if (options->state.empty() && options->project.empty())
            throw CLI::RequiredError("--state or --project");
        action = [options] { return with_event_loop([&] { return judge(*options); }); };
    });
}

}
