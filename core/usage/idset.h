#pragma once

#include "core/usage/digest.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// A set of request ids that keeps 128 bits of each. Two different ids pass for one with a chance below one
/// in 10^20 at a billion ids. Beyond three million, ids go to unnamed temporary files; what stays in memory
/// then is 48 MB and one byte an id.
class IdSet
{
public:
    IdSet();
    ~IdSet();
    IdSet(IdSet&&) noexcept;
    IdSet& operator=(IdSet&&) noexcept;

    /// False when the id was there before.
    bool insert(std::string_view id) { return insert(digest_of(id)); }
    bool insert(Digest id);
    /// Brings what insert() of this id will look at nearer; changes nothing.
    void expect(const Digest& id) const;
    /// All ids, ascending.
    void for_each(const std::function<void(const Digest&)>& sink) const;

private:
    class Run;

    void grow(std::size_t slots);
    bool place(const Digest& id);
    [[nodiscard]] std::vector<Digest> sorted() const;
    void store();

    std::vector<Digest> m_slots; // a digest of zeros is an empty slot; ascending but for collisions
    int m_shift = 64;            // from the lower half of an id to its slot
    std::size_t m_count = 0;
    std::vector<std::unique_ptr<Run>> m_runs;
};

}
