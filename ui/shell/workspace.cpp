#include "ui/shell/workspace.h"

#include "ui/shell/taskrunner.h"
#include "ui/widgets/text.h"

#include <QDate>
#include <QDir>
#include <QFileInfo>
#include <QUndoCommand>
#include <algorithm>
#include <utility>

namespace leeway::ui {

/// Functions that write to the project. A command that fails leaves the stack.
class Workspace::Command : public QUndoCommand
{
public:
    Command(Workspace& workspace, const QString& text, std::function<base::Status()> redo,
            std::function<base::Status()> undo, bool& done)
        : QUndoCommand(text),
          m_workspace(workspace),
          m_redo(std::move(redo)),
          m_undo(std::move(undo)),
          m_first(&done)
    {
    }

    void redo() override
    {
        const bool done = run(m_redo);
        if (m_first != nullptr)
            *std::exchange(m_first, nullptr) = done;
    }
    void undo() override { run(m_undo); }

private:
    bool run(const std::function<base::Status()>& change)
    {
        const base::Status status = change();
        if (!status) {
            setObsolete(true);
            Q_EMIT m_workspace.failed(str(status.error().message));
        }
        m_workspace.reload();
        return status.has_value();
    }

    Workspace& m_workspace;
    std::function<base::Status()> m_redo;
    std::function<base::Status()> m_undo;
    bool* m_first; // where push() wants to know how the first run went
};

Workspace::Workspace(clauses::Pack pack, QObject* parent)
    : QObject(parent),
      m_pack(std::move(pack)),
      m_tasks(std::make_unique<TaskRunner>())
{
}

Workspace::~Workspace()
{
    m_tasks.reset(); // no result may arrive while members go away
}

bool Workspace::isOpen() const
{
    return m_project.has_value();
}

bool Workspace::isReadOnly() const
{
    return m_project && m_project->access() == project::Access::ReadOnly;
}

QString Workspace::file() const
{
    return m_project ? QString::fromStdString(m_project->file().string()) : QString();
}

const project::Contract* Workspace::contract() const
{
    return m_snapshot.contract(m_contract);
}

const report::ContractPart* Workspace::part() const
{
    const auto found = std::find_if(m_model.contracts.begin(), m_model.contracts.end(),
                                    [this](const auto& part) { return part.id == m_contract; });
    return found == m_model.contracts.end() ? nullptr : &*found;
}

base::Result<std::string> Workspace::documentBytes(project::Id version) const
{
    if (!m_project)
        return base::fail(base::ErrorCode::NotFound, "No project is open.");
    return m_project->document_bytes(version);
}

bool Workspace::openProject(const QString& file)
{
    const std::filesystem::path path(utf8(QDir::toNativeSeparators(QFileInfo(file).absoluteFilePath())));
    if (m_project && m_project->file() == path && !isReadOnly())
        return true;
    auto opened = project::Project::open(path, project::Access::ReadWrite);
    QString note;
    if (!opened && opened.error().code == base::ErrorCode::Locked) {
        note = str(opened.error().message);
        opened = project::Project::open(path, project::Access::ReadOnly);
    }
    if (!opened) {
        Q_EMIT failed(str(opened.error().message));
        return false;
    }
    start(std::move(opened));
    if (!isOpen())
        return false;
    if (!note.isEmpty())
        Q_EMIT failed(tr("%1 It is shown read-only here.").arg(note));
    return true;
}

bool Workspace::createProject(const QString& file, const QString& title)
{
    const std::filesystem::path path(utf8(QDir::toNativeSeparators(QFileInfo(file).absoluteFilePath())));
    auto created = project::Project::create(path, utf8(title));
    if (!created) {
        Q_EMIT failed(str(created.error().message));
        return false;
    }
    start(std::move(created));
    return isOpen();
}

void Workspace::start(base::Result<project::Project> project)
{
    m_tasks->cancelAll();
    m_imports.clear();
    m_ledger.reset();
    ++m_generation;
    m_undo.clear();
    m_project.emplace(std::move(*project));
    auto snapshot = m_project->load();
    if (!snapshot) {
        const QString message = str(snapshot.error().message);
        closeProject();
        Q_EMIT failed(message);
        return;
    }
    m_snapshot = std::move(*snapshot);
    m_contract = m_snapshot.contracts.empty() ? 0 : m_snapshot.contracts.front().id;
    m_model = report::assemble(m_snapshot, m_pack, fromQDate(QDate::currentDate()));
    Q_EMIT projectChanged();
    Q_EMIT contractSelected(m_contract);
    Q_EMIT changed();
}

void Workspace::closeProject()
{
    if (!m_project)
        return;
    m_tasks->cancelAll();
    m_imports.clear();
    m_ledger.reset();
    ++m_generation;
    m_undo.clear();
    m_project.reset();
    m_snapshot = {};
    m_model = {};
    m_contract = 0;
    Q_EMIT projectChanged();
    Q_EMIT contractSelected(0);
    Q_EMIT changed();
}

void Workspace::reload()
{
    if (!m_project)
        return;
    auto snapshot = m_project->load();
    if (!snapshot) {
        Q_EMIT failed(str(snapshot.error().message));
        return;
    }
    m_snapshot = std::move(*snapshot);
    m_model = report::assemble(m_snapshot, m_pack, fromQDate(QDate::currentDate()));
    if (contract() == nullptr) {
        m_contract = m_snapshot.contracts.empty() ? 0 : m_snapshot.contracts.back().id;
        Q_EMIT contractSelected(m_contract);
    }
    Q_EMIT changed();
}

bool Workspace::mayWrite()
{
    if (!m_project)
        Q_EMIT failed(tr("Open or create a project first."));
    else if (isReadOnly())
        Q_EMIT failed(
            tr("This project is open read-only, so nothing was changed. Close it in the other window and "
               "open it again."));
    else
        return true;
    return false;
}

bool Workspace::push(const QString& text, std::function<base::Status()> redo,
                     std::function<base::Status()> undo)
{
    bool done = false;
    m_undo.push(new Command(*this, text, std::move(redo), std::move(undo), done));
    return done;
}

void Workspace::selectContract(project::Id id)
{
    if (id == m_contract || m_snapshot.contract(id) == nullptr)
        return;
    m_contract = id;
    Q_EMIT contractSelected(id);
}

void Workspace::removeContract(project::Id id)
{
    const project::Contract* contract = m_snapshot.contract(id);
    if (!mayWrite() || contract == nullptr)
        return;
    push(
        tr("remove %1").arg(str(contract->title)), [this, id] { return m_project->remove_contract(id); },
        [this, id] { return m_project->restore_contract(id); });
}

void Workspace::renameContract(project::Id id, const QString& title, const QString& vendor)
{
    const project::Contract* contract = m_snapshot.contract(id);
    if (!mayWrite() || contract == nullptr ||
        (str(contract->title) == title && str(contract->vendor) == vendor))
        return;
    push(
        tr("rename %1").arg(str(contract->title)),
        [this, id, title = utf8(title), vendor = utf8(vendor)] {
            return m_project->rename_contract(id, title, vendor);
        },
        [this, id, title = contract->title, vendor = contract->vendor] {
            return m_project->rename_contract(id, title, vendor);
        });
}

void Workspace::decide(const QString& check, const std::optional<project::Decision>& decision)
{
    const project::Contract* shown = contract();
    if (!mayWrite() || shown == nullptr)
        return;
    const std::string key = utf8(check);
    std::optional<project::Decision> before;
    if (const project::Decision* old = shown->decision(key))
        before = *old;
    if (before == decision)
        return;
    std::optional<project::Decision> after = decision;
    if (after)
        after->check = key;
    const QString verb = decision ? tr("decide %1") : tr("withdraw %1");
    const project::Id id = shown->id;
    push(
        verb.arg(check), [this, id, key, after] { return m_project->set_decision(id, key, after); },
        [this, id, key, before] { return m_project->set_decision(id, key, before); });
}

void Workspace::setSettings(const project::Settings& settings)
{
    if (settings == m_snapshot.settings || !mayWrite())
        return;
    push(
        tr("change settings"), [this, settings] { return m_project->set_settings(settings); },
        [this, before = m_snapshot.settings] { return m_project->set_settings(before); });
}

void Workspace::setScenarios(const simulation::ScenarioSet& scenarios)
{
    if (scenarios == m_snapshot.scenarios || !mayWrite())
        return;
    push(
        tr("change scenarios"), [this, scenarios] { return m_project->set_scenarios(scenarios); },
        [this, before = m_snapshot.scenarios] { return m_project->set_scenarios(before); });
}

void Workspace::setSheet(const pricing::Sheet& sheet)
{
    if (!mayWrite())
        return;
    push(
        tr("import prices"), [this, sheet] { return m_project->set_sheet(sheet); },
        [this, before = m_snapshot.sheet] { return m_project->set_sheet(before); });
}

}
