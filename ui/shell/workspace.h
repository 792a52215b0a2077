#pragma once

#include "core/clauses/pack.h"
#include "core/project/project.h"
#include "core/report/model.h"
#include "core/usage/import.h"
#include "core/usage/reader.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QUndoStack>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace leeway::fallback {
struct CaseResult;
struct Endpoint;
struct Judge;
struct Run;
struct Suite;
}
namespace leeway::project {
struct FallbackPart;
}

namespace leeway::ui {

class TaskRunner;

/// The open project as the pages see it: values to show, commands that change them (each with its inverse on
/// the undo stack), and long work off the GUI thread. Pages know the workspace and no sibling page.
class Workspace : public QObject
{
    Q_OBJECT

public:
    explicit Workspace(clauses::Pack pack, QObject* parent = nullptr);
    ~Workspace() override;

    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] bool isReadOnly() const;
    [[nodiscard]] const clauses::Pack& pack() const { return m_pack; }
    [[nodiscard]] const project::Snapshot& snapshot() const { return m_snapshot; }
    [[nodiscard]] const report::Model& model() const { return m_model; }
    /// The contract that the pages look at; nullptr while there is none.
    [[nodiscard]] const project::Contract* contract() const;
    [[nodiscard]] base::Result<std::string> documentBytes(project::Id version) const;
    /// The model's part of contract(); nullptr while there is none.
    [[nodiscard]] const report::ContractPart* part() const;
    [[nodiscard]] QString file() const;
    [[nodiscard]] QUndoStack& undoStack() { return m_undo; }
    [[nodiscard]] TaskRunner& tasks() { return *m_tasks; }

    [[nodiscard]] base::Result<project::FallbackPart> fallback() const;
    [[nodiscard]] base::Result<fallback::Suite> suite(project::Id id) const;
    [[nodiscard]] base::Result<fallback::Run> run(project::Id id) const;
    void setEndpoints(const std::vector<fallback::Endpoint>& endpoints);
    // What came of asking a model has no inverse. 0 and false: `failed` has said why.
    project::Id addSuite(const fallback::Suite& suite);
    project::Id beginRun(project::Id suite, const fallback::Run& head);
    base::Status keepResult(project::Id run, const fallback::CaseResult& result); // `changed` is not said
    bool endRun(project::Id id, const fallback::Run& run);
    /// The run as graded again by the suite; nothing: `failed` has said why.
    std::optional<fallback::Run> regradeRun(project::Id id, const fallback::Suite& suite);
    void noteJudging(project::Id id, const fallback::Judge& judge, int cases);
    void removeRun(project::Id id);

    bool openProject(const QString& file);
    bool createProject(const QString& file, const QString& title);
    void closeProject();

public Q_SLOTS:
    void selectContract(leeway::project::Id id);
    void addDocuments(const QStringList& files);
    void addVersion(leeway::project::Id contract, const QString& file);
    void removeContract(leeway::project::Id id);
    void renameContract(leeway::project::Id id, const QString& title, const QString& vendor);
    void decide(const QString& check, const std::optional<leeway::project::Decision>& decision);
    void setSettings(const leeway::project::Settings& settings);
    void setScenarios(const leeway::simulation::ScenarioSet& scenarios);
    /// Usage that no log stands behind, such as typed volumes: logs can be imported beside it.
    void setCube(const leeway::usage::Cube& cube);
    void setSheet(const leeway::pricing::Sheet& sheet);
    /// Adds what was not imported before, one import after the other. `mapping`: for files whose format is
    /// not recognised.
    void importUsage(const QStringList& files,
                     const std::optional<leeway::usage::Mapping>& mapping = std::nullopt);
    void importPrices(const QString& file);
    /// PDF, or JSON when `file` ends so; of `model` when given (parts of it left out), else of the whole.
    void exportReport(const QString& file, const std::optional<leeway::report::Model>& model = std::nullopt);

Q_SIGNALS:
    void projectChanged(); // another project, or none
    void contractSelected(leeway::project::Id id);
    void changed();                                        // any value of snapshot() or model()
    void failed(const QString& message);                   // to be shown in the message bar
    void done(const QString& message);                     // likewise, as good news
    void exported(const QString& file);                    // a report was written
    void goTo(const QString& page, const QString& detail); // "contracts" + check id, "costs", "report"

private:
    struct Read; // a document that was read and reviewed, ready to be added
    class Command;
    struct UsageFiles
    {
        QStringList files;
        std::optional<usage::Mapping> mapping;
    };

    void reload();
    /// Runs a command at once and puts it on the undo stack; says `failed` and gives false when it changed
    /// nothing.
    bool push(const QString& text, std::function<base::Status()> redo, std::function<base::Status()> undo);
    bool mayWrite();
    /// Of a change beside the undo stack: reloads, and says `failed`.
    project::Id kept(const base::Result<project::Id>& id);
    using Ledger = std::shared_ptr<const std::string>; // large, so that undo steps share it
    struct Imported
    {
        usage::Import import;
        usage::Cube whole; // the usage with the import
        Ledger before;     // the file's
    };
    static base::Result<Imported> readImport(const std::filesystem::path& file, const UsageFiles& wanted,
                                             const usage::Cube& used, const pricing::Sheet& sheet,
                                             Ledger known, const base::Progress& progress);
    /// Cube and ledger are one step; the first usage brings the sample scenarios.
    bool pushUsage(const usage::Cube& cube, const Ledger& before, const Ledger& after);
    base::Status writeUsage(const usage::Cube& cube, const Ledger& ledger,
                            const std::optional<simulation::ScenarioSet>& scenarios);
    void startImport();
    void finishImport(base::Result<Imported> import);
    void start(base::Result<project::Project> project);
    using Reads = std::vector<std::shared_ptr<Read>>;
    void readDocuments(const QString& file, std::function<void(const Reads&)> then);
    void addContract(const std::shared_ptr<Read>& read);
    void addVersionOf(project::Id contract, const std::shared_ptr<Read>& read);

    clauses::Pack m_pack;
    std::optional<project::Project> m_project;
    project::Snapshot m_snapshot;
    report::Model m_model;
    project::Id m_contract = 0;
    int m_generation = 0; // of the open project: results that belong to an earlier one are dropped
    std::deque<UsageFiles> m_imports; // the first is being read
    int m_usageChanges = 0;           // how often usage was written
    Ledger m_ledger;                  // of the imports, as the file has it; null: not read
    QUndoStack m_undo;
    std::unique_ptr<TaskRunner> m_tasks;
};

}
