#include "core/usage/formats/format.h"

#include <array>

namespace leeway::usage {

const Format* recognised_format(const Shape& shape)
{
    static const std::array formats{&litellm_spend, &litellm_daily,       &openai_usage, &anthropic_usage,
                                    &otel_spans,    &bedrock_invocations, &vertex_log,   &langfuse,
                                    &helicone,      &azure_gateway};
    if (!shape.table && shape.first == nullptr)
        return nullptr;
    const auto found =
        std::ranges::find_if(formats, [&](const Format* format) { return format->recognises(shape); });
    return found == formats.end() ? nullptr : *found;
}

}
