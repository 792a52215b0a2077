#include "core/fallback/endpoints/overflow.h"

#include "core/base/text.h"
#include "core/fallback/jsonfind.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace leeway::fallback {
namespace {

constexpr std::size_t longest_code = 60;
constexpr std::size_t longest_message = 400; // bytes; behind them a server may repeat the question

std::string code_of(const nlohmann::json& value)
{
    if (!value.is_string())
        return {};
    const auto& text = value.get_ref<const std::string&>();
    const bool plain = std::ranges::all_of(
        text, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '.' || c == '-'; });
    return plain && text.size() <= longest_code ? text : std::string();
}

bool speaks_of_full_context(std::string_view body)
{
    constexpr std::array<std::string_view, 12> phrases{
        "context_length_exceeded", "exceed_context_size",     "contextwindowexceeded",
        "maximum context length",  "context length exceeded", "exceeds the available context size",
        "exceeds the context",     "context window",          "prompt is too long",
        "context the overflows",   "input length exceeds",    "context overflow"};
    const std::string text = base::lowered(body);
    return std::ranges::any_of(
        phrases, [&](std::string_view phrase) { return text.find(phrase) != std::string::npos; });
}

}

Refusal refusal_from(std::string_view body)
{
    Refusal refusal;
    const auto json = parse_json_text(body);
    if (!json || !json->is_object()) {
        refusal.context_full = speaks_of_full_context(body.substr(0, longest_message));
        return refusal;
    }
    const nlohmann::json error = json->value("error", nlohmann::json());
    const nlohmann::json& from = error.is_object() ? error : *json;
    for (const char* name : {"code", "type", "message", "error", "detail"}) {
        if (from.contains(name) && from[name].is_string())
            refusal.context_full |= speaks_of_full_context(
                std::string_view(from[name].get_ref<const std::string&>()).substr(0, longest_message));
    }
    for (const char* name : {"code", "type"}) {
        if (refusal.code.empty() && from.contains(name))
            refusal.code = code_of(from[name]);
    }
    if (from.contains("param"))
        refusal.parameter = code_of(from["param"]);
    return refusal;
}

bool was_cut_by_context(const Tokens& tokens, int max_tokens)
{
    return tokens.completion && *tokens.completion < max_tokens;
}

bool was_truncated(std::size_t prompt_bytes, std::optional<std::int64_t> counted, int context)
{
    constexpr std::size_t short_prompt = 2'000; // bytes; nothing is cut off these
    if (!counted || *counted <= 0 || prompt_bytes < short_prompt)
        return false;
    const auto bytes = static_cast<std::int64_t>(prompt_bytes);
    if (*counted < bytes / 12)
        return true;
    if (context <= 0)
        return false;
    if (*counted <= context && bytes / 6 > context)
        return true;
    const std::int64_t half = context / 2 + 2;
    const std::int64_t margin = std::max<std::int64_t>(4, context / 200);
    return std::abs(*counted - half) <= margin && bytes / 6 > half + margin;
}

}
