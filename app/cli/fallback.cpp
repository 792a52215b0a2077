#include "app/cli/fallback.h"

#include "app/cli/eventloop.h"
#include "core/base/templates.h"
#include "core/fallback/endpoints/key.h"
#include "core/fallback/reader.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <system_error>
#include <unistd.h>

namespace leeway::cli {

void add_endpoint_options(CLI::App& command, EndpointOptions& options)
{
    command.add_option("--kind", options.kind, "openai, ollama or anthropic; else told from the address")
        ->check(CLI::IsMember({"openai", "ollama", "anthropic"}));
    command.add_option(
        "--key-variable", options.endpoint.key_variable,
        "The environment variable that holds the key where the keychain has none for the address; default: "
        "LEEWAY_ENDPOINT_KEY");
    command
        .add_option("--ca", options.endpoint.certificates,
                    "A PEM file with your company's certificate authority")
        ->check(CLI::ExistingFile);
}

fallback::Endpoint endpoint_of(const EndpointOptions& options)
{
    fallback::Endpoint endpoint = options.endpoint;
    endpoint.kind = fallback::endpoint_kind_from(options.kind).value_or(fallback::guessed_kind(endpoint.url));
    if (endpoint.key_variable.empty()) // the person named this very address
        endpoint.key_variable = fallback::default_key_variable;
    return endpoint;
}

bool show_progress(const char* what, std::int64_t done, std::int64_t total)
{
    if (isatty(STDERR_FILENO) != 0)
        fmt::print(stderr, "\r{} {} of {} ", what, done, total);
    return not_interrupted(done, total);
}

void end_progress()
{
    if (isatty(STDERR_FILENO) != 0)
        fmt::print(stderr, "\r{:40}\r", "");
}

base::Result<fallback::Suite> suite_of(const std::string& path_or_name)
{
    std::error_code fault;
    const auto bundled = base::template_folder("suites") / (path_or_name + ".yaml");
    if (!std::filesystem::exists(path_or_name, fault) && std::filesystem::exists(bundled, fault))
        return fallback::load_suite(bundled);
    return fallback::load_suite(path_or_name);
}

void add_fallback(CLI::App& app, Action& action)
{
    CLI::App* command = app.add_subcommand(
        "fallback", "Prove whether a local model could take over: runs of a suite, policies, exports");
    command->require_subcommand(1);
    add_run(*command, action);
    add_regrade(*command, action);
    add_judge(*command, action);
    add_endpoints(*command, action);
    add_key(*command, action);
    add_policy(*command, action);
    add_export(*command, action);
}

}
