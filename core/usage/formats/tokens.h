#pragma once

#include "core/usage/row.h"

#include <cstdint>
#include <string_view>

namespace leeway::usage {

/// The tokens of a record after its source's convention was applied: `input` and `output` are wholes, all
/// else are parts of them. What is both cached and audio or image is in `cache_read`, in `audio` or `image`,
/// and in `cached_audio` or `cached_image`.
struct Tokens
{
    std::int64_t input = 0;
    std::int64_t cache_read = 0;
    std::int64_t cache_write_5m = 0;
    std::int64_t cache_write_1h = 0;
    std::int64_t audio = 0;
    std::int64_t image = 0;
    std::int64_t video = 0;
    std::int64_t cached_audio = 0;
    std::int64_t cached_image = 0;
    std::int64_t output = 0;
    std::int64_t reasoning = 0;
    std::int64_t audio_output = 0;
    std::int64_t image_output = 0;

    [[nodiscard]] bool none() const { return input == 0 && output == 0; }
};

/// Hands them to the row, each token once. A source that does not say how much of its audio, images and video
/// was cached gets as much of them as cached as does not fit beside the cached tokens.
void put(Tokens tokens, RowBuilder& row);

}
