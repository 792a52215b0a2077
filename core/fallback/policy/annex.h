#pragma once

#include "core/fallback/policy/replay.h"

#include <string>

namespace leeway::fallback {

/// The policy on a page for the contract's annex: what it does in plain words and, with a replay, what it
/// would have done. `replayed` is the outcome of this policy, `without` the one without failover; both may be
/// null. Markdown (CommonMark).
std::string annex_markdown(const Policy& policy, const Replay* replay = nullptr,
                           const Outcome* replayed = nullptr, const Outcome* without = nullptr);
/// The same as a whole page of HTML that prints well and loads nothing.
std::string annex_html(const Policy& policy, const Replay* replay = nullptr,
                       const Outcome* replayed = nullptr, const Outcome* without = nullptr);

}
