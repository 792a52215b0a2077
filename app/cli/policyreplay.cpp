#include "app/cli/policyreplay.h"

#include "app/cli/output.h"
#include "core/fallback/policy/measured.h"
#include "core/fallback/runs/statefile.h"
#include "core/usage/reader.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <memory>

namespace leeway::cli {

void add_policy_options(CLI::App& command, ReplayInput& input)
{
    command
        .add_option("--policy", input.policy,
                    "A failover policy, or the id of one of Leeway's (litellm-defaults, careful-return, "
                    "routine-at-home)")
        ->capture_default_str();
    command.add_option(
        "--measured", input.measured,
        "TARGET=FILE: takes speed, slots and pass rates of a target from a run's --state file");
}

void add_traffic_options(CLI::App& command, ReplayInput& input, bool required)
{
    auto* usage = command.add_option("USAGE", input.usage.files,
                                     "Usage logs or traces, a line for each request, oldest first");
    if (required)
        usage->required();
    command.add_option("--prices", input.usage.sheet,
                       "A Leeway price sheet or LiteLLM's map; default: bundled");
    command.add_option(
        "--incident", input.incidents,
        "What happens when: “outage primary@2026-10-05T09:22Z+20m”, “latency primary@…+1h x4”, "
        "“rate_limit primary@…+1h 60”, “price primary@… 100”; can be given several times");
    command.add_option("--seed", input.seed, "Of chance; the same seed gives the same figures")
        ->capture_default_str();
    add_mapping_options(command, input.usage);
}

base::Result<fallback::Policy> policy_of(const ReplayInput& input)
{
    auto policy = fallback::load_policy(input.policy);
    if (!policy)
        return policy;
    for (const std::string& pair : input.measured) {
        const auto equals = pair.find('=');
        const auto target =
            std::ranges::find(policy->targets, pair.substr(0, equals), &fallback::RouteTarget::id);
        if (equals == std::string::npos || target == policy->targets.end())
            return base::fail(
                base::ErrorCode::Invalid,
                fmt::format("--measured wants TARGET=FILE with a target of the policy, not “{}”.", pair));
        const auto kept = fallback::StateFile::read(pair.substr(equals + 1));
        if (!kept)
            return tl::unexpected(kept.error());
        if (!*kept)
            return base::fail(base::ErrorCode::Empty,
                              fmt::format("“{}” holds no run.", pair.substr(equals + 1)));
        *target = fallback::measured(*target, **kept);
    }
    return policy;
}

base::Result<fallback::Replay> replay_of(const ReplayInput& input,
                                         const std::vector<fallback::Policy>& policies)
{
    std::vector<fallback::Incident> incidents;
    for (const std::string& text : input.incidents) {
        auto incident = fallback::parse_incident(text);
        if (!incident)
            return tl::unexpected(incident.error());
        incidents.push_back(std::move(*incident));
    }
    auto sheet = sheet_of(input.usage);
    if (!sheet)
        return tl::unexpected(sheet.error());
    const auto mapping = mapping_of(input.usage);
    if (!mapping)
        return tl::unexpected(mapping.error());
    auto run =
        fallback::ReplayRun::start(policies, std::move(incidents),
                                   std::make_shared<const pricing::Sheet>(std::move(*sheet)), input.seed);
    if (!run)
        return tl::unexpected(run.error());
    std::int64_t bad = 0;
    for (const std::string& file : input.usage.files) {
        const auto status = usage::read_usage(
            file, mapping->get(), [&](const pricing::Usage& usage) { run->add(usage); },
            [&](const usage::BadLine&) { ++bad; });
        if (!status)
            return tl::unexpected(status.error());
    }
    if (bad > 0)
        note(fmt::format("{} bad lines were left out.", bad));
    return run->finish();
}

}
