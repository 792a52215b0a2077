#pragma once

#include "core/clauses/drift/drift.h"

#include <nlohmann/json.hpp>

namespace leeway::clauses {

/// A drift as `leeway-cli drift --format json` prints it: {"checks": [{"check", "course", "before": finding,
/// "after": finding}], "clauses": {"counts": {…}, "changes": [{"change", "before": {"page", "section",
/// "text", "changed": [texts]}, "after": …}]}}. Unchanged and moved clauses are only counted; a side that is
/// not there is null.
nlohmann::json to_json(const Drift& drift, const document::Document& before, const document::Document& after);

}
