#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/fallback/endpoints/endpoint.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace leeway::fallback {

struct ServerOptions
{
    std::filesystem::path model;                                  // a .gguf file
    std::filesystem::path program;                                // empty: find_server_program()
    int context = 4096;                                           // tokens for each request
    int parallel = 1;                                             // requests at the same time
    std::chrono::milliseconds patience = std::chrono::minutes(5); // for loading
};

/// llama-server: $LEEWAY_LLAMA_SERVER, else on the PATH, else the one of installer/local-model.sh. NotFound
/// says how to get one.
base::Result<std::filesystem::path> find_server_program();

/// A server of ours on a free port of this machine. It ends with this object, and with our process however
/// that ends.
class ManagedServer
{
public:
    /// Starts it and waits until it answers; `progress` gets the bytes loaded of the model's. Blocks, on any
    /// thread; needs a QCoreApplication. NotFound and Unreadable for the model, Crashed with the server's
    /// last lines, TooLarge when it is not ready in time, Cancelled.
    static base::Result<ManagedServer> start(const ServerOptions& options, const base::Progress& progress);
    ManagedServer(ManagedServer&&) noexcept;
    ManagedServer& operator=(ManagedServer&&) noexcept;
    ~ManagedServer();

    [[nodiscard]] const Endpoint& endpoint() const;
    [[nodiscard]] std::int64_t process_id() const;

private:
    struct State;
    explicit ManagedServer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}
