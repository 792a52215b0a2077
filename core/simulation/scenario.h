#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/base/result.h"
#include "core/pricing/sheet.h"
#include "core/simulation/uncertainty.h"
#include "core/usage/cube.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::simulation {

inline constexpr std::string_view formula_version = "1.1";

/// What all scenarios share: the term, the volume of traffic, the value of money and the renewal decision
/// gate.
struct Plan
{
    base::Month start;
    int months = 36;           // 1…120
    double growth_percent = 0; // of volume, a month
    int log_one_in = 1;        // the usage log holds one request in so many, 1…1,000,000
    std::optional<base::Date> budget_lock;
    int gate_days = 120; // the decision gate is this many days before the budget lock
    /// Volume of January to December in percent of the log's average month, 0…1000; empty: all alike.
    std::vector<double> seasonality{};
    double discount_percent = 0; // a year, for the present value, 0…100
    double cpi_percent = 2;      // expected rise of consumer prices a year, −20…100

    bool operator==(const Plan&) const = default;
};

/// A rise (or cut) of list prices by `percent` from month `from_month` of the term (1 is the first). Several
/// changes of the same price compound.
struct PriceChange
{
    std::string vendor; // empty: all of today's traffic, but not what a transfer pays its second vendor
    std::string model;  // empty: all of the vendor
    double percent = 0; // −100…1000
    int from_month = 1;
    std::optional<base::Date> from_date{}; // instead of the month; its first month counts by days
    std::string component{};               // "output"; parts charged at its rate follow it. Empty: all
    bool yearly = false;                   // once more every twelve months
    bool capped = true;                    // false: the contract's cap does not hold for it

    bool operator==(const PriceChange&) const = default;
};

/// What a contract lets a vendor's prices rise within a year of the term (months 1 to 12, 13 to 24, …) over
/// what they were at the end of the year before. With both limits the lower one holds. It does not hold for
/// changes that the price sheet already knows.
struct PriceCap
{
    std::string vendor{};               // empty: all of today's vendors
    std::optional<double> percent{};    // 0…1000
    std::optional<double> cpi_points{}; // the rise of consumer prices and so many points, −100…100
    std::string source{};               // "price-review, section 4.2"

    bool operator==(const PriceCap&) const = default;
};

/// A model is withdrawn and another one takes its work: at its own price, or at the old one changed by
/// `price_percent`, with another count of tokens for the same text.
struct Successor
{
    std::string vendor{};
    std::string model{}; // empty: all of the vendor
    std::string to_vendor{};
    std::string to_model{};    // empty: the old model's prices
    double price_percent = 0;  // −100…1000
    double tokens_percent = 0; // −100…1000
    int from_month = 1;
    bool capped = false; // true: the contract's cap holds for `price_percent` as well

    bool operator==(const Successor&) const = default;
};

/// Part of the cache reads of today's traffic become plain input.
struct CacheLoss
{
    double percent = 0; // 0…100
    int from_month = 1;
    std::string source{}; // where the percentage comes from

    bool operator==(const CacheLoss&) const = default;
};

/// A fee that replaces billing by usage while it lasts.
struct FlatFee
{
    std::string vendor{}; // empty: all of today's vendors
    base::Decimal amount_per_month{};
    double percent_of_usage = 0; // added to the amount: of what the first month's usage would cost, 0…1000
    int from_month = 1;
    int until_month = 0; // the last one; 0: to the end of the term

    bool operator==(const FlatFee&) const = default;
};

/// A spend promised to a vendor for every twelve months; what its usage and fees fall short of it is paid at
/// the end of those twelve months, for a shorter last year in proportion.
struct Commitment
{
    std::string vendor{}; // empty: all of today's vendors
    base::Decimal amount_per_year{};
    int from_month = 1;
    int until_month = 0; // the last one; 0: to the end of the term

    bool operator==(const Commitment&) const = default;
};

/// Which traffic moves; what is empty or 0 does not limit. Lengths are whole prompts in tokens, as far as the
/// price sheet's context tiers tell them apart.
struct Rule
{
    std::vector<std::string> models{}; // "vendor/model" or "model"
    std::vector<std::string> tags{};
    std::int64_t min_prompt_tokens = 0;
    std::int64_t max_prompt_tokens = 0;

    bool operator==(const Rule&) const = default;
};

