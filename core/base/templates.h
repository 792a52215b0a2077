#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// The data in `templates/` that users may copy and edit. `kind` is the folder: "checks", "profiles",
/// "scenarios".
namespace leeway::base {

std::filesystem::path template_folder(std::string_view kind);

/// The JSON files of a kind that come with Leeway, by name: `<id>.json`. Files with a further ending
/// (`x.schema.json`, `x.weights.json`) are parts of others. NotFound when there are none.
Result<std::vector<std::filesystem::path>> template_files(std::string_view kind);

/// The file that a person means: the id of a bundled one ("balanced") or a path. NotFound names the ids.
Result<std::filesystem::path> find_template(std::string_view kind, const std::string& path_or_id);

/// Parses `text` and checks it against a schema of the kind's folder; errors name line and path.
Result<JsonFile> parse_template(std::string_view kind, std::string_view schema, const std::string& name,
                                std::string_view text);

}
