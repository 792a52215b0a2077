#pragma once

#include "core/base/progress.h"
#include "core/fallback/endpoints/retry.h"
#include "core/fallback/runs/run.h"
#include "core/pricing/sheet.h"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace leeway::fallback {

struct RunOptions
{
    Sampling sampling;
    int parallel = 1; // requests in flight, 1…64
    int repetitions = 1;
    bool warm_up = true;                    // one unmeasured question first
    std::vector<int> throughput;            // requests in flight to measure at, after the cases: {1, 2, 4, 8}
    const pricing::Sheet* prices = nullptr; // for the cost of each answer
    std::chrono::milliseconds first_token_limit = std::chrono::seconds(120);
    std::chrono::milliseconds stall_limit = std::chrono::seconds(60);
    std::chrono::milliseconds total_limit = std::chrono::minutes(10);
    RetryRules retry; // after 429, 5xx and lost connections
    std::string
        known_as; // in the run's identity, for an endpoint whose address differs each time; else empty
};

/// Gets every result as soon as it is there, on the thread of the run; an error ends the run.
using ResultSink = std::function<base::Status(const Run& so_far, const CaseResult& result)>;

/// Puts the suite to the endpoint: all cases, each `repetitions` times, `parallel` at a time. What `earlier`
/// holds of the same identity and is finished is kept, priced anew and not asked again; Invalid when its
/// identity differs. A fault of the server ends in a state of that case and the run goes on. Io when nobody
/// answers at the endpoint at all; Cancelled when `progress` (cases done, of all) says stop: what is finished
/// went to the sink. Blocks with an event loop of its own, on any thread; needs a QCoreApplication.
base::Result<Run> run_suite(const Suite& suite, const Endpoint& endpoint, const std::string& key,
                            const RunOptions& options, const Run* earlier, const ResultSink& sink,
                            const base::Progress& progress);

}
