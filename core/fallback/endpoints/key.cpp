#include "core/fallback/endpoints/key.h"

#include "core/base/keychain/keychain.h"
#include "core/base/text.h"

#include <QUrl>
#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

std::string variable_of(const Endpoint& endpoint)
{
    return endpoint.key_variable.empty() ? default_key_variable : endpoint.key_variable;
}

// A line break in it would end the header that carries it.
base::Result<std::string> checked(std::string_view key, const std::string& variable)
{
    const std::string_view trimmed = base::trimmed(key);
    const bool plain = std::ranges::all_of(trimmed, [](unsigned char c) { return c > 0x20 && c < 0x7F; });
    if (!plain)
        return base::fail(
            base::ErrorCode::Invalid,
            fmt::format("The key of the endpoint (environment variable {}, or the keychain) holds "
                        "blanks or other signs that a key cannot have.",
                        variable));
    return std::string(trimmed);
}

}

std::string key_name(const std::string& url)
{
    QUrl address(QString::fromStdString(url));
    if (!address.isValid() || address.host().isEmpty())
        return url;
    const bool usual = address.port() == (address.scheme() == QStringLiteral("https") ? 443 : 80);
    if (usual)
        address.setPort(-1);
    QString path = address.path();
    while (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    address.setPath(path);
    return address.toString().toStdString();
}

base::Result<std::string> key_for(const Endpoint& endpoint)
{
    const std::string variable = variable_of(endpoint);
    const char* set = std::getenv(variable.c_str());
    // A key goes only where its variable is named; that there is none holds anywhere.
    const bool counts = set != nullptr && (!endpoint.key_variable.empty() || *set == '\0');
    const auto kept = base::read_secret(key_name(endpoint.url), variable);
    if (kept && !kept->empty())
        return checked(*kept, variable);
    if (counts)
        return checked(set, variable);
    if (!kept && endpoint.key_variable.empty())
        return base::fail(
            kept.error().code,
            fmt::format("The keychain of this system cannot be used. Name the environment variable "
                        "that holds the key of “{}” with the endpoint; where no key is needed, set "
                        "{} to nothing.",
                        shown_name(endpoint), default_key_variable));
    return kept;
}

base::Status keep_key(const Endpoint& endpoint, const std::string& key)
{
    return base::keep_secret(key_name(endpoint.url), key, variable_of(endpoint));
}

}
