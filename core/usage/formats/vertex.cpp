#include "core/usage/formats/format.h"
#include "core/usage/formats/tokens.h"

#include "core/base/text.h"

#include <algorithm>
#include <string>

// Vertex AI's request-response log, as BigQuery exports it. promptTokenCount holds the cached tokens;
// candidatesTokenCount leaves the thoughts out, and tokens of tool results stand beside the prompt.

namespace leeway::usage {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

// A streamed answer is an array of pieces; the last one that counts has it all.
std::optional<element> metadata_of(const element& response)
{
    array pieces;
    if (response.get(pieces) != simdjson::SUCCESS)
        return element_at(response, "usageMetadata");
    std::optional<element> last;
    for (const element piece : pieces) {
        if (const auto found = element_at(piece, "usageMetadata"))
            last = found;
    }
    return last;
}

std::int64_t of_modality(const element& metadata, std::string_view list, std::string_view modality,
                         RowBuilder& row)
{
    const auto found = element_at(metadata, list);
    array details;
    if (!found || found->get(details) != simdjson::SUCCESS)
        return 0;
    std::int64_t sum = 0;
    std::string scratch;
    for (const element detail : details) {
        const auto kind = element_at(detail, "modality");
        const auto count = element_at(detail, "tokenCount");
        if (kind && count && text_of(*kind, scratch) == modality)
            sum += count_of(*count, "tokenCount", row);
    }
    return sum;
}

Tokens tokens_of(const element& metadata, RowBuilder& row)
{
    const auto count = [&](std::string_view path) {
        const auto value = element_at(metadata, path);
        return value ? count_of(*value, path, row) : 0;
    };
    Tokens tokens;
    tokens.input = count("promptTokenCount") + count("toolUsePromptTokenCount");
    tokens.cache_read = count("cachedContentTokenCount");
    tokens.reasoning = count("thoughtsTokenCount");
    tokens.output = count("candidatesTokenCount") + tokens.reasoning;
    tokens.audio = of_modality(metadata, "promptTokensDetails", "AUDIO", row);
    tokens.image = of_modality(metadata, "promptTokensDetails", "IMAGE", row);
    tokens.video = of_modality(metadata, "promptTokensDetails", "VIDEO", row);
    tokens.cached_audio = of_modality(metadata, "cacheTokensDetails", "AUDIO", row);
    tokens.cached_image = of_modality(metadata, "cacheTokensDetails", "IMAGE", row);
    tokens.audio_output = of_modality(metadata, "candidatesTokensDetails", "AUDIO", row);
    tokens.image_output = of_modality(metadata, "candidatesTokensDetails", "IMAGE", row);
    return tokens;
}

// "ON_DEMAND_PRIORITY" → "priority".
std::string tier_of(std::string_view traffic)
{
    constexpr std::string_view on_demand = "ON_DEMAND_";
    if (traffic.starts_with(on_demand))
        return base::lowered(traffic.substr(on_demand.size()));
    return traffic == "PROVISIONED_THROUGHPUT" ? "provisioned" : "standard";
}

// "projects/p/locations/us-central1/publishers/google/models/gemini-2.5-pro": what follows `key`.
std::string_view after(std::string_view path, std::string_view key)
{
    const auto at = path.find(key);
    if (at == std::string_view::npos)
        return {};
    const auto rest = path.substr(at + key.size());
    return rest.substr(0, rest.find('/'));
}

void read(Record& record, RowSink& sink)
{
    RowBuilder& row = sink.begin();
    row.set(*field_index("time"), record.text({"logging_time"}));
    row.set(*field_index("vendor"), "vertex_ai");
    row.set(*field_index("request_id"), record.text({"request_id"}));
    const std::string model(record.text({"model"}));
    const std::string_view name = after(model, "models/");
    row.set(*field_index("model"), name.empty() ? std::string_view(model) : name);
    std::string_view region = after(model, "locations/");
    if (region.empty())
        region = after(record.text({"endpoint"}), "locations/");
    row.set(*field_index("region"), region);
    const auto response = record.json({"full_response"});
    const auto metadata = response ? metadata_of(*response) : std::nullopt;
    if (!metadata)
        return sink.pass_over("records without token counts");
    std::string scratch;
    const auto traffic = element_at(*metadata, "trafficType");
    row.set(*field_index("service_tier"), tier_of(traffic ? text_of(*traffic, scratch) : std::string_view()));
    put(tokens_of(*metadata, row), row);
    sink.end();
}

}

const Format vertex_log{"vertex-log",
                        "Vertex AI request-response log",
                        [](const Shape& shape) {
                            return shape.has_all({"logging_time", "model"}) &&
                                   (shape.has("full_response") ||
                                    std::ranges::any_of(shape.names, [](const std::string& name) {
                                        return name.starts_with("full_response.");
                                    }));
                        },
                        read,
                        "logging_time",
                        "model",
                        "full_response",
                        "full_response"};

}
