#include "ui/costs/drift/driftflow.h"

#include "ui/costs/drift/driftdialog.h"
#include "ui/costs/usage/askmapping.h"
#include "ui/shell/taskrunner.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/filefilters.h"
#include "ui/widgets/text.h"

#include <QFileDialog>
#include <QFileInfo>

namespace leeway::ui {

namespace {

pricing::Sheet pricesOf(const project::Snapshot& snapshot)
{
    return report::sheet_in_project_currency(snapshot.sheet, snapshot.settings);
}

}

DriftFlow::DriftFlow(Workspace& workspace, QWidget* window)
    : QObject(window),
      m_workspace(workspace),
      m_window(window)
{
}

void DriftFlow::start()
{
    const auto& snapshot = m_workspace.snapshot();
    if (snapshot.cube.empty())
        return;
    m_workspace.tasks().start<std::optional<DriftCheck>>(
        tr("Comparing with last quarter"), this,
        [cube = snapshot.cube, sheet = pricesOf(snapshot)](const base::Progress&)
            -> base::Result<std::optional<DriftCheck>> { return compareQuarters(cube, sheet); },
        [this, file = m_workspace.file()](base::Result<std::optional<DriftCheck>> check) {
            if (file != m_workspace.file() || !check)
                return;
            if (*check)
                show(std::move(**check));
            else
                chooseExport(
                    tr("Export of the other quarter: the project’s usage does not hold two whole ones"));
        });
}

void DriftFlow::chooseExport(const QString& title)
{
    compareFiles(QFileDialog::getOpenFileNames(m_window, title, {}, usageFilter()));
}

void DriftFlow::compareFiles(const QStringList& files)
{
    if (files.isEmpty() || m_workspace.snapshot().cube.empty())
        return;
    askMapping(
        files, m_workspace.snapshot().sheet, m_window,
        [this](const QString& message) { Q_EMIT m_workspace.failed(message); },
        [this, files](const std::optional<usage::Mapping>& mapping) { read(files, mapping); });
}

void DriftFlow::read(const QStringList& files, const std::optional<usage::Mapping>& mapping)
{
    const auto& snapshot = m_workspace.snapshot();
    std::vector<std::filesystem::path> paths;
    for (const QString& file : files)
        paths.emplace_back(utf8(QFileInfo(file).absoluteFilePath()));
    m_workspace.tasks().start<DriftCheck>(
        tr("Comparing with %1").arg(QFileInfo(files.front()).fileName()), this,
        [paths, mapping, cube = snapshot.cube, sheet = pricesOf(snapshot)](const base::Progress& progress) {
            return compareExport(cube, paths, sheet, mapping ? &*mapping : nullptr, progress);
        },
        [this, file = m_workspace.file()](base::Result<DriftCheck> check) {
            if (file != m_workspace.file())
                return;
            if (check)
                show(std::move(*check));
            else if (check.error().code != base::ErrorCode::Cancelled)
                Q_EMIT m_workspace.failed(str(check.error().message));
        });
}

void DriftFlow::show(DriftCheck check)
{
    const auto& snapshot = m_workspace.snapshot();
    if (std::string note = report::currency_note(snapshot.sheet, snapshot.settings); !note.empty())
        check.notes.push_back(std::move(note));
    auto* dialog = new DriftDialog(std::move(check), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DriftDialog::otherExport, this, [this, dialog] {
        dialog->close();
        chooseExport(tr("Export to compare with"));
    });
    dialog->show();
}

}
