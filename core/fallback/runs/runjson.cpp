#include "core/fallback/runs/runjson.h"

#include "core/fallback/runs/runjsonparts.h"

#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using nlohmann::ordered_json;

constexpr int format = 1;

ordered_json tokens_to_json(const Tokens& tokens)
{
    return {{"prompt", or_null(tokens.prompt)},
            {"cached", or_null(tokens.cached)},
            {"completion", or_null(tokens.completion)},
            {"reasoning", or_null(tokens.reasoning)}};
}

Tokens tokens_from(const ordered_json& json)
{
    return {from_null<std::int64_t>(json.at("prompt")), from_null<std::int64_t>(json.at("cached")),
            from_null<std::int64_t>(json.at("completion")), from_null<std::int64_t>(json.at("reasoning"))};
}

ordered_json grades_to_json(const std::vector<AssertionGrade>& grades)
{
    ordered_json list = ordered_json::array();
    for (const AssertionGrade& grade : grades) {
        ordered_json one{
            {"type", grade.type}, {"pass", grade.pass}, {"score", grade.score}, {"reason", grade.reason}};
        if (!grade.metric.empty())
            one["metric"] = grade.metric;
        if (grade.weight != 1)
            one["weight"] = grade.weight;
        if (grade.error)
            one["error"] = true;
        if (!grade.members.empty())
            one["members"] = grades_to_json(grade.members);
        list.push_back(std::move(one));
    }
    return list;
}

std::vector<AssertionGrade> grades_from(const ordered_json& json)
{
    std::vector<AssertionGrade> grades;
    for (const ordered_json& one : json) {
        AssertionGrade grade;
        grade.type = one.at("type").get<std::string>();
        grade.pass = one.at("pass").get<bool>();
        grade.score = one.at("score").get<double>();
        grade.reason = one.at("reason").get<std::string>();
        grade.metric = one.value("metric", std::string());
        grade.weight = one.value("weight", 1.0);
        grade.error = one.value("error", false);
        if (one.contains("members"))
            grade.members = grades_from(one["members"]);
        grades.push_back(std::move(grade));
    }
    return grades;
}

std::vector<Throughput> throughput_from(const ordered_json& json)
{
    std::vector<Throughput> levels;
    for (const ordered_json& one : json)
        levels.push_back({one.at("parallel").get<int>(), one.at("requests").get<int>(),
                          one.at("failed").get<int>(), one.at("requests_per_second").get<double>(),
                          one.at("tokens_per_second").get<double>(), one.at("first_token_ms").get<double>()});
    return levels;
}

template<typename T>
T unwrapped(base::Result<T> value)
{
    if (!value)
        throw std::invalid_argument(value.error().message);
    return *std::move(value);
}

CaseResult read_result(const ordered_json& json)
{
    CaseResult result;
    result.index = json.at("index").get<int>();
    result.repetition = json.at("repetition").get<int>();
    result.id = json.at("id").get<std::string>();
    result.category = known(category_from(json.at("category").get<std::string>()));
    result.state = known(case_state_from(json.at("state").get<std::string>()));
    result.score = json.at("score").get<double>();
    result.answer.text = json.at("answer").get<std::string>();
    result.why = json.at("why").get<std::string>();
    result.assertions = grades_from(json.at("assertions"));
    result.first_token_ms = from_null<double>(json.at("first_token_ms"));
    result.total_ms = json.at("total_ms").get<double>();
    result.tokens = tokens_from(json.at("tokens"));
    result.tokens_per_second = from_null<double>(json.at("tokens_per_second"));
    result.answer.finish_reason = json.at("finish_reason").get<std::string>();
    result.trouble = known(trouble_from(json.at("trouble").get<std::string>()));
    result.attempts = json.at("attempts").get<int>();
    if (json.contains("calls"))
        result.answer.calls = json["calls"];
    if (!json.at("cost").is_null()) {
        result.cost = unwrapped(base::Decimal::parse(json.at("exact_cost").get<std::string>()));
        result.answer.cost = result.cost->to_double();
    }
    result.answer.latency_ms = from_null<double>(json.at("latency_ms"));
    result.answer.log_probabilities = json.at("log_probabilities").get<std::vector<double>>();
    if (json.contains("judgements"))
        result.judgements = judgements_from(json["judgements"]);
    return result;
}

