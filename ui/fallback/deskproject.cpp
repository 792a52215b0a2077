#include "core/base/templates.h"
#include "core/fallback/reader.h"
#include "core/fallback/runs/statefile.h"
#include "ui/fallback/desk.h"
#include "ui/fallback/suite/casecheck.h"
#include "ui/shell/taskrunner.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/text.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <filesystem>
#include <utility>

// What the project keeps of the desk.
namespace leeway::ui {

namespace {

// Whether the questions that a run answered stand in the suite as they stood in the earlier one.
bool asksWhatWasAnswered(const fallback::Suite& suite, const fallback::Suite& earlier,
                         const fallback::Run& run)
{
    const auto question = [](const fallback::Suite& in, const std::string& id) {
        const auto found = std::ranges::find(in.cases, id, &fallback::Case::id);
        if (found == in.cases.end())
            return std::optional<std::vector<fallback::Message>>();
        const auto messages = fallback::rendered_messages(*found);
        return messages ? std::optional(*messages) : std::nullopt;
    };
    return std::ranges::all_of(run.results, [&](const fallback::CaseResult& result) {
        const auto asked = question(suite, result.id);
        return asked && asked == question(earlier, result.id);
    });
}

// Beside the file first: one of that name is replaced only when all is written.
base::Status writeRun(const fallback::Run& run, const std::filesystem::path& file)
{
    std::filesystem::path part = file;
    part += ".part";
    std::error_code failed;
    std::filesystem::remove(part, failed);
    {
        auto state = fallback::StateFile::open(part);
        if (!state)
            return tl::unexpected(state.error());
        for (const fallback::CaseResult& result : run.results) {
            if (auto status = state->append(run, result); !status)
                return status;
        }
        if (auto status = state->end(run); !status)
            return status;
    }
    std::filesystem::rename(part, file, failed);
    if (failed)
        return base::fail(base::ErrorCode::Io,
                          "“" + file.string() + "” cannot be written: " + failed.message() + ".");
    return {};
}

}

bool Desk::mayKeep() const
{
    return m_workspace.isOpen() && !m_workspace.isReadOnly();
}

bool Desk::isKept(int endpoint) const
{
    return std::ranges::count(m_kept.endpoints, m_endpoints[std::size_t(endpoint)].endpoint.url,
                              &fallback::Endpoint::url) > 0;
}

const project::StoredSuite* Desk::keptSuite(const std::string& sha256) const
{
    const auto found = std::ranges::find(m_kept.suites, sha256, &project::StoredSuite::sha256);
    return found == m_kept.suites.end() ? nullptr : &*found;
}

const project::StoredRun* Desk::toGoOn() const
{
    if (!m_suite || m_chosen < 0)
        return nullptr;
    const fallback::Found& found = m_endpoints[std::size_t(m_chosen)];
    fallback::RunIdentity identity;
    identity.suite_sha256 = m_suite->sha256;
    identity.kind = found.endpoint.kind;
    identity.url = isOurs(m_chosen) ? "llama-server" : found.endpoint.url;
    identity.model = found.endpoint.model;
    if (identity.model.empty() && !found.health.models.empty())
        identity.model = found.health.models.front().id;
    return project::run_to_go_on(m_kept, identity);
}

void Desk::openProject()
{
    ++m_turn;
    m_task = 0;
    m_run.reset();
    m_readiness.reset();
    m_runId = 0;
    readKept();
    const bool runs = !m_kept.runs.empty();
    if (!m_kept.suites.empty() && (!runs || m_kept.suites.back().added > m_kept.runs.back().head.started))
        showSuite(m_kept.suites.back().id);
    else if (runs)
        showRun(m_kept.runs.back().id);
    else
        useSampleSuite();
    if (m_looked)
        look();
}

void Desk::readKept()
{
    project::FallbackPart before = std::exchange(m_kept, {});
    if (m_workspace.isOpen()) {
        auto kept = m_workspace.fallback();
        if (kept)
            m_kept = std::move(*kept);
        else
            Q_EMIT m_workspace.failed(str(kept.error().message));
    }
    takeKeptEndpoints(before.endpoints);
    const bool gone = m_runId != 0 && std::ranges::count(m_kept.runs, m_runId, &project::StoredRun::id) == 0;
    if (!isRunning() && (gone || !m_run))
        showNewestRun();
    reckon();
    Q_EMIT keptChanged();
    Q_EMIT runChanged();
}

void Desk::takeKeptEndpoints(const std::vector<fallback::Endpoint>& before)
{
    if (before == m_kept.endpoints)
        return;
    const std::string chosen = m_chosen >= 0 ? m_endpoints[std::size_t(m_chosen)].endpoint.url : "";
    const auto holds = [](const std::vector<fallback::Endpoint>& all, const std::string& url) {
        return std::ranges::count(all, url, &fallback::Endpoint::url) > 0;
    };
    std::erase_if(m_endpoints, [&](const fallback::Found& each) {
        return holds(before, each.endpoint.url) && !holds(m_kept.endpoints, each.endpoint.url);
    });
    for (const fallback::Endpoint& endpoint : m_kept.endpoints) {
        const auto known = std::ranges::find_if(
            m_endpoints, [&](const fallback::Found& each) { return each.endpoint.url == endpoint.url; });
        if (known == m_endpoints.end())
            m_endpoints.push_back({endpoint, {}});
        else
            known->endpoint = endpoint;
    }
    m_chosen = m_endpoints.empty() ? -1 : 0;
    for (std::size_t i = 0; i < m_endpoints.size(); ++i) {
        if (m_endpoints[i].endpoint.url == chosen)
            m_chosen = int(i);
    }
    Q_EMIT endpointsChanged();
}

void Desk::forgetEndpoint(int endpoint)
{
    auto all = m_kept.endpoints;
    std::erase_if(
        all, [&](const auto& each) { return each.url == m_endpoints[std::size_t(endpoint)].endpoint.url; });
    if (!isRunning())
        m_workspace.setEndpoints(all);
}

void Desk::setSuite(fallback::Suite suite)
{
    m_suite = std::move(suite);
    Q_EMIT suiteChanged();
    showNewestRun();
}

void Desk::useSampleSuite()
{
    auto suite = fallback::load_suite(base::template_folder("suites") / "business-routine.yaml");
    if (suite)
        setSuite(std::move(*suite));
    else
        Q_EMIT m_workspace.failed(str(suite.error().message));
}

void Desk::openSuite(const QString& file)
{
    const auto suite = fallback::load_suite(std::filesystem::path(utf8(file)));
    if (suite)
        useSuite(*suite);
    else
        Q_EMIT m_workspace.failed(str(suite.error().message));
}

void Desk::useSuite(const fallback::Suite& suite)
{
    if (isRunning() || (mayKeep() && m_workspace.addSuite(suite) == 0))
        return;
    const std::optional<fallback::Run> run = m_run;
    const project::Id id = m_runId;
    const bool asksTheSame = run && m_suite && asksWhatWasAnswered(suite, *m_suite, *run);
    setSuite(suite);
    if (!m_run && asksTheSame) {
        setRun(run, id);
        Q_EMIT m_workspace.done(
            tr("The answers are still graded by the suite as it was; “Grade again” takes the new one."));
    }
}

void Desk::sampleLog(const QString& file, const fallback::SampleOptions& options)
{
    m_workspace.tasks().start<fallback::Suite>(
        tr("Making a suite from %1").arg(QFileInfo(file).fileName()), this,
        [path = std::filesystem::path(utf8(file)),
         options](const base::Progress&) -> base::Result<fallback::Suite> {
            const auto drawn = fallback::sample_log_file(path, options);
            if (!drawn)
                return drawn;
            auto kept = asKept(*drawn);
            if (kept)
                kept->notes = drawn->notes;
            return kept;
        },
        [this, project = m_workspace.file()](base::Result<fallback::Suite> suite) {
            if (project != m_workspace.file())
                return;
            if (suite)
                useSuite(*suite);
            else if (suite.error().code != base::ErrorCode::Cancelled)
                Q_EMIT m_workspace.failed(str(suite.error().message));
        });
}

void Desk::showSuite(project::Id id)
{
    auto suite = m_workspace.suite(id);
    if (suite)
        setSuite(std::move(*suite));
    else
        Q_EMIT m_workspace.failed(str(suite.error().message));
}

void Desk::showNewestRun()
{
    const project::StoredSuite* suite = m_suite ? keptSuite(m_suite->sha256) : nullptr;
    for (auto each = m_kept.runs.rbegin(); suite != nullptr && each != m_kept.runs.rend(); ++each) {
        if (each->suite == suite->id)
            return showRun(each->id);
    }
    setRun(std::nullopt, 0);
}

void Desk::showRun(project::Id id)
{
    const auto stored = std::ranges::find(m_kept.runs, id, &project::StoredRun::id);
    if (isRunning() || stored == m_kept.runs.end())
        return;
    auto run = m_workspace.run(id);
    auto suite = m_workspace.suite(stored->suite);
    if (!run || !suite) {
        Q_EMIT m_workspace.failed(str(run ? suite.error().message : run.error().message));
        return;
    }
    m_suite = std::move(*suite);
    Q_EMIT suiteChanged();
    setRun(std::move(*run), id);
}

void Desk::setRun(std::optional<fallback::Run> run, project::Id id)
{
    m_run = std::move(run);
    m_runId = id;
    reckon();
    Q_EMIT runChanged();
}

void Desk::removeRun()
{
    if (m_runId != 0 && !isRunning())
        m_workspace.removeRun(m_runId);
}

void Desk::openRun(const QString& file)
{
    if (isRunning())
        return;
    const auto kept = fallback::StateFile::read(utf8(file));
    if (!kept || !*kept) {
        Q_EMIT m_workspace.failed(kept ? tr("“%1” holds no run.").arg(QFileInfo(file).fileName())
                                       : str(kept.error().message));
        return;
    }
    importRun(**kept);
}

void Desk::importRun(const fallback::Run& run)
{
    const auto known = std::ranges::find_if(m_kept.runs, [&](const project::StoredRun& each) {
        return each.head.identity == run.identity && each.head.started == run.started;
    });
    if (known != m_kept.runs.end())
        return showRun(known->id);
    const project::StoredSuite* stored = keptSuite(run.identity.suite_sha256);
    project::Id suite = stored != nullptr ? stored->id : 0;
    if (suite == 0 && mayKeep() && m_suite && m_suite->sha256 == run.identity.suite_sha256)
        suite = m_workspace.addSuite(*m_suite);
    if (suite == 0 || !mayKeep()) {
        setRun(run, 0);
        Q_EMIT m_workspace.failed(
            suite == 0 && mayKeep()
                ? tr("The run is shown, but not kept in the project: open the suite that it was "
                     "made with (“%1”), then the run again.")
                      .arg(str(run.suite))
                : tr("The run is shown, but not kept: this project cannot be written to."));
        return;
    }
    const project::Id id = m_workspace.beginRun(suite, run);
    if (id != 0 && m_workspace.endRun(id, run))
        showRun(id);
}

void Desk::keepRun(const QString& file)
{
    if (!m_run)
        return;
    if (const auto status = writeRun(*m_run, utf8(file)))
        Q_EMIT m_workspace.done(tr("The run is in %1.").arg(QFileInfo(file).fileName()));
    else
        Q_EMIT m_workspace.failed(str(status.error().message));
}

}
