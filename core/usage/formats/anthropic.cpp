#include "core/usage/formats/pages.h"
#include "core/usage/formats/tokens.h"

#include <algorithm>

// Anthropic's usage report. Uncached input, cache reads and cache writes stand side by side: the whole is
// their sum. It does not say how many requests there were; what matters for prices is whether they were above
// 200,000 tokens, which context_window says.

namespace leeway::usage {
namespace {

constexpr std::int64_t long_context = 200'000;

std::int64_t requests_of(std::int64_t input, std::string_view context_window)
{
    const bool is_long = context_window.starts_with("200k");
    const std::int64_t requests =
        is_long ? input / (long_context + 1) : (input + long_context - 1) / long_context;
    return std::max<std::int64_t>(requests, 1);
}

void read_result(Record& bucket, Record& result, RowSink& sink)
{
    RowBuilder& row = sink.begin();
    Tokens tokens;
    tokens.cache_read = result.count({"cache_read_input_tokens"}, row);
    tokens.cache_write_5m =
        result.count({"cache_creation.ephemeral_5m_input_tokens", "ephemeral_5m_input_tokens",
                      "cache_creation_5m_input_tokens", "cache_creation_input_tokens"},
                     row);
    tokens.cache_write_1h = result.count({"cache_creation.ephemeral_1h_input_tokens",
                                          "ephemeral_1h_input_tokens", "cache_creation_1h_input_tokens"},
                                         row);
    tokens.input = result.count({"uncached_input_tokens"}, row) + tokens.cache_read + tokens.cache_write_5m +
                   tokens.cache_write_1h;
    tokens.output = result.count({"output_tokens"}, row);
    const std::int64_t searches =
        result.count({"server_tool_use.web_search_requests", "web_search_requests"}, row);
    if (tokens.none() && searches == 0)
        return sink.pass_over("sums without tokens");
    if (result.text({"model"}).empty())
        row.complain("names no model: export it again, grouped by model");
    row.set(*field_index("time"), bucket.text({"starting_at", "start_time", "date"}));
    row.set(*field_index("vendor"), "anthropic");
    row.set(*field_index("model"), result.text({"model"}));
    row.set(*field_index("tag"), result.text({"workspace_id"}));
    row.set(*field_index("region"), result.text({"inference_geo"}));
    row.set(*field_index("service_tier"), result.text({"service_tier"}));
    row.set(*field_index("request_id"),
            sum_id("anthropic", bucket, result,
                   {"date", "api_key_id", "workspace_id", "model", "service_tier", "context_window",
                    "inference_geo", "account_id", "service_account_id"}));
    row.set_number(*field_index("requests"), requests_of(tokens.input, result.text({"context_window"})));
    put(tokens, row);
    row.set_number(*field_index("web_searches"), searches);
    sink.end();
}

}

const Format anthropic_usage{
    "anthropic-usage",
    "Anthropic usage report",
    [](const Shape& shape) {
        if (shape.table)
            return shape.has("uncached_input_tokens");
        return first_result_has(*shape.first, {"uncached_input_tokens"});
    },
    [](Record& record, RowSink& sink) {
        for_each_result(record, [&](Record& bucket, Record& result) { read_result(bucket, result, sink); });
    },
    "starting_at",
    "model",
    "uncached_input_tokens",
    "output_tokens"};

}
