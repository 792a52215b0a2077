#pragma once

#include "core/simulation/course.h"
#include "core/simulation/lines.h"
#include "core/usage/cube.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace leeway::simulation {

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
    std::vector<std::int64_t> thresholds; // see usage::Cube
    std::vector<std::int64_t> marginal;
    std::vector<pricing::Schedule> schedules;
    std::vector<Line> lines;  // by vendor, model, service tier, region, context tier, hours, tag
    std::vector<Line> tagged; // what by_tag() is made of: not priced
    base::Date last_day{};    // of the cube
    std::int64_t covered = 0; // months, in parts of `parts_of_month`
    std::vector<std::string> notes;

    static constexpr std::int64_t parts_of_month = 4 * 7 * 3 * 5 * 29 * 31; // by 28, 29, 30 and 31 days

    [[nodiscard]] pricing::Terms terms_of(const Line& line, base::Date day) const;
    [[nodiscard]] base::Decimal in_average_month(base::Decimal of_cube) const;
    [[nodiscard]] double in_average_month(std::int64_t of_cube) const;

    /// All lines re-priced at `target`, a model of the sheet; remembered, so that only the first call works.
    /// Safe on several threads.
    const MovedTraffic& moved_to(const pricing::Model& target) const;

    /// Beside `lines`: today's courses if all cache reads became plain input. Remembered as well.
    const std::vector<Course>& without_cache() const;

    /// The same traffic with lines told apart by tag. Remembered as well.
    const Traffic& by_tag() const;

private:
    mutable std::mutex m_mutex;
    mutable std::map<const pricing::Model*, std::unique_ptr<const MovedTraffic>> m_moved;
    mutable std::optional<std::vector<Course>> m_without_cache;
    mutable std::unique_ptr<const Traffic> m_by_tag;
};

std::shared_ptr<const Traffic> traffic_of(const usage::Cube& cube, const pricing::Sheet& sheet);

/// Vendors and "vendor/model" of the priced lines, dearest first.
std::vector<std::string> vendors_of(const Traffic& traffic);
std::vector<std::string> models_of(const Traffic& traffic);

/// Chat models answer chat traffic; an embedding or image model only its own kind.
bool same_kind(const pricing::Model& a, const pricing::Model& b);
bool is_chat(const pricing::Model& model);

}
