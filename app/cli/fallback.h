#pragma once

#include "app/cli/commands.h"
#include "core/fallback/endpoints/endpoint.h"
#include "core/fallback/readiness.h"
#include "core/fallback/runs/run.h"
#include "core/fallback/suite.h"

#include <cstdint>
#include <string>

namespace leeway::cli {

// The parts of `fallback`, each in a file of its own.
void add_run(CLI::App& fallback, Action& action);
void add_regrade(CLI::App& fallback, Action& action);
void add_judge(CLI::App& fallback, Action& action);
void add_endpoints(CLI::App& fallback, Action& action);
void add_key(CLI::App& fallback, Action& action);
void add_policy(CLI::App& fallback, Action& action);
void add_export(CLI::App& fallback, Action& action);

/// How a command names an endpoint.
struct EndpointOptions
{
    fallback::Endpoint endpoint;
    std::string kind; // empty: guessed from the address
};

/// --kind, --key-variable and --ca.
void add_endpoint_options(CLI::App& command, EndpointOptions& options);
/// The endpoint with its kind.
fallback::Endpoint endpoint_of(const EndpointOptions& options);

/// "what: 3 of 10" on a terminal; false once the user interrupts. A base::Progress but for `what`.
bool show_progress(const char* what, std::int64_t done, std::int64_t total);
void end_progress();

/// A file, or the name of a suite that comes with Leeway ("business-routine").
base::Result<fallback::Suite> suite_of(const std::string& path_or_name);

/// A run, how it compares with the incumbent's recorded answers, and what it says of the model's readiness,
/// as JSON or for people.
void print_run(const fallback::Run& run, const fallback::Suite& suite, const fallback::Readiness& readiness,
               bool as_json);

}
