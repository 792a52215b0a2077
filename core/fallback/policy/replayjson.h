#pragma once

#include "core/fallback/policy/replay.h"

#include <nlohmann/json.hpp>

namespace leeway::fallback {

/// {"policy","all":{…},"during":{…},"reactions":[{"incident","target","from","until","detected_s",
/// "returned_s"}],"events":[{"at","kind","target",…}],"timeline":{"from","width_s","buckets":[{"served":{id:n},
/// "late","failed"}]},"close":{…},"machines"}. A tally is
/// {"requests","served":{id:n},"late","failed":{reason:n},
/// "failed_percent","late_percent","attempts","retried","moved","times_ms":{"p50","p95","p99"},"cost",
/// "unpriced","quality_percent"}. Amounts are exact decimals in quotes.
nlohmann::ordered_json to_json(const Outcome& outcome, const Policy& policy);
/// {"currency","from","until","requests","outcomes":[…],"notes":[…]}; `policies` beside the outcomes.
nlohmann::ordered_json to_json(const Replay& replay, const std::vector<Policy>& policies);

}
