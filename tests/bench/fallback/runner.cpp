// What the harness itself costs, against a server in this process that answers at once:
//   cases a second with 8 in flight (goal: at least 2,000), and
//   first token: what the runner measures less what the server knows of itself (goal: within 2 ms).

#include "core/fallback/runs/runner.h"
#include "core/fallback/statistics.h"
#include "tests/unit/fallback/endpoints/scriptedserver.h"

#include <QCoreApplication>
#include <QThread>
#include <QTimer>
#include <chrono>
#include <cstdio>
#include <mutex>

using namespace leeway;
using namespace leeway::fallback;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int in_flight = 8;
constexpr int cases = 20'000;
constexpr int timed = 200;
constexpr int thinking = 20; // ms before the first token, in the second measurement

/// A scripted server with a thread of its own.
class ServerThread
{
public:
    explicit ServerThread(ScriptedServer::Script script)
    {
        m_context.moveToThread(&m_thread);
        m_thread.start();
        QMetaObject::invokeMethod(
            &m_context,
            [&] {
                m_server = std::make_unique<ScriptedServer>(std::move(script));
                m_server->keep_requests(false);
                m_url = m_server->url();
            },
            Qt::BlockingQueuedConnection);
    }
    ~ServerThread()
    {
        QMetaObject::invokeMethod(
            &m_context, [&] { m_server.reset(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    [[nodiscard]] Endpoint endpoint() const
    {
        Endpoint endpoint;
        endpoint.url = m_url;
        return endpoint;
    }

private:
    QThread m_thread;
    QObject m_context;
    std::unique_ptr<ScriptedServer> m_server;
    std::string m_url;
};

Suite suite_of(int count)
{
    Suite suite;
    for (int i = 0; i < count; ++i) {
        Case c;
        c.id = std::to_string(i);
        c.messages = {{"user", "What is the total of the invoice?"}};
        Assertion assertion;
        assertion.type = "contains";
        assertion.value = "12";
        c.assertions = {assertion};
        suite.cases.push_back(std::move(c));
    }
    return suite;
}

const QByteArray whole_answer = said("\"12\"") + ended();

int cases_a_second()
{
    const ServerThread server([](const HttpRequest& request, HttpAnswer answer) {
        if (!answer_as_llama(request, answer))
            answer.whole(200, whole_answer, "text/event-stream");
    });
    RunOptions options;
    options.parallel = in_flight;
    const Suite suite = suite_of(cases);
    const auto began = Clock::now();
    const auto run = run_suite(suite, server.endpoint(), {}, options, nullptr, {}, {});
    const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
    if (!run || totals(*run).passed != cases) {
        std::fprintf(stderr, "the run failed\n");
        return 1;
    }
    std::printf("cases a second with %d in flight: %.0f (goal: at least 2000; ratio %.2f)\n", in_flight,
                cases / seconds, cases / seconds / 2000);
    return 0;
}

int first_token()
{
    std::mutex mutex;
    std::vector<double> own;
    const ServerThread server([&](const HttpRequest& request, HttpAnswer answer) {
        if (answer_as_llama(request, answer))
            return;
        const auto came = Clock::now();
        QTimer::singleShot(thinking, Qt::PreciseTimer, answer.socket(), [&, came, answer]() mutable {
            answer.whole(200, whole_answer, "text/event-stream");
            answer.socket()->flush();
            const std::scoped_lock lock(mutex);
            own.push_back(std::chrono::duration<double, std::milli>(Clock::now() - came).count());
        });
    });
    RunOptions options; // one at a time, so that both lists are in the same order
    options.warm_up = false;
    const auto run = run_suite(suite_of(timed), server.endpoint(), {}, options, nullptr, {}, {});
    if (!run || own.size() != run->results.size()) {
        std::fprintf(stderr, "the run failed\n");
        return 1;
    }
    std::vector<double> differences;
    for (std::size_t i = 0; i < own.size(); ++i)
        differences.push_back(run->results[i].first_token_ms.value_or(1e9) - own[i]);
    std::printf(
        "first token, measured less the server's own: median %.2f ms, 95 %% %.2f ms (goal: within 2 ms)\n",
        percentile(differences, 50), percentile(differences, 95));
    return 0;
}

}

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return cases_a_second() + first_token();
}
