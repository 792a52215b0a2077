#pragma once

#include "core/base/result.h"
#include "core/fallback/endpoints/endpoint.h"

#include <string>

namespace leeway::fallback {

/// The environment variable of endpoints that name none.
inline constexpr const char* default_key_variable = "LEEWAY_ENDPOINT_KEY";

/// The key of an endpoint: of its environment variable, else of the system's keychain; empty when there is
/// none. Needs a QCoreApplication. Io when the keychain is there but cannot be read.
base::Result<std::string> key_for(const Endpoint& endpoint);

/// Keeps the key in the system's keychain, for the endpoint's address; an empty one is forgotten.
base::Status keep_key(const Endpoint& endpoint, const std::string& key);

}
