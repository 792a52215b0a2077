#pragma once

#include "core/project/values.h"

#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace leeway::project {

/// The login name of whoever runs the program; "unknown" when the system does not say.
std::string login_name();

base::Instant now();

/// What a command did, for its line in the audit trail.
struct Deed
{
    std::string action;
    std::string detail;
};

// These throw SQLite::Exception or Refused.
void append_audit(SQLite::Database& database, const Deed& deed);
std::vector<AuditEntry> read_audit(SQLite::Database& database);

}
