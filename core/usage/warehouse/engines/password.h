#pragma once

#include "core/base/result.h"
#include "core/usage/warehouse/connection.h"

#include <string>

namespace leeway::usage::warehouse {

/// The environment variable that scripts put a password in. It wins over the keychain.
inline constexpr const char* password_variable = "LEEWAY_WAREHOUSE_PASSWORD";

/// The password for a connection: of the environment, else of the system's keychain; empty when there is
/// none. Needs a QCoreApplication. Io when the keychain is there but cannot be read.
base::Result<std::string> password_for(const Connection& connection);

/// Keeps the password in the system's keychain; an empty one is forgotten.
base::Status keep_password(const Connection& connection, const std::string& password);

}
