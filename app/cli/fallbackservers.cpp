#include "app/cli/eventloop.h"
#include "app/cli/fallback.h"
#include "app/cli/output.h"
#include "core/fallback/endpoints/key.h"
#include "core/fallback/endpoints/probe.h"
#include "core/fallback/runs/runjsonparts.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace leeway::cli {
namespace {

using fallback::or_null;
using nlohmann::ordered_json;

struct Options
{
    EndpointOptions named;
    std::string format = "table";
    bool forget = false;
};

ordered_json json_of(const fallback::Found& found)
{
    ordered_json models = ordered_json::array();
    for (const fallback::ModelInfo& model : found.health.models)
        models.push_back({{"id", model.id},
                          {"bytes", or_null(model.bytes)},
                          {"parameters", or_null(model.parameters)},
                          {"quantisation", model.quantisation},
                          {"context", or_null(model.context)}});
    return {{"name", fallback::shown_name(found.endpoint)},
            {"url", found.endpoint.url},
            {"kind", to_string(found.endpoint.kind)},
            {"state", to_string(found.health.liveness)},
            {"why", found.health.why},
            {"server", found.health.server},
            {"slots", or_null(found.health.slots)},
            {"models", std::move(models)}};
}

std::string size_of(const std::optional<std::int64_t>& bytes)
{
    return bytes ? fmt::format("{:.1f} GB", static_cast<double>(*bytes) / 1e9) : "—";
}

void print_table(const std::vector<fallback::Found>& all)
{
    Table table(
        {"Server", "Address", "State", "Model", "Size", "Quantisation", "Context"},
        {Align::Left, Align::Left, Align::Left, Align::Left, Align::Right, Align::Left, Align::Right});
    for (const fallback::Found& found : all) {
        const std::string state(to_string(found.health.liveness));
        if (found.health.models.empty())
            table.add({fallback::shown_name(found.endpoint), found.endpoint.url, state, "—", "—", "—", "—"});
        for (const fallback::ModelInfo& model : found.health.models)
            table.add({fallback::shown_name(found.endpoint), found.endpoint.url, state, model.id,
                       size_of(model.bytes), model.quantisation.empty() ? "—" : model.quantisation,
                       model.context ? std::to_string(*model.context) : "—"});
    }
    table.print();
    for (const fallback::Found& found : all) {
        if (!found.health.why.empty())
            print_line(found.health.why);
    }
}

int run_endpoints(const Options& options)
{
    std::vector<fallback::Found> all;
    if (options.named.endpoint.url.empty()) {
        all = fallback::discover();
    } else {
        const fallback::Endpoint endpoint = endpoint_of(options.named);
        const auto key = fallback::key_for(endpoint);
        if (!key)
            return complain(key.error());
        all.push_back({endpoint, fallback::probe(endpoint, *key)});
    }
    if (options.format == "json") {
        ordered_json list = ordered_json::array();
        for (const fallback::Found& found : all)
            list.push_back(json_of(found));
        print_line(ordered_json{{"endpoints", std::move(list)}}.dump(1));
    } else if (all.empty()) {
        print_line("No server with a model listens on this machine. Start one, or use “fallback run --server "
                   "MODEL.gguf”.");
    } else {
        print_table(all);
    }
    return Done;
}

int run_key(const Options& options)
{
    std::string key;
    if (!options.forget && isatty(STDIN_FILENO) != 0)
        key = getpass("Key: ");
    else if (!options.forget)
        std::getline(std::cin, key);
    if (key.empty() && !options.forget)
        return refuse("no key was given on standard input; --forget takes it out of the keychain.");
    const fallback::Endpoint endpoint = endpoint_of(options.named);
    if (auto status = fallback::check_endpoint(endpoint, !key.empty()); !status)
        return complain(status.error());
    if (auto status = fallback::keep_key(endpoint, key); !status)
        return complain(status.error());
    return Done;
}

}

void add_endpoints(CLI::App& fallback, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = fallback.add_subcommand(
        "endpoints", "The servers with models on this machine, or the state of one at an address");
    command->add_option("--endpoint", options->named.endpoint.url, "An address, as http://127.0.0.1:8080");
    command->add_option("--model", options->named.endpoint.model, "The model to look at (Ollama)");
    add_endpoint_options(*command, options->named);
    command->add_option("--format", options->format, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    command->callback([options, &action] {
        action = [options] { return with_event_loop([&] { return run_endpoints(*options); }); };
    });
}

void add_key(CLI::App& fallback, Action& action)
{
    auto options = std::make_shared<Options>();
    CLI::App* command =
        fallback.add_subcommand("key", "Keep the key on standard input in the system's keychain");
    command->add_option("ADDRESS", options->named.endpoint.url, "The endpoint that it is for")->required();
    command->add_flag("--forget", options->forget, "Take it out of the keychain");
    command->callback([options, &action] {
        action = [options] { return with_event_loop([&] { return run_key(*options); }); };
    });
}

}
