#pragma once

#include "core/fallback/endpoints/reply.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leeway::fallback {

/// What the body of a refusal says that may be shown or acted on.
struct Refusal
{
    std::string code;          // the server's word for the fault: at most 60 letters, digits, _ . -
    bool context_full = false; // it says that the question does not fit
    std::string parameter;     // the one that it does not take, where it names one
};

/// Reads the error bodies of llama.cpp, Ollama, vLLM, LM Studio, LiteLLM, OpenAI and Anthropic. The beginning
/// of the server's own words is looked through for those that they use for a full context, and goes no
/// further; fields that repeat the question are not looked at.
Refusal refusal_from(std::string_view body);

/// Whether an answer that ended with "length" was cut by the model's context rather than by `max_tokens`.
bool was_cut_by_context(const Tokens& tokens, int max_tokens);

/// Whether a server counted so few tokens that it must have dropped a part of a prompt of so many bytes.
/// `context` is what was asked for (num_ctx of Ollama, which cuts silently to about the half of it plus 2;
/// 0 when it is not known). A token of common text has under 6 bytes; the plain rule without a known context
/// starts at 12, so that an unusual text is not called truncated.
bool was_truncated(std::size_t prompt_bytes, std::optional<std::int64_t> counted, int context);

}
