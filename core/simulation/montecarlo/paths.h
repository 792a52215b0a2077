#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/simulation/montecarlo/evaluator.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace leeway::simulation {

/// What the paths of a scenario came to.
struct Outturn
{
    std::unique_ptr<float[]> months;            // [month × paths + path]
    std::vector<double> totals;                 // path
    std::vector<std::int64_t> cheaper_by_month; // paths that have cost less than what stays, up to a month
};

struct Paths
{
    std::size_t count = 0;
    std::vector<Outturn> outturns;           // beside the evaluators
    std::vector<std::vector<double>> values; // axis, path: see Draws
};

/// Runs `task` for 0…count − 1 on several threads, in no order; `progress` is called on the calling thread.
/// False when it asked to stop.
bool in_parallel(std::size_t count, int threads, const base::Progress& progress,
                 const std::function<std::function<void(std::size_t)>()>& make_task);

/// Draws and evaluates all paths. `staying[i]` is the scenario that scenario i is compared with.
base::Result<Paths> run_paths(const Drawer& drawer, const std::vector<Evaluator>& evaluators,
                              const std::vector<std::optional<std::size_t>>& staying, std::size_t months,
                              std::size_t axes, std::size_t count, int threads,
                              const base::Progress& progress);

}
