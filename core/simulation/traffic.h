#pragma once

#include "core/simulation/course.h"
#include "core/usage/cube.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace leeway::simulation {

/// The usage of a cube that shares one price: one model, service tier, region and context tier.
struct Line
{
    const pricing::Model* model = nullptr; // in Traffic::sheet
    std::string service_tier;
    std::string region;
    std::int64_t bucket = 0;
    pricing::Counts counts;             // of the whole cube
    std::vector<pricing::Counts> above; // see usage::Cell
    Course today;                       // of an average month, at its own model
};

/// What a line would cost in an average month at another model, with its cache reads and with all of them
/// lost.
struct MovedLine
{
    bool priced = false;
    Course kept;
    Course lost; // cache reads have become plain input
};

struct MovedTraffic
{
    std::vector<MovedLine> lines; // beside Traffic::lines
    std::vector<std::string> notes;
};

/// A cube as it is priced by a sheet, without its days and tags.
///
/// An average month: each calendar month counts with the share of its days that lie between the first and the
/// last day of the cube. Whole months count 1 whatever their length, so a table of monthly volumes comes out
/// as it was typed.
struct Traffic
{
    pricing::Sheet sheet;
    std::vector<std::int64_t> marginal; // see usage::Cube
    std::vector<Line> lines;            // by vendor, model, service tier, region, context tier
    std::int64_t covered = 0;           // months, in parts of `parts_of_month`
    std::vector<std::string> notes;

    static constexpr std::int64_t parts_of_month = 4 * 7 * 3 * 5 * 29 * 31; // by 28, 29, 30 and 31 days

    [[nodiscard]] base::Decimal in_average_month(base::Decimal of_cube) const;
    [[nodiscard]] double in_average_month(std::int64_t of_cube) const;

    /// All lines re-priced at `target`, a model of the sheet; remembered, so that only the first call works.
    /// Safe on several threads.
    const MovedTraffic& moved_to(const pricing::Model& target) const;

private:
    mutable std::mutex m_mutex;
    mutable std::map<const pricing::Model*, std::unique_ptr<const MovedTraffic>> m_moved;
};

std::shared_ptr<const Traffic> traffic_of(const usage::Cube& cube, const pricing::Sheet& sheet);

/// Vendors and "vendor/model" of the priced lines, dearest first.
std::vector<std::string> vendors_of(const Traffic& traffic);
std::vector<std::string> models_of(const Traffic& traffic);

/// Chat models answer chat traffic; an embedding or image model only its own kind.
bool same_kind(const pricing::Model& a, const pricing::Model& b);
bool is_chat(const pricing::Model& model);

}
