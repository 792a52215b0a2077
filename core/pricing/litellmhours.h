#pragma once

#include "core/pricing/schedule.h"

#include <nlohmann/json.hpp>
#include <string>
#include <tl/expected.hpp>

namespace leeway::pricing {

/// The hours in which the rates of an `off_peak_pricing` of LiteLLM's map hold: `hours_utc` on every day, and
/// `windows` whose weekdays are those of `weekday_timezone`. The error is why they cannot be read.
tl::expected<Schedule, std::string> litellm_hours(const nlohmann::json& off_peak);

}
