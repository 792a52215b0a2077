#include "core/project/parts.h"

#include "core/project/database.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace leeway::project {
namespace {

// What could not be read again would make the project unusable, so it is never written.
template<typename T>
void refuse_unreadable(const char* what, const base::Result<T>& read_back)
{
    if (!read_back)
        refuse(base::ErrorCode::Invalid,
               fmt::format("The {} cannot be kept: {}", what, read_back.error().message));
}

// Which fields of the settings a command changed, in words.
std::string differences(const Settings& before, const Settings& after)
{
    std::vector<std::string> changed;
    const auto compare = [&](const char* name, const std::string& old, const std::string& now) {
        if (old != now)
            changed.push_back(
                fmt::format("{}: {} → {}", name, old.empty() ? "none" : old, now.empty() ? "none" : now));
    };
    compare("title", before.title, after.title);
    compare("currency", before.currency, after.currency);
    compare("exchange rate per USD", before.currency_per_usd.to_string(), after.currency_per_usd.to_string());
    compare("source of the rate", before.rate_source, after.rate_source);
    compare("profile", before.profile.id, after.profile.id);
    if (before.profile.weights != after.profile.weights)
        changed.emplace_back("weights");
    if (before.profile.gates != after.profile.gates)
        changed.push_back(fmt::format("gates: {}", fmt::join(after.profile.gates, ", ")));
    const auto answers = [](const Settings& settings) {
        std::vector<std::string> all;
        for (const auto& [regulation, of_it] : settings.regulations) {
            for (const auto& [question, answer] : of_it)
                all.push_back(fmt::format("{} {}={}", regulation, question, answer));
        }
        return fmt::format("{}", fmt::join(all, ", "));
    };
    compare("answers to regulations", answers(before), answers(after));
    return fmt::format("{}", fmt::join(changed, "; "));
}

}

void insert_settings(SQLite::Database& database, const Settings& settings)
{
    for (const auto& [check, weight] : settings.profile.weights) {
        if (!std::isfinite(weight))
            refuse(base::ErrorCode::Invalid, fmt::format("The weight of “{}” is not a number.", check));
    }
    Command(database,
            "INSERT OR REPLACE INTO settings (id, title, currency, currency_per_usd, rate_source, "
            "profile, profile_title, profile_note, scoring_formula) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)")(
        settings.title, settings.currency, settings.currency_per_usd.to_string(), settings.rate_source,
        settings.profile.id, settings.profile.title, settings.profile.note, scoring::formula_version);
    Command(database, "DELETE FROM profile_weight")();
    Command weight_row(database, "INSERT INTO profile_weight (check_id, weight) VALUES (?, ?)");
    for (const auto& [check, weight] : settings.profile.weights)
        weight_row(check, weight);
    Command(database, "DELETE FROM profile_gate")();
    Command gate_row(database, "INSERT INTO profile_gate (position, check_id) VALUES (?, ?)");
    std::int64_t position = 0;
    for (const std::string& check : settings.profile.gates)
        gate_row(position++, check);
    Command(database, "DELETE FROM regulation_answer")();
    Command answer_row(database,
                       "INSERT INTO regulation_answer (regulation, question, answer) VALUES (?, ?, ?)");
    for (const auto& [regulation, answers] : settings.regulations) {
        for (const auto& [question, answer] : answers)
            answer_row(regulation, question, answer);
    }
}

Settings read_settings(SQLite::Database& database)
{
    Settings settings;
    Command row(database, "SELECT title, currency, currency_per_usd, rate_source, profile, profile_title, "
                          "profile_note FROM settings");
    row.start();
    if (!row.next())
        refuse_damaged("it has no settings");
    settings.title = row.text(0);
    settings.currency = row.text(1);
    const auto rate = base::Decimal::parse(row.text(2));
    if (!rate)
        refuse_damaged("the exchange rate is not a number");
    settings.currency_per_usd = *rate;
    settings.rate_source = row.text(3);
    settings.profile.id = row.text(4);
    settings.profile.title = row.text(5);
    settings.profile.note = row.text(6);
    Command weight(database, "SELECT check_id, weight FROM profile_weight");
    weight.start();
    while (weight.next())
        settings.profile.weights[weight.text(0)] = weight.real(1);
    Command gate(database, "SELECT check_id FROM profile_gate ORDER BY position");
    gate.start();
    while (gate.next())
        settings.profile.gates.push_back(gate.text(0));
    Command answer(database, "SELECT regulation, question, answer FROM regulation_answer");
    answer.start();
    while (answer.next())
        settings.regulations[answer.text(0)][answer.text(1)] = answer.text(2);
    return settings;
}

Deed write_settings(SQLite::Database& database, const Settings& settings)
{
    const Settings before = read_settings(database);
    insert_settings(database, settings);
    return {"change settings", differences(before, settings)};
}

