#pragma once

#include "core/base/date.h"
#include "core/pricing/counts.h"
#include "core/pricing/sheet.h"

#include <cstdint>
#include <string>
#include <vector>

namespace leeway::usage {

/// What the requests of one cell share. `bucket` is the context tier: the greatest threshold that the input
/// of each of its requests is over (or reaches, for `inclusive` vendors), 0 for none.
struct CellKey
{
    base::Date day;
    std::string vendor;
    std::string model;
    std::string tag;
    std::string service_tier = "standard";
    std::string region;
    std::int64_t bucket = 0;

    auto operator<=>(const CellKey&) const = default;
};

struct Cell
{
    CellKey key;
    pricing::Counts counts;

    bool operator==(const Cell&) const = default;
};

/// A bad line of a log: shown, counted, never silently dropped.
struct BadLine
{
    std::string file;
    std::int64_t line = 0;
    std::string reason;

    bool operator==(const BadLine&) const = default;
};

/// Exact sums over all requests of one or more logs. Pricing the cube equals pricing every request, as long
/// as the cube was built with the thresholds of the sheet.
struct Cube
{
    std::vector<std::int64_t> thresholds; // ascending
    std::vector<Cell> cells;              // by key
    std::int64_t requests = 0;
    std::int64_t bad_lines = 0;
    std::vector<BadLine> examples;    // at most 20
    std::vector<std::string> sources; // file names, in the order of import

    bool operator==(const Cube&) const = default;
    [[nodiscard]] bool empty() const { return cells.empty(); }
};

std::string to_json(const Cube& cube);
base::Result<Cube> cube_from_json(std::string_view text);

}
