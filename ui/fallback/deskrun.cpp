#include "core/fallback/endpoints/key.h"
#include "core/fallback/runs/runner.h"
#include "ui/fallback/relay.h"
#include "ui/shell/taskrunner.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/text.h"

#include <algorithm>
#include <utility>

// A run: asking, keeping each answer, going on.
namespace leeway::ui {

void Desk::start(int parallel, bool throughput)
{
    if (!canStart())
        return;
    const fallback::Found found = m_endpoints[std::size_t(m_chosen)];
    std::optional<fallback::Run> earlier;
    project::Id id = 0;
    if (const project::StoredRun* stored = toGoOn()) {
        auto run = m_workspace.run(stored->id);
        if (!run) {
            Q_EMIT m_workspace.failed(str(run.error().message));
            return;
        }
        id = stored->id;
        earlier = std::move(*run);
    }
    const fallback::Suite suite = *m_suite;
    m_runsSuite = m_workspace.addSuite(suite);
    if (m_runsSuite == 0)
        return;
    setRun(earlier, id);
    auto sheet = std::make_shared<const pricing::Sheet>(m_workspace.snapshot().sheet);
    fallback::RunOptions options;
    options.parallel = parallel;
    if (throughput)
        options.throughput = {1, 2, 4, 8};
    if (isOurs(m_chosen))
        options.known_as = "llama-server";
    m_done = 0;
    m_inAll = int(suite.cases.size());
    ++m_turn;
    m_task = m_workspace.tasks().start<fallback::Run>(
        tr("Asking %1 cases").arg(suite.cases.size()), this,
        [relay = m_relay, found, suite, sheet, earlier, options,
         turn = m_turn](const base::Progress& progress) -> base::Result<fallback::Run> {
            const auto key = fallback::key_for(found.endpoint);
            if (!key)
                return tl::unexpected(key.error());
            fallback::RunOptions all = options;
            all.prices = sheet.get();
            return fallback::run_suite(suite, found.endpoint, *key, all, earlier ? &*earlier : nullptr,
                                       Relay::sinkFor(relay, turn),
                                       Relay::progressFor(relay, turn, progress));
        },
        [this, turn = m_turn](base::Result<fallback::Run> run) {
            if (turn == m_turn)
                finish(std::move(run));
        });
    Q_EMIT runChanged();
}

void Desk::takeResult(const fallback::Run& head, const fallback::CaseResult& result)
{
    if (!isRunning())
        return;
    if (!m_run)
        m_run = head;
    if (m_runId == 0)
        m_runId = m_workspace.beginRun(m_runsSuite, head);
    if (m_runId == 0)
        return cancel();
    if (const auto status = m_workspace.keepResult(m_runId, result); !status) {
        Q_EMIT m_workspace.failed(str(status.error().message));
        return cancel();
    }
    const auto place = [](const fallback::CaseResult& each) {
        return std::pair(each.index, each.repetition);
    };
    const auto at = std::ranges::lower_bound(m_run->results, place(result), {}, place);
    if (at != m_run->results.end() && place(*at) == place(result))
        *at = result;
    else
        m_run->results.insert(at, result);
    Q_EMIT runChanged();
}

void Desk::cancel()
{
    if (isRunning())
        m_workspace.tasks().cancel(m_task);
}

void Desk::setPolicy(const fallback::Policy& policy)
{
    if (policy.categories == m_policy.categories)
        return;
    m_policy = policy;
    if (m_readiness) {
        reckon();
        Q_EMIT runChanged();
    }
}

void Desk::finish(base::Result<fallback::Run> run)
{
    m_task = 0;
    if (run) {
        m_run = std::move(*run);
        if (m_runId == 0)
            m_runId = m_workspace.beginRun(m_runsSuite, *m_run);
        if (m_runId != 0)
            m_workspace.endRun(m_runId, *m_run);
    } else if (run.error().code != base::ErrorCode::Cancelled) {
        Q_EMIT m_workspace.failed(str(run.error().message));
    }
    readKept();
}

}
