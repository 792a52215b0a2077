#pragma once

#include "core/base/progress.h"
#include "core/fallback/endpoints/client.h"
#include "core/fallback/judge/judged.h"
#include "core/fallback/runs/runner.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace leeway::fallback {

/// The judge is always asked with temperature 0 and the same seed.
struct JudgeOptions
{
    std::string instructions;               // as load_instructions() gives them
    int parallel = 1;                       // requests in flight, 1…64
    int max_tokens = Sampling().max_tokens; // of its answer; one that thinks first needs room for that
    ClientLimits limits;
};

/// A run with the opinions of a judge on it.
struct JudgedRun
{
    Run run; // its states and scores as before
    std::string endpoint;
    Judge judge;
    std::string instructions;
    std::vector<Judged> cases;
    int without_reference = 0; // cases left out: nothing to compare with
    int without_answer = 0;    // cases left out: nothing to compare
};

/// Shows each answer of the run and the incumbent's recorded (else the expected) answer to the model at the
/// endpoint, in both orders, and keeps what it says in the run's results. What was judged before by the same
/// judge with the same words is not asked again. The sink gets a result whenever a judgement was added. A
/// fault of the server ends in a judgement without an opinion. Invalid when a case is not in the suite; Io
/// when nobody answers at the endpoint; Cancelled when `progress` (judgements done, of all) says stop. Blocks
/// as run_suite() does.
base::Result<JudgedRun> judge_run(Run run, const Suite& suite, const Endpoint& endpoint,
                                  const std::string& key, const JudgeOptions& options, const ResultSink& sink,
                                  const base::Progress& progress);

/// The answer of `leeway-cli fallback judge --format json`: judge, instructions, totals, and each case with
/// its judgements.
nlohmann::ordered_json judge_report(const JudgedRun& judged);

}
