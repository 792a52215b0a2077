#pragma once

#include "core/base/date.h"
#include "core/fallback/endpoints/reply.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace leeway::fallback {

struct RetryRules
{
    int most = 2;                               // after the first attempt
    std::chrono::milliseconds first_pause{500}; // doubled each time
    std::chrono::milliseconds longest_pause{8'000};
    std::chrono::milliseconds longest_asked{60'000}; // of a Retry-After, which is cut to it
};

/// Whether another attempt may do better: 429, 5xx, a lost connection.
bool may_pass(Trouble trouble);

/// How long to wait before the next attempt; nothing when it is time to give up. `chance` (0…1) spreads the
/// requests that failed together: the upper half of the pause is left to it.
std::optional<std::chrono::milliseconds> pause_before_retry(Trouble trouble, int attempts,
                                                            std::optional<std::chrono::milliseconds> asked,
                                                            double chance, const RetryRules& rules);

/// The header Retry-After: seconds, or a date of HTTP. Never negative; nothing when it is neither.
std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view header, base::Instant now);

}
