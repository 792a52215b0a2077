#include "app/cli/cache.h"

#include "app/cli/output.h"
#include "core/usage/replay.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace leeway::cli {
namespace {

std::string vendor_of(const pricing::Sheet& sheet, const std::string& model)
{
    const pricing::Model* found = usage::find_named(sheet, model);
    return found == nullptr ? model.substr(0, model.find('/')) : found->vendor;
}

base::Result<usage::CacheRules> rules_of(const std::string& asked, const std::string& vendor,
                                         std::int64_t capacity)
{
    auto rules = usage::load_cache_rules(asked == "auto" ? usage::cache_rules_for(vendor) : asked);
    if (rules && capacity > 0)
        rules->capacity_blocks = capacity;
    return rules;
}

void print_rules(const usage::CacheArm& arm, std::string_view where)
{
    if (!arm.by_vendor.empty())
        return note(fmt::format("{}: the rules of each request's vendor.", where));
    note(fmt::format("{}: {}. {} {}", where, arm.rules.title, arm.rules.source, arm.rules.note));
}

}

void add_cache_options(CLI::App& command, CacheOptions& options)
{
    command
        .add_option("--cache-by", options.by,
                    "What is split: each request for itself, or all that begin alike together (prefix)")
        ->check(CLI::IsMember({"request", "prefix"}))
        ->capture_default_str();
    command.add_option("--cache-seed", options.seed, "The same seed splits alike")->capture_default_str();
    command.add_option("--cache-block", options.block, "Tokens for which one hash of the log stands")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000}))
        ->capture_default_str();
    command
        .add_option("--cache-capacity", options.capacity,
                    "Blocks that a cache holds, the least lately used going first; 0: as the rules say")
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000'000}))
        ->capture_default_str();
}

base::Result<usage::CacheQuestion> cache_question(const CacheOptions& options, const pricing::Sheet& sheet,
                                                  const std::string& model)
{
    usage::CacheQuestion question;
    question.first.model = model;
    if (options.rules == "auto" && model.empty()) {
        auto rules = usage::bundled_cache_rules();
        if (!rules)
            return tl::unexpected(rules.error());
        question.first.by_vendor = std::move(*rules);
        for (auto& [vendor, of_vendor] : question.first.by_vendor)
            of_vendor.capacity_blocks = std::max(of_vendor.capacity_blocks, options.capacity);
    } else {
        auto rules = rules_of(options.rules, vendor_of(sheet, model), options.capacity);
        if (!rules)
            return tl::unexpected(rules.error());
        question.first.rules = std::move(*rules);
    }
    question.share = options.share / 100;
    question.by = options.by == "prefix" ? usage::SplitBy::Prefix : usage::SplitBy::Request;
    question.seed = options.seed;
    question.block_tokens = options.block;
    if (options.to.empty())
        return question;
    auto second = rules_of(options.to_rules, vendor_of(sheet, options.to), options.capacity);
    if (!second)
        return tl::unexpected(second.error());
    question.second = usage::CacheArm{options.to, std::move(*second)};
    return question;
}

void print_cache(const usage::CacheReplay& replay)
{
    const usage::CacheQuestion& question = replay.question;
    const int digits = base::minor_digits(replay.currency);
    Table table({"Cache", "Requests", "Input tokens", "Hit tokens", "Hit rate",
                 fmt::format("Input, {}", replay.currency)},
                {Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right});
    const auto add = [&](const std::string& title, const usage::CacheTally& tally) {
        table.add({title, fmt::format("{}", tally.requests), fmt::format("{}", tally.input),
                   fmt::format("{}", tally.hits), fmt::format("{:.2f} %", tally.hit_rate() * 100),
                   tally.cost.to_fixed(digits)});
    };
    add("All at one", replay.unsplit);
    if (question.second) {
        add(fmt::format("{:g} % stay", 100 - question.share * 100), replay.first);
        add("  … without the split", replay.first_whole);
        add(fmt::format("{:g} % move to {}", question.share * 100, question.second->model), replay.second);
        add("  … without the split", replay.second_whole);
    }
    table.print();
    if (question.second)
        fmt::print("The split loses {} cached tokens, which costs {} {} more: {:.1f} % of the cache reads "
                   "that stay, {:.1f} % of those that move.\n",
                   replay.lost_tokens(), replay.lost_money().to_fixed(digits), replay.currency,
                   replay.first_loss_percent(), replay.second_loss_percent());
    print_rules(question.first, "Today's cache");
    if (question.second)
        print_rules(*question.second, "The second one's");
    if (replay.without_prefix > 0)
        note(fmt::format("{} requests do not say how their prompt begins; they hit nothing.",
                         replay.without_prefix));
    if (replay.out_of_order > 0)
        note(fmt::format("{} requests are out of order: taken at the time of the one before.",
                         replay.out_of_order));
    if (replay.unpriced > 0)
        note(fmt::format("{} requests have no price; their tokens count, their cost does not.",
                         replay.unpriced));
    if (replay.duplicates > 0)
        note(fmt::format("{} requests were seen before, by their id, and are left out.", replay.duplicates));
    for (const std::string& text : replay.notes)
        note("note: " + text);
}

}
