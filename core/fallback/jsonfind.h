#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// JSON as JavaScript reads it, at most 256 levels deep; nothing when it is not JSON.
std::optional<nlohmann::json> parse_json_text(std::string_view text);
std::optional<nlohmann::ordered_json> parse_ordered_json(std::string_view text);

/// The objects { … } inside a text, also loosely written ones (bare names, comments, a missing } at the end)
/// as promptfoo finds them. Reads at most 100,000 bytes for one object and gives up after about 50 MB of
/// work.
std::vector<nlohmann::json> find_json_objects(std::string_view text);

}
