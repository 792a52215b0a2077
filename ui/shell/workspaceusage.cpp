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
        sentences << (adds ? Workspace::tr("%1 requests added to the usage.")
                           : Workspace::tr("%1 requests imported."))
                         .arg(grouped(import.cube.requests));
    if (!known.isEmpty())
        sentences << Workspace::tr("%1 was imported before and left out.").arg(known.join(u", "_s));
    if (const auto repeated = import.cube.duplicates - inKnown; repeated > 0)
        sentences << Workspace::tr("%1 had been imported before and were left out.")
                         .arg(counted(repeated, Workspace::tr("line"), Workspace::tr("lines")));
    for (const auto& [kind, lines] : passedOver)
        sentences << Workspace::tr("Passed over: %1 %2.").arg(grouped(lines), str(kind));
    if (import.cube.bad_lines > 0)
        sentences << Workspace::tr("%1 could not be read; Costs lists them.")
                         .arg(counted(import.cube.bad_lines, Workspace::tr("line"), Workspace::tr("lines")));
    return sentences.join(u' ');
}

}

void Workspace::setCube(const usage::Cube& cube)
{
    if (cube != m_snapshot.cube && mayWrite())
        pushUsage(cube, {});
}

base::Status Workspace::writeUsage(const usage::Cube& cube, const std::string& ledger)
{
    ++m_usageChanges;
    return m_project->set_usage(cube, ledger);
}

bool Workspace::pushUsage(const usage::Cube& cube, std::string ledger)
{
    auto ledgerBefore = m_project->usage_ledger();
    if (!ledgerBefore) {
        Q_EMIT failed(str(ledgerBefore.error().message));
        return false;
    }
    std::optional<simulation::ScenarioSet> scenarios;
    if (m_snapshot.scenarios.scenarios.empty() && !cube.empty()) {
        const base::Month last = base::Month::of(cube.cells.back().key.day);
        scenarios = simulation::default_scenarios(cube, m_snapshot.sheet, last + 1);
    }
    return push(
        cube.empty() ? tr("remove usage") : tr("import usage"),
        [this, cube, ledger = std::move(ledger), scenarios]() -> base::Status {
            if (auto status = writeUsage(cube, ledger); !status)
                return status;
            return scenarios ? m_project->set_scenarios(*scenarios) : base::Status();
        },
        [this, cube = m_snapshot.cube, ledger = std::move(*ledgerBefore), scenarios,
         before = m_snapshot.scenarios]() -> base::Status {
            if (auto status = writeUsage(cube, ledger); !status)
                return status;
            return scenarios ? m_project->set_scenarios(before) : base::Status();
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

void Workspace::startImport()
{
    const UsageFiles& wanted = m_imports.front();
    auto ledger = m_project->usage_ledger();
    if (!ledger)
        return finishImport(tl::unexpected(ledger.error()));
    std::vector<std::filesystem::path> paths;
    for (const QString& file : wanted.files) {
        const std::string name = utf8(QFileInfo(file).fileName());
        const auto& sources = m_snapshot.cube.sources;
        // Usage from before there were ledgers: nothing but the name tells.
        if (ledger->empty() && std::find(sources.begin(), sources.end(), name) != sources.end())
            return finishImport(base::fail(
                base::ErrorCode::Invalid,
                utf8(tr("Usage from “%1” is in this project already; importing it again would count it "
                        "twice. Rename the file if it holds other requests.")
                         .arg(str(name)))));
        paths.emplace_back(utf8(QFileInfo(file).absoluteFilePath()));
    }
    const QString title =
        wanted.files.size() == 1
            ? tr("Importing %1").arg(QFileInfo(wanted.files.front()).fileName())
            : tr("Importing %1").arg(counted(wanted.files.size(), tr("usage file"), tr("usage files")));
    m_tasks->start<usage::Import>(
        title, this,
        [paths, sheet = m_snapshot.sheet, mapping = wanted.mapping,
         known = std::move(*ledger)](const base::Progress& progress) {
            return usage::import_usage(paths, sheet, mapping ? &*mapping : nullptr, known, progress);
        },
        [this, generation = m_generation, changes = m_usageChanges](base::Result<usage::Import> import) {
            if (generation != m_generation)
                return;
            if (import && changes != m_usageChanges)
                import = base::fail(base::ErrorCode::Invalid,
                                    utf8(tr("The usage was changed while the file was read, so nothing was "
                                            "imported. Import it again.")));
            finishImport(std::move(import));
        });
}

void Workspace::finishImport(base::Result<usage::Import> import)
{
    const bool adds = !m_snapshot.cube.empty();
    const int generation = m_generation;
    base::Result<usage::Cube> cube;
    if (import && adds && !import->cube.empty())
        cube = usage::merged(m_snapshot.cube, import->cube);
    else if (import)
        cube = import->cube;
    else
        cube = tl::unexpected(import.error());
    if (!cube && cube.error().code == base::ErrorCode::Cancelled)
        Q_EMIT done(tr("The import was cancelled. The usage stays as it is."));
    else if (!cube)
        Q_EMIT failed(str(cube.error().message));
    else if (import->cube.empty() || pushUsage(*cube, std::move(import->ledger)))
        Q_EMIT done(wordsFor(*import, adds));
    if (generation != m_generation) // a listener may have closed the project
        return;
    m_imports.pop_front();
    if (!m_imports.empty())
        startImport();
}

}
