#include "core/fallback/jsonschema.h"

#include "core/base/text.h"
#include "core/fallback/jsregex.h"
#include "core/fallback/jstext.h"

#include <cmath>
#include <fmt/format.h>
#include <set>

namespace leeway::fallback {
namespace {

using base::ErrorCode;
using base::fail;
using nlohmann::json;

constexpr int deepest = 100;
constexpr int most_steps = 500'000; // of all sub-schemas applied to all values

const std::set<std::string, std::less<>>& keywords()
{
    static const std::set<std::string, std::less<>> known = {"$schema",
                                                             "$id",
                                                             "$ref",
                                                             "$comment",
                                                             "$defs",
                                                             "definitions",
                                                             "title",
                                                             "description",
                                                             "default",
                                                             "examples",
                                                             "deprecated",
                                                             "readOnly",
                                                             "writeOnly",
                                                             "contentMediaType",
                                                             "contentEncoding",
                                                             "type",
                                                             "enum",
                                                             "const",
                                                             "nullable",
                                                             "multipleOf",
                                                             "maximum",
                                                             "exclusiveMaximum",
                                                             "minimum",
                                                             "exclusiveMinimum",
                                                             "maxLength",
                                                             "minLength",
                                                             "pattern",
                                                             "format",
                                                             "formatMaximum",
                                                             "formatMinimum",
                                                             "formatExclusiveMaximum",
                                                             "formatExclusiveMinimum",
                                                             "items",
                                                             "additionalItems",
                                                             "maxItems",
                                                             "minItems",
                                                             "uniqueItems",
                                                             "contains",
                                                             "maxProperties",
                                                             "minProperties",
                                                             "required",
                                                             "properties",
                                                             "patternProperties",
                                                             "additionalProperties",
                                                             "dependencies",
                                                             "propertyNames",
                                                             "if",
                                                             "then",
                                                             "else",
                                                             "allOf",
                                                             "anyOf",
                                                             "oneOf",
                                                             "not"};
    return known;
}

bool is_whole(const json& value)
{
    return value.is_number_integer() ||
           (value.is_number_float() && std::floor(value.get<double>()) == value.get<double>());
}

bool has_type(const json& value, std::string_view type)
{
    return (type == "string" && value.is_string()) || (type == "object" && value.is_object()) ||
           (type == "array" && value.is_array()) || (type == "boolean" && value.is_boolean()) ||
           (type == "null" && value.is_null()) || (type == "number" && value.is_number()) ||
           (type == "integer" && value.is_number() && is_whole(value));
}

std::size_t code_points(const std::string& text)
{
    std::size_t count = 0;
    for (const char c : text)
        count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80 ? 1 : 0;
    return count;
}

class Checker
{
public:
    explicit Checker(const json& root) : m_root(root) {}

    // The violation of `schema` by `value`; nothing when it holds. Faults of the schema end up in `fault`.
    std::string check(const json& schema, const json& value, const std::string& at, int depth)
    {
        if (!fault.empty())
            return {};
        if (depth > deepest || ++m_steps > most_steps) {
            fault = "the schema and the answer together are nested too deeply to be checked";
            return {};
        }
        if (schema.is_boolean())
            return schema.get<bool>() ? std::string() : at_place(at, "no value is allowed here");
        if (!schema.is_object()) {
            fault = "a part of the schema is neither an object nor true or false";
            return {};
        }
        if (const auto ref = schema.find("$ref"); ref != schema.end())
            return check_reference(*ref, value, at, depth);
        std::string violation = check_kind(schema, value, at);
        if (violation.empty())
            violation = check_combined(schema, value, at, depth);
        if (violation.empty() && value.is_number())
            violation = check_number(schema, value.get<double>(), at);
        if (violation.empty() && value.is_string())
            violation = check_text(schema, value.get_ref<const std::string&>(), at);
        if (violation.empty() && value.is_array())
            violation = check_array(schema, value, at, depth);
        if (violation.empty() && value.is_object())
            violation = check_object(schema, value, at, depth);
        return violation;
    }

    // Walks every part of the schema, whether a value reaches it or not.
    void survey(const json& schema, int depth)
    {
        if (!fault.empty() || schema.is_boolean())
            return;
        if (depth > deepest || !schema.is_object()) {
            fault =
                depth > deepest ? "the schema is nested too deeply" : "a part of the schema is not an object";
            return;
        }
        for (const auto& [key, part] : schema.items()) {
            if (!keywords().contains(key)) {
                fault = fmt::format("the schema uses the keyword “{}”, which draft 7 does not know", key);
                return;
            }
            survey_keyword(key, part, depth);
        }
    }

    std::string fault;

private:
    static std::string at_place(const std::string& at, const std::string& what)
    {
        return (at.empty() ? "the value " : at + " ") + what;
    }

