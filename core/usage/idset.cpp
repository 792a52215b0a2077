#include "core/usage/idset.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <span>
#include <utility>

namespace leeway::usage {
namespace {

constexpr std::size_t first_slots = 1024;
constexpr std::size_t most_slots = std::size_t{1} << 22;

constexpr std::size_t filled_at(std::size_t slots)
{
    return slots / 4 * 3;
}

struct Close
{
    void operator()(std::FILE* file) const { std::fclose(file); }
};

void insertion_sort(std::span<Digest> ids)
{
    for (std::size_t i = 1; i < ids.size(); ++i) {
        const Digest id = ids[i];
        std::size_t at = i;
        for (; at > 0 && id < ids[at - 1]; --at)
            ids[at] = ids[at - 1];
        ids[at] = id;
    }
}

}

// Sorted ids in a temporary file, with a filter that rules nearly all others out.
class IdSet::Run
{
public:
    // Null when there is no room for a temporary file.
    static std::unique_ptr<Run> write(std::span<const Digest> ids)
    {
        auto run = std::make_unique<Run>();
        run->m_file.reset(std::tmpfile());
        if (run->m_file == nullptr ||
            std::fwrite(ids.data(), sizeof(Digest), ids.size(), run->m_file.get()) != ids.size() ||
            std::fflush(run->m_file.get()) != 0)
            return nullptr;
        run->m_count = ids.size();
        run->m_filter.resize(std::bit_ceil(ids.size()) / sizeof(std::uint64_t) + 1);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (i % page == 0)
                run->m_firsts.push_back(ids[i]);
            run->word(ids[i]) |= bits(ids[i]);
        }
        return run;
    }

    bool contains(const Digest& id)
    {
        if ((word(id) & bits(id)) != bits(id))
            return false;
        const auto after = std::ranges::upper_bound(m_firsts, id);
        if (after == m_firsts.begin())
            return false;
        std::array<Digest, page> ids;
        const std::size_t got = read(static_cast<std::size_t>(after - m_firsts.begin() - 1) * page, ids);
        return std::binary_search(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(got), id);
    }

    // How many it could read.
    std::size_t read(std::size_t from, std::span<Digest> ids)
    {
        if (std::fseek(m_file.get(), static_cast<long>(from * sizeof(Digest)), SEEK_SET) != 0)
            return 0;
        return std::fread(ids.data(), sizeof(Digest), std::min(ids.size(), m_count - from), m_file.get());
    }

    [[nodiscard]] std::size_t count() const { return m_count; }

private:
    static constexpr std::size_t page = 256;

    std::uint64_t& word(const Digest& id) { return m_filter[id.high % m_filter.size()]; }
    static std::uint64_t bits(const Digest& id)
    {
        const auto bit = [&](int shift) { return std::uint64_t{1} << (id.low >> shift & 63U); };
        return bit(0) | bit(6) | bit(12) | bit(18);
    }

    std::unique_ptr<std::FILE, Close> m_file;
    std::size_t m_count = 0;
    std::vector<Digest> m_firsts; // of every page
    std::vector<std::uint64_t> m_filter;
};

IdSet::IdSet() = default;
IdSet::~IdSet() = default;
IdSet::IdSet(IdSet&&) noexcept = default;
IdSet& IdSet::operator=(IdSet&&) noexcept = default;

bool IdSet::place(const Digest& id)
{
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = id.low >> m_shift;; at = (at + 1) & mask) {
        if (m_slots[at] == id)
            return false;
        if (m_slots[at] == Digest{}) {
            m_slots[at] = id;
            return true;
        }
    }
}

void IdSet::grow(std::size_t slots)
{
    const std::vector<Digest> old = std::exchange(m_slots, std::vector<Digest>(slots));
    m_shift = 64 - std::countr_zero(slots);
    for (const Digest& id : old) {
        if (id != Digest{})
            place(id);
    }
}

bool IdSet::insert(Digest id)
{
    if (id == Digest{})
        id.low = 1;
    if (m_count >= filled_at(m_slots.size())) {
        if (m_slots.size() < most_slots)
            grow(std::max(first_slots, m_slots.size() * 2));
        else
            store();
    }
    if (!place(id))
        return false;
    ++m_count;
    return std::ranges::none_of(m_runs, [&](const auto& run) { return run->contains(id); });
}

void IdSet::expect(const Digest& id) const
{
    if (!m_slots.empty())
        __builtin_prefetch(&m_slots[id.low >> m_shift], 1);
}

std::vector<Digest> IdSet::sorted() const
{
    std::vector<Digest> ids;
    std::vector<Digest> wrapped; // from the last slots round to the first ones
    ids.reserve(m_count);
    bool at_front = true;
    for (const Digest& id : m_slots) {
        if (id == Digest{})
            at_front = false;
        else if (at_front && id.low >> 63U != 0)
            wrapped.push_back(id);
        else
            ids.push_back(id);
    }
    ids.insert(ids.end(), wrapped.begin(), wrapped.end());
    insertion_sort(ids);
    return ids;
}

void IdSet::store()
{
    auto run = Run::write(sorted());
    if (run == nullptr) { // memory has to do
        grow(m_slots.size() * 2);
        return;
    }
    m_runs.push_back(std::move(run));
    std::ranges::fill(m_slots, Digest{});
    m_count = 0;
}

void IdSet::for_each(const std::function<void(const Digest&)>& sink) const
{
    // A piece of every run and all of the table, merged.
    struct Reader
    {
        Run* run = nullptr;
        std::size_t next = 0; // of the run
        std::vector<Digest> ids;
        std::size_t at = 0;

        bool fill()
        {
            if (at < ids.size())
                return true;
            if (run == nullptr || next >= run->count())
                return false;
            ids.resize(std::min<std::size_t>(8192, run->count() - next));
            ids.resize(run->read(next, ids));
            next += ids.size();
            at = 0;
            return !ids.empty();
        }
    };
    std::vector<Reader> readers;
    readers.push_back({nullptr, 0, sorted(), 0});
    for (const auto& run : m_runs)
        readers.push_back({run.get(), 0, {}, 0});
    Digest last; // no id is all zeros
    while (true) {
        Reader* first = nullptr;
        for (Reader& reader : readers) {
            if (reader.fill() && (first == nullptr || reader.ids[reader.at] < first->ids[first->at]))
                first = &reader;
        }
        if (first == nullptr)
            return;
        const Digest id = first->ids[first->at++];
        if (id != last)
            sink(id);
        last = id;
    }
}

}
