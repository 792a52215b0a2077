#include "ui/fallback/drill.h"

#include "core/fallback/policy/measured.h"
#include "core/usage/reader.h"
#include "ui/shell/taskrunner.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/text.h"

#include <QFileInfo>
#include <algorithm>
#include <map>
#include <memory>

namespace leeway::ui {

namespace {

constexpr int restMs = 250; // after the last change
constexpr std::int64_t hourMs = 3'600'000;
constexpr std::int64_t intoHourMs = 10 * 60'000; // where the incident begins

base::Result<Drill::Log> lookedAt(const QString& file, const base::Progress& progress)
{
    std::map<std::int64_t, std::int64_t> hours;
    Drill::Log log;
    log.name = QFileInfo(file).fileName();
    const auto status = usage::read_usage(
        utf8(file), nullptr,
        [&](const pricing::Usage& usage) {
            if (usage.counts.requests() > 1)
                return;
            log.first = log.requests == 0 ? usage.time : std::min(log.first, usage.time);
            log.last = std::max(log.last, usage.time);
            ++log.requests;
            ++hours[usage.time.time_since_epoch().count() / hourMs];
        },
        [](const usage::BadLine&) {}, progress);
    if (!status)
        return tl::unexpected(status.error());
    const auto busiest = std::ranges::max_element(hours, {}, [](const auto& hour) { return hour.second; });
    if (busiest == hours.end())
        return base::fail(
            base::ErrorCode::Empty,
            utf8(Drill::tr("“%1” sums up several requests in each line. A replay needs a log or "
                           "trace with one line for each request.")
                     .arg(log.name)));
    log.busiest = base::Instant(std::chrono::milliseconds(busiest->first * hourMs));
    return log;
}

bool samePrices(const pricing::Sheet& a, const pricing::Sheet& b)
{
    return a.currency == b.currency && a.models == b.models && a.agreement == b.agreement;
}

}

Drill::Drill(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace)
{
    if (auto policies = fallback::bundled_policies())
        m_policies = std::move(*policies);
    else // once somebody listens
        QTimer::singleShot(0, this, [this, message = str(policies.error().message)] {
            Q_EMIT m_workspace.failed(tr("No failover policy can be read: %1").arg(message));
        });
    fallback::Incident incident;
    incident.target = "primary";
    incident.duration_s = 20 * 60;
    incident.factor = 4;
    incident.requests_per_minute = 60;
    incident.percent = 100;
    m_incidents.push_back(incident);
    m_soon.setSingleShot(true);
    m_soon.setInterval(restMs);
    connect(&m_soon, &QTimer::timeout, this, &Drill::play);
    connect(&workspace, &Workspace::changed, this, &Drill::onProject);
    choosePolicy(0);
}

void Drill::choosePolicy(int policy)
{
    if (policy < 0 || policy >= int(m_policies.size()))
        return;
    m_chosen = policy;
    m_breaker = m_policies[std::size_t(policy)].breaker;
    apply();
}

void Drill::setBreaker(const fallback::Breaker& breaker)
{
    if (breaker == m_breaker)
        return;
    m_breaker = breaker;
    apply();
}

void Drill::setIncident(const fallback::Incident& incident)
{
    fallback::Incident& shown = m_incidents[std::size_t(m_shown)];
    if (incident == shown)
        return;
    shown = incident;
    playSoon();
}

void Drill::showIncident(int incident)
{
    if (incident < 0 || incident >= int(m_incidents.size()) || incident == m_shown)
        return;
    m_shown = incident;
    Q_EMIT changed();
}

void Drill::addIncident()
{
    fallback::Incident added = incident();
    added.from += std::chrono::seconds(2 * added.duration_s);
    ++m_shown;
    m_incidents.insert(m_incidents.begin() + m_shown, added);
    playSoon();
}

void Drill::removeIncident()
{
    if (m_incidents.size() == 1)
        return;
    m_incidents.erase(m_incidents.begin() + m_shown);
    m_shown = std::max(0, m_shown - 1);
    playSoon();
}

bool Drill::isCurrent() const
{
    return m_replay && m_task == 0 && !m_soon.isActive() && m_asked.policy == m_policy &&
           m_asked.incidents == m_incidents;
}

// Other prices ask for another replay; whatever else changes in the project does not.
void Drill::onProject()
{
    if (m_asked.sheet && !samePrices(*m_asked.sheet, m_workspace.snapshot().sheet))
        playSoon();
}

void Drill::setMeasured(const fallback::Run* run)
{
    if (run == nullptr && !m_measured)
        return;
    m_measured = run != nullptr ? std::optional(*run) : std::nullopt;
    apply();
}

void Drill::apply()
{
    if (m_policies.empty())
        return;
    fallback::Policy policy = m_policies[std::size_t(m_chosen)];
    policy.breaker = m_breaker;
    if (m_measured && policy.targets.size() > 1)
        policy.targets[1] = fallback::measured(policy.targets[1], *m_measured);
    if (policy == m_policy)
        return;
    m_policy = std::move(policy);
    playSoon();
}

void Drill::playSoon()
{
    if (m_log)
        m_soon.start();
    Q_EMIT changed();
}

void Drill::openLog(const QString& file)
{
    m_workspace.tasks().start<Log>(
        tr("Looking at %1").arg(QFileInfo(file).fileName()), this,
        [file](const base::Progress& progress) { return lookedAt(file, progress); },
        [this, file](base::Result<Log> log) {
            if (!log) {
                if (log.error().code != base::ErrorCode::Cancelled)
                    Q_EMIT m_workspace.failed(str(log.error().message));
                return;
            }
            m_file = file;
            m_log = std::move(*log);
            m_replay.reset();
            for (fallback::Incident& incident : m_incidents)
                incident.from = m_log->busiest + std::chrono::milliseconds(intoHourMs);
            playSoon();
        });
}

void Drill::play()
{
    if (!m_log || m_policies.empty())
        return;
    if (m_task != 0)
        m_workspace.tasks().cancel(m_task);
    const int generation = ++m_generation;
    m_asked = {m_file, m_policy, m_incidents,
               std::make_shared<const pricing::Sheet>(m_workspace.snapshot().sheet)};
    m_task = m_workspace.tasks().start<fallback::Replay>(
        tr("Replaying %1").arg(m_log->name), this,
        [asked = m_asked](const base::Progress& progress) -> base::Result<fallback::Replay> {
            auto run = fallback::ReplayRun::start({asked.policy, without_failover(asked.policy)},
                                                  asked.incidents, asked.sheet);
            if (!run)
                return tl::unexpected(run.error());
            const auto status = usage::read_usage(
                utf8(asked.file), nullptr, [&](const pricing::Usage& usage) { run->add(usage); },
                [](const usage::BadLine&) {}, progress);
            if (!status)
                return tl::unexpected(status.error());
            return run->finish();
        },
        [this, generation](base::Result<fallback::Replay> replay) {
            if (generation != m_generation)
                return;
            m_task = 0;
            if (replay)
                m_replay = std::move(*replay);
            else if (replay.error().code != base::ErrorCode::Cancelled)
                Q_EMIT m_workspace.failed(str(replay.error().message));
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

}
