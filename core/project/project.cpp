#include "core/project/project.h"

#include "core/project/audit.h"
#include "core/project/contracts.h"
#include "core/project/database.h"
#include "core/project/decisions.h"
#include "core/project/opening.h"
#include "core/project/parts.h"
#include "core/project/projectfile.h"
#include "core/project/reviews.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace leeway::project {
namespace {

// Symbolic links to one file must lead to one lock.
std::filesystem::path real_path(const std::filesystem::path& file)
{
    std::error_code error;
    auto path = std::filesystem::weakly_canonical(file, error);
    return error ? file : path;
}

bool may_write(const std::filesystem::path& file)
{
    return ::access(file.c_str(), W_OK) == 0;
}

}

Project::Project(std::unique_ptr<File> file) : m_file(std::move(file)) {}
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;
Project::~Project() = default;

base::Result<Project> Project::create(const std::filesystem::path& file, const std::string& title)
{
    const auto real = real_path(file);
    auto lock = WriterLock::acquire(real);
    if (!lock)
        return tl::unexpected<base::Error>(std::move(lock.error()));
    const int descriptor = ::open(real.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        if (std::filesystem::exists(std::filesystem::symlink_status(real)))
            return base::fail(base::ErrorCode::Invalid,
                              fmt::format("“{}” exists already; choose another name.", file.string()));
        return base::fail(base::ErrorCode::Io,
                          fmt::format("“{}” could not be created; check that the folder exists and may be "
                                      "written to.",
                                      file.string()));
    }
    ::close(descriptor);

    auto created = guarded(file, [&] {
        auto opened = std::make_unique<File>(file, Access::ReadWrite, std::move(*lock), connect_new(real));
        const base::Status status = opened->change([&](SQLite::Database& database) {
            Settings settings;
            settings.title = title;
            if (auto profile = scoring::load_profile("balanced"))
                settings.profile = std::move(*profile);
            insert_settings(database, settings);
            return Deed{"create project", "“" + title + "”"};
        });
        if (!status)
            throw Refused{status.error()};
        return opened;
    });
    if (!created) {
        std::error_code ignored;
        std::filesystem::remove(real, ignored);
        return tl::unexpected<base::Error>(std::move(created.error()));
    }
    return Project(std::move(*created));
}

base::Result<Project> Project::open(const std::filesystem::path& file, Access access)
{
    const auto real = real_path(file);
    // Before the lock, so that no lock file is made beside a file that is not ours.
    const auto seen = inspect(real);
    if (!seen)
        return tl::unexpected<base::Error>(seen.error());
    std::optional<WriterLock> lock;
    if (access == Access::ReadWrite && !may_write(real))
        access = Access::ReadOnly;
    if (access == Access::ReadWrite) {
        auto won = WriterLock::acquire(real);
        if (won)
            lock = std::move(*won);
        else if (won.error().code == base::ErrorCode::Io)
            access = Access::ReadOnly;
        else
            return tl::unexpected<base::Error>(std::move(won.error()));
    }
    const auto header = inspect(real); // again: whoever had the lock may have migrated the file
    if (!header)
        return tl::unexpected<base::Error>(header.error());
    auto opened = guarded(file, [&] {
        return std::make_unique<File>(file, access, std::move(lock), connect(real, *header, access));
    });
    if (!opened)
        return tl::unexpected<base::Error>(std::move(opened.error()));
    return Project(std::move(*opened));
}

const std::filesystem::path& Project::file() const
{
    return m_file->path();
}

Access Project::access() const
{
    return m_file->access();
}

base::Result<Snapshot> Project::load() const
{
    return m_file->read([this](SQLite::Database& database) {
        Snapshot snapshot;
        snapshot.settings = read_settings(database);
        snapshot.contracts = read_contracts(database, m_file->documents());
        snapshot.cube = m_file->cube();
        snapshot.sheet = m_file->sheet();
        snapshot.scenarios = read_scenarios(database);
        snapshot.audit = read_audit(database);
        return snapshot;
    });
}

base::Result<std::string> Project::document_bytes(Id version) const
{
    return m_file->read([&](SQLite::Database& database) { return read_original(database, version); });
}

base::Result<std::string> Project::usage_ledger() const
{
    return m_file->read([](SQLite::Database& database) { return read_ledger(database); });
}

