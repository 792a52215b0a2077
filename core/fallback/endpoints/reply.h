#pragma once

#include "core/fallback/grader.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// How a model is to choose its words. The same in every case of a run.
struct Sampling
{
    double temperature = 0;
    std::optional<std::int64_t> seed = 1; // Anthropic has none
    int max_tokens = 1024;

    bool operator==(const Sampling&) const = default;
};

/// What is sent to a model.
struct Question
{
    std::vector<Message> messages; // variables filled in
    nlohmann::json tools = nlohmann::json::array();
    nlohmann::json functions = nlohmann::json::array();
    Sampling sampling;
    bool log_probabilities = false; // ask for them; not every server gives them
};

/// Token counts as the server states them; nothing where it is silent. Cached is a part of prompt, reasoning
/// a part of completion.
struct Tokens
{
    std::optional<std::int64_t> prompt;
    std::optional<std::int64_t> cached;
    std::optional<std::int64_t> completion;
    std::optional<std::int64_t> reasoning;

    bool operator==(const Tokens&) const = default;
};

/// Why there is no answer that could be graded.
enum class Trouble {
    None,
    Cancelled,
    Unreachable,     // nobody listens, or the name is not known
    Refused,         // 401, 403
    NotFound,        // 404: no such route or model
    RateLimited,     // 429 to the last attempt
    ServerFault,     // 5xx to the last attempt
    BadRequest,      // any other 4xx
    Reset,           // the connection went away in the middle
    NoFirstToken,    // nothing came within the first time limit
    Stalled,         // it began and stopped
    OutOfTime,       // the whole took too long
    BrokenStream,    // not the format that this kind of server speaks
    TooLarge,        // more bytes than allowed
    Redirected,      // sent on to another address
    BadCertificate,  // TLS could not be verified
    ContextOverflow, // the prompt, or prompt and answer, do not fit the model's context
    Truncated,       // the server dropped a part of the prompt without a word
    NoAnswer         // a well-formed stream without a word in it
};

std::string_view to_string(Trouble trouble); // "none", "unreachable", "rate-limited", …
std::optional<Trouble> trouble_from(std::string_view text);
/// Whether it makes the case invalid (the question did not reach the model as it is) rather than an error.
bool makes_invalid(Trouble trouble);

/// What came back, with its measurements. Times are of a monotonic clock, of the last attempt.
struct Reply
{
    Answer answer;
    Trouble trouble = Trouble::None;
    std::string why; // a sentence, without key, prompt or words of the server; empty without trouble
    std::optional<double> first_token_ms;
    double total_ms = 0;
    Tokens tokens;
    std::optional<double> tokens_per_second; // of the answer: the server's own figure, else from its times
    std::string model;                       // as the server names it
    std::string fingerprint;                 // of the server's build and model, where it sends one
    int attempts = 0;
};

}
