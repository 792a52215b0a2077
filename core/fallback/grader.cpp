#include "core/fallback/grader.h"

#include "core/base/text.h"
#include "core/fallback/assertions.h"
#include "core/fallback/gradeparts.h"
#include "core/fallback/jstext.h"
#include "core/fallback/templates.h"

#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using nlohmann::json;

constexpr std::size_t longest_answer = std::size_t{8} << 20;

const std::unordered_map<std::string_view, Grader>& graders()
{
    static const auto all = [] {
        std::unordered_map<std::string_view, Grader> result;
        add_text_graders(result);
        add_overlap_graders(result);
        add_json_graders(result);
        add_markup_graders(result);
        add_sql_graders(result);
        add_call_graders(result);
        add_measure_graders(result);
        add_own_graders(result);
        return result;
    }();
    return all;
}

// Texts, and the texts of a list, are templates; objects are taken as they stand.
base::Result<std::optional<json>> rendered_value(const Assertion& assertion, const json& vars)
{
    if (!assertion.value)
        return std::optional<json>();
    json value = *assertion.value;
    const auto fill = [&](json& text) -> base::Status {
        auto done = render(text.get_ref<const std::string&>(), vars);
        if (!done)
            return tl::unexpected(done.error());
        text = std::move(*done);
        return {};
    };
    if (value.is_string()) {
        if (auto done = fill(value); !done)
            return tl::unexpected(done.error());
    } else if (value.is_array()) {
        for (json& item : value) {
            if (!item.is_string())
                continue;
            if (auto done = fill(item); !done)
                return tl::unexpected(done.error());
        }
    }
    return std::optional<json>(std::move(value));
}

std::string metric_of(const Assertion& assertion, const json& vars)
{
    return render(assertion.metric, vars).value_or(assertion.metric);
}

struct Prepared
{
    json vars;
    std::string output;
};

Prepared prepare(const Case& c, const Answer& answer)
{
    return {resolved(c.vars), answer.calls ? js_json(*answer.calls) : base::to_valid_utf8(answer.text)};
}

Verdict verdict_of(const Assertion& assertion, const Case& c, const Answer& answer, const Prepared& prepared)
{
    const auto grader = graders().find(assertion.type);
    if (grader == graders().end())
        return cannot(why_refused(assertion.type));
    if (prepared.output.size() > longest_answer)
        return cannot("the answer is longer than 8 MB and is not graded");
    auto value = rendered_value(assertion, prepared.vars);
    if (!value)
        return cannot(value.error().message);
    return grader->second({assertion, c, answer, prepared.output, std::move(*value)});
}

AssertionGrade graded(const Assertion& assertion, const Case& c, const Answer& answer,
                      const Prepared& prepared)
{
    Verdict verdict = verdict_of(assertion, c, answer, prepared);
    const bool pass = !verdict.error && (verdict.pass || assertion.weight == 0);
    return {assertion.name(),
            pass,
            verdict.score,
            std::move(verdict.reason),
            metric_of(assertion, prepared.vars),
            assertion.weight,
            verdict.error,
            {}};
}

// Sums up scores the way promptfoo does.
class Sum
{
public:
    void add(const AssertionGrade& part)
    {
        m_score += part.score * part.weight;
        m_weight += part.weight;
        if (!part.metric.empty())
            add_metric(part.metric, part.score, part.weight);
        if (part.error && m_error.empty())
            m_error = fmt::format("{}: {}", part.type, part.reason);
        if (!part.pass)
            m_failure = fmt::format("{}: {}", part.type, part.reason);
    }

    void add_metric(const std::string& name, double score, double weight)
    {
        auto known =
            std::find_if(m_metrics.begin(), m_metrics.end(), [&](const Metric& m) { return m.name == name; });
        if (known == m_metrics.end())
            known = m_metrics.insert(m_metrics.end(), {name, 0, 0});
        known->score += score * weight;
        known->weight += weight;
    }

    // The metrics of a set count inside the case by the set's weight, except one of the set's own name.
    void add_metrics_of(const Sum& set, const std::string& own, double weight)
    {
        for (const Metric& metric : set.m_metrics) {
            if (metric.name != own)
                add_metric(metric.name, metric.weight > 0 ? metric.score / metric.weight : 0,
                           metric.weight * weight);
        }
    }

