#include "core/usage/import.h"

#include "core/usage/cubebuilder.h"
#include "core/usage/cubefile.h"
#include "core/usage/ledger.h"
#include "core/usage/reading.h"
#include "core/usage/source.h"

#include <algorithm>
#include <atomic>
#include <fmt/format.h>
#include <memory>
#include <mutex>
#include <utility>

namespace leeway::usage {
namespace {

constexpr std::string_view cube_format = "leeway-cube";

// Of the whole content.
base::Result<Digest> digest_to_end(LineSource& source)
{
    LineSource::Block block;
    while (source.next_block(block)) {
    }
    if (!source.status())
        return tl::unexpected(source.status().error());
    return source.digest();
}

// The log with that content, or null. Only a log that begins like a known one is read to its end for it.
base::Result<const ImportedLog*> known_log(const std::filesystem::path& file,
                                           const std::vector<ImportedLog>& logs)
{
    auto source = LineSource::open(file);
    if (!source)
        return tl::unexpected(source.error());
    const ImportedLog* none = nullptr;
    if (std::ranges::find(logs, source->digest(), &ImportedLog::head) == logs.end())
        return none;
    const auto whole = digest_to_end(*source);
    if (!whole)
        return tl::unexpected(whole.error());
    const auto found = std::ranges::find(logs, *whole, &ImportedLog::whole);
    return found == logs.end() ? none : &*found;
}

tl::unexpected<base::Error> too_many_cells(std::string_view name)
{
    return base::fail(
        base::ErrorCode::TooLarge,
        fmt::format("“{}” has more than {} different combinations of day, model, tag and region; leave "
                    "the column for the tag unmapped",
                    name, CubeBuilder::most_cells));
}

// Nothing is left of what only repeated rows had.
void drop_taken_back(Cube& cube)
{
    std::erase_if(cube.cells, [](const Cell& cell) { return cell.counts == pricing::Counts{}; });
    for (pricing::ModelLoad& load : cube.loads)
        std::erase_if(load.hours, [](const pricing::HourLoad& hour) { return hour.requests == 0; });
    std::erase_if(cube.loads, [](const pricing::ModelLoad& load) { return load.hours.empty(); });
}

// Sums of one thread. Goes back to the shelf when the thread is done with it.
class Summing : public RowConsumer
{
public:
    using Shelf = std::vector<std::unique_ptr<CubeBuilder>>;

    Summing(std::unique_ptr<CubeBuilder> builder, Shelf& shelf, std::mutex& mutex,
            std::atomic<bool>& too_many)
        : m_builder(std::move(builder)),
          m_shelf(shelf),
          m_mutex(mutex),
          m_too_many(too_many)
    {
    }
    ~Summing() override
    {
        const std::lock_guard lock(m_mutex);
        m_shelf.push_back(std::move(m_builder));
    }
    void add(const pricing::Usage& row, ComponentSet components) override
    {
        m_builder->sum(row, components);
        if (m_builder->too_many_cells())
            m_too_many = true;
    }

private:
    std::unique_ptr<CubeBuilder> m_builder;
    Shelf& m_shelf;
    std::mutex& m_mutex; // of the shelf
    std::atomic<bool>& m_too_many;
};

// Adds logs to a cube one after the other.
class Importer : public SumTarget
{
public:
    Importer(const pricing::Sheet& sheet, Ledger ledger, const Mapping* mapping,
             const base::Progress& progress)
        : m_sheet(sheet),
          m_builder(sheet),
          m_logs(std::move(ledger.logs)),
          m_ids(std::move(ledger.ids)),
          m_mapping(mapping),
          m_progress(progress)
    {
    }

    std::unique_ptr<RowConsumer> consumer() override
    {
        const std::lock_guard lock(m_mutex);
        if (m_shelf.empty())
            m_shelf.push_back(std::make_unique<CubeBuilder>(m_sheet));
        auto builder = std::move(m_shelf.back());
        m_shelf.pop_back();
        return std::make_unique<Summing>(std::move(builder), m_shelf, m_mutex, m_too_many);
    }
    bool is_new(const Digest& id) override
    {
        const bool added = m_ids.insert(id);
        m_repeated += added ? 0 : 1;
        return added;
    }
    void expect(const Digest& id) override { m_ids.expect(id); }
    void take_back(const pricing::Usage& row) override { m_builder.take_back(row); }

    base::Status add(const std::filesystem::path& file)
    {
        LogReport report{file.filename().string(), {}, false, 0, {}};
        if (std::filesystem::is_regular_file(file)) { // others can be read only once
            const auto known = known_log(file, m_logs);
            if (!known)
                return tl::unexpected(known.error());
            if (*known != nullptr) {
                report.known = true;
                report.lines = (*known)->lines;
                m_known_lines += report.lines;
                m_reports.push_back(std::move(report));
                return {};
            }
        }
        return is_cube_file(file) ? add_cube(file, std::move(report)) : read(file, std::move(report));
    }

