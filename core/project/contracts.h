#pragma once

#include "core/document/document.h"
#include "core/project/audit.h"
#include "core/project/values.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

// Rows of contracts, versions and original files. These throw SQLite::Exception or Refused.
namespace leeway::project {

/// Documents that were read before, by version: they never change.
using DocumentCache = std::map<Id, std::shared_ptr<const document::Document>>;

Id insert_contract(SQLite::Database& database, const std::string& title, const std::string& vendor);
Id insert_version(SQLite::Database& database, Id contract, const document::Document& document,
                  const std::string& bytes, const clauses::Review& review);

/// Refuses a document that an existing contract has already.
void refuse_known_document(SQLite::Database& database, const std::string& sha256);

/// Title of a contract that is there, or was removed; refuses with NotFound otherwise.
std::string title_of(SQLite::Database& database, Id contract, bool removed = false);

Deed rename(SQLite::Database& database, Id contract, const std::string& title, const std::string& vendor);
Deed remove(SQLite::Database& database, Id contract);
Deed restore(SQLite::Database& database, Id contract);
Deed remove_version(SQLite::Database& database, Id version);
Deed restore_version(SQLite::Database& database, Id version);

/// The contract of a version that is there; refuses with NotFound otherwise.
Id contract_of(SQLite::Database& database, Id version);
std::vector<Version> read_versions(SQLite::Database& database, Id contract, DocumentCache& cache);
std::vector<Contract> read_contracts(SQLite::Database& database, DocumentCache& cache);
document::Document read_document(SQLite::Database& database, Id version, DocumentCache& cache);
std::string read_original(SQLite::Database& database, Id version);

}
