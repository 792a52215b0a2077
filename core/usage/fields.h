#pragma once

#include "core/pricing/counts.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
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

/// Collects the fields of one line and turns them into a Usage, or says what is wrong with the line.
class RowBuilder
{
public:
    void begin(std::int64_t line);
    /// The first complaint about a line stays.
    void complain(std::string reason);
    void set(std::size_t field, std::string_view value);
    void set_number(std::size_t field, std::int64_t value);
    /// The finished line; nullptr when it is bad: see reason().
    const pricing::Usage* finish();
    [[nodiscard]] const std::string& reason() const { return m_reason; }

private:
    bool claim(std::size_t field);
    void set_text(const Field& field, std::string& target, std::string_view value);
    void take_parts(pricing::Side side, pricing::Component whole, std::int64_t total, std::string_view name);

    pricing::Usage m_usage;
    std::int64_t m_input = 0;
    std::int64_t m_output = 0;
    bool m_any_tokens = false;
    bool m_time = false;
    std::uint64_t m_seen = 0;
    std::string m_reason;
};

}
