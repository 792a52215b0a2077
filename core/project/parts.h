#pragma once

#include "core/project/audit.h"
#include "core/project/values.h"

#include <optional>
#include <string>
#include <string_view>

namespace SQLite {
class Database;
}

// Rows of settings, usage, prices and scenarios. These throw SQLite::Exception or Refused.
namespace leeway::project {

void insert_settings(SQLite::Database& database, const Settings& settings);
Deed write_settings(SQLite::Database& database, const Settings& settings);
Deed write_cube(SQLite::Database& database, const usage::Cube& cube);
void write_ledger(SQLite::Database& database, std::string_view ledger);
Deed write_sheet(SQLite::Database& database, const pricing::Sheet& sheet);
Deed write_scenarios(SQLite::Database& database, const simulation::ScenarioSet& scenarios);

Settings read_settings(SQLite::Database& database);
usage::Cube read_cube(SQLite::Database& database);
std::string read_ledger(SQLite::Database& database);
/// Nothing when the bundled sheet is in use.
std::optional<pricing::Sheet> read_sheet(SQLite::Database& database);
simulation::ScenarioSet read_scenarios(SQLite::Database& database);

}