/// Part of the traffic goes to a second vendor's model. Amounts are in the currency of the sheet
/// that is simulated with: in a project, the project's. Only traffic of the model's own kind moves (chat to
/// chat, embeddings to embeddings).
struct Transfer
{
    std::string from_vendor; // empty: all traffic
    std::string to_vendor;
    std::string to_model;
    double share_percent = 0;          // 0…100 of tokens; 0: nothing happens
    int from_month = 1;                // from here on the second vendor is paid
    double cache_hit_loss_percent = 0; // of cache reads on the moved share become plain input
    base::Decimal upkeep_per_month;    // engineering for two vendors
    base::Decimal migration_once;      // in month from_month
    int parallel_months = 0;           // from from_month on, both vendors are paid for the moved share
    Rule rule{};
    std::string cache_source{}; // where cache_hit_loss_percent comes from: "simulated from log.jsonl, …"

    bool operator==(const Transfer&) const = default;
};

/// Part of the chat traffic goes to a self-hosted model, paid by the machine hour, in the same currency.
/// Machines = max(minimum, ceil(token-seconds / (3600 × 730.5 hours × utilisation))).
struct Fallback
{
    std::string from_vendor;
    std::string model; // "llama-3.1-8b"
    double share_percent = 0;
    int from_month = 1;
    base::Decimal price_per_hour;       // of one machine
    double tokens_per_second = 0;       // output tokens, one machine, fully loaded
    double input_tokens_per_second = 0; // prompt processing; 0: not a limit
    double utilisation_percent = 40;    // of a machine's hours in use, 1…100
    int minimum_machines = 1;           // kept running all month
    base::Decimal upkeep_per_month;
    base::Decimal migration_once;
    Rule rule{};

    bool operator==(const Fallback&) const = default;
};

/// Work or fees beside usage: re-embedding, validation, egress, people. `once` and `tokens` fall into
/// `from_month`, people into that month and the following ones.
struct Expense
{
    std::string title{}; // "re-embedding"
    int from_month = 1;
    base::Decimal once{};
    double people = 0;              // 0…10,000
    base::Decimal rate_per_month{}; // of one person
    int months = 1;                 // in which they work; 0: to the end of the term
    std::int64_t tokens = 0;        // read by `model` at its price for input
    std::string vendor{};
    std::string model{};

    bool operator==(const Expense&) const = default;
};

/// A what-if as data: templates/scenarios/scenario.schema.json.
struct Scenario
{
    std::string id;
    std::string title;
    std::string note;
    std::vector<PriceChange> price_changes;
    std::optional<Transfer> transfer;
    std::optional<Fallback> fallback;
    std::vector<PriceCap> caps{}; // of several for one vendor, the first
    std::vector<Successor> successors{};
    std::optional<CacheLoss> cache_loss{};
    std::vector<FlatFee> flat_fees{};
    std::vector<Commitment> commitments{};
    std::vector<Expense> expenses{};

    bool operator==(const Scenario&) const = default;
};

/// A plan with its scenarios, base first: the content of a scenario file.
struct ScenarioSet
{
    std::string id;
    std::string title;
    Plan plan;
    std::vector<Scenario> scenarios;
    std::optional<Uncertainty> uncertainty{}; // none: that of the sample matrix

    bool operator==(const ScenarioSet&) const = default;
};

/// Errors name line and path.
base::Result<ScenarioSet> parse_scenarios(const std::string& name, std::string_view text);
/// A file, or the id of a bundled preset ("sample-matrix", "rise-35", "token-billing-shift", …).
base::Result<ScenarioSet> load_scenarios(const std::string& path_or_id);
/// By id.
base::Result<std::vector<ScenarioSet>> bundled_scenarios();
std::string to_json(const ScenarioSet& set);

/// Whether the scenario leaves all traffic where it is.
bool moves_nothing(const Scenario& scenario);
/// The scenario that stays, for comparison with one that moves: the first that moves nothing and has the same
/// prices and fees, else the first with changes of price, else the first. None for what moves nothing itself.
std::optional<std::size_t> staying(const std::vector<Scenario>& scenarios, std::size_t at);

/// The cap holds in every scenario whose prices change; earlier caps of the same vendor are replaced. This is
/// how a finding on price review comes into the scenarios.
ScenarioSet with_cap(ScenarioSet set, const PriceCap& cap);

/// The sample matrix (base, spike, transfer, fallback) fitted to this traffic: the dearest vendor is the one
/// that raises its prices; the second vendor's model costs nearest below today's bill for that vendor's chat
/// traffic, is not of the same maker, and is sold by its own maker if such a one costs at least half of the
/// bill. Without usage, the sample matrix as it is.
ScenarioSet default_scenarios(const usage::Cube& cube, const pricing::Sheet& sheet, base::Month start);

}
