#include "core/fallback/runs/running.h"

#include "core/fallback/runs/grading.h"
#include "core/fallback/statistics.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace leeway::fallback {
namespace {

constexpr auto tick = std::chrono::milliseconds(50);

base::Instant now()
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

bool wants_log_probabilities(const std::vector<Assertion>& assertions)
{
    return std::ranges::any_of(assertions, [](const Assertion& one) {
        return one.type.starts_with("perplexity") || wants_log_probabilities(one.members);
    });
}

}

Running::Running(const Suite& suite, Client& client, const RunOptions& options, Run run,
                 const ResultSink& sink, const base::Progress& progress)
    : m_suite(suite),
      m_client(client),
      m_options(options),
      m_run(std::move(run)),
      m_sink(sink),
      m_progress(progress)
{
    m_grading.setMaxThreadCount(1);
    m_tick.setInterval(tick);
    connect(&m_tick, &QTimer::timeout, this, &Running::stop_if_asked);
    list_turns();
}

Running::~Running()
{
    m_grading.waitForDone();
}

void Running::list_turns()
{
    std::set<std::pair<int, int>> done;
    for (const CaseResult& result : m_run.results)
        done.emplace(result.index, result.repetition);
    for (int repetition = 0; repetition < m_options.repetitions; ++repetition) {
        for (int index = 0; index < static_cast<int>(m_suite.cases.size()); ++index) {
            if (!done.contains({index, repetition}))
                m_turns.push_back({index, repetition});
        }
    }
    m_all = m_turns.size() + m_run.results.size();
}

base::Result<Question> Running::question_of(const Case& c) const
{
    auto messages = rendered_messages(c);
    if (!messages)
        return tl::unexpected(messages.error());
    return Question{std::move(*messages), c.tools, c.functions, m_options.sampling,
                    wants_log_probabilities(c.assertions)};
}

base::Result<Run> Running::go()
{
    m_tick.start();
    stop_if_asked();
    if (m_options.warm_up && !m_turns.empty() && !m_error)
        warm_up();
    ask_more();
    wait([this] { return m_turns.empty() && m_in_flight == 0 && m_in_grading == 0; });
    if (!m_error && !m_options.throughput.empty())
        measure_throughput();
    m_tick.stop();
    if (m_error)
        return tl::unexpected(std::move(*m_error));
    std::ranges::sort(m_run.results, {},
                      [](const CaseResult& result) { return std::pair(result.index, result.repetition); });
    m_run.finished = now();
    return std::move(m_run);
}

// Loads a cold model, so that the first case is measured like the others. What it answers does not matter.
void Running::warm_up()
{
    auto question = question_of(m_suite.cases[static_cast<std::size_t>(m_turns.front().index)]);
    if (!question)
        return;
    question->sampling.max_tokens = 1;
    bool warm = false;
    m_client.ask(*question, [this, &warm](const Reply& /*reply*/) {
        warm = true;
        m_loop.quit();
    });
    wait([&] { return warm; });
}

void Running::ask_more()
{
    while (!m_error && m_in_flight < m_options.parallel && !m_turns.empty()) {
        const Turn turn = m_turns.front();
        m_turns.pop_front();
        ask(turn);
    }
}

void Running::ask(Turn turn)
{
    const Case& c = m_suite.cases[static_cast<std::size_t>(turn.index)];
    const auto question = question_of(c);
    if (!question) {
        Reply reply;
        reply.trouble = Trouble::BadRequest;
        reply.why = question.error().message;
        ++m_in_flight;
        QMetaObject::invokeMethod(
            this, [this, turn, reply = std::move(reply)] { replied(turn, reply); }, Qt::QueuedConnection);
        return;
    }
    ++m_in_flight;
    m_client.ask(*question, [this, turn](Reply reply) { replied(turn, std::move(reply)); });
}

void Running::replied(Turn turn, Reply reply)
{
    --m_in_flight;
    if (reply.trouble == Trouble::Cancelled) {
        m_loop.quit();
        return;
    }
    ask_more();
    if (m_run.fingerprint.empty())
        m_run.fingerprint = reply.fingerprint;
    std::optional<base::Decimal> cost;
    if (m_options.prices != nullptr)
        cost = cost_of(reply.tokens, m_run.identity.model, *m_options.prices, now());
    ++m_in_grading;
    m_grading.start([this, turn, cost, reply = std::move(reply)]() mutable {
        CaseResult result = result_of(m_suite.cases[static_cast<std::size_t>(turn.index)], turn.index,
                                      turn.repetition, std::move(reply), cost);
        QMetaObject::invokeMethod(
            this, [this, result = std::move(result)]() mutable { graded(std::move(result)); },
            Qt::QueuedConnection);
    });
}

void Running::graded(CaseResult result)
{
    --m_in_grading;
    if (m_sink && (!m_error || m_error->code == base::ErrorCode::Cancelled)) {
        if (auto kept = m_sink(m_run, result); !kept)
            stop(kept.error());
    }
    m_run.results.push_back(std::move(result));
    stop_if_asked();
    m_loop.quit();
}

void Running::stop(base::Error error)
{
    m_error = std::move(error);
    m_turns.clear();
    m_client.cancel_all();
    m_loop.quit();
}

void Running::stop_if_asked()
{
    if (!m_error && !base::keep_going(m_progress, static_cast<std::int64_t>(m_run.results.size()),
                                      static_cast<std::int64_t>(m_all)))
        stop({base::ErrorCode::Cancelled, "The run was stopped; what was answered is kept."});
}

void Running::wait(const std::function<bool()>& over)
{
    while (!over())
        m_loop.exec();
}

}
