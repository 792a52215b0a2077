#pragma once

#include "core/base/result.h"
#include "core/fallback/endpoints/endpoint.h"
#include "core/fallback/endpoints/reply.h"
#include "core/fallback/endpoints/retry.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace leeway::fallback {

struct ClientLimits
{
    std::chrono::milliseconds first_token = std::chrono::seconds(120); // a cold model loads first
    std::chrono::milliseconds stall = std::chrono::seconds(60);        // between two pieces
    std::chrono::milliseconds total = std::chrono::minutes(10);        // of one attempt
    std::size_t most_bytes = std::size_t{8} << 20;                     // of one answer
    RetryRules retry;
};

/// Asks one endpoint, any number of questions at the same time, on the event loop of the thread that made it.
/// Key and questions are kept out of every text that it gives.
class Client
{
public:
    using Done = std::function<void(Reply reply)>;

    /// Invalid or Unreadable for an endpoint that cannot be used as it is.
    static base::Result<Client> make(const Endpoint& endpoint, const std::string& key,
                                     const ClientLimits& limits);
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client(); // what is still asked ends without a word

    /// `done` is called once, later, from the event loop.
    void ask(const Question& question, Done done);
    /// Every question that is still open ends with Trouble::Cancelled.
    void cancel_all();

private:
    class Asking;
    explicit Client(std::unique_ptr<Asking> asking);
    std::unique_ptr<Asking> m_asking;
};

}
