#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

namespace leeway::base {

/// A JSON file together with the line on which each of its values starts, so that every later complaint can
/// name line and path.
struct JsonFile
{
    std::string name; // as shown in errors
    nlohmann::json value;
    std::unordered_map<std::string, int> line_of_path; // JSON pointer → 1-based line

    /// An Invalid error "name, line 12, /checks/3/weight: …".
    [[nodiscard]] Error error(const std::string& pointer, const std::string& complaint) const;
};

/// Parses JSON text; an Invalid error names the line. Refuses more than 64 levels of nesting and doubled
/// keys.
Result<JsonFile> parse_json(std::string name, std::string_view text);

/// Reads and parses a JSON file of at most `limit` bytes.
Result<JsonFile> read_json(const std::string& path, std::size_t limit = std::size_t{64} << 20);

/// Checks `file` against a JSON schema (draft 7); the error names line and path of the first violation and,
/// where the schema says it, what is wanted. The schema is trusted: it comes with Leeway.
Status validate(const JsonFile& file, const nlohmann::json& schema);

}
