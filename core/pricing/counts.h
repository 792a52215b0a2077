#pragma once

#include "core/base/date.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leeway::pricing {

/// Everything that a price sheet can have a rate for. Token components are disjoint in Counts: Input is what
/// is left of the input after its parts, Output what is left of the output.
enum class Component : std::uint8_t {
    Input,
    CacheRead,
    CacheWrite5m,
    CacheWrite1h,
    CacheWrite12h,
    CacheReadAudio,
    CacheReadImage,
    CacheWriteAudio,
    AudioInput,
    ImageInput,
    VideoInput,
    Output,
    Reasoning,
    AudioOutput,
    ImageOutput,
    VideoOutput,
    Request,   // a fee for each request
    WebSearch, // for each search with a context of medium size
    WebSearchLow,
    WebSearchHigh,
    MapSearch,
    Image,     // for each image made, or read by a model that makes none
    ImageRead, // for each image read by a model that also makes images
    PixelRead,
    PixelMade,
    AudioSecond, // heard or spoken
    VideoSecond, // watched
    VideoSecondMade,
    Page,
    AnnotatedPage,
    Character, // read
    CharacterMade,
    Citation, // for each token of cited text, charged beside the input
    CodeSession,
    FileSearch,
    Count_
};
inline constexpr std::size_t component_count = static_cast<std::size_t>(Component::Count_);

/// Where a component belongs: a part of the input tokens, of the output tokens, or a unit of its own.
enum class Side : std::uint8_t { Input, Output, Unit };

Side side_of(Component component);
/// What a part without a rate of its own is charged as: cache_read_audio → audio_input → input,
/// cache_write_1h → cache_write_5m → input; itself for Input, Output and units without a nearer one.
Component whole_of(Component component);

std::string_view to_string(Component component); // "input", "cache_read", "cache_write_5m", …
std::optional<Component> component_from(std::string_view name);

/// Exact sums of what one or many requests used, by component. Additive; a sum saturates.
struct Counts
{
    std::array<std::int64_t, component_count> of{};

    std::int64_t& operator[](Component c) { return of[static_cast<std::size_t>(c)]; }
    std::int64_t operator[](Component c) const { return of[static_cast<std::size_t>(c)]; }
    [[nodiscard]] std::int64_t requests() const { return (*this)[Component::Request]; }
    [[nodiscard]] std::int64_t all_input() const;  // input with its parts
    [[nodiscard]] std::int64_t all_output() const; // output with its parts
    [[nodiscard]] std::int64_t all_cached() const; // input that was read from a cache
    Counts& operator+=(const Counts& other);
    bool operator==(const Counts&) const = default;
};

/// The sum, or the nearest number that there is.
std::int64_t saturated_sum(std::int64_t a, std::int64_t b);

/// One line of a usage log: a request, or `counts.requests()` of them summed up.
struct Usage
{
    base::Instant time;
    std::string vendor;
    std::string model;
    std::string service_tier = "standard";
    std::string region;
    std::string tag;
    std::string request_id;
    std::int64_t line = 0; // 1-based in its file
    Counts counts;
};

/// The name of a service tier as sheets and cubes hold it: "" , "default", "auto" → "standard", "batches" →
/// "batch"; lower case.
std::string canonical_tier(std::string_view tier);

}
