#pragma once

#include "core/usage/formats/record.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// Where a format puts the rows of a record.
class RowSink
{
public:
    RowSink() = default;
    RowSink(const RowSink&) = delete;
    RowSink& operator=(const RowSink&) = delete;
    virtual ~RowSink() = default;

    virtual RowBuilder& begin() = 0;
    virtual void end() = 0;
    /// The record, or a part of it, is no usage, for a reason that a person may read: "failed requests".
    virtual void pass_over(std::string_view why) = 0;
};

/// What the first records of a log show.
struct Shape
{
    bool table = false;
    std::vector<std::string> names; // lower case: columns, keys, and with dots the keys inside objects
    Record* first = nullptr;        // the first record; null for a table

    [[nodiscard]] bool has(std::string_view name) const
    {
        return std::ranges::find(names, name) != names.end();
    }
    [[nodiscard]] bool has_all(std::initializer_list<std::string_view> all) const
    {
        return std::ranges::all_of(all, [&](std::string_view name) { return has(name); });
    }
    [[nodiscard]] bool has_any(std::initializer_list<std::string_view> any) const
    {
        return std::ranges::any_of(any, [&](std::string_view name) { return has(name); });
    }
};

/// The export of a vendor, a gateway or a tracing tool.
struct Format
{
    std::string_view name;  // "litellm-spend"
    std::string_view title; // "LiteLLM spend log", for messages
    bool (*recognises)(const Shape& shape) = nullptr;
    void (*read)(Record& record, RowSink& sink) = nullptr;
    /// Where time, model, input and output tokens stand, for a person to see.
    std::string_view time, model, input, output;
};

extern const Format anthropic_usage;
extern const Format azure_gateway;
extern const Format bedrock_invocations;
extern const Format helicone;
extern const Format langfuse;
extern const Format litellm_daily;
extern const Format litellm_spend;
extern const Format openai_usage;
extern const Format otel_spans;
extern const Format vertex_log;

/// The format of that shape, null when it is none of these.
const Format* recognised_format(const Shape& shape);

}
