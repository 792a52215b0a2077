#pragma once

#include "core/fallback/endpoints/endpoint.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leeway::fallback {

/// A model that a server offers, as far as the server tells.
struct ModelInfo
{
    std::string id;
    std::optional<std::int64_t> bytes;      // of its file
    std::optional<std::int64_t> parameters; // weights
    std::string quantisation;               // "Q4_K_M"
    std::optional<std::int64_t> context;    // tokens that a request may have
    std::string digest;                     // of its file, where the server has one

    bool operator==(const ModelInfo&) const = default;
};

enum class Liveness {
    Ready,
    Loading,     // it listens, and loads its model
    Refused,     // it listens, and wants a (different) key
    Odd,         // something listens that does not speak this kind
    Unreachable, // nobody listens, or TLS fails
};

std::string_view to_string(Liveness liveness); // "ready", …

/// The state of a server now.
struct Health
{
    Liveness liveness = Liveness::Unreachable;
    std::string why; // a sentence when it is not ready
    std::vector<ModelInfo> models;
    std::string server;         // its build, where it says so
    std::optional<int> slots;   // requests that it serves at the same time
    std::optional<int> context; // tokens, of a slot
    bool shaped = false;        // what came back is in the form of such servers, also when it refuses
    double answered_ms = 0;     // until the list of models was there
};

struct Found
{
    Endpoint endpoint;
    Health health;
};

/// Asks for health and models. Blocks (at most about `patience`) with an event loop of its own, on any
/// thread; needs a QCoreApplication.
Health probe(const Endpoint& endpoint, const std::string& key,
             std::chrono::milliseconds patience = std::chrono::seconds(10));

/// An address on this machine where a local server usually listens.
struct UsualPlace
{
    std::string name; // "llama.cpp"
    EndpointKind kind = EndpointKind::OpenAi;
    int port = 0;
};

/// llama.cpp, Ollama, vLLM, LM Studio, LiteLLM on their usual ports.
std::vector<UsualPlace> usual_places();

/// The servers that listen on this machine now, asked all at once; those that do not speak as they should are
/// left out. Blocks like probe().
std::vector<Found> discover(const std::vector<UsualPlace>& places = usual_places(),
                            std::chrono::milliseconds patience = std::chrono::milliseconds(800));

}
