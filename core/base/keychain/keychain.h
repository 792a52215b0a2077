#pragma once

#include "core/base/result.h"

#include <string>

/// Secrets in the keychain of the system, which need a QCoreApplication. `variable` is the environment
/// variable that a person may use instead; it stands in the errors, which are Io.
namespace leeway::base {

/// The secret under `name`; empty when there is none, or no keychain (a server without a desktop).
Result<std::string> read_secret(const std::string& name, const std::string& variable);

/// Keeps it; an empty one is forgotten.
Status keep_secret(const std::string& name, const std::string& secret, const std::string& variable);

}
