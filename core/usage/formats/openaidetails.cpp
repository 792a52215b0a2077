#include "core/usage/formats/openaidetails.h"

#include <algorithm>

namespace leeway::usage {

void take_openai_details(const simdjson::dom::element& usage, Tokens& tokens, RowBuilder& row)
{
    const auto first = [&](Record::Paths paths) -> std::int64_t {
        for (const std::string_view path : paths) {
            if (const auto value = element_at(usage, path))
                return count_of(*value, path, row);
        }
        return 0;
    };
    tokens.cache_read = std::max(first({"prompt_tokens_details.cached_tokens",
                                        "input_tokens_details.cached_tokens", "cache_read_input_tokens"}),
                                 first({"cache_read_input_tokens"}));
    tokens.cached_audio = first({"prompt_tokens_details.cached_tokens_details.audio_tokens",
                                 "input_tokens_details.cached_tokens_details.audio_tokens"});
    tokens.cached_image = first({"prompt_tokens_details.cached_tokens_details.image_tokens",
                                 "input_tokens_details.cached_tokens_details.image_tokens"});
    const std::int64_t written =
        std::max(first({"prompt_tokens_details.cache_creation_tokens",
                        "prompt_tokens_details.cache_write_tokens", "cache_creation_input_tokens"}),
                 first({"cache_creation_input_tokens"}));
    tokens.cache_write_1h =
        first({"prompt_tokens_details.cache_creation_token_details.ephemeral_1h_input_tokens",
               "cache_creation.ephemeral_1h_input_tokens"});
    tokens.cache_write_5m =
        std::max(first({"prompt_tokens_details.cache_creation_token_details.ephemeral_5m_input_tokens",
                        "cache_creation.ephemeral_5m_input_tokens"}),
                 written - std::min(written, tokens.cache_write_1h));
    tokens.audio = first({"prompt_tokens_details.audio_tokens", "input_tokens_details.audio_tokens"});
    tokens.image = first({"prompt_tokens_details.image_tokens", "input_tokens_details.image_tokens"});
    tokens.video = first({"prompt_tokens_details.video_tokens"});
    tokens.reasoning =
        first({"completion_tokens_details.reasoning_tokens", "output_tokens_details.reasoning_tokens"});
    tokens.audio_output =
        first({"completion_tokens_details.audio_tokens", "output_tokens_details.audio_tokens"});
    tokens.image_output =
        first({"completion_tokens_details.image_tokens", "output_tokens_details.image_tokens"});
}

}
