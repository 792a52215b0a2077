#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace leeway::fallback {

/// Fills the subset of Nunjucks that suites may use: {{name}}, {{ order.lines[0].sku }}, {{- name -}} and
/// {# comments #}. A name without a value becomes nothing. Filters, tags, calls, operators and {{env.…}} are
/// refused by name. Objects and arrays are filled in as JSON.
base::Result<std::string> render(std::string_view text, const nlohmann::json& vars);

/// Whether render() would take `text`, whatever the variables.
base::Status check_template(std::string_view text);

/// The variables with those that stand in one another's texts filled in, as promptfoo does: five rounds at
/// most, plain {{name}} only, and without one line break at the end of a text.
nlohmann::json resolved(const nlohmann::json& vars);

}