    // To be taken once, at the end.
    [[nodiscard]] Ledger take_ledger() { return {std::move(m_logs), std::move(m_ids)}; }
    base::Result<Cube> take()
    {
        std::vector<std::string> sources;
        for (const LogReport& report : m_reports) {
            if (!report.known && report.format != cube_format)
                sources.push_back(report.name);
        }
        const bool has_logs = !sources.empty() || m_cubes.empty();
        bool with_hours = !m_builder.too_many_hours();
        Cube cube = m_builder.take(std::move(sources));
        for (const auto& part : m_shelf) {
            with_hours = with_hours && !part->too_many_hours();
            auto both = merged(std::move(cube), part->take({}));
            if (!both)
                return tl::unexpected(both.error());
            cube = std::move(*both);
        }
        m_shelf.clear();
        if (cube.cells.size() > CubeBuilder::most_cells)
            return too_many_cells(m_reports.back().name);
        drop_taken_back(cube);
        if (!with_hours)
            cube.loads.clear();
        cube.duplicates += m_repeated;
        for (std::size_t i = 0; i < m_cubes.size(); ++i) {
            // A cube alone keeps the context tiers that it was summed for.
            auto both = !has_logs && i == 0 ? base::Result<Cube>(std::move(m_cubes[i]))
                                            : merged(std::move(cube), m_cubes[i]);
            if (!both)
                return tl::unexpected(both.error());
            cube = std::move(*both);
        }
        cube.duplicates += m_known_lines;
        return cube;
    }
    [[nodiscard]] std::vector<LogReport> take_reports() { return std::move(m_reports); }

private:
    base::Status add_cube(const std::filesystem::path& file, LogReport report)
    {
        auto cube = read_cube_file(file);
        if (!cube)
            return tl::unexpected(cube.error());
        auto source = LineSource::open(file);
        if (!source)
            return tl::unexpected(source.error());
        const Digest head = source->digest();
        const auto whole = digest_to_end(*source);
        if (!whole)
            return tl::unexpected(whole.error());
        report.format = cube_format;
        report.lines = cube->requests;
        m_logs.push_back({head, *whole, report.lines});
        m_cubes.push_back(std::move(*cube));
        m_reports.push_back(std::move(report));
        return {};
    }

    base::Status read(const std::filesystem::path& file, LogReport report)
    {
        ReadTargets targets;
        targets.sums = this;
        targets.bad = [&](BadLine line) { m_builder.add_bad(std::move(line)); };
        targets.passed_over = [&](const auto& passed_over) { report.passed_over = passed_over; };
        bool stopped_by_user = false;
        const base::Progress watch = [&](std::int64_t done, std::int64_t total) {
            stopped_by_user = !base::keep_going(m_progress, done, total);
            return !stopped_by_user && !m_too_many;
        };
        const auto read = read_log(file, m_mapping, targets, watch);
        if (m_too_many && !stopped_by_user)
            return too_many_cells(report.name);
        if (!read)
            return tl::unexpected(read.error());
        report.format = read->format;
        report.lines = read->lines;
        m_logs.push_back({read->head, read->whole, report.lines});
        m_reports.push_back(std::move(report));
        return {};
    }

    const pricing::Sheet& m_sheet;
    CubeBuilder m_builder;     // of bad lines and of what is taken back
    std::vector<Cube> m_cubes; // of files that are cubes
    Summing::Shelf m_shelf;
    std::mutex m_mutex; // of m_shelf
    std::atomic<bool> m_too_many = false;
    std::vector<ImportedLog> m_logs;
    IdSet m_ids;
    std::int64_t m_repeated = 0;
    const Mapping* m_mapping;
    const base::Progress& m_progress;
    std::vector<LogReport> m_reports;
    std::int64_t m_known_lines = 0;
};

base::Status add_all(Importer& importer, const std::vector<std::filesystem::path>& files)
{
    if (files.empty())
        return base::fail(base::ErrorCode::NotFound, "No usage file was named.");
    for (const std::filesystem::path& file : files) {
        if (auto status = importer.add(file); !status)
            return status;
    }
    return {};
}

}

base::Result<Import> import_usage(const std::vector<std::filesystem::path>& files,
                                  const pricing::Sheet& sheet, const Mapping* mapping,
                                  std::string_view ledger, const base::Progress& progress)
{
    auto before = ledger_from_bytes(ledger);
    if (!before)
        return tl::unexpected(before.error());
    Importer importer(sheet, std::move(*before), mapping, progress);
    if (auto status = add_all(importer, files); !status)
        return tl::unexpected(status.error());
    Import import;
    import.ledger = to_bytes(importer.take_ledger());
    auto cube = importer.take();
    if (!cube)
        return tl::unexpected(cube.error());
    import.cube = std::move(*cube);
    import.logs = importer.take_reports();
    return import;
}

base::Result<Cube> read_cube(const std::vector<std::filesystem::path>& files, const pricing::Sheet& sheet,
                             const Mapping* mapping, const base::Progress& progress)
{
    Importer importer(sheet, {}, mapping, progress);
    if (auto status = add_all(importer, files); !status)
        return tl::unexpected(status.error());
    return importer.take();
}

}
