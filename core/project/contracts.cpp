#include "core/project/contracts.h"

#include "core/base/hash.h"
#include "core/document/serialise.h"
#include "core/project/database.h"
#include "core/project/decisions.h"
#include "core/project/reviews.h"

#include <fmt/format.h>

namespace leeway::project {
namespace {

std::string quoted(const std::string& text)
{
    return "“" + text + "”";
}

// The documents of these versions must not be in another contract by now.
void refuse_known_documents(SQLite::Database& database, const char* versions, Id id)
{
    std::vector<std::string> hashes;
    Command select(database, versions);
    select.start(id);
    while (select.next())
        hashes.push_back(select.text(0));
    for (const std::string& hash : hashes)
        refuse_known_document(database, hash);
}

}

Id insert_contract(SQLite::Database& database, const std::string& title, const std::string& vendor)
{
    Command(database, "INSERT INTO contract (title, vendor, added) VALUES (?, ?, ?)")(title, vendor, now());
    return database.getLastInsertRowid();
}

Id insert_version(SQLite::Database& database, Id contract, const document::Document& document,
                  const std::string& bytes, const clauses::Review& review)
{
    const std::string sha256 = base::sha256(bytes);
    if (document.sha256 != sha256)
        refuse(base::ErrorCode::Invalid,
               fmt::format("“{}” changed while it was being read; add it again.", document.name));
    refuse_known_document(database, sha256);
    const std::string image = document::to_bytes(document);
    Command(database,
            "INSERT INTO version (contract_id, added, sha256, document, pack, pack_version, "
            "pack_sha256, engine) VALUES (?, ?, ?, ?, '', '', '', '')")(contract, now(), sha256, Blob{image});
    const Id version = database.getLastInsertRowid();
    Command(database, "INSERT INTO original (version_id, bytes) VALUES (?, ?)")(version, Blob{bytes});
    write_review(database, version, document, review);
    return version;
}

void refuse_known_document(SQLite::Database& database, const std::string& sha256)
{
    Command known(database, "SELECT contract.title FROM version JOIN contract "
                            "ON contract.id = version.contract_id WHERE version.sha256 = ? "
                            "AND version.removed IS NULL AND contract.removed IS NULL");
    known.start(sha256);
    if (known.next())
        refuse(base::ErrorCode::Invalid,
               fmt::format("This document is in the project already, in “{}”.", known.text(0)));
}

std::string title_of(SQLite::Database& database, Id contract, bool removed)
{
    Command select(database, "SELECT title FROM contract WHERE id = ? AND (removed IS NOT NULL) = ?");
    select.start(contract, removed ? 1 : 0);
    if (!select.next())
        refuse(base::ErrorCode::NotFound, removed ? "There is no such removed contract in the project."
                                                  : "There is no such contract in the project.");
    return select.text(0);
}

Deed rename(SQLite::Database& database, Id contract, const std::string& title, const std::string& vendor)
{
    const std::string before = title_of(database, contract);
    Command(database, "UPDATE contract SET title = ?, vendor = ? WHERE id = ?")(title, vendor, contract);
    return {"rename contract",
            fmt::format("{} → {}, vendor {}", quoted(before), quoted(title), quoted(vendor))};
}

Deed remove(SQLite::Database& database, Id contract)
{
    const std::string title = title_of(database, contract);
    Command(database, "UPDATE contract SET removed = ? WHERE id = ?")(now(), contract);
    return {"remove contract", quoted(title)};
}

Deed restore(SQLite::Database& database, Id contract)
{
    const std::string title = title_of(database, contract, true);
    refuse_known_documents(database, "SELECT sha256 FROM version WHERE contract_id = ? AND removed IS NULL",
                           contract);
    Command(database, "UPDATE contract SET removed = NULL WHERE id = ?")(contract);
    return {"restore contract", quoted(title)};
}

Deed remove_version(SQLite::Database& database, Id version)
{
    const Id contract = contract_of(database, version);
    Command count(database, "SELECT count(*) FROM version WHERE contract_id = ? AND removed IS NULL");
    count.start(contract);
    count.next();
    const std::int64_t versions = count.integer(0);
    if (versions == 1)
        refuse(base::ErrorCode::Invalid,
               "The only version of a contract cannot be removed; remove the contract.");
    Command(database, "UPDATE version SET removed = ? WHERE id = ?")(now(), version);
    return {"remove version",
            fmt::format("{}, {} versions left", quoted(title_of(database, contract)), versions - 1)};
}

Deed restore_version(SQLite::Database& database, Id version)
{
    Command select(database, "SELECT contract_id FROM version WHERE id = ? AND removed IS NOT NULL");
    select.start(version);
    if (!select.next())
        refuse(base::ErrorCode::NotFound, "There is no such removed version in the project.");
    const std::string title = title_of(database, select.integer(0));
    refuse_known_documents(database, "SELECT sha256 FROM version WHERE id = ?", version);
    Command(database, "UPDATE version SET removed = NULL WHERE id = ?")(version);
    return {"restore version", quoted(title)};
}

Id contract_of(SQLite::Database& database, Id version)
{
    Command select(database, "SELECT contract.id FROM version JOIN contract ON contract.id = "
                             "version.contract_id WHERE version.id = ? AND version.removed IS NULL "
                             "AND contract.removed IS NULL");
    select.start(version);
    if (!select.next())
        refuse(base::ErrorCode::NotFound, "There is no such version of a contract in the project.");
    return select.integer(0);
}

document::Document read_document(SQLite::Database& database, Id version, DocumentCache& cache)
{
    if (const auto known = cache.find(version); known != cache.end())
        return *known->second;
    Command select(database, "SELECT document FROM version WHERE id = ?");
    select.start(version);
    if (!select.next())
        refuse(base::ErrorCode::NotFound, "There is no such version of a contract in the project.");
    auto document = document::from_bytes(select.text(0));
    if (!document)
        refuse_damaged("the text of a contract cannot be read");
    cache[version] = std::make_shared<const document::Document>(*document);
    return std::move(*document);
}

std::vector<Version> read_versions(SQLite::Database& database, Id contract, DocumentCache& cache)
{
    std::vector<Version> versions;
    Command select(database,
                   "SELECT id, added FROM version WHERE contract_id = ? AND removed IS NULL ORDER BY id");
    select.start(contract);
    while (select.next()) {
        Version version;
        version.id = select.integer(0);
        version.added = select.instant(1);
        version.label = std::to_string(versions.size() + 1);
        version.document = read_document(database, version.id, cache);
        version.review = read_review(database, version.id, version.document);
        versions.push_back(std::move(version));
    }
    if (versions.empty())
        refuse_damaged("a contract has no document");
    return versions;
}

std::vector<Contract> read_contracts(SQLite::Database& database, DocumentCache& cache)
{
    std::vector<Contract> contracts;
    Command select(database,
                   "SELECT id, title, vendor, added FROM contract WHERE removed IS NULL ORDER BY id");
    select.start();
    while (select.next()) {
        Contract contract{select.integer(0), select.text(1), select.text(2), select.instant(3), {}, {}};
        contract.versions = read_versions(database, contract.id, cache);
        contract.decisions = read_decisions(database, contract.id, contract.newest().document);
        contracts.push_back(std::move(contract));
    }
    return contracts;
}

std::string read_original(SQLite::Database& database, Id version)
{
    Command select(database, "SELECT original.bytes, version.sha256 FROM original JOIN version "
                             "ON version.id = original.version_id WHERE version.id = ?");
    select.start(version);
    if (!select.next())
        refuse(base::ErrorCode::NotFound, "There is no such version of a contract in the project.");
    std::string bytes = select.text(0);
    if (base::sha256(bytes) != select.text(1))
        refuse_damaged("an original document no longer has its SHA-256");
    return bytes;
}

}
