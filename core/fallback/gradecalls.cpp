#include "core/base/text.h"
#include "core/fallback/gradeparts.h"
#include "core/fallback/jsonfind.h"
#include "core/fallback/jstext.h"
#include "core/fallback/toolcalls.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

namespace leeway::fallback {
namespace {

using Json = nlohmann::ordered_json;
using nlohmann::json;

// `not-` does not turn these two round: promptfoo grades them the same either way.
Verdict fixed(bool right, std::string reason)
{
    return {right, right ? 1.0 : 0.0, std::move(reason), false};
}

Verdict mcp_verdict(const std::string& output)
{
    std::string tool = "unknown";
    std::string what = "unknown error";
    static const re2::RE2 error("MCP Tool Error \\(([^)]+)\\): (.+)");
    static const re2::RE2 result("MCP Tool Result \\(([^)]+)\\):");
    if (output.find("MCP Tool Error") != std::string::npos) {
        re2::RE2::PartialMatch(output, error, &tool, &what);
        return fixed(false, fmt::format("the MCP tool {} failed: {}", tool, base::shortened(what, 200)));
    }
    re2::RE2::PartialMatch(output, result, &tool);
    return fixed(true, fmt::format("the MCP tool {} gave a result", tool));
}

Verdict valid_tools_call(const Grading& g)
{
    if (g.output.find("MCP Tool Result") != std::string::npos ||
        g.output.find("MCP Tool Error") != std::string::npos)
        return mcp_verdict(g.output);
    const Json* calls = g.answer.calls ? &*g.answer.calls : nullptr;
    if (calls != nullptr && calls->is_object() && calls->contains("tool_calls"))
        calls = &(*calls)["tool_calls"];
    if (calls == nullptr || !calls->is_array() || calls->empty())
        return fixed(false, "the answer holds no calls of tools");
    json functions = json::array();
    for (const json& tool : g.c.tools) {
        if (tool.is_object() && tool.value("type", json()) == json("function") && tool.contains("function"))
            functions.push_back(tool["function"]);
    }
    for (const Json& call : *calls) {
        if (!call.is_object() || !call.contains("function"))
            return fixed(false, "a call does not name its function");
    }
    if (g.c.tools.empty())
        return fixed(false, "the case offers no tools, but the answer calls one");
    for (const Json& call : *calls) {
        const auto fault = call_fault(call["function"], functions);
        if (!fault || !fault->empty())
            return fixed(false, fault ? *fault : fault.error().message);
    }
    return fixed(true, "every call follows the schema of its tool");
}

Verdict valid_function_call(const Grading& g)
{
    if (!g.answer.calls)
        return fixed(false, "the answer holds no call of a function");
    const Json* call = &*g.answer.calls;
    if (call->is_object() && call->contains("function_call"))
        call = &(*call)["function_call"];
    const auto fault = call_fault(*call, g.c.functions);
    return fixed(fault && fault->empty(), !fault           ? fault.error().message
                                          : fault->empty() ? "the call follows the schema of its function"
                                                           : *fault);
}

std::set<std::string> expected_tools(const json& value)
{
    std::set<std::string> names;
    const auto add = [&](std::string_view name) {
        if (!js_trimmed(name).empty())
            names.emplace(js_trimmed(name));
    };
    if (value.is_array()) {
        for (const json& item : value)
            add(js_string(item));
    } else if (value.is_string()) {
        for (const std::string& part : base::split(value.get_ref<const std::string&>(), ','))
            add(part);
    }
    return names;
}

Verdict tool_call_f1(const Grading& g)
{
    const std::set<std::string> expected = expected_tools(g.wanted());
    if (expected.empty())
        return cannot("needs the names of the expected tools as its value");
    const auto called = g.answer.calls ? base::Result<std::set<std::string>>(tools_called(*g.answer.calls))
                                       : tools_called_in(g.output);
    if (!called)
        return fixed(false, called.error().message);
    double common = 0;
    for (const std::string& name : expected)
        common += called->contains(name) ? 1 : 0;
    const double precision = called->empty() ? 0 : common / static_cast<double>(called->size());
    const double recall = common / static_cast<double>(expected.size());
    const double f1 = common > 0 ? 2 * precision * recall / (precision + recall) : 0;
    const double threshold = g.threshold_or(1);
    return {
        (f1 >= threshold) != g.inverse(), f1,
        fmt::format("F1 is {:.3f} (precision {:.3f}, recall {:.3f}), threshold {}; expected {}, called {}",
                    f1, precision, recall, js_number(threshold), fmt::join(expected, ", "),
                    called->empty() ? "none" : fmt::format("{}", fmt::join(*called, ", "))),
        false};
}

}

void add_call_graders(std::unordered_map<std::string_view, Grader>& graders)
{
    graders.insert({{"is-valid-openai-tools-call", valid_tools_call},
                    {"is-valid-function-call", valid_function_call},
                    {"is-valid-openai-function-call", valid_function_call},
                    {"tool-call-f1", tool_call_f1}});
}

}
