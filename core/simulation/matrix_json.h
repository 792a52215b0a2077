#pragma once

#include "core/simulation/matrix.h"

#include <nlohmann/json.hpp>

namespace leeway::simulation {

/// {"currency", "formula", "plan", "months": ["2027-01", …], "outcomes": [{"scenario", "title", "total",
/// "against_base", "present_value", "break_even", "break_even_with", "decides", "months": [{"month", "total",
/// "vendors", "second", "machines", "engineering"}]}], "gate": {"decide_by", "budget_lock", "days_before"} |
/// null, "notes"}. Amounts are decimal strings; each total is exactly the sum of its parts.
nlohmann::json to_json(const Matrix& matrix);

}
