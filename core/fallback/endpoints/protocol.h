#pragma once

#include "core/fallback/endpoints/endpoint.h"
#include "core/fallback/endpoints/listener.h"
#include "core/fallback/endpoints/probe.h"
#include "core/fallback/endpoints/reply.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leeway::fallback {

/// A way of speaking to a server: what is sent, and how what comes back is read. Pure.
class Protocol
{
public:
    virtual ~Protocol() = default;
    [[nodiscard]] virtual std::string_view chat_route() const = 0;
    [[nodiscard]] virtual std::string_view models_route() const = 0;
    /// The body of a question, in JSON.
    [[nodiscard]] virtual std::string body_of(const Endpoint& endpoint, const Question& question) const = 0;
    /// Headers that carry the key, or that the protocol needs.
    [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>>
    headers(const std::string& key) const = 0;
    /// Reads one response of this media type; a line or event of over `most` bytes breaks it.
    [[nodiscard]] virtual std::unique_ptr<Listener> listener(std::string_view media_type,
                                                             std::size_t most) const = 0;
    /// The models in the answer to models_route(); nothing when it is not such an answer.
    [[nodiscard]] virtual std::optional<std::vector<ModelInfo>> models_in(std::string_view body) const = 0;
};

/// Lives as long as the program.
const Protocol& protocol_of(EndpointKind kind);

// One each, in files of their own.
const Protocol& openai_protocol();
const Protocol& ollama_protocol();
const Protocol& anthropic_protocol();

/// A body for OpenAI's way without a parameter that the server refused, where the question stays the same:
/// `max_tokens` by its newer name, no `stream_options`, no `logprobs`. Nothing for any other parameter, or
/// when the body has it not.
std::optional<std::string> without_parameter(const std::string& body, std::string_view parameter);

/// The tools of a question; its functions, the older form, are among them as tools.
nlohmann::json all_tools(const Question& question);

/// Bytes of all messages, tools included: what the model has to read.
std::size_t prompt_bytes(const Question& question);

/// "Q4_K_M" out of a file name such as "model-Q4_K_M.gguf"; empty when it says none.
std::string quantisation_in(std::string_view file_name);

}
