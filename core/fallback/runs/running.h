#pragma once

#include "core/fallback/endpoints/client.h"
#include "core/fallback/runs/runner.h"

#include <QEventLoop>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace leeway::fallback {

/// One run while it goes on. Answers are graded on a thread of their own, so that a long grading does not
/// disturb the times that are taken here.
class Running : public QObject
{
public:
    Running(const Suite& suite, Client& client, const RunOptions& options, Run run, const ResultSink& sink,
            const base::Progress& progress);
    ~Running() override;
    base::Result<Run> go();

private:
    struct Turn
    {
        int index = 0;
        int repetition = 0;
    };

    void list_turns();
    void warm_up();
    void ask_more();
    void ask(Turn turn);
    void replied(Turn turn, Reply reply);
    void graded(CaseResult result);
    void stop(base::Error error);
    void stop_if_asked();
    void wait(const std::function<bool()>& over);
    void measure_throughput();
    [[nodiscard]] base::Result<Question> question_of(const Case& c) const;

    const Suite& m_suite;
    Client& m_client;
    const RunOptions& m_options;
    Run m_run;
    const ResultSink& m_sink;
    const base::Progress& m_progress;
    std::deque<Turn> m_turns; // not asked yet
    std::size_t m_all = 0;
    int m_in_flight = 0;
    int m_in_grading = 0;
    std::optional<base::Error> m_error;
    QEventLoop m_loop;
    QTimer m_tick;
    QThreadPool m_grading;
};

}
