#pragma once

#include "core/fallback/suite.h"
#include "core/project/audit.h"
#include "core/project/fallback.h"

#include <vector>

namespace SQLite {
class Database;
}

// Rows of endpoints, suites and runs. These throw SQLite::Exception or Refused.
namespace leeway::project {

Deed write_endpoints(SQLite::Database& database, const std::vector<fallback::Endpoint>& endpoints);
/// The id of the suite with these bytes; 0 when it is not there.
Id known_suite(SQLite::Database& database, const std::string& sha256);
Deed insert_suite(SQLite::Database& database, const fallback::Suite& suite, Id& id);
Deed insert_run(SQLite::Database& database, Id suite, const fallback::Run& head, Id& id);
void write_result(SQLite::Database& database, Id run, const fallback::CaseResult& result);
/// Replaces the head and the results that the run holds; further repetitions that were kept stay.
Deed end_run(SQLite::Database& database, Id id, const fallback::Run& run);
/// Replaces head, suite and all results.
Deed regrade_run(SQLite::Database& database, Id id, Id suite, const fallback::Run& run);
/// Only the deed: judgements are kept with their results.
Deed judge_run(SQLite::Database& database, Id id, const fallback::Judge& judge, int cases);
Deed remove_run(SQLite::Database& database, Id id);
Deed restore_run(SQLite::Database& database, Id id);

FallbackPart read_fallback(SQLite::Database& database);
fallback::Suite read_suite(SQLite::Database& database, Id id);
fallback::Run read_run(SQLite::Database& database, Id id);

}
