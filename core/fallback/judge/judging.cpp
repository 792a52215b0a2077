#include "core/fallback/judge/judging.h"

#include "core/fallback/judge/judged.h"
#include "core/fallback/judge/verdict.h"

#include <chrono>
#include <fmt/format.h>
#include <utility>

namespace leeway::fallback {
namespace {

constexpr auto tick = std::chrono::milliseconds(50);

Judgement judgement_of(const Judge& judge, JudgeOrder order, std::vector<Message> prompt, Reply reply)
{
    Judgement judgement;
    judgement.judge = judge;
    judgement.order = order;
    judgement.prompt = std::move(prompt);
    judgement.answer = std::move(reply.answer.text);
    judgement.trouble = reply.trouble;
    if (reply.trouble != Trouble::None) {
        judgement.reason = std::move(reply.why);
    } else if (auto verdict = parse_verdict(judgement.answer)) {
        judgement.preferred = preference_of(verdict->preferred, order);
        judgement.reason = std::move(verdict->reason);
    } else if (reply.answer.finish_reason == "length") {
        judgement.reason = fmt::format("The judge's answer was cut off at {} tokens, before its verdict.",
                                       judge.sampling.max_tokens);
    } else {
        judgement.reason = verdict.error().message;
    }
    return judgement;
}

// In the place of an earlier try at the same question, which no answer came to.
void keep(Judgement judgement, std::vector<Judgement>& judgements)
{
    std::erase_if(judgements, [&](const Judgement& one) {
        return one.order == judgement.order && one.judge == judgement.judge && one.prompt == judgement.prompt;
    });
    judgements.push_back(std::move(judgement));
}

}

Judging::Judging(Client& client, Judge judge, int parallel, Run run, const ResultSink& sink,
                 const base::Progress& progress)
    : m_client(client),
      m_judge(std::move(judge)),
      m_parallel(parallel),
      m_run(std::move(run)),
      m_sink(sink),
      m_progress(progress)
{
    m_tick.setInterval(tick);
    connect(&m_tick, &QTimer::timeout, this, &Judging::stop_if_asked);
}

base::Status Judging::list(const Pairs& pairs, std::string_view instructions)
{
    for (const AnswerPair& pair : pairs.pairs) {
        for (const JudgeOrder order : both_orders) {
            auto prompt = judge_prompt(instructions, pair, order);
            if (!prompt)
                return tl::unexpected(prompt.error());
            const Judgement* kept = kept_judgement(m_run.results[pair.result], m_judge, order, *prompt);
            ++m_all;
            if (kept != nullptr && kept->finished())
                ++m_done;
            else
                m_turns.push_back({pair.result, order, std::move(*prompt)});
        }
    }
    return {};
}

base::Result<Run> Judging::go()
{
    m_tick.start();
    stop_if_asked();
    ask_more();
    while (!m_turns.empty() || m_in_flight > 0)
        m_loop.exec();
    m_tick.stop();
    if (m_error)
        return tl::unexpected(std::move(*m_error));
    return std::move(m_run);
}

void Judging::ask_more()
{
    while (!m_error && m_in_flight < m_parallel && !m_turns.empty()) {
        Turn turn = std::move(m_turns.front());
        m_turns.pop_front();
        ++m_in_flight;
        Question question;
        question.messages = turn.prompt;
        question.sampling = m_judge.sampling;
        m_client.ask(question, [this, turn = std::move(turn)](Reply reply) mutable {
            replied(std::move(turn), std::move(reply));
        });
    }
}

void Judging::replied(Turn turn, Reply reply)
{
    --m_in_flight;
    m_loop.quit();
    if (reply.trouble == Trouble::Cancelled || (m_error && m_error->code != base::ErrorCode::Cancelled))
        return;
    ask_more();
    CaseResult& result = m_run.results[turn.result];
    keep(judgement_of(m_judge, turn.order, std::move(turn.prompt), std::move(reply)), result.judgements);
    ++m_done;
    if (m_sink) {
        if (auto kept = m_sink(m_run, result); !kept)
            stop(kept.error());
    }
    stop_if_asked();
}

void Judging::stop(base::Error error)
{
    m_error = std::move(error);
    m_turns.clear();
    m_client.cancel_all();
    m_loop.quit();
}

void Judging::stop_if_asked()
{
    if (!m_error && !base::keep_going(m_progress, m_done, m_all))
        stop({base::ErrorCode::Cancelled, "The judging was stopped; what was judged is kept."});
}

}
