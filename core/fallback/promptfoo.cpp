#include "core/fallback/suiteparts.h"

#include "core/base/text.h"
#include "core/fallback/jstext.h"
#include "core/fallback/templates.h"

#include <fmt/format.h>
#include <re2/re2.h>

namespace leeway::fallback {
namespace {

using nlohmann::json;

using Reasons = std::map<std::string, std::string>;

const Reasons& refused_at_top()
{
    static const Reasons reasons = {{"scenarios", "write the combinations out as tests"},
                                    {"nunjucksFilters", "it runs scripts"},
                                    {"extensions", "it runs scripts"},
                                    {"redteam", "Leeway does not attack models"},
                                    {"tracing", "Leeway records no traces of agents"}};
    return reasons;
}

const Reasons& refused_in_test()
{
    static const Reasons reasons = {{"provider", "a case goes to the endpoint of the run"},
                                    {"providers", "a case goes to the endpoint of the run"},
                                    {"providerOutput", "answers come from the endpoint of the run"},
                                    {"assertScoringFunction", "it runs a script"}};
    return reasons;
}

const Reasons& refused_options()
{
    static const Reasons reasons = {{"transform", "it runs a script on the answer"},
                                    {"postprocess", "it runs a script on the answer"},
                                    {"transformVars", "it runs a script on the variables"},
                                    {"runSerially", "set the run to one case at a time"},
                                    {"repeat", "set the repetitions in the run"}};
    return reasons;
}

class Reader
{
public:
    Reader(const SuiteFile& file, const Beside& beside) : m_file(file), m_beside(beside) {}

    base::Result<Suite> run()
    {
        static const std::set<std::string> known = {"$schema",
                                                    "description",
                                                    "prompts",
                                                    "providers",
                                                    "targets",
                                                    "defaultTest",
                                                    "tests",
                                                    "assertionTemplates",
                                                    "tags",
                                                    "metadata",
                                                    "outputPath",
                                                    "sharing",
                                                    "evaluateOptions",
                                                    "commandLineOptions",
                                                    "derivedMetrics",
                                                    "env",
                                                    "writeLatestResults"};
        const json& root = m_file.root();
        if (auto done = m_file.check_names({}, root, known, refused_at_top()); !done)
            return tl::unexpected(done.error());
        for (const char* key :
             {"outputPath", "sharing", "evaluateOptions", "commandLineOptions", "derivedMetrics", "env"}) {
            if (root.contains(key))
                m_suite.notes.push_back(
                    fmt::format("“{}” is left aside: it is about promptfoo's own runs", key));
        }
        m_suite.description = root.contains("description") ? js_string(root["description"]) : std::string();
        m_suite.name = m_suite.description.empty() ? std::string("promptfoo suite") : m_suite.description;
        for (const char* key : {"providers", "targets"}) {
            if (auto done = providers(std::string("/") + key, root.value(key, json())); !done)
                return tl::unexpected(done.error());
        }
        auto prompts = read_prompts(root.value("prompts", json()));
        if (!prompts)
            return tl::unexpected(prompts.error());
        PromptfooTest defaults;
        if (root.contains("defaultTest")) {
            auto read = test("/defaultTest", root["defaultTest"]);
            if (!read)
                return tl::unexpected(read.error());
            defaults = std::move(*read);
        }
        auto tests = read_tests(root.value("tests", json()));
        if (!tests)
            return tl::unexpected(tests.error());
        auto cases = cases_of(*tests, *prompts, defaults, m_name);
        if (!cases)
            return tl::unexpected(cases.error());
        for (Case& c : *cases) {
            c.tools = m_tools;
            c.functions = m_functions;
        }
        m_suite.cases = std::move(*cases);
        return std::move(m_suite);
    }

private:
    base::Status providers(const std::string& path, const json& value)
    {
        for (const json& item : value.is_array()  ? value
                                : value.is_null() ? json::array()
                                                  : json::array({value})) {
            if (item.is_string()) {
                m_suite.providers.push_back(item.get<std::string>());
                continue;
            }
            if (!item.is_object())
                return tl::unexpected(m_file.error(path, "must name providers"));
            const bool named = item.contains("id");
            m_suite.providers.push_back(named          ? js_string(item["id"])
                                        : item.empty() ? std::string()
                                                       : item.begin().key());
            const json& holder = named ? item : item.empty() ? item : item.begin().value();
            const json config = holder.is_object() ? holder.value("config", json()) : json();
            if (!config.is_object())
                continue;
            for (const auto& [key, target] :
                 {std::pair("tools", &m_tools), std::pair("functions", &m_functions)}) {
                if (!config.contains(key) || !target->empty())
                    continue;
                if (!config[key].is_array())
                    return tl::unexpected(
                        m_file.error(path, fmt::format("“{}” must be a list in the file itself", key)));
                *target = config[key];
            }
        }
        return {};
    }

