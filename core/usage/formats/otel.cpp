#include "core/usage/formats/format.h"
#include "core/usage/formats/tokens.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

// OpenTelemetry spans with the attributes of the GenAI conventions: OTLP JSON as exporters write it, or one
// span a line with its attributes in an object. Cached tokens are inside the input, reasoning inside the
// output. Spans of agents and tools repeat what the spans of their model calls say.

namespace leeway::usage {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

// The attributes of a span, as an OTLP list or as an object.
class Attributes
{
public:
    explicit Attributes(const element& span)
    {
        if (const auto found = element_at(span, "attributes"))
            m_attributes = *found;
    }

    [[nodiscard]] std::optional<element> find(std::string_view name) const
    {
        if (!m_attributes)
            return std::nullopt;
        array list;
        if (m_attributes->get(list) != simdjson::SUCCESS)
            return element_at(*m_attributes, name);
        for (const element each : list) {
            std::string_view key;
            if (each["key"].get(key) != simdjson::SUCCESS || key != name)
                continue;
            for (const std::string_view kind : {"value.intValue", "value.stringValue", "value.doubleValue"}) {
                if (const auto value = element_at(each, kind))
                    return value;
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] std::string text(std::initializer_list<std::string_view> names) const
    {
        std::string scratch;
        for (const std::string_view name : names) {
            if (const auto value = find(name))
                return std::string(text_of(*value, scratch));
        }
        return {};
    }

    [[nodiscard]] std::int64_t count(std::initializer_list<std::string_view> names, RowBuilder& row) const
    {
        for (const std::string_view name : names) {
            if (const auto value = find(name))
                return count_of(*value, name, row);
        }
        return 0;
    }

private:
    std::optional<element> m_attributes;
};

// As price sheets name the vendors.
std::string vendor_of(std::string_view provider)
{
    constexpr std::array<std::array<std::string_view, 2>, 9> names{{{"aws.bedrock", "bedrock"},
                                                                    {"azure.ai.openai", "azure"},
                                                                    {"az.ai.openai", "azure"},
                                                                    {"azure.ai.inference", "azure_ai"},
                                                                    {"az.ai.inference", "azure_ai"},
                                                                    {"gcp.vertex_ai", "vertex_ai"},
                                                                    {"gcp.gemini", "gemini"},
                                                                    {"mistral_ai", "mistral"},
                                                                    {"x_ai", "xai"}}};
    const auto known = std::ranges::find(names, provider, [](const auto& pair) { return pair[0]; });
    return std::string(known == names.end() ? provider : (*known)[1]);
}

// "1793610000123456789", or an ISO time.
std::string time_of(std::string_view text)
{
    std::int64_t nanoseconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), nanoseconds);
    if (error != std::errc{} || end != text.data() + text.size() || text.size() < 16)
        return std::string(text);
    return base::to_string(base::Instant(std::chrono::milliseconds(nanoseconds / 1'000'000)));
}

Tokens tokens_of(const Attributes& span, RowBuilder& row)
{
    Tokens tokens;
    tokens.input = span.count({"gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"}, row);
    tokens.output = span.count({"gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"}, row);
    tokens.cache_read =
        span.count({"gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens"}, row);
    tokens.cache_write_5m = span.count(
        {"gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_creation_input_tokens"}, row);
    tokens.reasoning = span.count({"gen_ai.usage.reasoning.output_tokens"}, row);
    tokens.audio = span.count({"gen_ai.usage.audio.input_tokens"}, row);
    tokens.image = span.count({"gen_ai.usage.image.input_tokens"}, row);
    tokens.video = span.count({"gen_ai.usage.video.input_tokens"}, row);
    tokens.audio_output = span.count({"gen_ai.usage.audio.output_tokens"}, row);
    tokens.image_output = span.count({"gen_ai.usage.image.output_tokens"}, row);
    return tokens;
}

void read_span(const element& span, RowSink& sink)
{
    constexpr std::array repeating{"invoke_agent", "create_agent", "execute_tool", "invoke_workflow"};
    RowBuilder& row = sink.begin();
    const Attributes attributes(span);
    const std::string operation = attributes.text({"gen_ai.operation.name"});
    if (std::ranges::find(repeating, operation) != repeating.end())
        return sink.pass_over("spans of agents and tools");
    const Tokens tokens = tokens_of(attributes, row);
    if (tokens.none())
        return sink.pass_over("spans without tokens");
    const auto text = [&](std::string_view path) {
        std::string scratch;
        const auto value = element_at(span, path);
        return value ? std::string(text_of(*value, scratch)) : std::string();
    };
    std::string time = text("startTimeUnixNano");
    for (const std::string_view other : {"start_time_unix_nano", "start_time", "startTime"}) {
        if (time.empty())
            time = text(other);
    }
    std::string id = attributes.text({"gen_ai.response.id"});
    if (id.empty())
        id = text("traceId") + text("trace_id") + ":" + text("spanId") + text("span_id");
    row.set(*field_index("time"), time_of(time));
    row.set(*field_index("vendor"), vendor_of(attributes.text({"gen_ai.provider.name", "gen_ai.system"})));
    row.set(*field_index("model"), attributes.text({"gen_ai.response.model", "gen_ai.request.model"}));
    row.set(*field_index("service_tier"),
            attributes.text({"openai.response.service_tier", "gen_ai.openai.response.service_tier"}));
    row.set(*field_index("request_id"), id == ":" ? std::string() : id);
    put(tokens, row);
    sink.end();
}

template<typename Visit>
void for_each_in(const element& from, std::initializer_list<std::string_view> names, const Visit& visit)
{
    for (const std::string_view name : names) {
        const auto found = element_at(from, name);
        array inside;
        if (!found || found->get(inside) != simdjson::SUCCESS)
            continue;
        for (const element each : inside)
            visit(each);
    }
}

void read(Record& record, RowSink& sink)
{
    if (const auto resources = record.json({"resourceSpans", "resource_spans"})) {
        array list;
        if (resources->get(list) != simdjson::SUCCESS)
            return sink.pass_over("records without spans");
        for (const element resource : list) {
            for_each_in(resource, {"scopeSpans", "scope_spans", "instrumentationLibrarySpans"},
                        [&](const element& scope) {
                            for_each_in(scope, {"spans"},
                                        [&](const element& span) { read_span(span, sink); });
                        });
        }
        return;
    }
    if (record.root() && record.has({"attributes"}))
        read_span(*record.root(), sink);
    else
        sink.pass_over("records without spans");
}

}

const Format otel_spans{"otel-genai",
                        "OpenTelemetry GenAI spans",
                        [](const Shape& shape) {
                            return !shape.table &&
                                   (shape.has_any({"resourcespans", "resource_spans"}) ||
                                    std::ranges::any_of(shape.names, [](const std::string& name) {
                                        return name.starts_with("attributes.gen_ai.");
                                    }));
                        },
                        read,
                        "startTimeUnixNano",
                        "gen_ai.response.model",
                        "gen_ai.usage.input_tokens",
                        "gen_ai.usage.output_tokens"};

}
