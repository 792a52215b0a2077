#pragma once

#include "core/fallback/readiness.h"
#include "core/project/values.h"

#include <string_view>
#include <vector>

namespace leeway::project {

/// What the contracts say on these checks: the decision's verdict where there is one, else the finding's,
/// with its first passage; a decision that differs from the finding and names no passage has its note there.
/// Contracts without a finding on a check are left out.
std::vector<fallback::Leave> leave_of(const std::vector<Contract>& contracts,
                                      const std::vector<std::string_view>& checks);

}