    void survey_keyword(const std::string& key, const json& part, int depth)
    {
        static const std::set<std::string, std::less<>> single = {"additionalItems",
                                                                  "contains",
                                                                  "additionalProperties",
                                                                  "propertyNames",
                                                                  "if",
                                                                  "then",
                                                                  "else",
                                                                  "not"};
        static const std::set<std::string, std::less<>> maps = {"properties", "patternProperties",
                                                                "definitions", "$defs"};
        static const std::set<std::string, std::less<>> lists = {"allOf", "anyOf", "oneOf"};
        static const std::set<std::string, std::less<>> counts = {
            "maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties"};
        static const std::set<std::string, std::less<>> numbers = {
            "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"};
        if (single.contains(key) || (key == "items" && !part.is_array())) {
            survey(part, depth + 1);
        } else if (maps.contains(key)) {
            if (!part.is_object())
                return wrong(key, "an object");
            for (const auto& [name, inner] : part.items()) {
                if (key == "patternProperties")
                    pattern(name);
                survey(inner, depth + 1);
            }
        } else if (lists.contains(key) || key == "items") {
            if (!part.is_array() || (part.empty() && key != "items"))
                return wrong(key, "a list of schemas");
            for (const json& inner : part)
                survey(inner, depth + 1);
        } else if (key == "dependencies") {
            if (!part.is_object())
                return wrong(key, "an object");
            for (const json& inner : part) {
                if (!inner.is_array())
                    survey(inner, depth + 1);
            }
        } else if (counts.contains(key) && (!part.is_number_integer() || part.get<double>() < 0)) {
            wrong(key, "a whole number");
        } else if (numbers.contains(key) && !part.is_number()) {
            wrong(key, "a number");
        } else if (key == "multipleOf" && part.get<double>() <= 0) {
            wrong(key, "a number above zero");
        } else if (key == "required" || key == "enum") {
            if (!part.is_array())
                wrong(key, "a list");
        } else if (key == "pattern") {
            if (!part.is_string())
                return wrong(key, "text");
            pattern(part.get<std::string>());
        } else if (key == "format") {
            const auto known =
                has_format(part.is_string() ? part.get_ref<const std::string&>() : std::string(), "");
            if (!known)
                fault = known.error().message;
        } else if (key == "type") {
            survey_type(part);
        } else if (key == "$ref") {
            if (find_reference(part) == nullptr)
                fault = fmt::format("the schema refers to “{}”, which is not inside it", js_string(part));
        } else if (key == "$schema" && (!part.is_string() || part.get_ref<const std::string&>().find(
                                                                 "draft-07") == std::string::npos)) {
            fault = fmt::format("the schema is of “{}”; only draft 7 is supported", js_string(part));
        } else if (key.starts_with("formatM") || key.starts_with("formatE")) {
            fault = fmt::format("the schema keyword “{}” is not supported", key);
        }
    }

    void survey_type(const json& part)
    {
        static const std::set<std::string, std::less<>> types = {"string", "object", "array",  "boolean",
                                                                 "null",   "number", "integer"};
        const json list = part.is_array() ? part : json::array({part});
        for (const json& type : list) {
            if (!type.is_string() || !types.contains(type.get_ref<const std::string&>()))
                fault = fmt::format("the schema names the type “{}”, which does not exist", js_string(type));
        }
    }

    void wrong(const std::string& key, std::string_view wanted)
    {
        fault = fmt::format("in the schema, “{}” must be {}", key, wanted);
    }

    const Pattern* pattern(const std::string& text)
    {
        auto known = m_patterns.find(text);
        if (known == m_patterns.end()) {
            auto compiled = compile_pattern(text);
            if (!compiled || !compiled->fault.empty()) {
                fault = compiled ? fmt::format("the schema's pattern “{}” is not valid: {}",
                                               base::shortened(text, 60), compiled->fault)
                                 : compiled.error().message;
                return nullptr;
            }
            known = m_patterns.emplace(text, std::move(*compiled)).first;
        }
        return &known->second;
    }

    [[nodiscard]] const json* find_reference(const json& ref) const
    {
        if (!ref.is_string() || !ref.get_ref<const std::string&>().starts_with('#'))
            return nullptr;
        try {
            const json::json_pointer pointer(ref.get_ref<const std::string&>().substr(1));
            return m_root.contains(pointer) ? &m_root.at(pointer) : nullptr;
        } catch (const json::exception&) {
            return nullptr;
        }
    }

    std::string check_reference(const json& ref, const json& value, const std::string& at, int depth)
    {
        const json* target = find_reference(ref);
        if (target == nullptr) {
            fault = fmt::format("the schema refers to “{}”, which is not inside it", js_string(ref));
            return {};
        }
        return check(*target, value, at, depth + 1);
    }

