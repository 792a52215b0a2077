#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>
#include <string>

namespace leeway::fallback {

/// Checks a model's JSON against a schema of a suite (draft 7) the way promptfoo's validator does: unknown
/// keywords and formats are an Invalid error that names them, formats are checked, patterns are JavaScript's
/// (matched in linear time), `$ref` stays inside the schema. Gives the first violation, empty when there is
/// none.
base::Result<std::string> schema_violation(const nlohmann::json& schema, const nlohmann::json& value);

/// Whether schema_violation() can use the schema at all.
base::Status check_schema(const nlohmann::json& schema);

/// Whether `text` has the form that a `format` of JSON Schema names; an error for a name that is not known.
base::Result<bool> has_format(std::string_view format, const std::string& text);

}
