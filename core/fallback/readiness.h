#pragma once

#include "core/base/decimal.h"
#include "core/fallback/statistics.h"
#include "core/fallback/suite.h"
#include "core/pricing/load.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// How a model did in one category of the suite.
struct CategoryOutcome
{
    Category category = Category::Routine;
    int cases = 0; // with a verdict: invalid ones and errors are not in it
    int passed = 0;
    std::optional<double> incumbent; // pass rate of today's model on the same cases, 0…1
    std::optional<double> traffic;   // share of all requests, 0…1; unknown: each case counts alike
};

/// What must be reached. A category's bar is never above what the incumbent reaches.
struct ReadinessBars
{
    std::array<double, 3> pass_rate{0.80, 0.80, 0.95}; // routine, complex, critical
    double answer_ms = 15'000;                         // 95 % of whole answers within
};

/// The traffic's busiest hour.
struct PeakHour
{
    std::int32_t hour = 0; // since 1970
    std::int64_t requests = 0;
    std::int64_t output = 0; // tokens
};
/// Of all models together; nothing without loads.
std::optional<PeakHour> peak_of(std::span<const pricing::ModelLoad> loads);

/// What the contract says about using a model in its place; shown beside, not part of the number.
struct Leave
{
    std::string check; // "competing-use-ban"
    std::string verdict;
    std::string contract;
    std::string section;
    std::string passage;
};

struct ReadinessInput
{
    std::string model; // as people know it
    std::vector<CategoryOutcome> categories;
    int without_verdict = 0; // cases that were invalid or had no answer
    std::optional<double> answer_p95_ms;
    std::optional<double> tokens_per_second; // of all answers together, at the best number in parallel
    int parallel = 1;                        // … which is
    std::optional<PeakHour> peak;
    std::optional<base::Decimal> cost_per_request; // of the fallback
    std::optional<base::Decimal> incumbent_cost_per_request;
    std::string currency;
    std::vector<Leave> leave;
};

enum class ReadinessPart { Quality, Speed, Capacity, Cost, Leave, Verdict };
std::string_view to_string(ReadinessPart part); // "quality", …

struct Reason
{
    ReadinessPart part = ReadinessPart::Verdict;
    bool against = false; // it speaks against moving
    std::string text;
};

struct CategoryReadiness
{
    Category category = Category::Routine;
    Share rate;
    int cases = 0;
    double bar = 0;
    bool may_move = false; // the whole interval is at or above the bar
    std::optional<double> traffic;
    std::optional<double> could_move; // share of all traffic: `traffic` when it may move, else 0
};

/// 0…100 with what it is made of.
///
/// Quality: for each category the square of (lower end of the pass rate's interval ÷ bar), at most 1,
/// weighted by traffic. Speed: bar ÷ 95th percentile of answers. Capacity: tokens an hour ÷ those of the
/// busiest hour. Cost: the incumbent's ÷ the fallback's. The score is the mean by weights of 50, 15, 20 and
/// 15 of the parts that are known, but never above quality: a model that answers wrongly is no fallback,
/// however fast and cheap.
struct Readiness
{
    int score = 0;
    std::optional<int> quality;
    std::optional<int> speed;
    std::optional<int> capacity;
    std::optional<int> cost;
    std::vector<CategoryReadiness> categories;
    std::optional<double> could_move; // share of today's traffic, 0…1; nothing where it is not known
    std::vector<Reason> reasons;      // the verdict first, then what speaks against, then what speaks for
    std::vector<Leave> leave;
};

Readiness readiness_of(const ReadinessInput& input, const ReadinessBars& bars = {});

}
