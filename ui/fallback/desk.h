#pragma once

#include "core/fallback/endpoints/probe.h"
#include "core/fallback/logsample.h"
#include "core/fallback/policy/policy.h"
#include "core/fallback/readiness.h"
#include "core/fallback/runs/run.h"
#include "core/fallback/server/managed.h"
#include "core/fallback/suite.h"
#include "core/project/fallback.h"

#include <QObject>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leeway::fallback {
struct JudgedRun;
}

namespace leeway::ui {

class Workspace;

/// What the Fallback page works on: endpoints with their state, a suite, a run of it, and what the run says
/// of the model's readiness. The project keeps them; long work is in the workspace's tasks.
class Desk : public QObject
{
    Q_OBJECT

public:
    /// `places`: where servers are looked for.
    explicit Desk(Workspace& workspace, std::vector<fallback::UsualPlace> places, QObject* parent = nullptr);
    ~Desk() override;

    [[nodiscard]] Workspace& workspace() const { return m_workspace; }
    /// Whether there is a project that may be written to; nothing is asked without one.
    [[nodiscard]] bool mayKeep() const;
    /// What the project holds.
    [[nodiscard]] const project::FallbackPart& kept() const { return m_kept; }

    [[nodiscard]] const std::vector<fallback::Found>& endpoints() const { return m_endpoints; }
    [[nodiscard]] int chosen() const { return m_chosen; }
    [[nodiscard]] bool isOurs(int endpoint) const;
    [[nodiscard]] bool isKept(int endpoint) const; // in the project
    [[nodiscard]] bool isLooking() const { return m_looking > 0; }
    void choose(int endpoint);

    [[nodiscard]] const std::optional<fallback::Suite>& suite() const { return m_suite; }
    [[nodiscard]] const std::optional<fallback::Run>& run() const { return m_run; }
    /// Of the run in the project; 0 when it is not there.
    [[nodiscard]] project::Id runId() const { return m_runId; }
    /// Of the run so far; nothing without one.
    [[nodiscard]] const std::optional<fallback::Readiness>& readiness() const { return m_readiness; }
    [[nodiscard]] bool isRunning() const { return m_task != 0; }
    /// Whether starting goes on with a run that the project holds.
    [[nodiscard]] bool canResume() const { return toGoOn() != nullptr; }
    [[nodiscard]] bool canStart() const;
    /// Whether the run that is shown can be graded again or judged.
    [[nodiscard]] bool canGrade() const;
    [[nodiscard]] int casesDone() const { return m_done; }
    [[nodiscard]] int casesInAll() const { return m_inAll; }

public Q_SLOTS:
    /// Looks for servers on this machine, and again at those that were added.
    void look();
    void addAddress(const QString& url);
    /// Adds it to the project, or puts it in the place of the one with its address. A key goes to the
    /// system's keychain; an empty one leaves what is there.
    void addEndpoint(const leeway::fallback::Endpoint& endpoint, const QString& key);
    /// Takes it out of the project.
    void forgetEndpoint(int endpoint);
    /// Starts a server of ours with a model file.
    void startModel(const QString& file);
    void useSampleSuite();
    void openSuite(const QString& file);
    /// Uses the suite and keeps it in the project.
    void useSuite(const leeway::fallback::Suite& suite);
    /// Makes a suite of what a log holds, and uses it.
    void sampleLog(const QString& file, const leeway::fallback::SampleOptions& options);
    // Of the project.
    void showSuite(leeway::project::Id suite);
    void showRun(leeway::project::Id run);
    void removeRun();
    /// Takes a run that was written to a file, here or by the command line, into the project.
    void openRun(const QString& file);
    /// Writes the run to a file; one of that name is replaced.
    void keepRun(const QString& file);
    /// With `throughput`, 1, 2, 4 and 8 requests at once are measured after the cases.
    void start(int parallel, bool throughput = false);
    void cancel();
    /// Grades the run's answers again by the suite as it is now; asks nobody.
    void gradeAgain();
    /// Asks the model at an endpoint which answer it prefers, the run's or today's, in both orders. Goes on
    /// where an earlier judging by it ended; cancel() stops it.
    void judge(int endpoint);
    /// Whose rules part the project's traffic by category.
    void setPolicy(const leeway::fallback::Policy& policy);

Q_SIGNALS:
    void endpointsChanged();
    void suiteChanged();
    void runChanged();
    void keptChanged();
    void progressed();

private:
    class Relay;

    // The project: deskproject.cpp
    void openProject();
    void readKept();
    void takeKeptEndpoints(const std::vector<fallback::Endpoint>& before);
    [[nodiscard]] const project::StoredSuite* keptSuite(const std::string& sha256) const;
    [[nodiscard]] const project::StoredRun* toGoOn() const;
    void setSuite(fallback::Suite suite);
    void showNewestRun();
    void setRun(std::optional<fallback::Run> run, project::Id id);
    void importRun(const fallback::Run& run);

    void addFound(fallback::Found found);
    void chooseAddress(const std::string& url);
    void takeResult(const fallback::Run& head, const fallback::CaseResult& result);
    void finish(base::Result<fallback::Run> run);
    void finishJudging(base::Result<fallback::JudgedRun> judged);
    void reckon();

    Workspace& m_workspace;
    std::vector<fallback::UsualPlace> m_places;
    std::shared_ptr<Relay> m_relay;
    project::FallbackPart m_kept;
    std::vector<fallback::Found> m_endpoints;
    int m_chosen = -1;
    int m_looking = 0;
    bool m_looked = false;
    std::optional<fallback::ManagedServer> m_server;
    std::optional<fallback::Suite> m_suite;
    std::optional<fallback::Run> m_run;
    project::Id m_runId = 0;
    project::Id m_runsSuite = 0; // of the run that goes on
    fallback::Policy m_policy;
    std::optional<fallback::Readiness> m_readiness;
    int m_task = 0;
    int m_turn = 0; // counts runs and projects: what belongs to an earlier one is dropped
    int m_done = 0;
    int m_inAll = 0;
};

}
