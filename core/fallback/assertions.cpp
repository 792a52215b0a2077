#include "core/fallback/assertions.h"

#include "core/base/text.h"
#include "core/fallback/jsonschema.h"
#include "core/fallback/jsregex.h"
#include "core/fallback/jstext.h"
#include "core/fallback/templates.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using base::ErrorCode;
using base::fail;
using nlohmann::json;

using Names = std::vector<std::string>;

bool holds(const Names& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

const Names& model_types()
{
    static const Names names = {"similar",
                                "similar:cosine",
                                "similar:dot",
                                "similar:euclidean",
                                "classifier",
                                "moderation",
                                "llm-rubric",
                                "g-eval",
                                "factuality",
                                "model-graded-factuality",
                                "model-graded-closedqa",
                                "answer-relevance",
                                "context-faithfulness",
                                "context-recall",
                                "context-relevance",
                                "conversation-relevance",
                                "select-best",
                                "max-score",
                                "pi",
                                "search-rubric",
                                "agent-rubric",
                                "video-rubric",
                                "human"};
    return names;
}

const Names& script_types()
{
    static const Names names = {"javascript", "python", "ruby", "webhook"};
    return names;
}

bool is_trace(std::string_view type)
{
    return type.starts_with("trace-") || type.starts_with("trajectory:") || type == "guardrails" ||
           type == "skill-used" || type.starts_with("promptfoo:redteam:");
}

base::Status check_value_templates(const Assertion& assertion)
{
    if (!assertion.value)
        return {};
    for (const json& item :
         assertion.value->is_array() ? *assertion.value : json::array({*assertion.value})) {
        if (!item.is_string())
            continue;
        if (auto done = check_template(item.get_ref<const std::string&>()); !done)
            return done;
    }
    return {};
}

bool is_fixed_text(const Assertion& assertion)
{
    return assertion.value && assertion.value->is_string() &&
           assertion.value->get_ref<const std::string&>().find("{{") == std::string::npos;
}

}

const std::vector<std::string>& deterministic_types()
{
    static const Names names = {"agreement",
                                "bleu",
                                "contains",
                                "contains-all",
                                "contains-any",
                                "contains-html",
                                "contains-json",
                                "contains-sql",
                                "contains-xml",
                                "cost",
                                "equals",
                                "finish-reason",
                                "gleu",
                                "icontains",
                                "icontains-all",
                                "icontains-any",
                                "is-html",
                                "is-json",
                                "is-refusal",
                                "is-sql",
                                "is-valid-function-call",
                                "is-valid-openai-function-call",
                                "is-valid-openai-tools-call",
                                "is-xml",
                                "latency",
                                "levenshtein",
                                "meteor",
                                "number",
                                "perplexity",
                                "perplexity-score",
                                "regex",
                                "rouge-n",
                                "starts-with",
                                "tool-call-f1",
                                "word-count"};
    return names;
}

AssertionKind kind_of(std::string_view type)
{
    if (type == "assert-set")
        return AssertionKind::Set;
    if (holds(deterministic_types(), type))
        return AssertionKind::Deterministic;
    if (type == "trajectory:goal-success" || holds(model_types(), type))
        return AssertionKind::Model;
    if (holds(script_types(), type))
        return AssertionKind::Script;
    return is_trace(type) ? AssertionKind::Trace : AssertionKind::Unknown;
}

std::string why_refused(std::string_view type)
{
    switch (kind_of(type)) {
    case AssertionKind::Model:
        return fmt::format("the assertion “{}” needs another model to judge and is not supported; choose a "
                           "deterministic one, or judge with a model after the run",
                           type);
    case AssertionKind::Script:
        return fmt::format("the assertion “{}” runs a script or calls a web address, which Leeway never does",
                           type);
    case AssertionKind::Trace:
        return fmt::format("the assertion “{}” needs traces of an agent, which Leeway does not record", type);
    case AssertionKind::Set:
        return "an assert-set may not stand inside another or behind “not-”";
    default:
        return fmt::format("“{}” is not an assertion that Leeway knows", base::shortened(type, 60));
    }
}

base::Status check_assertion(const Assertion& assertion)
{
    if (assertion.type == "assert-set") {
        if (assertion.inverse)
            return fail(ErrorCode::Invalid, why_refused("assert-set"));
        for (const Assertion& member : assertion.members) {
            if (member.type == "assert-set")
                return fail(ErrorCode::Invalid, why_refused("assert-set"));
            if (auto done = check_assertion(member); !done)
                return done;
        }
        return {};
    }
    if (kind_of(assertion.type) != AssertionKind::Deterministic)
        return fail(ErrorCode::Invalid, why_refused(assertion.type));
    if (auto done = check_value_templates(assertion); !done)
        return done;
    if ((assertion.type == "latency" || assertion.type == "cost") && !assertion.threshold &&
        !(assertion.type == "cost" && assertion.weight == 0 && !assertion.metric.empty()))
        return fail(ErrorCode::Invalid,
                    fmt::format("the assertion “{}” needs a threshold", assertion.name()));
    if (assertion.type == "regex" && is_fixed_text(assertion)) {
        if (auto compiled = compile_pattern(assertion.value->get_ref<const std::string&>()); !compiled)
            return tl::unexpected(compiled.error());
    }
    if ((assertion.type == "is-json" || assertion.type == "contains-json") && assertion.value &&
        assertion.value->is_object()) {
        if (auto done = check_schema(*assertion.value); !done)
            return done;
    }
    return {};
}

}
