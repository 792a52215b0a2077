#include "core/fallback/endpoints/key.h"
#include "core/fallback/judge/judgerun.h"
#include "ui/fallback/desk.h"
#include "ui/fallback/relay.h"
#include "ui/shell/taskrunner.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/text.h"

#include <utility>

// What is made of a run that is there: grading it again, and asking a judge.
namespace leeway::ui {

bool Desk::canGrade() const
{
    return mayKeep() && !isRunning() && m_suite && m_run && m_runId != 0 && !m_run->results.empty();
}

void Desk::gradeAgain()
{
    if (!canGrade())
        return;
    if (auto run = m_workspace.regradeRun(m_runId, *m_suite)) {
        setRun(std::move(*run), m_runId);
        Q_EMIT m_workspace.done(tr("Graded again; nothing was asked."));
    }
    readKept();
}

void Desk::judge(int endpoint)
{
    if (!canGrade() || endpoint < 0 || endpoint >= int(m_endpoints.size()))
        return;
    auto instructions = fallback::load_instructions({});
    if (!instructions) {
        Q_EMIT m_workspace.failed(str(instructions.error().message));
        return;
    }
    const fallback::Endpoint judge = m_endpoints[std::size_t(endpoint)].endpoint;
    fallback::JudgeOptions options;
    options.instructions = std::move(*instructions);
    m_done = 0;
    m_inAll = 0;
    ++m_turn;
    m_task = m_workspace.tasks().start<fallback::JudgedRun>(
        tr("Asking %1 to judge").arg(str(judge.model.empty() ? judge.url : judge.model)), this,
        [relay = m_relay, run = *m_run, suite = *m_suite, judge, options,
         turn = m_turn](const base::Progress& progress) -> base::Result<fallback::JudgedRun> {
            const auto key = fallback::key_for(judge);
            if (!key)
                return tl::unexpected(key.error());
            return fallback::judge_run(run, suite, judge, *key, options, Relay::sinkFor(relay, turn),
                                       Relay::progressFor(relay, turn, progress));
        },
        [this, turn = m_turn](base::Result<fallback::JudgedRun> judged) {
            if (turn == m_turn)
                finishJudging(std::move(judged));
        });
    Q_EMIT runChanged();
}

void Desk::finishJudging(base::Result<fallback::JudgedRun> judged)
{
    m_task = 0;
    if (judged) {
        m_run = std::move(judged->run);
        m_workspace.noteJudging(m_runId, judged->judge, int(judged->cases.size()));
        const fallback::JudgeTotals totals = fallback::totals_of(judged->cases);
        Q_EMIT m_workspace.done(
            tr("The judge preferred the model’s answer %1, today’s %2; %3 ties, %4 without an opinion.")
                .arg(counted(totals.wins, tr("time"), tr("times")),
                     counted(totals.losses, tr("time"), tr("times")))
                .arg(totals.ties)
                .arg(totals.without_opinion));
    } else if (judged.error().code != base::ErrorCode::Cancelled) {
        Q_EMIT m_workspace.failed(str(judged.error().message));
    }
    readKept();
}

}