Deed write_cube(SQLite::Database& database, const usage::Cube& cube)
{
    const std::string json = usage::to_json(cube);
    refuse_unreadable("usage", usage::cube_from_json(json));
    Command(database, "INSERT OR REPLACE INTO usage_cube (id, json) VALUES (1, ?)")(json);
    if (cube.empty()) {
        write_ledger(database, {});
        return {"remove usage", ""};
    }
    std::string detail = fmt::format("{} requests from {}", cube.requests, fmt::join(cube.sources, ", "));
    if (cube.bad_lines > 0)
        detail += fmt::format("; {} bad lines left out", cube.bad_lines);
    return {"import usage", std::move(detail)};
}

usage::Cube read_cube(SQLite::Database& database)
{
    Command row(database, "SELECT json FROM usage_cube");
    row.start();
    if (!row.next())
        return {};
    auto cube = usage::cube_from_json(row.text(0));
    if (!cube)
        refuse_damaged("its usage cannot be read: " + cube.error().message);
    return std::move(*cube);
}

void write_ledger(SQLite::Database& database, std::string_view ledger)
{
    constexpr std::size_t piece = std::size_t{16} << 20;
    Command(database, "DELETE FROM usage_ledger")();
    Command row(database, "INSERT INTO usage_ledger (position, bytes) VALUES (?, ?)");
    for (std::int64_t position = 0; !ledger.empty(); ++position) {
        row(position, Blob{ledger.substr(0, piece)});
        ledger.remove_prefix(std::min(piece, ledger.size()));
    }
}

std::string read_ledger(SQLite::Database& database)
{
    std::string ledger;
    Command row(database, "SELECT bytes FROM usage_ledger ORDER BY position");
    row.start();
    while (row.next())
        ledger += row.text(0);
    return ledger;
}

Deed write_sheet(SQLite::Database& database, const pricing::Sheet& sheet)
{
    const std::string json = pricing::to_json(sheet);
    refuse_unreadable("price sheet", pricing::parse_sheet("price sheet", json));
    Command(database, "INSERT OR REPLACE INTO price_sheet (id, json, sha256) VALUES (1, ?, ?)")(json,
                                                                                                sheet.sha256);
    Command(database, "DELETE FROM price_sheet_ignored")();
    Command ignored(database, "INSERT INTO price_sheet_ignored (position, reason) VALUES (?, ?)");
    std::int64_t position = 0;
    for (const std::string& reason : sheet.ignored)
        ignored(position++, reason);
    return {"import prices", fmt::format("“{}”, {} models, SHA-256 {}", sheet.title, sheet.models.size(),
                                         sheet.sha256.empty() ? "unknown" : sheet.sha256)};
}

std::optional<pricing::Sheet> read_sheet(SQLite::Database& database)
{
    Command row(database, "SELECT json, sha256 FROM price_sheet");
    row.start();
    if (!row.next())
        return std::nullopt;
    auto sheet = pricing::parse_sheet("price sheet of the project", row.text(0));
    if (!sheet)
        refuse_damaged("its price sheet cannot be read: " + sheet.error().message);
    sheet->sha256 = row.text(1);
    sheet->ignored.clear();
    Command ignored(database, "SELECT reason FROM price_sheet_ignored ORDER BY position");
    ignored.start();
    while (ignored.next())
        sheet->ignored.push_back(ignored.text(0));
    return std::move(*sheet);
}

Deed write_scenarios(SQLite::Database& database, const simulation::ScenarioSet& scenarios)
{
    if (scenarios.scenarios.empty()) {
        Command(database, "DELETE FROM scenario_set")();
        return {"remove scenarios", ""};
    }
    const std::string json = simulation::to_json(scenarios);
    refuse_unreadable("scenarios", simulation::parse_scenarios("scenarios", json));
    Command(database, "INSERT OR REPLACE INTO scenario_set (id, json, simulation_formula) VALUES (1, ?, ?)")(
        json, simulation::formula_version);
    std::vector<std::string> titles;
    titles.reserve(scenarios.scenarios.size());
    for (const simulation::Scenario& scenario : scenarios.scenarios)
        titles.push_back(scenario.title);
    return {"change scenarios", fmt::format("{}", fmt::join(titles, ", "))};
}

simulation::ScenarioSet read_scenarios(SQLite::Database& database)
{
    Command row(database, "SELECT json FROM scenario_set");
    row.start();
    if (!row.next())
        return {};
    auto scenarios = simulation::parse_scenarios("scenarios of the project", row.text(0));
    if (!scenarios)
        refuse_damaged("its scenarios cannot be read: " + scenarios.error().message);
    return std::move(*scenarios);
}

}
