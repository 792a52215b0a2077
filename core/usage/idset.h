#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// A set of request ids that keeps 128 bits of each: 16 bytes a slot however long the ids are. Two different
/// ids pass for one with a chance below one in 10^20 at a billion ids.
class IdSet
{
public:
    /// False when the id was there before.
    bool insert(std::string_view id);

private:
    struct Key
    {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        bool operator==(const Key&) const = default;
    };
    static Key hash(std::string_view id);
    void grow();
    bool place(const Key& key);

    std::vector<Key> m_slots; // a key of zeros is an empty slot
    std::size_t m_count = 0;
};

}
