#include "ui/shell/taskrunner.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/text.h"

#include <QFileInfo>
#include <QLocale>
#include <algorithm>

namespace leeway::ui {

namespace {

QString grouped(std::int64_t number)
{
    return QLocale(QLocale::English).toString(qlonglong(number));
}

/// What an import brought and left out.
QString wordsFor(const usage::Import& import, bool adds)
{
    QStringList known;
    std::map<std::string, std::int64_t> passedOver;
    std::int64_t inKnown = 0;
    for (const usage::LogReport& log : import.logs) {
        if (log.known) {
            known << u'“' + str(log.name) + u'”';
            inKnown += log.lines;
        }
        for (const auto& [kind, lines] : log.passed_over)
            passedOver[kind] += lines;
    }
    QStringList sentences;
    if (import.cube.empty())
        sentences << Workspace::tr("Nothing new was found, so the usage stays as it is.");
    else
        sentences << (adds ? Workspace::tr("%1 added to the usage.") : Workspace::tr("%1 imported."))
                         .arg(counted(import.cube.requests, Workspace::tr("request"),
                                      Workspace::tr("requests")));
    if (!known.isEmpty())
        sentences << (known.size() == 1 ? Workspace::tr("%1 was imported before and left out.")
                                        : Workspace::tr("%1 were imported before and left out."))
                         .arg(known.join(u", "_s));
    if (const auto repeated = import.cube.duplicates - inKnown; repeated > 0)
        sentences << (repeated == 1 ? Workspace::tr("%1 had been imported before and was left out.")
                                    : Workspace::tr("%1 had been imported before and were left out."))
                         .arg(counted(repeated, Workspace::tr("line"), Workspace::tr("lines")));
    for (const auto& [kind, lines] : passedOver)
        sentences << Workspace::tr("Passed over: %1 %2.").arg(grouped(lines), str(kind));
    if (import.cube.bad_lines > 0) {
        const bool one = import.cube.bad_lines == 1;
        const QString lines = counted(import.cube.bad_lines, Workspace::tr("line"), Workspace::tr("lines"));
        if (!import.cube.empty())
            sentences << (one ? Workspace::tr("%1 could not be read; Costs shows it.")
                              : Workspace::tr("%1 could not be read; Costs lists them."))
                             .arg(lines);
        else if (import.cube.examples.empty())
            sentences << Workspace::tr("%1 could not be read.").arg(lines);
        else
            sentences << (one ? Workspace::tr("%1 could not be read, line %2 of “%3”: %4.")
                              : Workspace::tr("%1 could not be read, the first is line %2 of “%3”: %4."))
                             .arg(lines, grouped(import.cube.examples.front().line),
                                  str(import.cube.examples.front().file),
                                  str(import.cube.examples.front().reason));
    }
    return sentences.join(u' ');
}

}

void Workspace::setCube(const usage::Cube& cube)
{
    if (cube == m_snapshot.cube || !mayWrite())
        return;
    Ledger before = m_ledger;
    if (!before) {
        auto read = m_project->usage_ledger();
        if (!read) {
            Q_EMIT failed(str(read.error().message));
            return;
        }
        before = std::make_shared<const std::string>(std::move(*read));
    }
    pushUsage(cube, before, std::make_shared<const std::string>());
}

base::Status Workspace::writeUsage(const usage::Cube& cube, const Ledger& ledger,
                                   const std::optional<simulation::ScenarioSet>& scenarios)
{
    ++m_usageChanges;
    base::Status status = m_project->set_usage(cube, *ledger, scenarios ? &*scenarios : nullptr);
    if (status)
        m_ledger = ledger;
    return status;
}

bool Workspace::pushUsage(const usage::Cube& cube, const Ledger& before, const Ledger& after)
{
    std::optional<simulation::ScenarioSet> scenarios;
    std::optional<simulation::ScenarioSet> scenariosBefore;
    if (m_snapshot.scenarios.scenarios.empty() && !cube.empty()) {
        const base::Month last = base::Month::of(cube.cells.back().key.day);
        scenarios = simulation::default_scenarios(cube, m_snapshot.sheet, last + 1);
        scenariosBefore = m_snapshot.scenarios;
    }
    return push(
        cube.empty() ? tr("remove usage") : tr("import usage"),
        [this, cube, after, scenarios] { return writeUsage(cube, after, scenarios); },
        [this, cube = m_snapshot.cube, before, scenariosBefore] {
            return writeUsage(cube, before, scenariosBefore);
        });
}

void Workspace::importUsage(const QStringList& files, const std::optional<usage::Mapping>& mapping)
{
    if (files.isEmpty() || !mayWrite())
        return;
    m_imports.push_back({files, mapping});
    if (m_imports.size() == 1)
        startImport();
}

base::Result<Workspace::Imported> Workspace::readImport(const std::filesystem::path& file,
                                                        const UsageFiles& wanted, const usage::Cube& used,
                                                        const pricing::Sheet& sheet, Ledger known,
                                                        const base::Progress& progress)
{
    if (!known) {
        const auto project = project::Project::open(file, project::Access::ReadOnly);
        if (!project)
            return tl::unexpected(project.error());
        auto read = project->usage_ledger();
        if (!read)
            return tl::unexpected(read.error());
        known = std::make_shared<const std::string>(std::move(*read));
    }
    std::vector<std::filesystem::path> paths;
    for (const QString& path : wanted.files) {
        const std::string name = utf8(QFileInfo(path).fileName());
        const auto& sources = used.sources;
        // Usage from before there were ledgers: nothing but the name tells.
        if (known->empty() && std::find(sources.begin(), sources.end(), name) != sources.end())
            return base::fail(
                base::ErrorCode::Invalid,
                utf8(tr("Usage from “%1” is in this project already; importing it again would count it "
                        "twice. Rename the file if it holds other requests.")
                         .arg(str(name))));
        paths.emplace_back(utf8(QFileInfo(path).absoluteFilePath()));
    }
    auto import =
        usage::import_usage(paths, sheet, wanted.mapping ? &*wanted.mapping : nullptr, *known, progress);
    if (!import)
        return tl::unexpected(import.error());
    Imported imported{std::move(*import), {}, std::move(known)};
    const usage::Cube& fresh = imported.import.cube;
    if (used.empty() || fresh.empty()) {
        imported.whole = fresh;
        return imported;
    }
    auto whole = usage::merged(used, fresh);
    if (!whole)
        return tl::unexpected(whole.error());
    imported.whole = std::move(*whole);
    return imported;
}

void Workspace::startImport()
{
    const UsageFiles& wanted = m_imports.front();
    const QString title =
        wanted.files.size() == 1
            ? tr("Importing %1").arg(QFileInfo(wanted.files.front()).fileName())
            : tr("Importing %1").arg(counted(wanted.files.size(), tr("usage file"), tr("usage files")));
    m_tasks->start<Imported>(
        title, this,
        [file = m_project->file(), wanted, used = m_snapshot.cube, sheet = m_snapshot.sheet,
         known = m_ledger](const base::Progress& progress) {
            return readImport(file, wanted, used, sheet, known, progress);
        },
        [this, generation = m_generation, changes = m_usageChanges](base::Result<Imported> import) {
            if (generation != m_generation)
                return;
            if (import && changes != m_usageChanges)
                import = base::fail(base::ErrorCode::Invalid,
                                    utf8(tr("The usage was changed while the file was read, so nothing was "
                                            "imported. Import it again.")));
            finishImport(std::move(import));
        });
}

void Workspace::finishImport(base::Result<Imported> import)
{
    const bool adds = !m_snapshot.cube.empty();
    const int generation = m_generation;
    if (!import && import.error().code == base::ErrorCode::Cancelled)
        Q_EMIT done(tr("The import was cancelled. The usage stays as it is."));
    else if (!import)
        Q_EMIT failed(str(import.error().message));
    else if (import->import.cube.empty() ||
             pushUsage(import->whole, import->before,
                       std::make_shared<const std::string>(std::move(import->import.ledger))))
        Q_EMIT done(wordsFor(import->import, adds));
    if (generation != m_generation) // a listener may have closed the project
        return;
    m_imports.pop_front();
    if (!m_imports.empty())
        startImport();
}

}
