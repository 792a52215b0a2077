#include "core/fallback/endpoints/key.h"

#include "core/base/keychain/keychain.h"
#include "core/base/text.h"

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

base::Result<std::string> key_for(const Endpoint& endpoint)
{
    const std::string variable = variable_of(endpoint);
    if (const char* key = std::getenv(variable.c_str()); key != nullptr)
        return checked(key, variable);
    return base::read_secret(endpoint.url, variable).and_then([&](const std::string& key) {
        return checked(key, variable);
    });
}

base::Status keep_key(const Endpoint& endpoint, const std::string& key)
{
    return base::keep_secret(endpoint.url, key, variable_of(endpoint));
}

}
