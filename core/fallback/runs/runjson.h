#pragma once

#include "core/base/result.h"
#include "core/fallback/readiness.h"
#include "core/fallback/runs/run.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace leeway::fallback {

/// The answer of `leeway-cli fallback run --format json`, without readiness and comparison: run, cases in
/// the suite's order, categories, latency, and throughput where it was measured.
nlohmann::ordered_json report_of(const Run& run);

/// A readiness with all that it is made of: score, parts, could_move, categories, the reasons in
/// words, leave. What is not known is null.
nlohmann::ordered_json readiness_report(const Readiness& readiness);

// For keeping: everything, so that reading gives back an equal value.
nlohmann::ordered_json to_json(const CaseResult& result);
base::Result<CaseResult> case_result_from(const nlohmann::ordered_json& json);
/// Without the results.
nlohmann::ordered_json head_to_json(const Run& run);
base::Result<Run> head_from(const nlohmann::ordered_json& json);

}
