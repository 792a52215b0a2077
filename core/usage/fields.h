#pragma once

#include "core/pricing/counts.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace leeway::usage {

/// What a field of Leeway's usage format is.
struct Field
{
    enum class Kind : std::uint8_t {
        Time,
        Vendor,
        Model,
        ServiceTier,
        Region,
        Tag,
        RequestId,
        WholeInput,
        WholeOutput,
        Count,   // a component
        Seconds, // a component counted in seconds, rounded to the nearest whole one
        Unread   // known, but not needed for money
    };
    std::string_view name;
    Kind kind = Kind::Unread;
    pricing::Component component = pricing::Component::Count_;
};

/// Every field that a usage line can have. Beyond the columns of the common format there are columns for
/// components that only some vendors price ("cache_write_12h_tokens", "citation_tokens", …).
std::span<const Field> usage_fields();
/// Its place in usage_fields().
std::optional<std::size_t> field_index(std::string_view name);
[[nodiscard]] inline bool is_token_field(const Field& field)
{
    return field.kind == Field::Kind::WholeInput || field.kind == Field::Kind::WholeOutput;
}

/// A count as a log writes it: digits, also "1234.0" and "1.2e3" when whole, up to 10^15; seconds are rounded
/// to the nearest.
struct CountText
{
    std::int64_t value = 0;
    const char* complaint = nullptr; // "is negative", …; nullptr when there is none
};
inline constexpr std::int64_t largest_count = 1'000'000'000'000'000;
CountText parse_count(std::string_view text, bool seconds = false);

}
