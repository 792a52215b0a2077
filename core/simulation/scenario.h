#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/base/result.h"
#include "core/pricing/sheet.h"
#include "core/usage/cube.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::simulation {

inline constexpr std::string_view formula_version = "1.0";

/// What all scenarios share: the term, the growth of traffic and the renewal decision gate.
struct Plan
{
    base::Month start;
    int months = 36;           // 1…120
    double growth_percent = 0; // of volume, a month
    int log_one_in = 1;        // the usage log holds one request in so many, 1…1,000,000
    std::optional<base::Date> budget_lock;
    int gate_days = 120; // the decision gate is this many days before the budget lock

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

    bool operator==(const PriceChange&) const = default;
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

    bool operator==(const Fallback&) const = default;
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

    bool operator==(const Scenario&) const = default;
};

/// A plan with its scenarios, base first: the content of a scenario file.
struct ScenarioSet
{
    std::string id;
    std::string title;
    Plan plan;
    std::vector<Scenario> scenarios;

    bool operator==(const ScenarioSet&) const = default;
};

/// Errors name line and path.
base::Result<ScenarioSet> parse_scenarios(const std::string& name, std::string_view text);
/// A file, or the id of a bundled preset ("sample-matrix", "rise-35", "rise-100", "rise-300", "cut-67").
base::Result<ScenarioSet> load_scenarios(const std::string& path_or_id);
/// By id.
base::Result<std::vector<ScenarioSet>> bundled_scenarios();
std::string to_json(const ScenarioSet& set);

/// The sample matrix (base, spike, transfer, fallback) fitted to this traffic: the dearest vendor is the one
/// that raises its prices; the second vendor's model costs nearest below today's bill for that vendor's chat
/// traffic, is not of the same maker, and is sold by its own maker if such a one costs at least half of the
/// bill. Without usage, the sample matrix as it is.
ScenarioSet default_scenarios(const usage::Cube& cube, const pricing::Sheet& sheet, base::Month start);

}
