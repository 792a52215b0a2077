#include "app/cli/fallback.h"
#include "app/cli/output.h"
#include "app/cli/policyreplay.h"
#include "core/fallback/policy/replayjson.h"
#include "core/fallback/policy/sweep.h"
#include "core/fallback/policy/words.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>

namespace leeway::cli {
namespace {

using fallback::Outcome;
using fallback::Policy;
using fallback::Replay;

struct Options
{
    ReplayInput input;
    std::string format = "table";
    fallback::Grid grid;
    std::string goal = "failed-or-late";
    std::optional<double> most_failed;
    std::optional<double> most_late;
    std::string most_cost;
};

std::string share(std::int64_t part, std::int64_t whole)
{
    return fmt::format("{:.2f} %",
                       whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string seconds(std::int64_t ms)
{
    return fallback::duration_words(static_cast<double>(ms) / 1000);
}

int list(const Options& options)
{
    const auto policies = fallback::bundled_policies();
    if (!policies)
        return complain(policies.error());
    if (options.format == "json") {
        nlohmann::ordered_json all = nlohmann::ordered_json::array();
        for (const Policy& policy : *policies)
            all.push_back(nlohmann::ordered_json::parse(to_json(policy)));
        print_line(all.dump(1));
        return Done;
    }
    Table table({"Policy", "What it does"});
    for (const Policy& policy : *policies)
        table.add({policy.id, policy.title});
    table.print();
    return Done;
}

int show(const Options& options)
{
    const auto policy = policy_of(options.input);
    if (!policy)
        return complain(policy.error());
    if (options.format == "json") {
        fmt::print("{}", to_json(*policy));
        return Done;
    }
    print_line(policy->title);
    for (const fallback::Clause& clause : clauses_of(*policy)) {
        print_line("\n" + clause.heading);
        for (const std::string& sentence : clause.sentences)
            print_line("  " + sentence);
    }
    return Done;
}

void print_tallies(const Replay& replay, const Policy& policy, bool during)
{
    const auto tally = [&](std::size_t i) -> const fallback::Tally& {
        return during ? replay.outcomes[i].during : replay.outcomes[i].all;
    };
    const fallback::Tally& with = tally(0);
    const fallback::Tally& without = tally(1);
    Table table({during ? "During the incidents" : "All requests", "Without failover", "With this policy"},
                {Align::Left, Align::Right, Align::Right});
    const auto row = [&](const std::string& name, const auto& text) {
        table.add({name, text(without), text(with)});
    };
    using fallback::Tally;
    row("Requests", [](const Tally& t) { return std::to_string(t.requests); });
    for (std::size_t i = 0; i < policy.targets.size(); ++i)
        row("Served by " + policy.targets[i].title,
            [i](const Tally& t) { return std::to_string(t.served[i]); });
    row("Failed", [](const Tally& t) { return share(t.all_failed(), t.requests); });
    row("Late", [](const Tally& t) { return share(t.late, t.requests); });
    row("Half within", [](const Tally& t) { return seconds(t.times.p50); });
    row("95 % within", [](const Tally& t) { return seconds(t.times.p95); });
    row("99 % within", [](const Tally& t) { return seconds(t.times.p99); });
    row("Answers, " + replay.currency, [](const Tally& t) { return t.cost.to_fixed(2); });
    row("Expected to be right", [](const Tally& t) {
        const auto quality = t.quality();
        return quality ? fmt::format("{:.1f} %", *quality * 100) : std::string("not known");
    });
    table.print();
    print_line("");
}

void print_replay(const Replay& replay, const Policy& policy)
{
    fmt::print("{}: {} requests from {} to {}\n\n", policy.title, replay.requests,
               base::to_string(replay.first), base::to_string(replay.last));
    print_tallies(replay, policy, false);
    const Outcome& with = replay.outcomes[0];
    if (with.during.requests > 0)
        print_tallies(replay, policy, true);
    if (!with.machines.is_zero())
        fmt::print("Machines for the whole time: {} {}\n\n", with.machines.to_fixed(2), replay.currency);
    for (const fallback::Reaction& reaction : with.reactions)
        fmt::print(
            "{} at {}: {}, {}\n", words_of(reaction.incident), reaction.incident.target,
            reaction.detected_ms ? "noticed after " + seconds(*reaction.detected_ms)
                                 : std::string("the target was never left alone"),
            reaction.returned_ms
                ? "back " + seconds(*reaction.returned_ms) + " after its end"
                : std::string(reaction.detected_ms ? "no return seen" : "each request found its own way"));
    for (const fallback::Event& event : with.events)
        fmt::print("  {}  {}{}{}\n", base::to_string(event.at),
                   event.target.empty() ? "" : event.target + ": ", words_of(event.kind),
                   event.trigger ? ": " + words_of(*event.trigger, policy.breaker) : std::string());
    if (with.further_events > 0)
        fmt::print("  … and {} more\n", with.further_events);
    for (const std::string& text : replay.notes)
        note(text);
}

int replay(const Options& options)
{
    const auto policy = policy_of(options.input);
    if (!policy)
        return complain(policy.error());
    const std::vector<Policy> policies{*policy, without_failover(*policy)};
    const auto replay = replay_of(options.input, policies);
    if (!replay)
        return complain(replay.error());
    if (options.format == "json")
        print_line(to_json(*replay, policies).dump(1));
    else
        print_replay(*replay, *policy);
    return Done;
}

void print_sweep(const Replay& replay, const std::vector<Policy>& policies, std::optional<std::size_t> best)
{
    Table table(
        {"", "Thresholds", "Failed", "Late", "95 % within", "Answers, " + replay.currency, "Right"},
        {Align::Left, Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right});
    for (std::size_t i = 0; i < policies.size(); ++i) {
        const fallback::Tally& all = replay.outcomes[i].all;
        const auto quality = all.quality();
        table.add({best == i ? "best" : "", policies[i].title, share(all.all_failed(), all.requests),
                   share(all.late, all.requests), seconds(all.times.p95), all.cost.to_fixed(2),
                   quality ? fmt::format("{:.1f} %", *quality * 100) : "—"});
    }
    table.print();
    if (!best)
        print_line("\nNo combination keeps within what the aim allows.");
}

int sweep(const Options& options)
{
    const auto policy = policy_of(options.input);
    if (!policy)
        return complain(policy.error());
    const auto policies = fallback::variants(*policy, options.grid);
    if (!policies)
        return complain(policies.error());
    fallback::Aim aim{*fallback::goal_from(options.goal), options.most_failed, options.most_late, {}};
    if (!options.most_cost.empty()) {
        const auto cost = base::Decimal::parse(options.most_cost);
        if (!cost)
            return refuse("--most-cost wants an amount, such as 250.");
        aim.most_cost = *cost;
    }
    const auto replay = replay_of(options.input, *policies);
    if (!replay)
        return complain(replay.error());
    const bool rated = std::ranges::any_of(
        replay->outcomes, [](const fallback::Outcome& outcome) { return outcome.all.quality().has_value(); });
    if (aim.goal == fallback::Goal::BestQuality && !rated)
        return refuse("The aim “quality” needs a “pass_percent” for each target that answered: have runs "
                      "measure them (--measured), or write them into the policy.");
    const auto best = best_of(replay->outcomes, aim);
    if (options.format == "json") {
        nlohmann::ordered_json value = to_json(*replay, *policies);
        for (nlohmann::ordered_json& outcome : value["outcomes"]) {
            outcome.erase("timeline");
            outcome.erase("close");
        }
        value["goal"] = to_string(aim.goal);
        value["best"] =
            best ? nlohmann::ordered_json((*policies)[*best].id) : nlohmann::ordered_json(nullptr);
        print_line(value.dump(1));
        return Done;
    }
    print_sweep(*replay, *policies, best);
    return Done;
}

void add_format(CLI::App& command, Options& options)
{
    command.add_option("--format", options.format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
}

}

void add_policy(CLI::App& fallback, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command =
        fallback.add_subcommand("policy", "Failover policies: what they do, and what they would have done");
    command->require_subcommand(1);
    const auto part = [&](const char* name, const char* help, int (*work)(const Options&)) {
        CLI::App* sub = command->add_subcommand(name, help);
        add_format(*sub, *options);
        sub->callback([options, &action, work] { action = [options, work] { return work(*options); }; });
        return sub;
    };
    part("list", "The policies that come with Leeway", list);
    add_policy_options(*part("show", "A policy in plain words, or as a file to start from", show),
                       options->input);
    CLI::App* play = part("replay", "Play a log through a policy, with incidents, and without it", replay);
    add_policy_options(*play, options->input);
    add_traffic_options(*play, options->input, true);
    CLI::App* swept = part("sweep", "Try thresholds, each with each, and name the best for an aim", sweep);
    add_policy_options(*swept, options->input);
    add_traffic_options(*swept, options->input, true);
    swept->add_option("--latency", options->grid.latency_over_ms, "Latency thresholds in ms; 0: off")
        ->delimiter(',')
        ->check(CLI::Range(0.0, 86'400'000.0));
    swept->add_option("--failures", options->grid.failure_percent, "Shares of failures in percent; 0: off")
        ->delimiter(',')
        ->check(CLI::Range(0.0, 100.0));
    swept->add_option("--cool-down", options->grid.cool_down_s, "Cool-downs in seconds")
        ->delimiter(',')
        ->check(CLI::Range(0.0, 86'400.0));
    swept->add_option("--retries", options->grid.retries, "Numbers of retries")
        ->delimiter(',')
        ->check(CLI::Range(0, 20));
    swept->add_option("--aim", options->goal, "failed, failed-or-late, cost or quality")
        ->check(CLI::IsMember({"failed", "failed-or-late", "cost", "quality"}))
        ->capture_default_str();
    swept->add_option("--most-failed", options->most_failed, "… with at most so many percent failed");
    swept->add_option("--most-late", options->most_late, "… with at most so many percent late");
    swept->add_option("--most-cost", options->most_cost, "… for at most this amount, answers and machines");
}

}
