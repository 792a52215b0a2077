#pragma once

#include "core/usage/row.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// Reads JSON objects of texts, counts and nulls quickly when they are laid out as the one before: same keys
/// in the same order, same blanks. Anything else it leaves to a real parser.
class FlatJson
{
public:
    using FieldsOf = std::function<const std::vector<std::size_t>*(std::string_view key)>; // null: not wanted

    /// Hands the values of `line` (padded by 32 bytes) to `row` and returns true; or does nothing and returns
    /// false.
    bool read(std::string_view line, RowBuilder& row);
    /// Remembers how a line is laid out that is a valid JSON object.
    void learn(std::string_view line, const FieldsOf& fields_of);

private:
    // What stands between values.
    class Fixed
    {
    public:
        Fixed() = default;
        explicit Fixed(std::string_view text);
        [[nodiscard]] bool begins(std::string_view rest) const; // padded by 16 bytes
        [[nodiscard]] std::size_t size() const { return m_size; }

    private:
        std::string m_bytes; // padded
        std::size_t m_size = 0;
    };
    struct Slot
    {
        Fixed lead; // all between the value before and this one
        std::vector<std::size_t> fields;
    };
    struct Value
    {
        enum class Kind : std::uint8_t { Text, Count, Null } kind = Kind::Null;
        std::string_view text;
        std::int64_t count = 0;
    };
    static bool take_value(std::string_view& rest, Value& value);

    std::vector<Slot> m_slots;
    Fixed m_tail;
    std::vector<Value> m_values;
    std::int64_t m_hits = 0;
    std::int64_t m_misses = 0;
};

}
