#include "core/usage/fields.h"

#include "core/base/decimal.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace leeway::usage {
namespace {

using Kind = Field::Kind;
using pricing::Component;
using pricing::Side;

constexpr std::int64_t largest_count = 1'000'000'000'000'000;
constexpr std::size_t longest_text = 1000;

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

struct Number
{
    std::int64_t value = 0;
    const char* complaint = nullptr;
};

// A count: digits, also "1234.0" and "1.2e3" when whole; seconds are rounded to the nearest.
Number parse_count(std::string_view text, bool seconds)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{} && end == text.data() + text.size()) {
        if (value < 0)
            return {0, "is negative"};
        return value > largest_count ? Number{0, "is out of range"} : Number{value, nullptr};
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

bool plain_ascii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c > 0; });
}

// "1700000000" and "1700000000123": seconds and milliseconds since 1970.
std::optional<base::Instant> parse_epoch(std::string_view text)
{
    if (text.size() != 10 && text.size() != 13)
        return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return base::Instant(std::chrono::milliseconds(text.size() == 10 ? value * 1000 : value));
}

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

void RowBuilder::begin(std::int64_t line)
{
    m_usage.vendor.clear();
    m_usage.model.clear();
    m_usage.service_tier = "standard";
    m_usage.region.clear();
    m_usage.tag.clear();
    m_usage.request_id.clear();
    m_usage.line = line;
    m_usage.counts = {};
    m_usage.counts[Component::Request] = 1;
    m_input = 0;
    m_output = 0;
    m_any_tokens = false;
    m_time = false;
    m_seen = 0;
    m_reason.clear();
}

void RowBuilder::complain(std::string reason)
{
    if (m_reason.empty())
        m_reason = std::move(reason);
}

bool RowBuilder::claim(std::size_t field)
{
    const std::uint64_t bit = std::uint64_t{1} << field;
    if ((m_seen & bit) != 0)
        complain(fmt::format("{} stands twice", fields[field].name));
    const bool first = (m_seen & bit) == 0;
    m_seen |= bit;
    return first;
}

void RowBuilder::set_text(const Field& field, std::string& target, std::string_view value)
{
    if (value.size() > longest_text)
        complain(fmt::format("{} is longer than {} bytes", field.name, longest_text));
    else if (plain_ascii(value))
        target.assign(value);
    else if (value.find('\0') != std::string_view::npos)
        complain(fmt::format("{} contains a NUL character", field.name));
    else
        target = base::to_valid_utf8(value);
}

void RowBuilder::set_number(std::size_t field, std::int64_t value)
{
    const Field& f = fields[field];
    const bool counts = f.kind == Kind::WholeInput || f.kind == Kind::WholeOutput || f.kind == Kind::Count ||
                        f.kind == Kind::Seconds;
    if (!counts) {
        set(field, std::to_string(value));
        return;
    }
    if (!claim(field))
        return;
    if (value < 0 || value > largest_count) {
        complain(fmt::format("{} {} {}", f.name, value, value < 0 ? "is negative" : "is out of range"));
        return;
    }
    if (f.kind == Kind::WholeInput)
        m_input = value;
    else if (f.kind == Kind::WholeOutput)
        m_output = value;
    else
        m_usage.counts[f.component] = value;
    m_any_tokens = m_any_tokens || is_token_field(f);
}

void RowBuilder::set(std::size_t field, std::string_view value)
{
    const Field& f = fields[field];
    value = base::trimmed(value);
    switch (f.kind) {
    case Kind::WholeInput:
    case Kind::WholeOutput:
    case Kind::Count:
    case Kind::Seconds: {
        if (value.empty()) {
            m_any_tokens = m_any_tokens || is_token_field(f);
            return;
        }
        const Number number = parse_count(value, f.kind == Kind::Seconds);
        if (number.complaint != nullptr)
            complain(fmt::format("{} “{}” {}", f.name,
                                 base::shortened(base::to_valid_utf8(value.substr(0, 80)), 40),
                                 number.complaint));
        else
            set_number(field, number.value);
        return;
    }
    case Kind::Time: {
        if (!claim(field) || value.empty())
            return;
        auto time = base::parse_instant(value.substr(0, 80));
        if (!time) {
            if (const auto epoch = parse_epoch(value))
                time = *epoch;
        }
        if (!time) {
            complain(fmt::format("time: {}", base::to_valid_utf8(time.error().message)));
            return;
        }
        m_usage.time = *time;
        m_time = true;
        return;
    }
    case Kind::Vendor:
        if (claim(field))
            set_text(f, m_usage.vendor, value);
        return;
    case Kind::Model:
        if (claim(field))
            set_text(f, m_usage.model, value);
        return;
    case Kind::ServiceTier:
        if (!claim(field))
            return;
        set_text(f, m_usage.service_tier, value);
        if (m_usage.service_tier != "standard")
            m_usage.service_tier = pricing::canonical_tier(m_usage.service_tier);
        return;
    case Kind::Region:
        if (claim(field))
            set_text(f, m_usage.region, value);
        return;
    case Kind::Tag:
        if (claim(field))
            set_text(f, m_usage.tag, value);
        return;
    case Kind::RequestId:
        if (claim(field))
            set_text(f, m_usage.request_id, value);
        return;
    case Kind::Unread:
        return;
    }
}

// Takes the parts out of their whole, so that the components are disjoint.
void RowBuilder::take_parts(Side side, Component whole, std::int64_t total, std::string_view name)
{
    std::int64_t rest = total;
    for (const Field& field : fields) {
        if (field.kind == Kind::Count && pricing::side_of(field.component) == side)
            rest -= m_usage.counts[field.component];
    }
    m_usage.counts[whole] = rest;
    if (rest >= 0)
        return;
    std::string parts;
    for (const Field& field : fields) {
        if (field.kind == Kind::Count && pricing::side_of(field.component) == side &&
            m_usage.counts[field.component] > 0)
            parts += fmt::format("{}{} {}", parts.empty() ? "" : " + ", field.name,
                                 m_usage.counts[field.component]);
    }
    complain(fmt::format("{} exceed {} {}, of which they are parts", parts, name, total));
}

const pricing::Usage* RowBuilder::finish()
{
    if (!m_time)
        complain("has no time");
    if (m_usage.model.empty())
        complain("has no model");
    if (!m_any_tokens)
        complain("has neither input_tokens nor output_tokens");
    if (m_usage.counts.requests() < 1)
        complain("requests is 0");
    take_parts(Side::Input, Component::Input, m_input, "input_tokens");
    take_parts(Side::Output, Component::Output, m_output, "output_tokens");
    return m_reason.empty() ? &m_usage : nullptr;
}

}