    base::Status add_prompt(const std::string& path, const json& item, std::vector<PromptfooPrompt>& prompts)
    {
        static const re2::RE2 path_like(
            "\\S+\\.(?:txt|json|jsonl|ya?ml|md|j2|csv|py|js|ts|mjs|cjs|mts|cts|sh|exe)(?::\\w+)?");
        json text = item;
        std::string label;
        if (item.is_object()) {
            static const std::set<std::string> known = {"raw", "label", "id", "display"};
            if (auto done = m_file.check_names(
                    path, item, known,
                    {{"function", "it runs a script"}, {"config", "set it at the endpoint"}});
                !done)
                return done;
            text = item.contains("raw") ? item["raw"] : item.value("id", json());
            label = item.contains("label") ? js_string(item["label"]) : std::string();
        }
        if (!text.is_string())
            return tl::unexpected(m_file.error(path, "must be a text"));
        const auto& prompt = text.get_ref<const std::string&>();
        if (prompt.starts_with("file://") || prompt.starts_with("exec:") ||
            prompt.starts_with("langfuse://") || prompt.starts_with("portkey://") ||
            prompt.starts_with("helicone://") || re2::RE2::FullMatch(prompt, path_like))
            return tl::unexpected(
                m_file.error(path, fmt::format("“{}” is not supported: write the prompt into the suite",
                                               base::shortened(prompt, 80))));
        if (auto done = check_template(prompt); !done)
            return tl::unexpected(m_file.error(path, done.error().message));
        prompts.push_back({label.empty() ? prompt : label, prompt});
        return {};
    }

    base::Result<std::vector<PromptfooPrompt>> read_prompts(const json& value)
    {
        std::vector<PromptfooPrompt> prompts;
        if (value.is_null())
            return std::vector<PromptfooPrompt>{{"{{prompt}}", "{{prompt}}"}};
        if (!value.is_array()) {
            if (auto done = add_prompt("/prompts", value, prompts); !done)
                return tl::unexpected(done.error());
            return prompts;
        }
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (auto done = add_prompt("/prompts/" + std::to_string(i), value[i], prompts); !done)
                return tl::unexpected(done.error());
        }
        if (prompts.empty())
            return tl::unexpected(m_file.error("/prompts", "holds no prompt"));
        return prompts;
    }

    base::Result<std::vector<PromptfooTest>> read_tests(const json& value)
    {
        std::vector<PromptfooTest> tests;
        if (value.is_null())
            return tl::unexpected(m_file.error("/tests", "the file holds no tests"));
        if (!value.is_array()) {
            if (auto done = add_tests("/tests", value, tests); !done)
                return tl::unexpected(done.error());
            return tests;
        }
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (auto done = add_tests("/tests/" + std::to_string(i), value[i], tests); !done)
                return tl::unexpected(done.error());
        }
        return tests;
    }

    base::Status add_tests(const std::string& path, const json& item, std::vector<PromptfooTest>& tests)
    {
        if (!item.is_string()) {
            auto read = test(path, item);
            if (!read)
                return tl::unexpected(read.error());
            tests.push_back(std::move(*read));
            return {};
        }
        std::string name = item.get<std::string>();
        if (name.starts_with("file://"))
            name.erase(0, 7);
        if (name.starts_with("./"))
            name.erase(0, 2);
        const bool plain =
            !name.empty() && name.find_first_of("/\\:*?\"<>|") == std::string::npos && !name.starts_with('.');
        if (!plain || !base::lowered(name).ends_with(".csv"))
            return tl::unexpected(
                m_file.error(path, fmt::format("“{}” is not supported: only a CSV file in the same folder is",
                                               base::shortened(js_string(item), 80))));
        if (!m_beside)
            return tl::unexpected(
                m_file.error(path, fmt::format("the file “{}” cannot be opened from here", name)));
        auto bytes = m_beside(name);
        if (!bytes)
            return tl::unexpected(m_file.error(path, bytes.error().message));
        auto read = read_csv_tests(name, *bytes);
        if (!read)
            return tl::unexpected(read.error());
        tests.insert(tests.end(), std::make_move_iterator(read->begin()),
                     std::make_move_iterator(read->end()));
        return {};
    }

