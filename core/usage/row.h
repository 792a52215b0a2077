#pragma once

#include "core/usage/fields.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// Components that may be other than 0: bit i is that of component i. A line has few of them.
using ComponentSet = std::uint64_t;
static_assert(pricing::component_count <= 64);
constexpr ComponentSet set_of(pricing::Component component)
{
    return ComponentSet{1} << static_cast<unsigned>(component);
}
ComponentSet set_of(const pricing::Counts& counts);
/// Calls `act` with the index of each component of the set.
template<typename Act>
void for_each_component(ComponentSet set, Act act)
{
    for (; set != 0; set &= set - 1)
        act(static_cast<std::size_t>(std::countr_zero(set)));
}

/// What is the same for all lines of a log.
struct RowRules
{
    base::Instant latest = base::Instant::max();             // a later time is complained of
    std::optional<base::Instant> trace_start;                // times are milliseconds from here on
    std::vector<std::pair<std::size_t, std::string>> pinned; // field → value, whatever the log says
};

/// Collects the fields of one line and turns them into a Usage, or says what is wrong with the line.
class RowBuilder
{
public:
    explicit RowBuilder(RowRules rules = {});

    /// Starts with a line; `row` is filled in place.
    void begin(std::int64_t line, pricing::Usage& row);
    /// The first complaint about a line stays.
    void complain(std::string reason);
    void set(std::size_t field, std::string_view value);
    /// A value of ASCII characters from the blank on.
    void set_plain(std::size_t field, std::string_view value);
    void set_number(std::size_t field, std::int64_t value);
    /// Makes the token components disjoint. False when the line is bad: see reason().
    bool finish();
    [[nodiscard]] const std::string& reason() const { return m_reason; }
    [[nodiscard]] ComponentSet components() const { return m_components; } // of the line

private:
    bool claim(std::size_t field);
    void set_time(std::string_view value);
    void set_any(std::size_t field, std::string_view value, bool plain);
    void set_text(const Field& field, std::string& target, std::string_view value, bool plain);
    [[nodiscard]] std::optional<base::Instant> quick_time(std::string_view text);
    void complain_of_parts(pricing::Side side, std::int64_t total, std::string_view name);

    RowRules m_rules;
    std::uint64_t m_pinned = 0;
    pricing::Usage* m_usage = nullptr;
    ComponentSet m_components = 0;
    std::int64_t m_input = 0;
    std::int64_t m_output = 0;
    std::array<std::int64_t, 2> m_parts{}; // of input and output
    bool m_any_tokens = false;
    bool m_time = false;
    std::uint64_t m_seen = 0;
    std::string m_reason;
    std::array<char, 10> m_day_text{}; // of the last line
    base::Instant m_day;
};

}
