#pragma once

#include "core/usage/cube.h"
#include "core/usage/idset.h"
#include "core/usage/row.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace leeway::usage {

/// Sums usage lines into the cells of a cube, one after the other.
class CubeBuilder
{
public:
    /// Beyond this many cells a log is refused: some column (the tag, mostly) differs on every line.
    static constexpr std::size_t most_cells = 300'000;
    /// Beyond this many hours of models the loads are left out.
    static constexpr std::size_t most_hours = 500'000;

    explicit CubeBuilder(const pricing::Sheet& sheet);
    void add(const pricing::Usage& usage);
    /// The same whatever its request_id, and its inverse: what is taken back may be added later, or
    /// elsewhere.
    void sum(const pricing::Usage& usage) { sum(usage, set_of(usage.counts)); }
    void sum(const pricing::Usage& usage, ComponentSet components);
    void take_back(const pricing::Usage& usage);
    void add_bad(BadLine line);
    /// Adds counts to the cell of `key`; `above` beside borders().marginal.
    void add(const CellKey& key, const pricing::Counts& counts, const std::vector<pricing::Counts>& above);
    [[nodiscard]] const pricing::Borders& borders() const { return m_borders; }
    [[nodiscard]] bool too_many_cells() const { return m_too_many; }
    [[nodiscard]] bool too_many_hours() const { return !m_with_hours; }
    [[nodiscard]] Cube take(std::vector<std::string> sources);

private:
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    Cell* cell(base::Date day, const pricing::Usage& usage, std::int64_t bucket, std::uint32_t open);
    std::size_t& near_place(base::Date day, const pricing::Usage& usage, std::int64_t bucket);
    void add_load(std::size_t cell, const pricing::HourLoad& load);
    void add_counts(const pricing::Usage& usage, ComponentSet components, std::int64_t lines);
    std::size_t load_of(const pricing::Usage& usage);
    std::uint32_t open_at(base::Instant time);

    pricing::Borders m_borders;
    Cube m_cube;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> m_places;
    std::array<std::size_t, 4096> m_near{}; // places + 1 that were used lately, 0 for none
    std::string m_key;
    std::vector<Digest> m_expected;          // ids of lines to be added
    std::vector<std::size_t> m_load_of_cell; // beside m_cube.cells
    std::unordered_map<std::string, std::size_t> m_loads;
    std::unordered_map<std::uint64_t, std::size_t> m_hours; // of load and hour → place in the load's hours
    bool m_with_hours = true;
    std::optional<std::chrono::sys_time<std::chrono::minutes>> m_minute; // of the line before
    std::uint32_t m_open = 0;                                            // in that minute
    IdSet m_ids;
    bool m_too_many = false;
};

}