Run read_head(const ordered_json& json)
{
    if (json.at("leeway_run").get<int>() != format)
        throw std::invalid_argument("made by another version of Leeway");
    Run run;
    run.suite = json.at("suite").get<std::string>();
    run.endpoint = json.at("endpoint").get<std::string>();
    run.identity.suite_sha256 = json.at("suite_sha256").get<std::string>();
    run.identity.kind = known(endpoint_kind_from(json.at("kind").get<std::string>()));
    run.identity.url = json.at("url").get<std::string>();
    run.identity.model = json.at("model").get<std::string>();
    run.identity.sampling = sampling_from(json.at("sampling"));
    run.server = json.at("server").get<std::string>();
    run.fingerprint = json.at("fingerprint").get<std::string>();
    run.started = unwrapped(base::parse_instant(json.at("started").get<std::string>()));
    run.finished = unwrapped(base::parse_instant(json.at("finished").get<std::string>()));
    run.repetitions = json.at("repetitions").get<int>();
    run.parallel = json.at("parallel").get<int>();
    run.currency = json.at("currency").get<std::string>();
    run.throughput = throughput_from(json.at("throughput"));
    return run;
}

template<typename Read>
auto guarded(const char* what, const Read& read) -> base::Result<decltype(read())>
{
    try {
        return read();
    } catch (const std::exception& exception) {
        return base::fail(base::ErrorCode::Unreadable,
                          fmt::format("This is not {} as Leeway keeps it ({}).", what, exception.what()));
    }
}

}

ordered_json money_to_json(const std::optional<base::Decimal>& cost)
{
    return cost ? ordered_json(cost->to_double()) : ordered_json(nullptr);
}

ordered_json measured_to_json(const CaseResult& result)
{
    ordered_json json{{"index", result.index},
                      {"id", result.id},
                      {"category", to_string(result.category)},
                      {"state", to_string(result.state)},
                      {"score", result.score},
                      {"answer", result.answer.text},
                      {"why", result.why},
                      {"assertions", grades_to_json(result.assertions)},
                      {"first_token_ms", or_null(result.first_token_ms)},
                      {"total_ms", result.total_ms},
                      {"tokens", tokens_to_json(result.tokens)},
                      {"tokens_per_second", or_null(result.tokens_per_second)},
                      {"cost", money_to_json(result.cost)},
                      {"finish_reason", result.answer.finish_reason},
                      {"trouble", to_string(result.trouble)},
                      {"attempts", result.attempts}};
    if (result.answer.calls)
        json["calls"] = *result.answer.calls;
    return json;
}

ordered_json throughput_to_json(const std::vector<Throughput>& levels)
{
    ordered_json list = ordered_json::array();
    for (const Throughput& level : levels)
        list.push_back({{"parallel", level.parallel},
                        {"requests", level.requests},
                        {"failed", level.failed},
                        {"requests_per_second", level.requests_per_second},
                        {"tokens_per_second", level.tokens_per_second},
                        {"first_token_ms", level.first_token_ms}});
    return list;
}

ordered_json sampling_to_json(const Sampling& sampling)
{
    return {{"temperature", sampling.temperature},
            {"seed", or_null(sampling.seed)},
            {"max_tokens", sampling.max_tokens}};
}

Sampling sampling_from(const ordered_json& json)
{
    return {json.at("temperature").get<double>(), from_null<std::int64_t>(json.at("seed")),
            json.at("max_tokens").get<int>()};
}

ordered_json to_json(const CaseResult& result)
{
    ordered_json json = measured_to_json(result);
    json["repetition"] = result.repetition;
    json["exact_cost"] = result.cost ? ordered_json(result.cost->to_string()) : ordered_json(nullptr);
    json["latency_ms"] = or_null(result.answer.latency_ms);
    json["log_probabilities"] = result.answer.log_probabilities;
    if (!result.judgements.empty())
        json["judgements"] = judgements_to_json(result.judgements);
    return json;
}

base::Result<CaseResult> case_result_from(const ordered_json& json)
{
    return guarded("a result of a case", [&] { return read_result(json); });
}

ordered_json head_to_json(const Run& run)
{
    return {{"leeway_run", format},
            {"suite", run.suite},
            {"endpoint", run.endpoint},
            {"suite_sha256", run.identity.suite_sha256},
            {"kind", to_string(run.identity.kind)},
            {"url", run.identity.url},
            {"model", run.identity.model},
            {"sampling", sampling_to_json(run.identity.sampling)},
            {"server", run.server},
            {"fingerprint", run.fingerprint},
            {"started", base::to_string(run.started)},
            {"finished", base::to_string(run.finished)},
            {"repetitions", run.repetitions},
            {"parallel", run.parallel},
            {"currency", run.currency},
            {"throughput", throughput_to_json(run.throughput)}};
}

base::Result<Run> head_from(const ordered_json& json)
{
    return guarded("a run", [&] { return read_head(json); });
}

}
