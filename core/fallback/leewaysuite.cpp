#include "core/fallback/suiteparts.h"

#include "core/base/text.h"
#include "core/fallback/jstext.h"
#include "core/fallback/templates.h"

#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using nlohmann::json;

base::Result<std::vector<Message>> read_messages(const SuiteFile& file, const std::string& path,
                                                 const json& value)
{
    if (value.contains("prompt") == value.contains("messages"))
        return tl::unexpected(file.error(path, "needs either “prompt” or “messages”"));
    std::vector<Message> messages;
    if (value.contains("prompt")) {
        auto prompt = file.text(path + "/prompt", value["prompt"]);
        if (!prompt)
            return tl::unexpected(prompt.error());
        messages.push_back({"user", std::move(*prompt)});
    } else {
        if (!value["messages"].is_array() || value["messages"].empty())
            return tl::unexpected(file.error(path + "/messages", "must be a list of messages"));
        for (std::size_t i = 0; i < value["messages"].size(); ++i) {
            const json& item = value["messages"][i];
            const std::string place = path + "/messages/" + std::to_string(i);
            if (!item.is_object() || !item.contains("role") || !item["role"].is_string() ||
                !item.contains("content") || !item["content"].is_string())
                return tl::unexpected(file.error(place, "needs “role” and “content” as texts"));
            if (auto done = file.check_names(place, item, {"role", "content"}); !done)
                return tl::unexpected(done.error());
            const std::string role = item["role"].get<std::string>();
            if (role != "system" && role != "user" && role != "assistant" && role != "developer")
                return tl::unexpected(
                    file.error(place + "/role", fmt::format("“{}” is no role; use system, user or assistant",
                                                            base::shortened(role, 40))));
            messages.push_back({role, item["content"].get<std::string>()});
        }
    }
    for (const Message& message : messages) {
        if (auto done = check_template(message.content); !done)
            return tl::unexpected(file.error(path, done.error().message));
    }
    return messages;
}

base::Status read_texts(const SuiteFile& file, const std::string& path, const json& value, Case& c)
{
    for (const char* key : {"id", "description", "expected", "incumbent"}) {
        if (!value.contains(key))
            continue;
        auto text = file.text(path + "/" + key, value[key]);
        if (!text)
            return tl::unexpected(text.error());
        const std::string_view name = key;
        if (name == "id")
            c.id = std::move(*text);
        else if (name == "description")
            c.description = std::move(*text);
        else if (name == "expected")
            c.expected = std::move(*text);
        else
            c.incumbent = std::move(*text);
    }
    return {};
}

base::Status read_standing(const SuiteFile& file, const std::string& path, const json& value, Case& c)
{
    for (const char* key : {"threshold", "weight"}) {
        if (!value.contains(key))
            continue;
        const auto number = file.number(path + "/" + key, value[key]);
        if (!number)
            return tl::unexpected(number.error());
        if (std::string_view(key) == "threshold")
            c.threshold = *number;
        else
            c.weight = *number;
    }
    if (c.weight < 0)
        return tl::unexpected(file.error(path + "/weight", "must not be negative"));
    if (value.contains("category")) {
        const auto category = category_from(js_string(value["category"]));
        if (!category)
            return tl::unexpected(file.error(path + "/category", "must be routine, complex or critical"));
        c.category = *category;
    }
    if (value.contains("tags")) {
        if (!value["tags"].is_array())
            return tl::unexpected(file.error(path + "/tags", "must be a list of texts"));
        for (const json& tag : value["tags"])
            c.tags.push_back(js_string(tag));
    }
    for (const auto& [key, target] : {std::pair("tools", &c.tools), std::pair("functions", &c.functions)}) {
        if (!value.contains(key))
            continue;
        if (!value[key].is_array())
            return tl::unexpected(file.error(path + "/" + key, "must be a list"));
        *target = value[key];
    }
    return {};
}

}

base::Result<Case> read_leeway_case(const SuiteFile& file, const std::string& path, const json& value)
{
    static const std::set<std::string> known = {"id",       "description", "prompt", "messages",  "vars",
                                                "expected", "incumbent",   "assert", "threshold", "weight",
                                                "category", "tags",        "tools",  "functions"};
    if (!value.is_object())
        return tl::unexpected(file.error(path, "must be a case with “prompt” or “messages”"));
    if (auto done = file.check_names(path, value, known); !done)
        return tl::unexpected(done.error());
    Case c;
    c.line = file.line(path);
    if (auto done = read_texts(file, path, value, c); !done)
        return tl::unexpected(done.error());
    if (auto done = read_standing(file, path, value, c); !done)
        return tl::unexpected(done.error());
    auto messages = read_messages(file, path, value);
    if (!messages)
        return tl::unexpected(messages.error());
    c.messages = std::move(*messages);
    if (value.contains("vars")) {
        if (!value["vars"].is_object())
            return tl::unexpected(file.error(path + "/vars", "must be an object of names and values"));
        c.vars = value["vars"];
    }
    auto assertions = file.assertions(path + "/assert", value.value("assert", json()));
    if (!assertions)
        return tl::unexpected(assertions.error());
    c.assertions = std::move(*assertions);
    return c;
}

base::Result<Suite> read_leeway_suite(const SuiteFile& file)
{
    const json& root = file.root();
    if (auto done = file.check_names({}, root,
                                     {"leeway-suite", "name", "description", "assertionTemplates", "cases"});
        !done)
        return tl::unexpected(done.error());
    if (root.contains("leeway-suite") && root["leeway-suite"] != json(1))
        return base::fail(
            base::ErrorCode::NewerFormat,
            file.error("/leeway-suite", "only version 1 of the suite format is known; use a newer Leeway")
                .message);
    Suite suite;
    suite.name = root.contains("name") ? js_string(root["name"]) : std::string("suite");
    suite.description = root.contains("description") ? js_string(root["description"]) : std::string();
    if (!root["cases"].is_array())
        return tl::unexpected(file.error("/cases", "must be a list of cases"));
    for (std::size_t i = 0; i < root["cases"].size(); ++i) {
        auto c = read_leeway_case(file, "/cases/" + std::to_string(i), root["cases"][i]);
        if (!c)
            return tl::unexpected(c.error());
        suite.cases.push_back(std::move(*c));
    }
    return suite;
}

}
