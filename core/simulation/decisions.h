#pragma once

#include "core/simulation/matrix.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace leeway::simulation {

/// The rise of the prices of today's vendors above which a scenario that moves costs less than staying, in
/// tenths of a percent. Negative: it pays even if prices fall by less than that.
struct SwitchPoint
{
    enum class Kind { Always, Never, Above };
    Kind kind = Kind::Never;
    double percent = 0; // −100…1000

    bool operator==(const SwitchPoint&) const = default;
};

/// Whether a scenario that moves traffic pays, and at which figures the answer flips.
struct Viability
{
    std::string scenario; // ids
    std::string against;
    bool viable = false;
    base::Decimal saving; // over the term, against staying; negative: it costs more
    SwitchPoint rise;
    std::optional<base::Decimal> upkeep; // a month: pays below, not above
    std::optional<double> traffic; // times today's: pays above, not below; none where that is not linear
    std::string condition;         // the above in a sentence

    bool operator==(const Viability&) const = default;
};

/// How good each place is, 0…100, with today's vendor at 100, and how good the whole must be.
struct SplitQuestion
{
    double floor = 0;
    double second_quality = 100;
    double fallback_readiness = 100;
};

/// Shares of the traffic that may move.
struct Split
{
    double second_percent = 0;
    double fallback_percent = 0;
    base::Decimal total;  // over the term
    double quality = 100; // of the whole, weighted by share

    bool operator==(const Split&) const = default;
};

/// Found by bisection over the matrix: the change of price that the scenario has (else one of all prices of
/// the vendor that traffic leaves, from the month it moves) is tried at other sizes.
/// `scenario` must be one that moves traffic.
SwitchPoint switch_point(const Baseline& baseline, const ScenarioSet& set, std::size_t scenario);

/// One for each scenario that moves traffic and has one that stays beside it.
std::vector<Viability> viabilities(const Baseline& baseline, const ScenarioSet& set);

/// The cheapest split, in steps of 5 %, between today's vendors, the first transfer and the first fallback of
/// the set, under the prices of the first scenario that moves; none when the set moves nothing. Without any
/// that reaches the floor, everything stays.
std::optional<Split> best_split(const Baseline& baseline, const ScenarioSet& set,
                                const SplitQuestion& question);

/// {"scenario", "against", "viable", "saving", "switch_above_percent" (number, "always" or "never"),
/// "upkeep_limit", "traffic_factor", "condition"}
nlohmann::json to_json(const Viability& viability);
/// {"second_percent", "fallback_percent", "total", "quality"}
nlohmann::json to_json(const Split& split);

}
