#pragma once

#include "ui/costs/outlook/outlook.h"

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <atomic>
#include <memory>

namespace leeway::ui {

class Draft;

/// Keeps an outlook of the draft up to date on a thread of its own: a rough one after every change, one at a
/// time and of the newest set; the full one when the hand rests. What a run of an older set brings is shown
/// only until the next, and never after one of a newer set.
class Forecaster : public QObject
{
    Q_OBJECT

public:
    explicit Forecaster(Draft& draft, QObject* parent = nullptr);
    ~Forecaster() override;

    /// The newest; its scenarios and months are those of the draft, their figures may be older ones.
    [[nodiscard]] const std::optional<Outlook>& outlook() const { return m_outlook; }
    /// Whether outlook() is the full one of the draft as it is.
    [[nodiscard]] bool isCurrent() const { return m_outlook && m_state == State::Full; }
    /// Why there is no outlook; empty otherwise.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    [[nodiscard]] std::uint64_t seed() const { return m_wish.seed; }
    void setSeed(std::uint64_t seed);
    /// How good each place is, and how good the whole must be, for the cheapest split.
    [[nodiscard]] const simulation::SplitQuestion& question() const { return m_wish.question; }
    void setQuestion(const simulation::SplitQuestion& question);
    /// Seed, question and outlook are those of one project: begins anew with the next.
    void forget();

Q_SIGNALS:
    void changed(); // outlook(), isCurrent() or problem()

private:
    enum class State { Stale, Rough, Full }; // of m_outlook
    using Answer = std::shared_ptr<base::Result<Outlook>>;

    void follow();
    void restart();
    void run(bool rough);
    void onFinished();
    void take(Outlook outlook);

    Draft& m_draft;
    simulation::ScenarioSet m_wanted;
    int m_traffic = -1; // of the draft, for which m_wanted is
    OutlookWish m_wish;
    std::optional<Outlook> m_outlook;
    State m_state = State::Stale;
    QString m_problem;
    QThreadPool m_pool;
    QFutureWatcher<Answer> m_running;
    std::shared_ptr<std::atomic<bool>> m_stop; // of the run
    int m_runTraffic = -1;
    std::uint64_t m_runSeed = 0;
    bool m_outdated = false; // the run is of an older set
    bool m_rested = false;
    QTimer m_rest;
};

}