    static std::string check_kind(const json& schema, const json& value, const std::string& at)
    {
        if (const auto type = schema.find("type"); type != schema.end()) {
            const bool null_too = value.is_null() && schema.value("nullable", json()) == json(true);
            bool right = null_too;
            std::string wanted;
            for (const json& one : type->is_array() ? *type : json::array({*type})) {
                right = right || has_type(value, js_string(one));
                wanted += (wanted.empty() ? "" : " or ") + js_string(one);
            }
            if (!right)
                return at_place(at, "must be of type " + wanted);
        }
        if (const auto list = schema.find("enum"); list != schema.end()) {
            if (std::find(list->begin(), list->end(), value) == list->end())
                return at_place(at, "must be one of " + base::shortened(list->dump(), 200));
        }
        if (const auto wanted = schema.find("const"); wanted != schema.end() && *wanted != value)
            return at_place(at, "must be " + base::shortened(wanted->dump(), 200));
        return {};
    }

    std::string check_combined(const json& schema, const json& value, const std::string& at, int depth)
    {
        const auto list = [&](const char* key) { return schema.contains(key) ? schema[key] : json::array(); };
        for (const json& part : list("allOf")) {
            if (std::string violation = check(part, value, at, depth + 1); !violation.empty())
                return violation;
        }
        for (const char* key : {"anyOf", "oneOf"}) {
            if (!schema.contains(key))
                continue;
            std::size_t fitting = 0;
            std::string first;
            for (const json& part : schema[key]) {
                const std::string violation = check(part, value, at, depth + 1);
                fitting += violation.empty() ? 1 : 0;
                if (first.empty())
                    first = violation;
            }
            if (fitting == 0)
                return at_place(at, fmt::format("fits none of its alternatives ({})", first));
            if (fitting > 1 && std::string_view(key) == "oneOf")
                return at_place(at, "fits more than one of its alternatives");
        }
        if (schema.contains("not") && check(schema["not"], value, at, depth + 1).empty() && fault.empty())
            return at_place(at, "is what the schema rules out");
        if (schema.contains("if")) {
            const char* branch = check(schema["if"], value, at, depth + 1).empty() ? "then" : "else";
            if (schema.contains(branch))
                return check(schema[branch], value, at, depth + 1);
        }
        return {};
    }

    static std::string check_number(const json& schema, double value, const std::string& at)
    {
        const auto limit = [&](const char* key) {
            return schema.contains(key) ? schema[key].get<double>() : std::nan("");
        };
        if (value > limit("maximum"))
            return at_place(at, "must be at most " + js_number(limit("maximum")));
        if (value >= limit("exclusiveMaximum"))
            return at_place(at, "must be below " + js_number(limit("exclusiveMaximum")));
        if (value < limit("minimum"))
            return at_place(at, "must be at least " + js_number(limit("minimum")));
        if (value <= limit("exclusiveMinimum"))
            return at_place(at, "must be above " + js_number(limit("exclusiveMinimum")));
        const double factor = value / limit("multipleOf");
        if (!std::isnan(factor) && factor != std::floor(factor))
            return at_place(at, "must be a multiple of " + js_number(limit("multipleOf")));
        return {};
    }

    std::string check_text(const json& schema, const std::string& text, const std::string& at)
    {
        const auto length = static_cast<double>(code_points(text));
        if (schema.contains("maxLength") && length > schema["maxLength"].get<double>())
            return at_place(at, fmt::format("is longer than {} characters", js_string(schema["maxLength"])));
        if (schema.contains("minLength") && length < schema["minLength"].get<double>())
            return at_place(at, fmt::format("is shorter than {} characters", js_string(schema["minLength"])));
        if (schema.contains("pattern")) {
            const std::string& wanted = schema["pattern"].get_ref<const std::string&>();
            const Pattern* compiled = pattern(wanted);
            if (compiled != nullptr && !compiled->found_in(text))
                return at_place(at, "does not match the pattern " + base::shortened(wanted, 100));
        }
        if (schema.contains("format")) {
            const std::string& format = schema["format"].get_ref<const std::string&>();
            const auto right = has_format(format, text);
            if (right && !*right)
                return at_place(at, fmt::format("does not have the format “{}”", format));
        }
        return {};
    }

