#pragma once

#include "core/fallback/endpoints/client.h"
#include "core/fallback/endpoints/probe.h"
#include "core/fallback/runs/runner.h"

#include <cstddef>
#include <string>
#include <vector>

namespace leeway::fallback {

/// Where a run goes to, once that is known.
struct Target
{
    Endpoint endpoint; // with its model
    Health health;
};

/// Looks whether the endpoint is there and which model is meant. Io when nobody answers or it names no model;
/// a server that does not list its models is taken at its word when the endpoint names one.
base::Result<Target> find_target(const Endpoint& endpoint, const std::string& key, const RunOptions& options);

ClientLimits limits_of(const RunOptions& options);

/// A run without results.
Run begun_run(const Suite& suite, const Target& target, const RunOptions& options);

/// Keeps what an earlier run of the same identity finished, all repetitions, at the prices of this run: costs
/// in two currencies do not mix. Gives the places in `run.results` of those whose cost is another now.
std::vector<std::size_t> take_finished(const Run& earlier, const Suite& suite, const pricing::Sheet* prices,
                                       Run& run);

}
