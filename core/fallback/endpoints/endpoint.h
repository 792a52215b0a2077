#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace leeway::fallback {

/// The way in which a server is spoken to.
enum class EndpointKind {
    OpenAi,   // chat completions: llama.cpp, vLLM, LM Studio, LiteLLM, hosted vendors
    Ollama,   // its own /api/chat
    Anthropic // the Messages API
};

std::string_view to_string(EndpointKind kind); // "openai", "ollama", "anthropic"
std::optional<EndpointKind> endpoint_kind_from(std::string_view text);

/// What an address usually speaks: Ollama's port, Anthropic's host, else OpenAI's way.
EndpointKind guessed_kind(std::string_view url);

/// A server with a model. Its key is never in here: see key.h.
struct Endpoint
{
    std::string name; // for people; empty: its address
    EndpointKind kind = EndpointKind::OpenAi;
    std::string url;          // without the route: "http://127.0.0.1:8080", "https://api.example.com/v1"
    std::string model;        // empty: the first that the server lists
    std::string key_variable; // the environment variable that holds its key; empty: the keychain alone
    std::string certificates; // a PEM file of further certificate authorities; empty: those of the system
    int context = 8192;       // tokens that Ollama is to keep room for (num_ctx); others say it themselves

    bool operator==(const Endpoint&) const = default;
};

/// Invalid, with what to change, for an address that is not http or https, holds a user, a password or a
/// query, or sends a key unencrypted to another machine.
base::Status check_endpoint(const Endpoint& endpoint, bool has_key);

/// The address with `route` ("/v1/models") behind it; a version that the address ends in is not doubled.
std::string address_of(const Endpoint& endpoint, std::string_view route);

/// The name to show: its own, else the address.
const std::string& shown_name(const Endpoint& endpoint);

}
