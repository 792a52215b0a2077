#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/fallback/endpoints/endpoint.h"
#include "core/fallback/endpoints/reply.h"
#include "core/fallback/runs/judgement.h"
#include "core/fallback/suite.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leeway::fallback {

enum class CaseState {
    Passed,
    Failed,
    Invalid, // the question did not reach the model as it is; counts for neither side
    Error    // no answer, or an answer that could not be graded
};

std::string_view to_string(CaseState state); // "passed", …
std::optional<CaseState> case_state_from(std::string_view text);

/// One answer to one case, graded. Times in milliseconds.
struct CaseResult
{
    int index = 0;      // of the case in its suite
    int repetition = 0; // 0 for the first
    std::string id;
    Category category = Category::Routine;
    CaseState state = CaseState::Error;
    double score = 0; // 0…1
    Answer answer;
    std::string why;
    std::vector<AssertionGrade> assertions;
    Trouble trouble = Trouble::None;
    std::optional<double> first_token_ms;
    double total_ms = 0;
    Tokens tokens;
    std::optional<double> tokens_per_second;
    std::optional<base::Decimal> cost; // at the price sheet, in its currency
    int attempts = 0;
    std::vector<Judgement> judgements; // opinions of models; `state` and `score` know nothing of them

    /// Whether a run that goes on leaves it as it is: a server that was away is asked again.
    [[nodiscard]] bool finished() const { return trouble == Trouble::None || makes_invalid(trouble); }
};

/// What makes two runs the same, so that one can go on where the other stopped.
struct RunIdentity
{
    std::string suite_sha256;
    EndpointKind kind = EndpointKind::OpenAi;
    std::string url;
    std::string model;
    Sampling sampling;

    bool operator==(const RunIdentity&) const = default;
};

/// How much a server does with so many requests at the same time.
struct Throughput
{
    int parallel = 1;
    int requests = 0; // answered
    int failed = 0;
    double requests_per_second = 0;
    double tokens_per_second = 0; // of all answers together
    double first_token_ms = 0;    // median

    bool operator==(const Throughput&) const = default;
};

/// A suite put to an endpoint.
struct Run
{
    std::string suite;    // its name
    std::string endpoint; // its name
    RunIdentity identity;
    std::string server;      // its build, where it says so
    std::string fingerprint; // of the model, where the server sends one
    base::Instant started{};
    base::Instant finished{};
    int repetitions = 1;
    int parallel = 1;
    std::string currency;            // of the costs; empty without a price sheet
    std::vector<CaseResult> results; // by index, then repetition
    std::vector<Throughput> throughput;
};

/// How often something holds, with its 95 % interval.
struct CategoryRate
{
    Category category = Category::Routine;
    int cases = 0; // passed or failed; invalid ones and errors are not in it
    double pass_rate = 0;
    double low = 0;
    double high = 1;
};

/// The repetitions of one case, summed up.
struct CaseSummary
{
    const CaseResult* shown = nullptr; // the first repetition with the state of the whole
    CaseState state = CaseState::Error;
    double score = 0; // mean of the graded repetitions
    double lowest_score = 0;
    double highest_score = 0;
    int passed = 0;
    int graded = 0;
    int repetitions = 0;
};

struct RunTotals
{
    int cases = 0;
    int passed = 0;
    int failed = 0;
    int invalid = 0;
    int errors = 0;
};

/// The model's name for people: of a file, which llama.cpp names by its path, the file's name.
std::string shown_model(const Run& run);

/// One for each case that has a result, by index. A case passes when more than half of its graded repetitions
/// do; without a graded one it is invalid, or else an error. Points into `run`.
std::vector<CaseSummary> summaries(const Run& run);
RunTotals totals(const Run& run);
/// The categories that occur, in the order of Category; Wilson's interval over cases.
std::vector<CategoryRate> category_rates(const Run& run);

/// Grades the stored answers again, after a change to the suite's assertions; nothing is asked. Invalid when
/// a case is not in the suite any more.
base::Result<Run> regraded(Run run, const Suite& suite);

}