    std::string check_array(const json& schema, const json& value, const std::string& at, int depth)
    {
        const auto size = static_cast<double>(value.size());
        if (schema.contains("maxItems") && size > schema["maxItems"].get<double>())
            return at_place(at, fmt::format("has more than {} items", js_string(schema["maxItems"])));
        if (schema.contains("minItems") && size < schema["minItems"].get<double>())
            return at_place(at, fmt::format("has fewer than {} items", js_string(schema["minItems"])));
        if (schema.value("uniqueItems", json()) == json(true)) {
            const std::set<json> distinct(value.begin(), value.end());
            if (distinct.size() != value.size())
                return at_place(at, "holds the same item twice");
        }
        const json& items = schema.contains("items") ? schema["items"] : m_anything;
        bool contained = !schema.contains("contains");
        for (std::size_t i = 0; i < value.size(); ++i) {
            const std::string place = fmt::format("{}/{}", at, i);
            const bool listed = items.is_array() && i < items.size();
            const json& part = !items.is_array()                    ? items
                               : listed                             ? items[i]
                               : schema.contains("additionalItems") ? schema["additionalItems"]
                                                                    : m_anything;
            if (std::string violation = check(part, value[i], place, depth + 1); !violation.empty())
                return violation;
            contained = contained || check(schema["contains"], value[i], place, depth + 1).empty();
        }
        return contained ? std::string() : at_place(at, "holds no item of the kind that it must contain");
    }

    std::string check_object(const json& schema, const json& value, const std::string& at, int depth)
    {
        const auto size = static_cast<double>(value.size());
        if (schema.contains("maxProperties") && size > schema["maxProperties"].get<double>())
            return at_place(at,
                            fmt::format("has more than {} properties", js_string(schema["maxProperties"])));
        if (schema.contains("minProperties") && size < schema["minProperties"].get<double>())
            return at_place(at,
                            fmt::format("has fewer than {} properties", js_string(schema["minProperties"])));
        if (schema.contains("required")) {
            for (const json& name : schema["required"]) {
                if (name.is_string() && !value.contains(name.get_ref<const std::string&>()))
                    return at_place(at, fmt::format("lacks the property “{}”", name.get<std::string>()));
            }
        }
        if (std::string violation = check_dependencies(schema, value, at, depth); !violation.empty())
            return violation;
        for (const auto& [name, item] : value.items()) {
            if (schema.contains("propertyNames")) {
                if (std::string violation = check(schema["propertyNames"], name, at, depth + 1);
                    !violation.empty())
                    return at_place(at, fmt::format("has a property “{}” that is not allowed to be called so",
                                                    base::shortened(name, 60)));
            }
            if (std::string violation = check_property(schema, name, item, at, depth); !violation.empty())
                return violation;
        }
        return {};
    }

    std::string check_property(const json& schema, const std::string& name, const json& item,
                               const std::string& at, int depth)
    {
        const std::string place = at + "/" + base::shortened(name, 60);
        bool described = false;
        if (schema.contains("properties") && schema["properties"].contains(name)) {
            described = true;
            if (std::string violation = check(schema["properties"][name], item, place, depth + 1);
                !violation.empty())
                return violation;
        }
        if (schema.contains("patternProperties")) {
            for (const auto& [wanted, part] : schema["patternProperties"].items()) {
                const Pattern* compiled = pattern(wanted);
                if (compiled == nullptr || !compiled->found_in(name))
                    continue;
                described = true;
                if (std::string violation = check(part, item, place, depth + 1); !violation.empty())
                    return violation;
            }
        }
        if (described || !schema.contains("additionalProperties"))
            return {};
        if (schema["additionalProperties"] == json(false))
            return at_place(at, fmt::format("has the property “{}”, which the schema does not allow",
                                            base::shortened(name, 60)));
        return check(schema["additionalProperties"], item, place, depth + 1);
    }

    std::string check_dependencies(const json& schema, const json& value, const std::string& at, int depth)
    {
        if (!schema.contains("dependencies"))
            return {};
        for (const auto& [name, wanted] : schema["dependencies"].items()) {
            if (!value.contains(name))
                continue;
            if (!wanted.is_array()) {
                if (std::string violation = check(wanted, value, at, depth + 1); !violation.empty())
                    return violation;
                continue;
            }
            for (const json& other : wanted) {
                if (other.is_string() && !value.contains(other.get_ref<const std::string&>()))
                    return at_place(at, fmt::format("must have “{}” because it has “{}”",
                                                    other.get<std::string>(), name));
            }
        }
        return {};
    }

    const json& m_root;
    const json m_anything = true;
    std::map<std::string, Pattern, std::less<>> m_patterns;
    int m_steps = 0;
};

}

base::Status check_schema(const json& schema)
{
    Checker checker(schema);
    checker.survey(schema, 0);
    if (!checker.fault.empty())
        return fail(ErrorCode::Invalid, checker.fault);
    return {};
}

base::Result<std::string> schema_violation(const json& schema, const json& value)
{
    Checker checker(schema);
    checker.survey(schema, 0);
    std::string violation;
    if (checker.fault.empty())
        violation = checker.check(schema, value, {}, 0);
    if (!checker.fault.empty())
        return fail(ErrorCode::Invalid, checker.fault);
    return violation;
}

}
