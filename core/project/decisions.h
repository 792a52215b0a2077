#pragma once

#include "core/document/document.h"
#include "core/project/audit.h"
#include "core/project/values.h"

#include <optional>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

// Rows of decisions. These throw SQLite::Exception or Refused.
namespace leeway::project {

/// Sets, replaces or withdraws a decision on a contract whose newest version is `newest`.
Deed write_decision(SQLite::Database& database, Id contract, const Version& newest, const std::string& check,
                    const std::optional<Decision>& decision);

/// Marks the decisions of a contract that rest on passages which `text` has no more.
int mark_changed(SQLite::Database& database, Id contract, Id version, const std::string& text);

/// In the order in which the checks were first decided. Evidence is looked up in the newest document.
std::vector<Decision> read_decisions(SQLite::Database& database, Id contract,
                                     const document::Document& newest);

}
