#include "core/usage/warehouse/engines/password.h"

#include "core/base/keychain/keychain.h"

#include <cstdlib>

namespace leeway::usage::warehouse {

base::Result<std::string> password_for(const Connection& connection)
{
    if (connection.engine == Engine::DuckDb)
        return std::string();
    if (const char* password = std::getenv(password_variable); password != nullptr)
        return std::string(password);
    return base::read_secret(name_of(connection), password_variable);
}

base::Status keep_password(const Connection& connection, const std::string& password)
{
    return base::keep_secret(name_of(connection), password, password_variable);
}

}
