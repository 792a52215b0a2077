#include "core/pricing/counts.h"

#include "core/base/text.h"

#include <algorithm>
#include <limits>

namespace leeway::pricing {
namespace {

struct Fact
{
    Component component;
    std::string_view name;
    Side side;
    Component whole;
};

using enum Component;

constexpr std::array<Fact, component_count> facts{{
    {Input, "input", Side::Input, Input},
    {CacheRead, "cache_read", Side::Input, Input},
    {CacheWrite5m, "cache_write_5m", Side::Input, Input},
    {CacheWrite1h, "cache_write_1h", Side::Input, CacheWrite5m},
    {CacheWrite12h, "cache_write_12h", Side::Input, CacheWrite5m},
    {CacheReadAudio, "cache_read_audio", Side::Input, AudioInput},
    {CacheReadImage, "cache_read_image", Side::Input, ImageInput},
    {CacheWriteAudio, "cache_write_audio", Side::Input, AudioInput},
    {AudioInput, "audio_input", Side::Input, Input},
    {ImageInput, "image_input", Side::Input, Input},
    {VideoInput, "video_input", Side::Input, Input},
    {Output, "output", Side::Output, Output},
    {Reasoning, "reasoning", Side::Output, Output},
    {AudioOutput, "audio_output", Side::Output, Output},
    {ImageOutput, "image_output", Side::Output, Output},
    {VideoOutput, "video_output", Side::Output, Output},
    {Request, "request", Side::Unit, Request},
    {WebSearch, "web_search", Side::Unit, WebSearch},
    {WebSearchLow, "web_search_low", Side::Unit, WebSearch},
    {WebSearchHigh, "web_search_high", Side::Unit, WebSearch},
    {MapSearch, "map_search", Side::Unit, MapSearch},
    {Image, "image", Side::Unit, Image},
    {ImageRead, "image_read", Side::Unit, Image},
    {PixelRead, "pixel_read", Side::Unit, PixelRead},
    {PixelMade, "pixel_made", Side::Unit, PixelMade},
    {AudioSecond, "audio_second", Side::Unit, AudioSecond},
    {VideoSecond, "video_second", Side::Unit, VideoSecond},
    {VideoSecondMade, "video_second_made", Side::Unit, VideoSecondMade},
    {Page, "page", Side::Unit, Page},
    {AnnotatedPage, "annotated_page", Side::Unit, Page},
    {Character, "character", Side::Unit, Character},
    {CharacterMade, "character_made", Side::Unit, CharacterMade},
    {Citation, "citation", Side::Unit, Citation},
    {CodeSession, "code_session", Side::Unit, CodeSession},
    {FileSearch, "file_search", Side::Unit, FileSearch},
}};

constexpr bool in_order()
{
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (static_cast<std::size_t>(facts[i].component) != i)
            return false;
    }
    return true;
}
static_assert(in_order());

const Fact& fact(Component component)
{
    return facts[static_cast<std::size_t>(component)];
}

static_assert(std::ranges::is_sorted(facts, {}, &Fact::side)); // so those of a side stand together

template<Side side>
std::int64_t sum_of(const Counts& counts)
{
    constexpr auto begin =
        static_cast<std::size_t>(std::ranges::lower_bound(facts, side, {}, &Fact::side) - facts.begin());
    constexpr auto end =
        static_cast<std::size_t>(std::ranges::upper_bound(facts, side, {}, &Fact::side) - facts.begin());
    std::int64_t sum = 0;
    for (std::size_t i = begin; i < end; ++i)
        sum = saturated_sum(sum, counts.of[i]);
    return sum;
}

}

Side side_of(Component component)
{
    return fact(component).side;
}

Component whole_of(Component component)
{
    return fact(component).whole;
}

std::string_view to_string(Component component)
{
    return component < Component::Count_ ? fact(component).name : std::string_view("unknown");
}

std::optional<Component> component_from(std::string_view name)
{
    const auto found = std::ranges::find(facts, name, &Fact::name);
    return found == facts.end() ? std::nullopt : std::optional(found->component);
}

std::int64_t Counts::all_input() const
{
    return sum_of<Side::Input>(*this);
}

std::int64_t Counts::all_output() const
{
    return sum_of<Side::Output>(*this);
}

std::int64_t Counts::all_cached() const
{
    return saturated_sum(saturated_sum((*this)[CacheRead], (*this)[CacheReadAudio]), (*this)[CacheReadImage]);
}

std::int64_t saturated_sum(std::int64_t a, std::int64_t b)
{
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum))
        return b > 0 ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
    return sum;
}

Counts& Counts::operator+=(const Counts& other)
{
    // Sums that wrap round are quick; a sign that neither part has tells that one did.
    std::array<std::int64_t, component_count> sums{};
    std::uint64_t wrapped = 0;
    for (std::size_t i = 0; i < of.size(); ++i) {
        const auto a = static_cast<std::uint64_t>(of[i]);
        const auto b = static_cast<std::uint64_t>(other.of[i]);
        const std::uint64_t sum = a + b;
        wrapped |= (a ^ sum) & (b ^ sum);
        sums[i] = static_cast<std::int64_t>(sum);
    }
    if (wrapped >> 63U != 0)
        std::ranges::transform(of, other.of, sums.begin(), saturated_sum);
    of = sums;
    return *this;
}

std::string canonical_tier(std::string_view tier)
{
    std::string name = base::lowered(base::trimmed(tier));
    if (name.empty() || name == "default" || name == "auto")
        return "standard";
    if (name == "batches")
        return "batch";
    return name;
}

}
