#include "core/fallback/endpoints/endpoint.h"

#include "core/base/text.h"

#include <QHostAddress>
#include <QString>
#include <QUrl>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace leeway::fallback {
namespace {

constexpr std::array<std::pair<EndpointKind, std::string_view>, 3> kinds{
    {{EndpointKind::OpenAi, "openai"},
     {EndpointKind::Ollama, "ollama"},
     {EndpointKind::Anthropic, "anthropic"}}};

bool is_this_machine(const QString& host)
{
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 ||
           QHostAddress(host).isLoopback();
}

base::Status refuse(const Endpoint& endpoint, std::string_view complaint)
{
    // A password may stand in the address, so it is not repeated.
    return base::fail(base::ErrorCode::Invalid,
                      endpoint.name.empty()
                          ? fmt::format("The address of the endpoint {}", complaint)
                          : fmt::format("The address of the endpoint “{}” {}", endpoint.name, complaint));
}

}

std::string_view to_string(EndpointKind kind)
{
    return kinds.at(static_cast<std::size_t>(kind)).second;
}

std::optional<EndpointKind> endpoint_kind_from(std::string_view text)
{
    const std::string wanted = base::lowered(text);
    for (const auto& [kind, name] : kinds) {
        if (name == wanted)
            return kind;
    }
    return std::nullopt;
}

EndpointKind guessed_kind(std::string_view url)
{
    constexpr int ollama_port = 11434;
    const QUrl parsed(QString::fromUtf8(url.data(), static_cast<qsizetype>(url.size())));
    if (parsed.port() == ollama_port)
        return EndpointKind::Ollama;
    return parsed.host().endsWith(QLatin1String("anthropic.com")) ? EndpointKind::Anthropic
                                                                  : EndpointKind::OpenAi;
}

base::Status check_endpoint(const Endpoint& endpoint, bool has_key)
{
    const QUrl url(QString::fromStdString(endpoint.url), QUrl::StrictMode);
    if (!url.isValid() || (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https")) ||
        url.host().isEmpty())
        return refuse(endpoint, "must look like http://127.0.0.1:8080 or https://api.example.com/v1.");
    if (!url.userInfo().isEmpty())
        return refuse(endpoint,
                      "holds a user name or a password. Take it out: keys come from the environment or from "
                      "the keychain of this system.");
    if (url.hasQuery() || url.hasFragment())
        return refuse(endpoint, "must end with the path, without “?” or “#”.");
    if (has_key && url.scheme() == QLatin1String("http") && !is_this_machine(url.host()))
        return refuse(endpoint, "begins with http, so that its key would go unencrypted to another machine. "
                                "Use https, or do without a key.");
    if (endpoint.context < 256 || endpoint.context > 16'000'000)
        return refuse(endpoint, "is fine, but its context must be between 256 and 16,000,000 tokens.");
    return {};
}

std::string address_of(const Endpoint& endpoint, std::string_view route)
{
    std::string_view url = endpoint.url;
    while (url.ends_with('/'))
        url.remove_suffix(1);
    const std::string_view first = route.substr(0, route.find('/', 1)); // "/v1"
    if (url.ends_with(first))
        url.remove_suffix(first.size());
    return std::string(url) + std::string(route);
}

const std::string& shown_name(const Endpoint& endpoint)
{
    return endpoint.name.empty() ? endpoint.url : endpoint.name;
}

}
