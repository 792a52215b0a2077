#pragma once

#include "core/fallback/endpoints/client.h"
#include "core/fallback/judge/pairs.h"
#include "core/fallback/runs/runner.h"

#include <QEventLoop>
#include <QObject>
#include <QTimer>
#include <cstddef>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

namespace leeway::fallback {

/// The judging of one run while it goes on.
class Judging : public QObject
{
public:
    Judging(Client& client, Judge judge, int parallel, Run run, const ResultSink& sink,
            const base::Progress& progress);
    /// Notes what is to be asked: each pair in both orders, without what was judged before.
    base::Status list(const Pairs& pairs, std::string_view instructions);
    base::Result<Run> go();

private:
    struct Turn
    {
        std::size_t result = 0;
        JudgeOrder order = JudgeOrder::CandidateFirst;
        std::vector<Message> prompt;
    };

    void ask_more();
    void replied(Turn turn, Reply reply);
    void stop(base::Error error);
    void stop_if_asked();

    Client& m_client;
    Judge m_judge;
    int m_parallel = 1;
    Run m_run;
    const ResultSink& m_sink;
    const base::Progress& m_progress;
    std::deque<Turn> m_turns; // not asked yet
    std::int64_t m_done = 0;
    std::int64_t m_all = 0;
    int m_in_flight = 0;
    std::optional<base::Error> m_error;
    QEventLoop m_loop;
    QTimer m_tick;
};

}