    base::Result<PromptfooTest> test(const std::string& path, const json& value)
    {
        static const std::set<std::string> known = {"description", "vars",     "assert", "threshold",
                                                    "options",     "metadata", "prompts"};
        if (!value.is_object())
            return tl::unexpected(m_file.error(path, "must be a test with “vars” and “assert”"));
        if (value.contains("$ref"))
            return tl::unexpected(m_file.error(path + "/$ref", "“$ref” is supported for assertions only"));
        if (auto done = m_file.check_names(path, value, known, refused_in_test()); !done)
            return tl::unexpected(done.error());
        PromptfooTest result;
        result.line = m_file.line(path);
        result.description = value.contains("description") ? js_string(value["description"]) : std::string();
        if (value.contains("threshold") && !value["threshold"].is_null()) {
            const auto threshold = m_file.number(path + "/threshold", value["threshold"]);
            if (!threshold)
                return tl::unexpected(threshold.error());
            result.threshold = *threshold;
        }
        if (auto done = read_vars(path + "/vars", value.value("vars", json()), result); !done)
            return tl::unexpected(done.error());
        auto assertions = m_file.assertions(path + "/assert", value.value("assert", json()));
        if (!assertions)
            return tl::unexpected(assertions.error());
        result.assertions = std::move(*assertions);
        if (auto done = read_options(path, value, result); !done)
            return tl::unexpected(done.error());
        return result;
    }

    base::Status read_vars(const std::string& path, const json& vars, PromptfooTest& result)
    {
        if (vars.is_null())
            return {};
        if (!vars.is_object())
            return tl::unexpected(m_file.error(
                path, "must be an object of names and values; files of variables are not supported"));
        for (const std::string& name : m_file.names(path, vars)) {
            const json& value = vars[name];
            for (const json& text : value.is_array() ? value : json::array({value})) {
                if (text.is_string() && (text.get_ref<const std::string&>().starts_with("file://") ||
                                         text.get_ref<const std::string&>().starts_with("package:")))
                    return tl::unexpected(
                        m_file.error(path + "/" + pointer_step(name),
                                     fmt::format("“{}” is not supported: write the value into the suite",
                                                 base::shortened(text.get<std::string>(), 80))));
            }
            result.vars.emplace_back(name, value);
        }
        return {};
    }

    base::Status read_options(const std::string& path, const json& value, PromptfooTest& result)
    {
        static const std::set<std::string> known = {
            "prefix",       "suffix",     "disableVarExpansion",    "disableDefaultAsserts", "provider",
            "rubricPrompt", "factuality", "disableConversationVar", "storeOutputAs"};
        if (value.contains("options") && !value["options"].is_null()) {
            if (!value["options"].is_object())
                return tl::unexpected(m_file.error(path + "/options", "must be an object"));
            if (auto done = m_file.check_names(path + "/options", value["options"], known, refused_options());
                !done)
                return done;
            if (value["options"].contains("storeOutputAs"))
                return tl::unexpected(
                    m_file.error(path + "/options/storeOutputAs",
                                 "“storeOutputAs” is not supported: cases do not see each other's answers"));
            result.options = value["options"];
        }
        if (value.contains("metadata") && value["metadata"].is_object())
            result.metadata = value["metadata"];
        if (value.contains("prompts")) {
            for (const json& label :
                 value["prompts"].is_array() ? value["prompts"] : json::array({value["prompts"]}))
                result.prompts.push_back(js_string(label));
        }
        return {};
    }

    const SuiteFile& m_file;
    const Beside& m_beside;
    std::string m_name = "promptfoo file";
    Suite m_suite;
    json m_tools = json::array();
    json m_functions = json::array();
};

}

base::Result<Suite> read_promptfoo(const SuiteFile& file, const Beside& beside)
{
    return Reader(file, beside).run();
}

}
