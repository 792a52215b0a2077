#pragma once

#include "core/fallback/runs/run.h"
#include "core/fallback/statistics.h"
#include "core/fallback/suite.h"

#include <map>
#include <optional>
#include <string>

namespace leeway::fallback {

/// Whether the incumbent's recorded answer passes, by the case's id, for cases that have one. It is graded
/// like any answer, but for `agreement`, since agreement with itself proves nothing; a case with nothing
/// else, or that cannot be graded, is left out.
std::map<std::string, bool> incumbent_verdicts(const Suite& suite);

/// The run (first) and the incumbent (second) on the cases where both have a verdict; nothing without such
/// cases.
std::optional<Paired> against_incumbent(const Run& run, const Suite& suite);

}
