#pragma once

#include "core/usage/cube.h"
#include "core/usage/idset.h"

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

    explicit CubeBuilder(const pricing::Sheet& sheet);
    void add(const pricing::Usage& usage);
    void add_bad(BadLine line);
    /// Adds counts to the cell of `key`; `above` beside borders().marginal.
    void add(const CellKey& key, const pricing::Counts& counts, const std::vector<pricing::Counts>& above);
    [[nodiscard]] const pricing::Borders& borders() const { return m_borders; }
    [[nodiscard]] bool too_many_cells() const { return m_too_many; }
    [[nodiscard]] Cube take(std::vector<std::string> sources);

private:
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    Cell* cell(base::Date day, const pricing::Usage& usage, std::int64_t bucket);

    pricing::Borders m_borders;
    Cube m_cube;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> m_places;
    std::string m_key;
    IdSet m_ids;
    bool m_too_many = false;
};

}
