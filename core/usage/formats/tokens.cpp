#include "core/usage/formats/tokens.h"

#include <algorithm>

namespace leeway::usage {
namespace {

void put_part(RowBuilder& row, std::string_view name, std::int64_t value)
{
    if (value != 0)
        row.set_number(*field_index(name), value);
}

}

void put(Tokens tokens, RowBuilder& row)
{
    const bool details = tokens.cached_audio > 0 || tokens.cached_image > 0;
    tokens.cache_read -= std::min(tokens.cache_read, tokens.cached_audio + tokens.cached_image);
    tokens.audio -= std::min(tokens.audio, tokens.cached_audio);
    tokens.image -= std::min(tokens.image, tokens.cached_image);
    if (!details) {
        std::int64_t excess = tokens.cache_read + tokens.cache_write_5m + tokens.cache_write_1h +
                              tokens.audio + tokens.image + tokens.video - tokens.input;
        excess = std::clamp<std::int64_t>(excess, 0, tokens.cache_read);
        for (std::int64_t* part : {&tokens.video, &tokens.image, &tokens.audio}) {
            const std::int64_t both = std::min(excess, *part);
            *part -= both;
            excess -= both;
        }
    }
    row.set_number(*field_index("input_tokens"), tokens.input);
    row.set_number(*field_index("output_tokens"), tokens.output);
    put_part(row, "cache_read_tokens", tokens.cache_read);
    put_part(row, "cache_read_audio_tokens", tokens.cached_audio);
    put_part(row, "cache_read_image_tokens", tokens.cached_image);
    put_part(row, "cache_write_5m_tokens", tokens.cache_write_5m);
    put_part(row, "cache_write_1h_tokens", tokens.cache_write_1h);
    put_part(row, "audio_input_tokens", tokens.audio);
    put_part(row, "image_input_tokens", tokens.image);
    put_part(row, "video_input_tokens", tokens.video);
    put_part(row, "reasoning_tokens", tokens.reasoning);
    put_part(row, "audio_output_tokens", tokens.audio_output);
    put_part(row, "image_output_tokens", tokens.image_output);
}

}