    [[nodiscard]] double score() const { return m_weight > 0 ? m_score / m_weight : 0; }
    [[nodiscard]] const std::string& error() const { return m_error; }

    [[nodiscard]] std::pair<bool, std::string> verdict(const std::optional<double>& threshold) const
    {
        if (threshold) {
            const bool pass = score() >= *threshold;
            return {pass, fmt::format("score {:.2f} {} the threshold {}", score(),
                                      pass ? "reaches" : "is below", js_number(*threshold))};
        }
        return {m_failure.empty(), m_failure.empty() ? "every assertion passed" : m_failure};
    }

    [[nodiscard]] std::vector<std::pair<std::string, double>> metrics() const
    {
        std::vector<std::pair<std::string, double>> result;
        for (const Metric& metric : m_metrics)
            result.emplace_back(metric.name, metric.weight > 0 ? metric.score / metric.weight : 0);
        return result;
    }

private:
    struct Metric
    {
        std::string name;
        double score;
        double weight;
    };

    double m_score = 0;
    double m_weight = 0;
    std::string m_failure;
    std::string m_error;
    std::vector<Metric> m_metrics;
};

AssertionGrade graded_set(const Assertion& set, const Case& c, const Answer& answer, const Prepared& prepared,
                          Sum& inner)
{
    AssertionGrade result{set.name(), false, 0, {}, metric_of(set, prepared.vars), set.weight, false, {}};
    for (const Assertion& member : set.members) {
        result.members.push_back(graded(member, c, answer, prepared));
        inner.add(result.members.back());
    }
    result.score = inner.score();
    std::tie(result.pass, result.reason) = inner.verdict(set.threshold);
    if (!inner.error().empty()) {
        result.error = true;
        result.pass = false;
        result.reason = inner.error();
    }
    return result;
}

}

const json& Grading::wanted() const
{
    static const json none;
    return value ? *value : none;
}

std::string in_quotes(std::string_view text)
{
    return "“" + base::shortened(text, 120) + "”";
}

Verdict yes_or_no(bool holds, const Grading& g, std::string fact)
{
    const bool pass = holds != g.inverse();
    return {pass, pass ? 1.0 : 0.0, std::move(fact), false};
}

Verdict by_score(std::string_view what, double score, double threshold, const Grading& g)
{
    const bool reached = score >= threshold;
    return {reached != g.inverse(), g.inverse() ? 1 - score : score,
            fmt::format("{} is {:.4f}, {} the threshold {}", what, score, reached ? "which reaches" : "below",
                        js_number(threshold)),
            false};
}

Verdict cannot(std::string reason)
{
    return {false, 0, std::move(reason), true};
}

base::Result<std::vector<std::string>> texts_of(const Grading& g)
{
    const json& value = g.wanted();
    std::vector<std::string> texts;
    for (const json& item : value.is_array() ? value : json::array({value})) {
        if (!item.is_string())
            return base::fail(base::ErrorCode::Invalid, "needs a text, or a list of texts, as its value");
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

AssertionGrade grade_assertion(const Assertion& assertion, const Case& c, const Answer& answer)
{
    const Prepared prepared = prepare(c, answer);
    Sum inner;
    return assertion.type == "assert-set" ? graded_set(assertion, c, answer, prepared, inner)
                                          : graded(assertion, c, answer, prepared);
}

Grade grade(const Case& c, const Answer& answer)
{
    Grade result;
    if (c.assertions.empty()) {
        result.pass = true;
        result.score = 1;
        result.reason = "the case has no assertions";
        return result;
    }
    const Prepared prepared = prepare(c, answer);
    Sum sum;
    for (const Assertion& assertion : c.assertions) {
        Sum inner;
        result.assertions.push_back(assertion.type == "assert-set"
                                        ? graded_set(assertion, c, answer, prepared, inner)
                                        : graded(assertion, c, answer, prepared));
        sum.add(result.assertions.back());
        sum.add_metrics_of(inner, result.assertions.back().metric, assertion.weight);
    }
    result.score = sum.score();
    std::tie(result.pass, result.reason) = sum.verdict(c.threshold);
    result.metrics = sum.metrics();
    result.error = sum.error();
    if (!result.error.empty()) {
        result.pass = false;
        result.reason = result.error;
    }
    return result;
}

}
