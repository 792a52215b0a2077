#include "core/fallback/suiteparts.h"

#include "core/base/text.h"
#include "core/fallback/assertions.h"
#include "core/fallback/jsonfind.h"
#include "core/fallback/jstext.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using nlohmann::json;

// Where a text points out of the suite: a file or a package of JavaScript.
bool points_outside(const json& value)
{
    if (!value.is_string())
        return false;
    const auto& text = value.get_ref<const std::string&>();
    return text.starts_with("file://") || text.starts_with("package:");
}

const std::map<std::string, std::string>& refused_names()
{
    static const std::map<std::string, std::string> names = {
        {"transform", "it runs a script on the answer"},
        {"contextTransform", "it runs a script on the answer"}};
    return names;
}

}

int SuiteFile::line(const std::string& path) const
{
    const auto known = m_yaml.file.line_of_path.find(path);
    return known == m_yaml.file.line_of_path.end() ? 0 : known->second;
}

std::vector<std::string> SuiteFile::names(const std::string& path, const json& object) const
{
    const auto known = m_yaml.names_of_path.find(path);
    if (known != m_yaml.names_of_path.end())
        return known->second;
    std::vector<std::string> result;
    for (const auto& [name, value] : object.items())
        result.push_back(name);
    return result;
}

base::Status SuiteFile::check_names(const std::string& path, const json& object,
                                    const std::set<std::string>& known,
                                    const std::map<std::string, std::string>& refused) const
{
    for (const auto& [name, value] : object.items()) {
        if (known.contains(name))
            continue;
        const auto reason = refused.find(name);
        return tl::unexpected(error(path + "/" + pointer_step(name),
                                    reason == refused.end()
                                        ? fmt::format("“{}” is not supported here", base::shortened(name, 60))
                                        : fmt::format("“{}” is not supported: {}", name, reason->second)));
    }
    return {};
}

base::Result<std::string> SuiteFile::text(const std::string& path, const json& value) const
{
    if (!value.is_string() && !value.is_number() && !value.is_boolean())
        return tl::unexpected(error(path, "must be text"));
    return js_string(value);
}

base::Result<double> SuiteFile::number(const std::string& path, const json& value) const
{
    if (!value.is_number())
        return tl::unexpected(error(path, "must be a number"));
    return value.get<double>();
}

base::Result<json> SuiteFile::followed(const std::string& path, const json& item) const
{
    if (!item.is_object())
        return tl::unexpected(error(path, "must be an assertion with a “type”"));
    if (!item.contains("$ref"))
        return item;
    constexpr std::string_view prefix = "#/assertionTemplates/";
    const std::string ref = js_string(item["$ref"]);
    const std::string name = ref.starts_with(prefix) ? ref.substr(prefix.size()) : std::string();
    const json templates = root().value("assertionTemplates", json::object());
    if (name.empty() || !templates.is_object() || !templates.contains(name) || !templates[name].is_object())
        return tl::unexpected(
            error(path + "/$ref", fmt::format("“{}” is not one of the assertionTemplates of this file",
                                              base::shortened(ref, 80))));
    json result = templates[name];
    if (result.contains("$ref"))
        return tl::unexpected(
            error(path + "/$ref",
                  fmt::format("the template “{}” refers to another one, which is not supported", name)));
    for (const auto& [key, value] : item.items()) {
        if (key != "$ref")
            result[key] = value;
    }
    return result;
}

base::Result<Assertion> SuiteFile::assertion(const std::string& path, const json& item, bool in_set) const
{
    static const std::set<std::string> known = {"type",   "value",  "threshold", "weight",
                                                "metric", "config", "assert",    "alpha",
                                                "beta",   "gamma",  "provider",  "rubricPrompt"};
    auto object = followed(path, item);
    if (!object)
        return tl::unexpected(object.error());
    if (auto done = check_names(path, *object, known, refused_names()); !done)
        return tl::unexpected(done.error());
    if (!object->contains("type") || !(*object)["type"].is_string())
        return tl::unexpected(error(path, "lacks its “type”"));
    Assertion result;
    result.line = line(path);
    result.type = (*object)["type"].get<std::string>();
    result.inverse = result.type.starts_with("not-");
    if (result.inverse)
        result.type.erase(0, 4);
    if (object->contains("value"))
        result.value = (*object)["value"];
    const json outside = result.value.value_or(json());
    for (const json& value : outside.is_array() ? outside : json::array({outside})) {
        if (points_outside(value))
            return tl::unexpected(
                error(path + "/value", fmt::format("“{}” is not supported: write the value into the suite",
                                                   base::shortened(js_string(value), 80))));
    }
    for (const char* key : {"threshold", "weight"}) {
        if (!object->contains(key) || (*object)[key].is_null())
            continue;
        const auto value = number(path + "/" + key, (*object)[key]);
        if (!value)
            return tl::unexpected(value.error());
        if (std::string_view(key) == "threshold")
            result.threshold = *value;
        else
            result.weight = *value;
    }
    if (result.weight < 0)
        return tl::unexpected(error(path + "/weight", "must not be negative"));
    if (object->contains("metric")) {
        auto metric = text(path + "/metric", (*object)["metric"]);
        if (!metric)
            return tl::unexpected(metric.error());
        result.metric = std::move(*metric);
    }
    if (object->contains("config")) {
        if (!(*object)["config"].is_object())
            return tl::unexpected(error(path + "/config", "must be an object"));
        result.config = (*object)["config"];
    }
    for (const char* key : {"alpha", "beta", "gamma"}) {
        if (object->contains(key))
            result.config[key] = (*object)[key];
    }
    if (object->contains("assert") != (result.type == "assert-set"))
        return tl::unexpected(error(path, "“assert” and the type “assert-set” belong together"));
    if (result.type == "assert-set") {
        if (in_set)
            return tl::unexpected(error(path, why_refused("assert-set")));
        auto members = assertions(path + "/assert", (*object)["assert"]);
        if (!members)
            return tl::unexpected(members.error());
        result.members = std::move(*members);
    }
    if (auto done = check_assertion(result); !done)
        return tl::unexpected(error(path, done.error().message));
    return result;
}

base::Result<std::vector<Assertion>> SuiteFile::assertions(const std::string& path, const json& list) const
{
    std::vector<Assertion> result;
    if (list.is_null())
        return result;
    if (!list.is_array())
        return tl::unexpected(error(path, "must be a list of assertions"));
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto one =
            assertion(path + "/" + std::to_string(i), list[i], path.find("/assert/") != std::string::npos);
        if (!one)
            return tl::unexpected(one.error());
        result.push_back(std::move(*one));
    }
    return result;
}

std::vector<Message> messages_of_prompt(const std::string& prompt)
{
    const std::string_view trimmed = js_trimmed(prompt);
    if (trimmed.starts_with('[')) {
        const auto list = parse_json_text(trimmed);
        std::vector<Message> messages;
        const bool chat = list && list->is_array() && !list->empty() &&
                          std::all_of(list->begin(), list->end(), [](const json& item) {
                              return item.is_object() && item.contains("role") && item["role"].is_string() &&
                                     item.contains("content") && item["content"].is_string();
                          });
        if (chat) {
            for (const json& item : *list)
                messages.push_back({item["role"].get<std::string>(), item["content"].get<std::string>()});
            return messages;
        }
    }
    return {{"user", prompt}};
}

}
