#include "ui/costs/outlook/forecaster.h"

#include "ui/costs/whatif/draft.h"
#include "ui/widgets/text.h"

#include <QtConcurrent>
#include <algorithm>

namespace leeway::ui {

namespace {

constexpr int restMs = 250;

/// Whether figures of one set can stand beside the scenarios and months of another.
bool sameShape(const simulation::ScenarioSet& a, const simulation::ScenarioSet& b)
{
    return a.plan.months == b.plan.months && a.plan.start == b.plan.start &&
           std::ranges::equal(a.scenarios, b.scenarios, {}, &simulation::Scenario::id,
                              &simulation::Scenario::id);
}

}

Forecaster::Forecaster(Draft& draft, QObject* parent) : QObject(parent), m_draft(draft)
{
    m_pool.setMaxThreadCount(1);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        m_rested = true;
        if (!m_running.isRunning() && m_state == State::Rough)
            run(false);
    });
    connect(&m_draft, &Draft::changed, this, &Forecaster::follow);
    connect(&m_running, &QFutureWatcherBase::finished, this, &Forecaster::onFinished);
    follow();
}

Forecaster::~Forecaster()
{
    if (m_stop)
        *m_stop = true;
    m_running.waitForFinished();
}

void Forecaster::setSeed(std::uint64_t seed)
{
    if (seed == m_wish.seed)
        return;
    m_wish.seed = seed;
    restart();
}

void Forecaster::setQuestion(const simulation::SplitQuestion& question)
{
    const auto& asked = m_wish.question;
    if (question.floor == asked.floor && question.second_quality == asked.second_quality &&
        question.fallback_readiness == asked.fallback_readiness)
        return;
    m_wish.question = question;
    restart();
}

void Forecaster::forget()
{
    m_wish = {};
    m_traffic = -1;
    m_outlook.reset();
    m_outdated = true;
    if (m_stop)
        *m_stop = true;
}

void Forecaster::follow()
{
    const auto& set = m_draft.scenarios();
    const bool ready = m_draft.baseline() && !set.scenarios.empty();
    if (ready && m_traffic == m_draft.traffic() && set == m_wanted)
        return;
    const bool fits = ready && m_outlook && m_traffic == m_draft.traffic() && sameShape(set, m_outlook->set);
    m_traffic = ready ? m_draft.traffic() : -1;
    m_wanted = set;
    if (!fits)
        m_outlook.reset();
    restart();
}

void Forecaster::restart()
{
    m_state = State::Stale;
    m_problem.clear();
    m_rested = false;
    m_rest.start();
    m_outdated = true;
    if (!m_running.isRunning())
        run(true);
    else if (m_stop)
        *m_stop = true;
    // After whoever else follows the draft.
    QTimer::singleShot(0, this, &Forecaster::changed);
}

void Forecaster::run(bool rough)
{
    if (m_traffic < 0)
        return;
    m_outdated = false;
    m_runTraffic = m_traffic;
    m_runSeed = m_wish.seed;
    m_stop = std::make_shared<std::atomic<bool>>(false);
    OutlookWish wish = m_wish;
    wish.rough = rough;
    m_running.setFuture(QtConcurrent::run(
        &m_pool,
        [baseline = *m_draft.baseline(), set = m_wanted, wish,
         stop = rough ? std::make_shared<std::atomic<bool>>(false) : m_stop]() -> Answer {
            const base::Progress progress = [&stop](std::int64_t, std::int64_t) { return !*stop; };
            return std::make_shared<base::Result<Outlook>>(workOut(baseline, set, wish, progress));
        }));
}

void Forecaster::onFinished()
{
    const Answer answer = m_running.result();
    const bool usable = m_runTraffic == m_traffic && m_runSeed == m_wish.seed;
    if (*answer && usable && sameShape((*answer)->set, m_wanted)) {
        take(std::move(**answer));
    } else if (!*answer && !m_outdated) {
        m_outlook.reset();
        m_problem = str(answer->error().message);
        Q_EMIT changed();
    }
    if (m_outdated)
        run(true);
    else if (m_rested && m_state == State::Rough)
        run(false);
}

void Forecaster::take(Outlook outlook)
{
    m_state = m_outdated ? State::Stale : outlook.rough ? State::Rough : State::Full;
    m_outlook = std::move(outlook);
    Q_EMIT changed();
}

}
