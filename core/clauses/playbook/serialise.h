#pragma once

#include "core/clauses/playbook/compare.h"
#include "core/clauses/playbook/playbook.h"

#include <nlohmann/json.hpp>

namespace leeway::clauses {

/// Where a contract stands on one check, as `leeway-cli check --playbook --format json` prints it.
nlohmann::json to_json(const Stand& stand, const Check& check);

/// The checks whose verdict or reading differs, and the number of those that are the same.
nlohmann::json to_json(const std::vector<PackChange>& changes);

}
