#include "core/fallback/gradeparts.h"
#include "core/fallback/jstext.h"

#include "core/base/text.h"

#include <cmath>
#include <fmt/format.h>

namespace leeway::fallback {
namespace {

Verdict latency(const Grading& g)
{
    if (!g.assertion.threshold)
        return cannot("needs a threshold in milliseconds");
    if (!g.answer.latency_ms)
        return cannot("the time of the answer was not measured");
    const double time = *g.answer.latency_ms;
    return yes_or_no(
        time <= *g.assertion.threshold, g,
        fmt::format("the answer took {:.0f} ms, threshold {} ms", time, js_number(*g.assertion.threshold)));
}

Verdict cost(const Grading& g)
{
    if (!g.answer.cost)
        return cannot("the cost of the answer is not known; choose a price for the endpoint");
    const double amount = *g.answer.cost;
    if (!g.assertion.threshold) {
        if (g.assertion.weight != 0 || g.assertion.metric.empty())
            return cannot("needs a threshold, or a metric with weight 0 to be measured only");
        return {true, amount, fmt::format("the answer cost {}", js_number(amount)), false};
    }
    return yes_or_no(amount <= *g.assertion.threshold, g,
                     fmt::format("the answer cost {}, threshold {}", js_number(amount),
                                 js_number(*g.assertion.threshold)));
}

Verdict finish_reason(const Grading& g)
{
    if (!g.wanted().is_string())
        return cannot("needs a reason such as “stop” as its value");
    const auto& wanted = g.wanted().get_ref<const std::string&>();
    if (g.answer.finish_reason.empty())
        return yes_or_no(false, g, "the server did not say why the answer ended");
    const bool same = base::lowered(wanted) == base::lowered(g.answer.finish_reason);
    return yes_or_no(same, g,
                     fmt::format("the answer ended with {}, asked for {}", in_quotes(g.answer.finish_reason),
                                 in_quotes(wanted)));
}

// The mean of the logarithms; an error verdict's reason without any.
std::optional<double> mean_log_probability(const Grading& g)
{
    if (g.answer.log_probabilities.empty())
        return std::nullopt;
    double sum = 0;
    for (const double value : g.answer.log_probabilities)
        sum += value;
    return sum / static_cast<double>(g.answer.log_probabilities.size());
}

constexpr const char* no_probabilities = "the server sent no log probabilities of the tokens";

Verdict perplexity(const Grading& g)
{
    const auto mean = mean_log_probability(g);
    if (!mean)
        return cannot(no_probabilities);
    const double value = std::exp(-*mean);
    const std::string fact = fmt::format("the perplexity is {:.2f}", value);
    if (!g.assertion.threshold)
        return {true, 1, fact, false};
    return yes_or_no(value <= *g.assertion.threshold, g,
                     fmt::format("{}, threshold {}", fact, js_number(*g.assertion.threshold)));
}

Verdict perplexity_score(const Grading& g)
{
    const auto mean = mean_log_probability(g);
    if (!mean)
        return cannot(no_probabilities);
    const double score = 1 / (1 + std::exp(-*mean));
    if (!g.assertion.threshold)
        return {true, g.inverse() ? 1 - score : score, fmt::format("the perplexity score is {:.2f}", score),
                false};
    return by_score("the perplexity score", score, *g.assertion.threshold, g);
}

}

void add_measure_graders(std::unordered_map<std::string_view, Grader>& graders)
{
    graders.insert({{"latency", latency},
                    {"cost", cost},
                    {"finish-reason", finish_reason},
                    {"perplexity", perplexity},
                    {"perplexity-score", perplexity_score}});
}

}
