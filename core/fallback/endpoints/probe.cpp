#include "core/fallback/endpoints/probe.h"

#include "core/fallback/endpoints/prober.h"

#include <QEventLoop>
#include <array>
#include <memory>

namespace leeway::fallback {
namespace {

// Probes all at once, and returns when each has its answer.
std::vector<Health> probe_all(const std::vector<Endpoint>& endpoints, const std::string& key,
                              std::chrono::milliseconds patience)
{
    std::vector<Health> healths(endpoints.size());
    QNetworkAccessManager network;
    QEventLoop loop;
    std::vector<std::unique_ptr<Prober>> probers;
    std::size_t open = endpoints.size();
    for (std::size_t i = 0; i < endpoints.size(); ++i)
        probers.push_back(std::make_unique<Prober>(endpoints[i], key, patience, [&, i](Health health) {
            healths[i] = std::move(health);
            if (--open == 0)
                loop.quit();
        }));
    for (const auto& prober : probers)
        prober->start(network);
    if (open > 0)
        loop.exec();
    return healths;
}

}

std::string_view to_string(Liveness liveness)
{
    constexpr std::array<std::string_view, 5> names{"ready", "loading", "refused", "odd", "unreachable"};
    return names.at(static_cast<std::size_t>(liveness));
}

Health probe(const Endpoint& endpoint, const std::string& key, std::chrono::milliseconds patience)
{
    return probe_all({endpoint}, key, patience).front();
}

std::vector<UsualPlace> usual_places()
{
    return {{"llama.cpp", EndpointKind::OpenAi, 8080},
            {"Ollama", EndpointKind::Ollama, 11434},
            {"vLLM", EndpointKind::OpenAi, 8000},
            {"LM Studio", EndpointKind::OpenAi, 1234},
            {"LiteLLM", EndpointKind::OpenAi, 4000}};
}

std::vector<Found> discover(const std::vector<UsualPlace>& places, std::chrono::milliseconds patience)
{
    std::vector<Endpoint> endpoints;
    for (const UsualPlace& place : places) {
        Endpoint endpoint;
        endpoint.name = place.name;
        endpoint.kind = place.kind;
        endpoint.url = "http://127.0.0.1:" + std::to_string(place.port);
        endpoints.push_back(std::move(endpoint));
    }
    std::vector<Health> healths = probe_all(endpoints, {}, patience);
    std::vector<Found> found;
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        const Liveness liveness = healths[i].liveness;
        if (healths[i].shaped && liveness != Liveness::Unreachable && liveness != Liveness::Odd)
            found.push_back({std::move(endpoints[i]), std::move(healths[i])});
    }
    return found;
}

}
