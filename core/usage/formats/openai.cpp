#include "core/usage/formats/pages.h"
#include "core/usage/formats/tokens.h"

#include <algorithm>

// OpenAI's organization usage: pages of the API, or the CSV of the dashboard. input_tokens holds everything,
// cached and cache-write tokens, text, audio and images; so does output_tokens. Rows are sums over a period.

namespace leeway::usage {
namespace {

Tokens tokens_of(Record& result, RowBuilder& row)
{
    Tokens tokens;
    tokens.input = result.count({"input_tokens"}, row);
    tokens.output = result.count({"output_tokens"}, row);
    tokens.cache_read = result.count({"input_cached_tokens"}, row);
    tokens.cache_write_5m = result.count({"input_cache_write_tokens"}, row);
    tokens.audio = result.count({"input_audio_tokens"}, row);
    tokens.image = result.count({"input_image_tokens"}, row);
    tokens.cached_audio = result.count({"input_cached_audio_tokens"}, row);
    tokens.cached_image = result.count({"input_cached_image_tokens"}, row);
    tokens.audio_output = result.count({"output_audio_tokens"}, row);
    tokens.image_output = result.count({"output_image_tokens"}, row);
    return tokens;
}

void read_result(Record& bucket, Record& result, RowSink& sink)
{
    RowBuilder& row = sink.begin();
    const Tokens tokens = tokens_of(result, row);
    const std::int64_t images = result.count({"images"}, row);
    const std::int64_t characters = result.count({"characters"}, row);
    const std::int64_t seconds = result.count({"seconds"}, row);
    const std::int64_t sessions = result.count({"num_sessions"}, row);
    if (tokens.none() && images == 0 && characters == 0 && seconds == 0 && sessions == 0)
        return sink.pass_over("sums of other things than requests");
    if (result.text({"model"}).empty())
        row.complain("names no model: export it again, grouped by model");
    row.set(*field_index("time"), bucket.text({"start_time", "start_time_iso"}));
    row.set(*field_index("vendor"), "openai");
    row.set(*field_index("model"), result.text({"model"}));
    row.set(*field_index("tag"), result.text({"project_id"}));
    const std::string_view batch = result.text({"batch"});
    row.set(*field_index("service_tier"),
            batch == "true" || batch == "True" ? "batch" : result.text({"service_tier"}));
    row.set(*field_index("request_id"), sum_id("openai", bucket, result,
                                               {"object", "project_id", "user_id", "api_key_id", "model",
                                                "batch", "service_tier", "size", "source", "api_source"}));
    row.set_number(*field_index("requests"),
                   std::max<std::int64_t>(result.count({"num_model_requests"}, row), 1));
    put(tokens, row);
    row.set_number(*field_index("images"), images);
    row.set_number(*field_index("characters"), characters);
    row.set_number(*field_index("audio_seconds"), seconds);
    row.set_number(*field_index("code_sessions"), sessions);
    sink.end();
}

}

const Format openai_usage{
    "openai-usage",
    "OpenAI usage export",
    [](const Shape& shape) {
        if (shape.table)
            return shape.has_all({"start_time", "end_time", "num_model_requests", "model"});
        return first_result_has(*shape.first, {"num_model_requests", "num_sessions"});
    },
    [](Record& record, RowSink& sink) {
        for_each_result(record, [&](Record& bucket, Record& result) { read_result(bucket, result, sink); });
    },
    "start_time",
    "model",
    "input_tokens",
    "output_tokens"};

}
