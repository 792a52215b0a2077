#include "core/fallback/suite.h"

#include "core/base/text.h"
#include "core/fallback/templates.h"

#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using nlohmann::json;
using Json = nlohmann::ordered_json;

Json assertion_to_json(const Assertion& assertion)
{
    Json object;
    object["type"] = assertion.name();
    if (assertion.value)
        object["value"] = Json::parse(assertion.value->dump());
    if (!assertion.members.empty() || assertion.type == "assert-set") {
        object["assert"] = Json::array();
        for (const Assertion& member : assertion.members)
            object["assert"].push_back(assertion_to_json(member));
    }
    if (assertion.threshold)
        object["threshold"] = *assertion.threshold;
    if (assertion.weight != 1)
        object["weight"] = assertion.weight;
    if (!assertion.metric.empty())
        object["metric"] = assertion.metric;
    if (assertion.config.is_object() && !assertion.config.empty())
        object["config"] = assertion.config;
    return object;
}

Json case_to_json(const Case& c)
{
    Json object;
    object["id"] = c.id;
    if (!c.description.empty())
        object["description"] = c.description;
    object["category"] = to_string(c.category);
    if (!c.tags.empty())
        object["tags"] = c.tags;
    if (c.weight != 1)
        object["weight"] = c.weight;
    object["messages"] = Json::array();
    for (const Message& message : c.messages)
        object["messages"].push_back({{"role", message.role}, {"content", message.content}});
    if (!c.vars.empty())
        object["vars"] = c.vars;
    if (c.expected)
        object["expected"] = *c.expected;
    if (c.incumbent)
        object["incumbent"] = *c.incumbent;
    if (c.threshold)
        object["threshold"] = *c.threshold;
    if (!c.tools.empty())
        object["tools"] = c.tools;
    if (!c.functions.empty())
        object["functions"] = c.functions;
    object["assert"] = Json::array();
    for (const Assertion& assertion : c.assertions)
        object["assert"].push_back(assertion_to_json(assertion));
    return object;
}

}

std::string_view to_string(Category category)
{
    switch (category) {
    case Category::Complex:
        return "complex";
    case Category::Critical:
        return "critical";
    default:
        return "routine";
    }
}

std::optional<Category> category_from(std::string_view text)
{
    const std::string lowered = base::lowered(base::trimmed(text));
    for (const Category category : {Category::Routine, Category::Complex, Category::Critical}) {
        if (lowered == to_string(category))
            return category;
    }
    return std::nullopt;
}

base::Result<std::vector<Message>> rendered_messages(const Case& c)
{
    const json vars = resolved(c.vars);
    std::vector<Message> messages;
    for (const Message& message : c.messages) {
        auto content = render(message.content, vars);
        if (!content)
            return base::fail(content.error().code,
                              fmt::format("case “{}”: {}", c.id, content.error().message));
        messages.push_back({message.role, std::move(*content)});
    }
    return messages;
}

std::string to_json(const Suite& suite)
{
    Json object;
    object["leeway-suite"] = 1;
    object["name"] = suite.name;
    if (!suite.description.empty())
        object["description"] = suite.description;
    object["cases"] = Json::array();
    for (const Case& c : suite.cases)
        object["cases"].push_back(case_to_json(c));
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}