base::Result<Id> Project::add_contract(const std::string& title, const std::string& vendor,
                                       const document::Document& document, const std::string& bytes,
                                       const clauses::Review& review)
{
    Id contract = 0;
    const base::Status status = m_file->change([&](SQLite::Database& database) {
        contract = insert_contract(database, title, vendor);
        insert_version(database, contract, document, bytes, review);
        return Deed{"add contract", fmt::format("“{}” of {} from {}, SHA-256 {}, pack {} {}, engine {}",
                                                title, vendor, document.name, document.sha256, review.pack,
                                                review.pack_version, review.engine)};
    });
    return status.map([&] { return contract; });
}

base::Result<Id> Project::add_version(Id contract, const document::Document& document,
                                      const std::string& bytes, const clauses::Review& review)
{
    Id version = 0;
    const base::Status status = m_file->change([&](SQLite::Database& database) {
        const std::string title = title_of(database, contract);
        version = insert_version(database, contract, document, bytes, review);
        const int changed = mark_changed(database, contract, version, document.text);
        return Deed{"add version",
                    fmt::format("“{}” from {}, SHA-256 {}, pack {} {}, engine {}; {} decisions lost "
                                "their text",
                                title, document.name, document.sha256, review.pack, review.pack_version,
                                review.engine, changed)};
    });
    return status.map([&] { return version; });
}

base::Status Project::remove_version(Id version)
{
    return m_file->change(
        [&](SQLite::Database& database) { return project::remove_version(database, version); });
}

base::Status Project::restore_version(Id version)
{
    return m_file->change(
        [&](SQLite::Database& database) { return project::restore_version(database, version); });
}

base::Status Project::rename_contract(Id contract, const std::string& title, const std::string& vendor)
{
    return m_file->change(
        [&](SQLite::Database& database) { return rename(database, contract, title, vendor); });
}

base::Status Project::remove_contract(Id contract)
{
    return m_file->change([&](SQLite::Database& database) { return remove(database, contract); });
}

base::Status Project::restore_contract(Id contract)
{
    return m_file->change([&](SQLite::Database& database) { return restore(database, contract); });
}

base::Status Project::set_review(Id version, const clauses::Review& review)
{
    return m_file->change([&](SQLite::Database& database) {
        const std::string title = title_of(database, contract_of(database, version));
        write_review(database, version, read_document(database, version, m_file->documents()), review);
        return Deed{"review", fmt::format("“{}”, pack {} {}, engine {}", title, review.pack,
                                          review.pack_version, review.engine)};
    });
}

base::Status Project::set_decision(Id contract, const std::string& check,
                                   const std::optional<Decision>& decision)
{
    return m_file->change([&](SQLite::Database& database) {
        title_of(database, contract);
        const auto versions = read_versions(database, contract, m_file->documents());
        return write_decision(database, contract, versions.back(), check, decision);
    });
}

base::Status Project::set_settings(const Settings& settings)
{
    return m_file->change([&](SQLite::Database& database) { return write_settings(database, settings); });
}

base::Status Project::set_cube(const usage::Cube& cube)
{
    m_file->forget_cube();
    return m_file->change([&](SQLite::Database& database) { return write_cube(database, cube); });
}

base::Status Project::set_usage(const usage::Cube& cube, const std::string& ledger,
                                const simulation::ScenarioSet* scenarios)
{
    m_file->forget_cube();
    return m_file->change([&](SQLite::Database& database) {
        Deed deed = write_cube(database, cube);
        write_ledger(database, ledger);
        if (scenarios != nullptr) {
            const Deed also = write_scenarios(database, *scenarios);
            deed.action += " and " + also.action;
            if (!deed.detail.empty() && !also.detail.empty())
                deed.detail += "; ";
            deed.detail += also.detail;
        }
        return deed;
    });
}

base::Status Project::set_sheet(const pricing::Sheet& sheet)
{
    m_file->forget_sheet();
    return m_file->change([&](SQLite::Database& database) { return write_sheet(database, sheet); });
}

base::Status Project::set_scenarios(const simulation::ScenarioSet& scenarios)
{
    return m_file->change([&](SQLite::Database& database) { return write_scenarios(database, scenarios); });
}

base::Status Project::note_export(const std::string& what, const std::string& deed)
{
    return m_file->change([&](SQLite::Database&) { return Deed{deed, what}; });
}

}
