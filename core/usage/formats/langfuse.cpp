#include "core/usage/formats/format.h"
#include "core/usage/formats/tokens.h"

#include "core/base/text.h"

#include <array>
#include <string>

// Langfuse observations: batch exports (CSV, JSON Lines) and the API's answers. usage_details holds amounts
// by kind, side by side: every kind with "input" in its name adds to the input, with "output" to the output.
// Where `total` is just input + output, the kinds are parts of these instead.

namespace leeway::usage {
namespace {

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

// Which part a kind of usage is; null for plain input and output.
std::int64_t* part_of(Tokens& tokens, std::string_view kind, bool input)
{
    if (!input) {
        if (contains(kind, "reasoning") || contains(kind, "thought"))
            return &tokens.reasoning;
        if (contains(kind, "audio"))
            return &tokens.audio_output;
        return contains(kind, "image") ? &tokens.image_output : nullptr;
    }
    if (contains(kind, "creation") || contains(kind, "write"))
        return contains(kind, "1h") ? &tokens.cache_write_1h : &tokens.cache_write_5m;
    if (contains(kind, "cache"))
        return &tokens.cache_read;
    if (contains(kind, "audio"))
        return &tokens.audio;
    if (contains(kind, "image"))
        return &tokens.image;
    return contains(kind, "video") ? &tokens.video : nullptr;
}

Tokens tokens_of(const simdjson::dom::object& details, RowBuilder& row)
{
    Tokens tokens;
    std::int64_t total = -1;
    std::int64_t plain = 0; // the kinds "input" and "output"
    for (const auto& [key, value] : details) {
        const std::string kind = base::lowered(key);
        if (value.is_null())
            continue;
        const bool input = contains(kind, "input") || contains(kind, "prompt");
        const bool output = contains(kind, "output") || contains(kind, "completion");
        const std::int64_t count = input || output || kind == "total" ? count_of(value, kind, row) : 0;
        if (kind == "total")
            total = count;
        if (input == output)
            continue;
        (input ? tokens.input : tokens.output) += count;
        if (kind == "input" || kind == "output")
            plain += count;
        if (std::int64_t* part = part_of(tokens, kind, input))
            *part += count;
    }
    if (total == plain && total < tokens.input + tokens.output) {
        std::int64_t whole = 0;
        if (details.at_key("input").get(whole) == simdjson::SUCCESS)
            tokens.input = whole;
        whole = 0;
        if (details.at_key("output").get(whole) == simdjson::SUCCESS)
            tokens.output = whole;
    }
    return tokens;
}

void read(Record& record, RowSink& sink)
{
    RowBuilder& row = sink.begin();
    const std::string kind = base::lowered(record.text({"type"}));
    if (kind != "generation" && kind != "embedding" && !kind.empty())
        return sink.pass_over("observations that are no calls of a model");
    Tokens tokens;
    const auto details = record.json({"usage_details", "usageDetails", "usage"});
    simdjson::dom::object kinds;
    if (details && details->get(kinds) == simdjson::SUCCESS)
        tokens = tokens_of(kinds, row);
    if (tokens.none()) {
        tokens.input = record.count({"prompt_tokens", "promptTokens", "input_usage", "inputUsage"}, row);
        tokens.output =
            record.count({"completion_tokens", "completionTokens", "output_usage", "outputUsage"}, row);
    }
    if (tokens.none())
        return sink.pass_over("observations without tokens");
    row.set(*field_index("time"), record.text({"start_time", "startTime"}));
    row.set(*field_index("model"),
            record.text({"provided_model_name", "providedModelName", "model", "internalModel"}));
    row.set(*field_index("request_id"), record.text({"id"}));
    put(tokens, row);
    sink.end();
}

}

const Format langfuse{
    "langfuse",
    "Langfuse observations",
    [](const Shape& shape) {
        const bool trace =
            shape.has_any({"trace_id", "traceid"}) && shape.has_any({"start_time", "starttime"});
        const bool usage = shape.has_any({"usage_details", "usagedetails", "prompttokens", "inputusage"}) ||
                           std::ranges::any_of(shape.names, [](const std::string& name) {
                               return name.starts_with("usage_details.") || name.starts_with("usagedetails.");
                           });
        return trace && usage && shape.has("type");
    },
    read,
    "start_time",
    "provided_model_name",
    "usage_details",
    "usage_details"};

}
