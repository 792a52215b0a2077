#pragma once

#include "core/fallback/policy/replay.h"
#include "core/fallback/runs/run.h"

#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

namespace leeway::ui {

class Workspace;

/// A failover policy tried on a usage log: which policy and thresholds, what happens when, and what comes of
/// it. Replays run in the workspace's tasks; a change starts a new one after a moment.
class Drill : public QObject
{
    Q_OBJECT

public:
    explicit Drill(Workspace& workspace, QObject* parent = nullptr);

    /// What the log holds.
    struct Log
    {
        QString name;
        base::Instant first;
        base::Instant last;
        base::Instant busiest; // beginning of the hour with most requests
        std::int64_t requests = 0;
    };

    [[nodiscard]] const std::vector<fallback::Policy>& policies() const { return m_policies; }
    [[nodiscard]] int chosen() const { return m_chosen; }
    /// The chosen one with the thresholds set here and what the run measured.
    [[nodiscard]] const fallback::Policy& policy() const { return m_policy; }
    [[nodiscard]] const std::optional<Log>& log() const { return m_log; }
    /// What is assumed to happen; never empty.
    [[nodiscard]] const std::vector<fallback::Incident>& incidents() const { return m_incidents; }
    [[nodiscard]] int shownIncident() const { return m_shown; }
    [[nodiscard]] const fallback::Incident& incident() const { return m_incidents[std::size_t(m_shown)]; }
    /// With the policy first, without failover second; nothing before the first replay.
    [[nodiscard]] const std::optional<fallback::Replay>& replay() const { return m_replay; }
    /// Whether replay() is of policy() and incidents() as they are now.
    [[nodiscard]] bool isCurrent() const;
    [[nodiscard]] bool isPlaying() const { return m_task != 0; }

public Q_SLOTS:
    void openLog(const QString& file);
    void choosePolicy(int policy);
    void setBreaker(const leeway::fallback::Breaker& breaker);
    void setIncident(const leeway::fallback::Incident& incident); // the one that is shown
    void showIncident(int incident);
    void addIncident();    // after the one that is shown, which it is like
    void removeIncident(); // the one that is shown, unless it is the only one
    /// Takes speed and pass rates of the local model from a run; null: the policy's assumptions.
    void setMeasured(const leeway::fallback::Run* run);

Q_SIGNALS:
    void changed(); // anything above

private:
    /// What a replay is made of.
    struct Question
    {
        QString file;
        fallback::Policy policy;
        std::vector<fallback::Incident> incidents;
        std::shared_ptr<const pricing::Sheet> sheet;
    };

    void apply();
    void onProject();
    void playSoon();
    void play();

    Workspace& m_workspace;
    std::vector<fallback::Policy> m_policies;
    int m_chosen = 0;
    fallback::Breaker m_breaker;
    std::optional<fallback::Run> m_measured;
    fallback::Policy m_policy;
    QString m_file;
    std::optional<Log> m_log;
    std::vector<fallback::Incident> m_incidents;
    int m_shown = 0;
    Question m_asked; // of the last replay that began
    std::optional<fallback::Replay> m_replay;
    int m_task = 0;
    int m_generation = 0;
    QTimer m_soon;
};

}
