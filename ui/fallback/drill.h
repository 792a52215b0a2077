#pragma once

#include "core/fallback/policy/replay.h"
#include "core/fallback/runs/run.h"

#include <QObject>
#include <QTimer>
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
    [[nodiscard]] const fallback::Incident& incident() const { return m_incident; }
    /// With the policy first, without failover second; nothing before the first replay.
    [[nodiscard]] const std::optional<fallback::Replay>& replay() const { return m_replay; }
    [[nodiscard]] bool isPlaying() const { return m_task != 0; }

public Q_SLOTS:
    void openLog(const QString& file);
    void choosePolicy(int policy);
    void setBreaker(const leeway::fallback::Breaker& breaker);
    void setIncident(const leeway::fallback::Incident& incident);
    /// Takes speed and pass rates of the local model from a run; null: the policy's assumptions.
    void setMeasured(const leeway::fallback::Run* run);

Q_SIGNALS:
    void changed(); // anything above

private:
    void apply();
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
    fallback::Incident m_incident;
    std::optional<fallback::Replay> m_replay;
    int m_task = 0;
    int m_generation = 0;
    QTimer m_soon;
};

}
