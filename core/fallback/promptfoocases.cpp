#include "core/fallback/suiteparts.h"

#include "core/base/text.h"
#include "core/fallback/jstext.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using nlohmann::json;
using Vars = std::vector<std::pair<std::string, json>>;

constexpr std::size_t most_cases = 200'000;

void set(Vars& vars, const std::string& name, const json& value)
{
    const auto known =
        std::find_if(vars.begin(), vars.end(), [&](const auto& entry) { return entry.first == name; });
    if (known == vars.end())
        vars.emplace_back(name, value);
    else
        known->second = value;
}

// Every combination of the values of variables that hold lists of texts.
std::vector<json> combinations(const Vars& vars, bool spread)
{
    std::vector<json> result = {json::object()};
    for (const auto& [name, value] : vars) {
        const bool list = spread && value.is_array() && !value.empty() && value.front().is_string();
        const json values = list ? value : json::array({value});
        if (result.size() * values.size() > most_cases)
            return {};
        std::vector<json> next;
        for (const json& before : result) {
            for (const json& one : values) {
                next.push_back(before);
                next.back()[name] = one;
            }
        }
        result = std::move(next);
    }
    return result;
}

json merged(const json& defaults, const json& own)
{
    json result = defaults.is_object() ? defaults : json::object();
    for (const auto& [key, value] : own.items())
        result[key] = value;
    return result;
}

std::string text_at(const json& object, const char* key)
{
    return object.contains(key) && !object[key].is_null() ? js_string(object[key]) : std::string();
}

bool is_set(const json& object, const char* key)
{
    return object.contains(key) && object[key] == json(true);
}

// promptfoo has no place for them, so Leeway's own facts on a case stand in its metadata.
void apply_metadata(const json& metadata, Case& c)
{
    if (const auto category = category_from(text_at(metadata, "category")))
        c.category = *category;
    if (metadata.contains("weight") && metadata["weight"].is_number() &&
        metadata["weight"].get<double>() >= 0)
        c.weight = metadata["weight"].get<double>();
    if (!metadata.contains("tags"))
        return;
    for (const json& tag : metadata["tags"].is_array() ? metadata["tags"] : json::array({metadata["tags"]}))
        c.tags.push_back(js_string(tag));
}

bool wants(const PromptfooTest& test, const PromptfooPrompt& prompt)
{
    return test.prompts.empty() ||
           std::any_of(test.prompts.begin(), test.prompts.end(), [&](const std::string& label) {
               return prompt.label == label ||
                      (label.ends_with('*') && prompt.label.starts_with(label.substr(0, label.size() - 1))) ||
                      prompt.label.starts_with(label + ":");
           });
}

}

base::Result<std::vector<Case>> cases_of(const std::vector<PromptfooTest>& tests,
                                         const std::vector<PromptfooPrompt>& prompts,
                                         const PromptfooTest& defaults, const std::string& where)
{
    std::vector<Case> cases;
    for (std::size_t t = 0; t < tests.size(); ++t) {
        const PromptfooTest& test = tests[t];
        Vars vars = defaults.vars;
        for (const auto& [name, value] : test.vars)
            set(vars, name, value);
        const json options = merged(defaults.options, test.options);
        const std::vector<json> spread = combinations(vars, !is_set(options, "disableVarExpansion"));
        if (spread.empty() || cases.size() + spread.size() * prompts.size() > most_cases)
            return base::fail(base::ErrorCode::TooLarge,
                              fmt::format("{}: the variables make more than 200,000 cases", where));
        std::vector<Assertion> assertions;
        if (!is_set(test.options, "disableDefaultAsserts"))
            assertions = defaults.assertions;
        assertions.insert(assertions.end(), test.assertions.begin(), test.assertions.end());
        for (std::size_t v = 0; v < spread.size(); ++v) {
            for (std::size_t p = 0; p < prompts.size(); ++p) {
                if (!wants(test, prompts[p]))
                    continue;
                Case c;
                c.id = fmt::format("{}", t + 1) + (spread.size() > 1 ? fmt::format(".v{}", v + 1) : "") +
                       (prompts.size() > 1 ? fmt::format(".p{}", p + 1) : "");
                c.description = test.description;
                c.messages = messages_of_prompt(text_at(options, "prefix") + prompts[p].text +
                                                text_at(options, "suffix"));
                c.vars = spread[v];
                c.assertions = assertions;
                c.threshold = test.threshold ? test.threshold : defaults.threshold;
                c.line = test.line;
                apply_metadata(merged(defaults.metadata, test.metadata), c);
                cases.push_back(std::move(c));
            }
        }
    }
    return cases;
}

}
