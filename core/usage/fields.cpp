#include "core/usage/fields.h"

#include "core/base/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace leeway::usage {
namespace {

using Kind = Field::Kind;
using pricing::Component;

constexpr std::array fields{
    Field{"time", Kind::Time},
    Field{"vendor", Kind::Vendor},
    Field{"model", Kind::Model},
    Field{"service_tier", Kind::ServiceTier},
    Field{"region", Kind::Region},
    Field{"tag", Kind::Tag},
    Field{"request_id", Kind::RequestId},
    Field{"requests", Kind::Count, Component::Request},
    Field{"input_tokens", Kind::WholeInput},
    Field{"cache_read_tokens", Kind::Count, Component::CacheRead},
    Field{"cache_write_5m_tokens", Kind::Count, Component::CacheWrite5m},
    Field{"cache_write_1h_tokens", Kind::Count, Component::CacheWrite1h},
    Field{"audio_input_tokens", Kind::Count, Component::AudioInput},
    Field{"image_input_tokens", Kind::Count, Component::ImageInput},
    Field{"video_input_tokens", Kind::Count, Component::VideoInput},
    Field{"output_tokens", Kind::WholeOutput},
    Field{"reasoning_tokens", Kind::Count, Component::Reasoning},
    Field{"audio_output_tokens", Kind::Count, Component::AudioOutput},
    Field{"image_output_tokens", Kind::Count, Component::ImageOutput},
    Field{"web_searches", Kind::Count, Component::WebSearch},
    Field{"images", Kind::Count, Component::Image},
    Field{"audio_seconds", Kind::Seconds, Component::AudioSecond},
    Field{"pages", Kind::Count, Component::Page},
    Field{"characters", Kind::Count, Component::Character},
    // components that only some vendors price
    Field{"cache_write_12h_tokens", Kind::Count, Component::CacheWrite12h},
    Field{"cache_read_audio_tokens", Kind::Count, Component::CacheReadAudio},
    Field{"cache_read_image_tokens", Kind::Count, Component::CacheReadImage},
    Field{"cache_write_audio_tokens", Kind::Count, Component::CacheWriteAudio},
    Field{"video_output_tokens", Kind::Count, Component::VideoOutput},
    Field{"web_searches_low", Kind::Count, Component::WebSearchLow},
    Field{"web_searches_high", Kind::Count, Component::WebSearchHigh},
    Field{"map_searches", Kind::Count, Component::MapSearch},
    Field{"images_read", Kind::Count, Component::ImageRead},
    Field{"pixels_read", Kind::Count, Component::PixelRead},
    Field{"pixels_made", Kind::Count, Component::PixelMade},
    Field{"video_seconds", Kind::Seconds, Component::VideoSecond},
    Field{"video_seconds_made", Kind::Seconds, Component::VideoSecondMade},
    Field{"annotated_pages", Kind::Count, Component::AnnotatedPage},
    Field{"characters_made", Kind::Count, Component::CharacterMade},
    Field{"citation_tokens", Kind::Count, Component::Citation},
    Field{"code_sessions", Kind::Count, Component::CodeSession},
    Field{"file_searches", Kind::Count, Component::FileSearch},
    // known, not needed for money
    Field{"user"},
    Field{"conversation"},
    Field{"latency_ms"},
    Field{"first_token_ms"},
    Field{"status"},
    Field{"prefix_hashes"},
    Field{"prompt"},
    Field{"answer"},
};
static_assert(fields.size() <= 64);

}

std::span<const Field> usage_fields()
{
    return fields;
}

std::optional<std::size_t> field_index(std::string_view name)
{
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? std::nullopt
                                 : std::optional(static_cast<std::size_t>(found - fields.begin()));
}

CountText parse_count(std::string_view text, bool seconds)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{} && end == text.data() + text.size()) {
        if (value < 0)
            return {0, "is negative"};
        return value > largest_count ? CountText{0, "is out of range"} : CountText{value, nullptr};
    }
    const auto decimal = base::Decimal::parse(text);
    if (!decimal || text.starts_with('+'))
        return {0, "is not a number"};
    if (decimal->is_negative())
        return {0, "is negative"};
    if (*decimal > base::Decimal::from_integer(largest_count))
        return {0, "is out of range"};
    const std::string whole = decimal->to_fixed(0);
    std::from_chars(whole.data(), whole.data() + whole.size(), value);
    if (base::Decimal::from_integer(value) == *decimal)
        return {value, nullptr};
    if (!seconds)
        return {0, "is not a whole number"};
    const base::Decimal half = *base::Decimal::parse("0.5");
    const std::string nearest = (*decimal + half).to_fixed(18);
    std::from_chars(nearest.data(), nearest.data() + nearest.find('.'), value);
    return {value, nullptr};
}

}
