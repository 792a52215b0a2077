#include "core/usage/idset.h"

#include <cstring>

namespace leeway::usage {
namespace {

__extension__ using Wide = unsigned __int128;

// Multiplies to 128 bits and folds both halves together.
std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    const Wide product = Wide{a} * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t hash64(std::string_view text, std::uint64_t seed)
{
    std::uint64_t state = seed ^ mix(text.size() + 0x9e3779b97f4a7c15ULL, 0xbf58476d1ce4e5b9ULL);
    while (!text.empty()) {
        std::uint64_t word = 0;
        const std::size_t taken = text.size() < sizeof word ? text.size() : sizeof word;
        std::memcpy(&word, text.data(), taken);
        state = mix(state ^ word, 0x94d049bb133111ebULL) + (state << 7 | state >> 57);
        text.remove_prefix(taken);
    }
    return mix(state ^ seed, 0xd6e8feb86659fd93ULL);
}

}

IdSet::Key IdSet::hash(std::string_view id)
{
    Key key{hash64(id, 0x243f6a8885a308d3ULL), hash64(id, 0x13198a2e03707344ULL)};
    if (key == Key{})
        key.low = 1;
    return key;
}

bool IdSet::place(const Key& key)
{
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = key.low & mask;; at = (at + 1) & mask) {
        if (m_slots[at] == key)
            return false;
        if (m_slots[at] == Key{}) {
            m_slots[at] = key;
            return true;
        }
    }
}

void IdSet::grow()
{
    std::vector<Key> old = std::move(m_slots);
    m_slots.assign(old.empty() ? 1024 : old.size() * 2, Key{});
    for (const Key& key : old) {
        if (key != Key{})
            place(key);
    }
}

bool IdSet::insert(std::string_view id)
{
    if (m_slots.size() < (m_count + 1) * 2)
        grow();
    const bool added = place(hash(id));
    m_count += added ? 1 : 0;
    return added;
}

}
