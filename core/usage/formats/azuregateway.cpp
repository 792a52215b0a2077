#include "core/usage/formats/format.h"
#include "core/usage/formats/tokens.h"

#include <string>

// The LLM log of Azure API Management: the table ApiManagementGatewayLlmLog, or the JSON of a diagnostic
// setting, which has the same values in `properties`. Long requests and answers go over several records; only
// one of them has the token counts. Cached tokens are not in it.

namespace leeway::usage {
namespace {

void read(Record& record, RowSink& sink)
{
    RowBuilder& row = sink.begin();
    Tokens tokens;
    tokens.input = record.count({"PromptTokens", "properties.PromptTokens", "properties.promptTokens"}, row);
    tokens.output =
        record.count({"CompletionTokens", "properties.CompletionTokens", "properties.completionTokens"}, row);
    if (tokens.none())
        return sink.pass_over("records without token counts");
    row.set(*field_index("time"), record.text({"TimeGenerated", "TimeGenerated [UTC]", "time"}));
    row.set(*field_index("vendor"), "azure");
    row.set(*field_index("model"),
            record.text({"ModelName", "properties.ModelName", "properties.modelName", "DeploymentName",
                         "properties.DeploymentName", "properties.deploymentName"}));
    row.set(*field_index("tag"),
            record.text({"DeploymentName", "properties.DeploymentName", "properties.deploymentName"}));
    row.set(*field_index("region"), record.text({"Region", "location"}));
    row.set(*field_index("request_id"),
            record.text({"RequestId", "properties.RequestId", "properties.requestId", "CorrelationId",
                         "correlationId"}));
    put(tokens, row);
    sink.end();
}

}

const Format azure_gateway{
    "azure-gateway",
    "Azure API Management LLM log",
    [](const Shape& shape) {
        if (shape.has_all({"prompttokens", "completiontokens"}))
            return shape.has_any({"timegenerated", "timegenerated [utc]"});
        return shape.has_all({"time", "properties.prompttokens", "properties.completiontokens"});
    },
    read,
    "TimeGenerated",
    "ModelName",
    "PromptTokens",
    "CompletionTokens"};

}
