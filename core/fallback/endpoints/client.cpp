#include "core/fallback/endpoints/client.h"

#include "core/fallback/endpoints/exchange.h"
#include "core/fallback/endpoints/http.h"
#include "core/fallback/endpoints/protocol.h"

#include <QNetworkAccessManager>
#include <QUrl>
#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace leeway::fallback {
namespace {

// Qt opens six connections to a host for each access manager, and lets further requests wait.
constexpr int connections_each = 6;

struct Network
{
    std::unique_ptr<QNetworkAccessManager> manager;
    int busy = 0;
};

std::string host_of(const Endpoint& endpoint)
{
    const QUrl url(QString::fromStdString(endpoint.url));
    const std::string host = url.host().toStdString();
    return url.port() > 0 ? host + ":" + std::to_string(url.port()) : host;
}

}

class Client::Asking
{
public:
    Asking(const Endpoint& endpoint, const QNetworkRequest& request, const ClientLimits& limits)
        : m_line{endpoint, request, limits, host_of(endpoint), {}}
    {
    }

    void ask(const Question& question, Done done)
    {
        const std::size_t free = free_network();
        auto exchange = std::make_unique<Exchange>(
            m_line, question, [this](Exchange* ended, Reply reply) { take(ended, std::move(reply)); });
        ++m_networks[free].busy;
        Exchange* started = exchange.get();
        m_open.emplace(started, Open{std::move(exchange), std::move(done), free});
        started->start(*m_networks[free].manager);
    }

    void cancel_all()
    {
        for (auto& [exchange, open] : m_open)
            exchange->cancel();
    }

private:
    struct Open
    {
        std::unique_ptr<Exchange> exchange;
        Done done;
        std::size_t network = 0;
    };

    std::size_t free_network()
    {
        const auto found = std::ranges::find_if(
            m_networks, [](const Network& network) { return network.busy < connections_each; });
        if (found != m_networks.end())
            return static_cast<std::size_t>(found - m_networks.begin());
        Network added;
        added.manager = std::make_unique<QNetworkAccessManager>();
        m_networks.push_back(std::move(added));
        return m_networks.size() - 1;
    }

    void take(Exchange* ended, Reply reply)
    {
        const auto found = m_open.find(ended);
        if (found == m_open.end())
            return;
        const Done done = std::move(found->second.done);
        --m_networks[found->second.network].busy;
        m_ended = std::move(found->second.exchange); // it is the caller, so it goes with the next one
        m_open.erase(found);
        done(std::move(reply));
    }

    Line m_line;
    std::vector<Network> m_networks;
    std::map<Exchange*, Open> m_open; // goes before the networks that it uses
    std::unique_ptr<Exchange> m_ended;
};

base::Result<Client> Client::make(const Endpoint& endpoint, const std::string& key,
                                  const ClientLimits& limits)
{
    if (auto status = check_endpoint(endpoint, !key.empty()); !status)
        return tl::unexpected(status.error());
    const auto tls = tls_of(endpoint);
    if (!tls)
        return tl::unexpected(tls.error());
    return Client(std::make_unique<Asking>(
        endpoint, request_to(endpoint, protocol_of(endpoint.kind).chat_route(), key, *tls), limits));
}

Client::Client(std::unique_ptr<Asking> asking) : m_asking(std::move(asking)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

void Client::ask(const Question& question, Done done)
{
    m_asking->ask(question, std::move(done));
}

void Client::cancel_all()
{
    m_asking->cancel_all();
}

}
