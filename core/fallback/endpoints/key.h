#pragma once

#include "core/base/result.h"
#include "core/fallback/endpoints/endpoint.h"

#include <string>

namespace leeway::fallback {

/// The environment variable of an endpoint that a person names for one command, without naming a variable.
inline constexpr const char* default_key_variable = "LEEWAY_ENDPOINT_KEY";

/// The key of an endpoint: of the system's keychain, else of the environment variable that the endpoint
/// names; empty when there is none. An endpoint that names no variable gets no key of one, so that none goes
/// to an address that it is not for; LEEWAY_ENDPOINT_KEY set to nothing says to every endpoint that there is
/// none. Needs a QCoreApplication. Io when the keychain is there but cannot be read, and the variable does
/// not help.
base::Result<std::string> key_for(const Endpoint& endpoint);

/// What the keychain knows the key of an address by.
std::string key_name(const std::string& url);

/// Keeps the key in the system's keychain, for the endpoint's address (its host in small letters, without the
/// usual port and a slash at the end); an empty one is forgotten.
base::Status keep_key(const Endpoint& endpoint, const std::string& key);

}
