#include "core/usage/digest.h"
#include "core/usage/formats/format.h"
#include "core/usage/formats/openaidetails.h"
#include "core/usage/formats/tokens.h"

#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <string>

// LiteLLM: the table LiteLLM_SpendLogs and the daily tables, exported as CSV or JSON. All cached tokens are
// inside prompt_tokens, whatever the vendor's convention; details are in metadata.usage_object.

namespace leeway::usage {
namespace {

void set_model(Record& record, RowBuilder& row)
{
    const std::string vendor(record.text({"custom_llm_provider"}));
    std::string model(record.text({"model", "model_group"}));
    if (!vendor.empty() && model.starts_with(vendor + "/"))
        model.erase(0, vendor.size() + 1);
    row.set(*field_index("vendor"), vendor);
    row.set(*field_index("model"), model);
}

void read_spend(Record& record, RowSink& sink)
{
    RowBuilder& row = sink.begin();
    Tokens tokens;
    tokens.input = record.count({"prompt_tokens"}, row);
    tokens.output = record.count({"completion_tokens"}, row);
    if (base::lowered(record.text({"cache_hit"})) == "true")
        return sink.pass_over("answers from the gateway's own cache");
    if (base::lowered(record.text({"status"})) == "failure" && tokens.none())
        return sink.pass_over("failed requests");
    row.set(*field_index("time"), record.text({"starttime", "startTime"}));
    set_model(record, row);
    row.set(*field_index("request_id"), record.text({"request_id"}));
    row.set(*field_index("tag"), record.text({"team_id"}));
    for (const std::string_view details : {"metadata.additional_usage_values", "metadata.usage_object"}) {
        if (const auto usage = record.json({details}))
            take_openai_details(*usage, tokens, row);
    }
    put(tokens, row);
    sink.end();
}

void read_daily(Record& record, RowSink& sink)
{
    RowBuilder& row = sink.begin();
    const std::int64_t requests = record.count({"api_requests"}, row);
    Tokens tokens;
    tokens.input = record.count({"prompt_tokens"}, row);
    tokens.output = record.count({"completion_tokens"}, row);
    tokens.cache_read = record.count({"cache_read_input_tokens"}, row);
    tokens.cache_write_5m = record.count({"cache_creation_input_tokens"}, row);
    if (tokens.none())
        return sink.pass_over("failed requests");
    row.set(*field_index("time"), record.text({"date"}));
    set_model(record, row);
    row.set_number(*field_index("requests"), std::max<std::int64_t>(requests, 1));
    std::string id = "litellm-daily";
    for (const std::string_view part :
         {"date", "api_key", "user_id", "team_id", "tag", "organization_id", "end_user_id", "model",
          "model_group", "custom_llm_provider", "mcp_namespaced_tool_name", "endpoint"})
        id += fmt::format("|{}", record.text({part}));
    row.set(*field_index("request_id"), to_string(digest_of(id)));
    row.set(*field_index("tag"), record.text({"team_id", "tag"}));
    put(tokens, row);
    sink.end();
}

}

const Format litellm_spend{
    "litellm-spend",
    "LiteLLM spend log",
    [](const Shape& shape) {
        return shape.has_all({"request_id", "starttime", "prompt_tokens", "completion_tokens", "model"}) &&
               shape.has_any({"call_type", "spend", "custom_llm_provider"});
    },
    read_spend,
    "startTime",
    "model",
    "prompt_tokens",
    "completion_tokens"};

const Format litellm_daily{
    "litellm-daily",
    "LiteLLM daily spend table",
    [](const Shape& shape) {
        return shape.has_all({"date", "api_requests", "prompt_tokens", "completion_tokens", "model"});
    },
    read_daily,
    "date",
    "model",
    "prompt_tokens",
    "completion_tokens"};

}
