#pragma once

#include "core/fallback/endpoints/client.h"
#include "core/fallback/endpoints/listener.h"

#include <QByteArray>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QTimer>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace leeway::fallback {

/// What every question to one endpoint shares.
struct Line
{
    Endpoint endpoint;
    QNetworkRequest request;
    ClientLimits limits;
    std::string server;               // host and port, for messages
    std::vector<std::string> refused; // parameters that the server does not take; learned from its answers
};

/// One question: attempt after attempt, until there is an answer or a reason why not.
class Exchange : public QObject
{
public:
    using Ended = std::function<void(Exchange* exchange, Reply reply)>;

    Exchange(Line& line, const Question& question, Ended ended);
    ~Exchange() override;
    void start(QNetworkAccessManager& network);
    void cancel();

private:
    using Clock = std::chrono::steady_clock;

    void attempt();
    void read();
    void listen(const QByteArray& bytes);
    void watch(std::chrono::milliseconds limit, Trouble trouble);
    void run_out();
    void finished();
    bool leave_out_refused();
    void conclude(Trouble trouble, const std::string& code = {}, double seconds = 0);
    Trouble verdict(std::string& code);
    void end(Reply reply);
    [[nodiscard]] Reply measured() const;
    [[nodiscard]] double since_start(Clock::time_point time) const;

    Line& m_line;
    QByteArray m_body;
    std::size_t m_prompt_bytes;
    int m_max_tokens;
    Ended m_ended;
    QNetworkAccessManager* m_network = nullptr;
    QNetworkReply* m_reply = nullptr;
    std::unique_ptr<Listener> m_listener;
    std::string m_complaint; // the body of a refusal, at most some kilobytes
    std::size_t m_taken = 0;
    int m_attempts = 0;
    Clock::time_point m_asked{};
    std::optional<Clock::time_point> m_first;
    Clock::time_point m_last{};
    QTimer m_watch; // first word, stall, pause before a retry
    QTimer m_total;
    Trouble m_watched_for = Trouble::None;
    std::chrono::milliseconds m_watched_limit{};
    std::string m_moved_to;
    std::string m_refused; // a parameter that the last answer did not take
};

}
