#include "core/fallback/gradeparts.h"
#include "core/fallback/jsonfind.h"
#include "core/fallback/jsonschema.h"
#include "core/fallback/yaml.h"

#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using nlohmann::json;

// The schema of an assertion: none, an object, or the YAML of one.
base::Result<std::optional<json>> schema_of(const Grading& g)
{
    const json& value = g.wanted();
    if (value.is_null() || value == json("") || value == json(false) || value == json(0))
        return std::optional<json>();
    if (value.is_object())
        return std::optional<json>(value);
    if (value.is_string()) {
        if (auto schema = yaml_value(value.get_ref<const std::string&>());
            schema && (schema->is_object() || schema->is_boolean()))
            return std::optional<json>(std::move(*schema));
    }
    return base::fail(base::ErrorCode::Invalid, "needs a JSON schema, or no value at all");
}

Verdict is_json(const Grading& g)
{
    const auto parsed = parse_json_text(g.output);
    if (!parsed)
        return yes_or_no(false, g, "the answer is not JSON");
    const auto schema = schema_of(g);
    if (!schema)
        return cannot(schema.error().message);
    if (!*schema)
        return yes_or_no(true, g, "the answer is JSON");
    const auto violation = schema_violation(**schema, *parsed);
    if (!violation)
        return cannot(violation.error().message);
    return yes_or_no(violation->empty(), g,
                     violation->empty() ? "the answer is JSON that follows the schema"
                                        : "the answer is JSON, but " + *violation);
}

Verdict contains_json(const Grading& g)
{
    const auto objects = find_json_objects(g.output);
    if (objects.empty())
        return yes_or_no(false, g, "the answer holds no JSON object");
    const auto schema = schema_of(g);
    if (!schema)
        return cannot(schema.error().message);
    if (!*schema)
        return yes_or_no(
            true, g,
            fmt::format("the answer holds {} JSON object{}", objects.size(), objects.size() == 1 ? "" : "s"));
    std::string last;
    for (const json& object : objects) {
        const auto violation = schema_violation(**schema, object);
        if (!violation)
            return cannot(violation.error().message);
        last = *violation;
        if (last.empty())
            return yes_or_no(true, g, "the answer holds a JSON object that follows the schema");
    }
    return yes_or_no(false, g, "no JSON object in the answer follows the schema: " + last);
}

}

void add_json_graders(std::unordered_map<std::string_view, Grader>& graders)
{
    graders.insert({{"is-json", is_json}, {"contains-json", contains_json}});
}

}
