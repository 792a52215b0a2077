#include "core/fallback/runs/running.h"
#include "core/fallback/statistics.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

constexpr int rounds = 4;          // requests for each of those in flight
constexpr int longest_answer = 64; // tokens, so that the measurement takes seconds rather than minutes

struct Level
{
    Throughput result;
    std::vector<double> first_tokens;
    std::int64_t tokens = 0;
    int left = 0;
    int in_flight = 0;
};

void count(const Reply& reply, Level& level)
{
    --level.in_flight;
    if (reply.trouble != Trouble::None && reply.trouble != Trouble::NoAnswer) {
        ++level.result.failed;
        return;
    }
    ++level.result.requests;
    level.tokens += reply.tokens.completion.value_or(0);
    if (reply.first_token_ms)
        level.first_tokens.push_back(*reply.first_token_ms);
}

// No two questions begin alike, so that no server answers from what it has read before.
Question unread(Question question, std::size_t number)
{
    if (!question.messages.empty())
        question.messages.front().content.insert(0, fmt::format("({}) ", number));
    return question;
}

}

// Each level asks the suite's cases from the first on, in short. The clock runs from the first question to
// the last answer of the level.
void Running::measure_throughput()
{
    std::vector<Question> questions;
    for (const Case& c : m_suite.cases) {
        if (auto question = question_of(c)) {
            question->sampling.max_tokens = std::min(question->sampling.max_tokens, longest_answer);
            questions.push_back(std::move(*question));
        }
    }
    std::size_t next = 0;
    for (const int parallel : m_options.throughput) {
        if (questions.empty() || m_error)
            return;
        Level level;
        level.result.parallel = parallel;
        level.left = parallel * rounds;
        const std::function<void()> more = [&] {
            while (!m_error && level.left > 0 && level.in_flight < parallel) {
                --level.left;
                ++level.in_flight;
                const Question& question = questions[next % questions.size()];
                m_client.ask(unread(question, ++next), [&](const Reply& reply) {
                    count(reply, level);
                    more();
                    m_loop.quit();
                });
            }
        };
        const auto began = std::chrono::steady_clock::now();
        more();
        wait([&] { return level.in_flight == 0 && (level.left == 0 || m_error); });
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        if (m_error)
            return;
        if (seconds > 0) {
            level.result.requests_per_second = level.result.requests / seconds;
            level.result.tokens_per_second = static_cast<double>(level.tokens) / seconds;
        }
        level.result.first_token_ms = percentile(level.first_tokens, 50);
        m_run.throughput.push_back(level.result);
    }
}

}
