#include "core/usage/formats/format.h"
#include "core/usage/formats/tokens.h"

// Amazon Bedrock's model invocation log. inputTokenCount leaves cache reads and writes out.

namespace leeway::usage {
namespace {

// "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3" → "anthropic.claude-3".
std::string_view without_arn(std::string_view id)
{
    return id.starts_with("arn:") ? id.substr(id.rfind('/') + 1) : id;
}

void read(Record& record, RowSink& sink)
{
    RowBuilder& row = sink.begin();
    Tokens tokens;
    tokens.cache_read = record.count({"input.cacheReadInputTokenCount"}, row);
    tokens.cache_write_5m = record.count({"input.cacheWriteInputTokenCount"}, row);
    tokens.input = record.count({"input.inputTokenCount"}, row) + tokens.cache_read + tokens.cache_write_5m;
    tokens.output = record.count({"output.outputTokenCount"}, row);
    if (tokens.none() && record.has({"errorCode"}))
        return sink.pass_over("failed requests");
    row.set(*field_index("time"), record.text({"timestamp"}));
    row.set(*field_index("vendor"), "bedrock");
    row.set(*field_index("model"), without_arn(record.text({"modelId"})));
    row.set(*field_index("region"), record.text({"inferenceRegion", "region"}));
    row.set(*field_index("tag"), record.text({"accountId"}));
    row.set(*field_index("request_id"), record.text({"requestId"}));
    put(tokens, row);
    sink.end();
}

}

const Format bedrock_invocations{
    "bedrock-invocations",
    "Bedrock invocation log",
    [](const Shape& shape) {
        return shape.has_all({"modelid", "requestid", "timestamp"}) &&
               shape.has_any({"schematype", "input.inputtokencount", "output.outputtokencount"});
    },
    read,
    "timestamp",
    "modelId",
    "input.inputTokenCount",
    "output.outputTokenCount"};

}
