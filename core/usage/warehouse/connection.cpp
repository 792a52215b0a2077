#include "core/usage/warehouse/connection.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace leeway::usage::warehouse {
namespace {

struct Scheme
{
    std::string_view name;
    Engine engine;
};
constexpr std::array schemes{Scheme{"clickhouse", Engine::ClickHouse},
                             Scheme{"postgresql", Engine::PostgreSql}, Scheme{"postgres", Engine::PostgreSql},
                             Scheme{"duckdb", Engine::DuckDb}};
constexpr std::array<std::string_view, 6> ssl_modes{"disable", "allow",     "prefer",
                                                    "require", "verify-ca", "verify-full"};

tl::unexpected<base::Error> refuse(std::string message)
{
    return base::fail(base::ErrorCode::Invalid, std::move(message));
}

// "%20" → " "; nothing for what is not encoded properly or contains control characters.
std::optional<std::string> decoded(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            result += text[i];
            continue;
        }
        unsigned code = 0;
        const char* begin = text.data() + i + 1;
        if (text.size() - i < 3 || std::from_chars(begin, begin + 2, code, 16).ptr != begin + 2)
            return std::nullopt;
        result += static_cast<char>(code);
        i += 2;
    }
    if (std::ranges::any_of(result, [](char c) { return static_cast<unsigned char>(c) < ' '; }))
        return std::nullopt;
    return result;
}

bool is_this_machine(std::string_view host)
{
    return host == "localhost" || host == "::1" || host.starts_with("127.") || host.starts_with('/');
}

base::Status take_host(std::string_view host, Connection& connection)
{
    std::string_view port;
    if (host.starts_with('[')) {
        const auto close = host.find(']');
        if (close == std::string_view::npos)
            return refuse("The address of the warehouse has a “[” without “]”.");
        port = host.substr(close + 1);
        host = host.substr(1, close - 1);
    } else if (const auto colon = host.rfind(':'); colon != std::string_view::npos) {
        port = host.substr(colon);
        host = host.substr(0, colon);
    }
    auto name = decoded(host);
    if (!name || name->empty())
        return refuse(
            "The address of the warehouse names no host: write it as clickhouse://user@host/database.");
    connection.host = std::move(*name);
    connection.tls = !is_this_machine(connection.host);
    connection.ssl_mode = connection.tls ? "verify-full" : "prefer";
    if (port.empty())
        return {};
    port.remove_prefix(1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), connection.port);
    if (error != std::errc{} || end != port.data() + port.size() || connection.port == 0)
        return refuse(fmt::format("“{}” is not a port: a number from 1 to 65535.", port));
    return {};
}

base::Status take_option(std::string_view option, Connection& connection)
{
    const auto equals = option.find('=');
    const std::string_view name = option.substr(0, equals);
    const auto value =
        decoded(equals == std::string_view::npos ? std::string_view{} : option.substr(equals + 1));
    const bool clickhouse = connection.engine == Engine::ClickHouse;
    if (!value)
        return refuse(
            fmt::format("The option “{}” of the warehouse's address is not properly encoded.", name));
    if (name == "tls" && clickhouse && (*value == "on" || *value == "off")) {
        connection.tls = *value == "on";
        return {};
    }
    if (name == "sslmode" && connection.engine == Engine::PostgreSql) {
        for (const std::string_view mode : ssl_modes) {
            if (*value == mode) {
                connection.ssl_mode = *value;
                return {};
            }
        }
    }
    if (name == "ca" && connection.engine != Engine::DuckDb && !value->empty()) {
        connection.certificates = *value;
        return {};
    }
    if (name == "timeout") {
        std::uint32_t seconds = 0;
        const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), seconds);
        constexpr std::uint32_t most = 7 * 24 * 3600;
        if (error == std::errc{} && end == value->data() + value->size() && seconds > 0 && seconds <= most) {
            connection.timeout = std::chrono::seconds(seconds);
            return {};
        }
    }
    return refuse(fmt::format("“{}” is not an option of {}: ClickHouse knows tls=on|off, ca=FILE and "
                              "timeout=SECONDS, PostgreSQL sslmode, ca and timeout, DuckDB timeout.",
                              base::shortened(base::to_valid_utf8(option), 80),
                              to_string(connection.engine)));
}

}

std::string_view to_string(Engine engine)
{
    switch (engine) {
    case Engine::ClickHouse:
        return "ClickHouse";
    case Engine::PostgreSql:
        return "PostgreSQL";
    case Engine::DuckDb:
        break;
    }
    return "DuckDB";
}

base::Result<Connection> parse_connection(std::string_view url)
{
    const auto colon = url.find(':');
    const std::string scheme = base::lowered(url.substr(0, colon));
    Connection connection;
    bool known = false;
    for (const Scheme& s : schemes) {
        if (colon != std::string_view::npos && scheme == s.name) {
            connection.engine = s.engine;
            known = true;
        }
    }
    if (!known)
        return refuse("The address of a warehouse begins with clickhouse://, postgresql:// or duckdb:.");
    std::string_view rest = url.substr(colon + 1);
    std::string_view options;
    if (const auto question = rest.find('?'); question != std::string_view::npos) {
        options = rest.substr(question + 1);
        rest = rest.substr(0, question);
    }
    std::string_view path = rest;
    if (connection.engine != Engine::DuckDb) {
        if (!rest.starts_with("//"))
            return refuse(
                fmt::format("Write the address of the warehouse as {}://user@host/database.", scheme));
        rest.remove_prefix(2);
        const auto slash = rest.find('/');
        path = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
        std::string_view host = rest.substr(0, slash);
        if (const auto at = host.rfind('@'); at != std::string_view::npos) {
            const std::string_view user = host.substr(0, at);
            if (user.find(':') != std::string_view::npos)
                return refuse("Leave the password out of the address: it is taken from the keychain, or from "
                              "LEEWAY_WAREHOUSE_PASSWORD in scripts.");
            auto name = decoded(user);
            if (!name)
                return refuse("The user in the warehouse's address is not properly encoded.");
            connection.user = std::move(*name);
            host.remove_prefix(at + 1);
        }
        if (auto status = take_host(host, connection); !status)
            return tl::unexpected(status.error());
    }
    auto database = decoded(path);
    if (!database)
        return refuse("The database in the warehouse's address is not properly encoded.");
    connection.database = std::move(*database);
    while (!options.empty()) {
        const auto end = options.find('&');
        if (auto status = take_option(options.substr(0, end), connection); !status)
            return tl::unexpected(status.error());
        options = end == std::string_view::npos ? std::string_view{} : options.substr(end + 1);
    }
    if (connection.port == 0 && connection.engine == Engine::ClickHouse)
        connection.port = connection.tls ? 8443 : 8123;
    if (connection.port == 0 && connection.engine == Engine::PostgreSql)
        connection.port = 5432;
    if (connection.engine == Engine::ClickHouse && connection.user.empty())
        connection.user = "default";
    return connection;
}

std::string name_of(const Connection& connection)
{
    switch (connection.engine) {
    case Engine::ClickHouse:
        return fmt::format("clickhouse://{}@{}:{}/{}", connection.user, connection.host, connection.port,
                           connection.database);
    case Engine::PostgreSql:
        return fmt::format("postgresql://{}@{}:{}/{}", connection.user, connection.host, connection.port,
                           connection.database);
    case Engine::DuckDb:
        break;
    }
    return "duckdb:" + connection.database;
}

}
