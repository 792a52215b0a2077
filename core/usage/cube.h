#pragma once

#include "core/base/date.h"
#include "core/base/result.h"
#include "core/pricing/cost.h"
#include "core/pricing/counts.h"
#include "core/pricing/load.h"
#include "core/pricing/schedule.h"
#include "core/pricing/sheet.h"

#include <cstdint>
#include <string>
#include <vector>

namespace leeway::usage {

/// What the requests of one cell share. `bucket` is the context tier: the greatest of the cube's thresholds
/// that the input of each of its requests is over, 0 for none. A vendor whose tier begins at T, not above it,
/// has the threshold T − 1 (pricing/context.h), so that every model of the sheet finds its border here.
struct CellKey
{
    base::Date day;
    std::string vendor;
    std::string model;
    std::string tag;
    std::string service_tier = "standard";
    std::string region;
    std::int64_t bucket = 0;
    std::uint32_t open = 0; // bit i: the hours of Cube::schedules[i] held; see pricing::open_at

    auto operator<=>(const CellKey&) const = default;
};

struct Cell
{
    CellKey key;
    pricing::Counts counts;
    /// Beside Cube::marginal: what of the input lies above that threshold, summed request by request. Empty
    /// when no model of the sheet has marginal tiers.
    std::vector<pricing::Counts> above;

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

/// Exact sums over all requests of one or more logs. Invariant: pricing the cube equals pricing every
/// request, to the last digit, for every model of the sheet it was built for, also when requests are
/// re-priced at another model: whatever a rate depends on (day, off-peak hours, service tier, region, bucket)
/// is in the key, and the cost is linear in the counts and in `above`.
struct Cube
{
    std::vector<std::int64_t> thresholds;     // ascending
    std::vector<std::int64_t> marginal;       // ascending; those of models with marginal tiers
    std::vector<pricing::Schedule> schedules; // ascending; the off-peak hours of the sheet's models
    std::vector<Cell> cells;                  // by key
    /// By vendor, model and service tier; at the beginning of its time for a line of several requests. Empty
    /// when nothing is known of the hours: typed volumes, or more than CubeBuilder::most_hours of them.
    std::vector<pricing::ModelLoad> loads;
    std::int64_t requests = 0;
    std::int64_t averaged = 0;   // lines of several requests, put into a bucket by their average length
    std::int64_t duplicates = 0; // lines whose request_id was seen before: not counted
    std::int64_t bad_lines = 0;
    std::vector<BadLine> examples;    // at most 20
    std::vector<std::string> sources; // file names, in the order of import

    bool operator==(const Cube&) const = default;
    [[nodiscard]] bool empty() const { return cells.empty(); }
};

/// What a cell costs at `model`, exactly the sum over its requests. The shorter form looks the cell's own
/// model up.
pricing::Cost cost_of(const Cube& cube, const Cell& cell, const pricing::Model& model);
pricing::Cost cost_of(const Cube& cube, const Cell& cell, const pricing::Sheet& sheet);

/// Both cubes in one. They must have been built for the same sheet: Invalid otherwise.
base::Result<Cube> merged(Cube a, const Cube& b);

std::string to_json(const Cube& cube);
base::Result<Cube> cube_from_json(std::string_view text);

}
