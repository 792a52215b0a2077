#pragma once

#include "core/base/result.h"
#include "core/project/values.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leeway::fallback {
struct CaseResult;
struct Endpoint;
struct Run;
struct Judge;
struct Suite;
}

namespace leeway::project {

struct FallbackPart; // core/project/fallback.h

/// Version of the file format: SQLite's user_version.
inline constexpr int schema_version = 4;
/// SQLite's application_id: "LEEW".
inline constexpr int application_id = 0x4C454557;

enum class Access { ReadWrite, ReadOnly };

/// One `.leeway` file. Every command below is committed at once in one transaction together with its audit
/// entry, or changes nothing. One thread at a time. A second writer on the same file is refused with Locked.
class Project
{
public:
    /// Invalid when `file` exists already. The new project has the balanced profile and the bundled prices.
    static base::Result<Project> create(const std::filesystem::path& file, const std::string& title);

    /// Migrates an older file after copying it to "<name>.before-v<N>.leeway". Errors that leave the file as
    /// it is: NotFound, Foreign (another program's, or not SQLite), NewerFormat, Unreadable (truncated,
    /// damaged), Locked (open in another window; ReadOnly still works). Where neither file nor folder may be
    /// written to, the project is read-only: ask access(). ReadOnly never writes anything, an older file is
    /// migrated in memory.
    static base::Result<Project> open(const std::filesystem::path& file, Access access = Access::ReadWrite);

    Project(Project&&) noexcept;
    Project& operator=(Project&&) noexcept;
    ~Project();

    [[nodiscard]] const std::filesystem::path& file() const;
    [[nodiscard]] Access access() const;
    [[nodiscard]] base::Result<Snapshot> load() const;
    [[nodiscard]] base::Result<std::string> document_bytes(Id version) const;
    /// For usage::import_usage, 16 bytes a request that has an id; empty when nothing is remembered.
    [[nodiscard]] base::Result<std::string> usage_ledger() const;

    /// A new contract with its first version. `bytes` is the original file, of which document.sha256 is the
    /// hash. Invalid when a contract has a document with the same SHA-256 already.
    base::Result<Id> add_contract(const std::string& title, const std::string& vendor,
                                  const document::Document& document, const std::string& bytes,
                                  const clauses::Review& review);
    /// A further version. Decisions stay; those whose evidence is gone are marked `text_changed`.
    base::Result<Id> add_version(Id contract, const document::Document& document, const std::string& bytes,
                                 const clauses::Review& review);
    /// Takes a version away again, but never the last one; decisions that it marked are no longer marked.
    base::Status remove_version(Id version);
    /// The inverse of remove_version.
    base::Status restore_version(Id version);
    base::Status rename_contract(Id contract, const std::string& title, const std::string& vendor);
    /// Marks the contract as removed; nothing of it is lost.
    base::Status remove_contract(Id contract);
    /// Puts a removed contract back, with its versions and decisions: the inverse of remove_contract.
    base::Status restore_contract(Id contract);
    /// Replaces the findings of a version after a new run of the engine; decisions are not touched.
    base::Status set_review(Id version, const clauses::Review& review);

    /// Sets, replaces or (nullopt) withdraws the decision on a check. The decision's author and time are set
    /// here unless it carries them already (undo).
    base::Status set_decision(Id contract, const std::string& check, const std::optional<Decision>& decision);

    base::Status set_settings(const Settings& settings);
    // Invalid when the values break a rule of their format, so that they could not be read again.
    /// Keeps what is remembered of imports, unless the cube is empty.
    base::Status set_cube(const usage::Cube& cube);
    /// The cube together with the ledger of the imports that it holds, see usage_ledger(), and with
    /// `scenarios` those as well.
    base::Status set_usage(const usage::Cube& cube, const std::string& ledger,
                           const simulation::ScenarioSet* scenarios = nullptr);
    base::Status set_sheet(const pricing::Sheet& sheet);
    /// A set without scenarios removes them, its plan too.
    base::Status set_scenarios(const simulation::ScenarioSet& scenarios);

    [[nodiscard]] base::Result<FallbackPart> fallback() const;
    [[nodiscard]] base::Result<fallback::Suite> suite(Id suite) const;
    /// With all its results.
    [[nodiscard]] base::Result<fallback::Run> run(Id run) const;
    /// Invalid for an address that cannot be used, or that holds a password.
    base::Status set_endpoints(const std::vector<fallback::Endpoint>& endpoints);
    /// The id of the suite, which is kept once for each SHA-256.
    base::Result<Id> add_suite(const fallback::Suite& suite);
    /// A run that is about to go on; its results come one by one.
    base::Result<Id> begin_run(Id suite, const fallback::Run& head);
    /// Without an entry in the audit trail: those of begin and end stand for all results.
    base::Status keep_result(Id run, const fallback::CaseResult& result);
    /// The whole run at its end, or graded again. With answers missing it can still be gone on with.
    base::Status end_run(Id id, const fallback::Run& run);
    /// Grades the answers of a run again by `suite`, which is added, and keeps that: the run belongs to this
    /// suite from then on, and its judgements stay. Nothing is asked. Invalid as fallback::regraded().
    base::Result<fallback::Run> regrade_run(Id id, const fallback::Suite& suite);
    /// Notes a judging in the audit trail; its judgements go to keep_result() one by one.
    base::Status note_judging(Id id, const fallback::Judge& judge, int cases);
    /// Marks it as removed.
    base::Status remove_run(Id run);
    /// The inverse of remove_run.
    base::Status restore_run(Id run);

    /// Notes that a report was written. Allowed on a read-write project only.
    base::Status note_export(const std::string& what, const std::string& deed = "export report");

private:
    class File;
    explicit Project(std::unique_ptr<File> file);
    std::unique_ptr<File> m_file;
};

}
