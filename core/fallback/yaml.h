#pragma once

#include "core/base/json.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace leeway::fallback {

/// YAML as the JSON value it stands for, with the line of every part, and the names in each object as they
/// stand in the file.
struct YamlFile
{
    base::JsonFile file;
    std::unordered_map<std::string, std::vector<std::string>> names_of_path; // JSON pointer → names in order
};

/// Reads one YAML document (JSON is YAML too), anchors and merge keys included; plain words become null,
/// true, false and numbers by YAML 1.2's core rules. Invalid with the line for a fault, a tag of a program, a
/// name that stands twice, or more than 64 levels; TooLarge over 8 MB or 300,000 parts.
base::Result<YamlFile> parse_yaml(std::string name, std::string_view text);

/// The value of a short piece of YAML, without lines; where a name stands twice the last one holds. Nothing
/// when it is not YAML.
std::optional<nlohmann::json> yaml_value(const std::string& text);

/// `name` as a step of a JSON pointer.
std::string pointer_step(std::string_view name);

}
