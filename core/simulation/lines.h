#pragma once

#include "core/simulation/course.h"
#include "core/usage/cube.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::simulation {

/// The usage of a cube that shares one price: one model, service tier, region and context tier.
struct Line
{
    const pricing::Model* model = nullptr; // in the sheet
    std::string service_tier;
    std::string region;
    std::int64_t bucket = 0;
    std::uint32_t open = 0;             // off-peak hours, see usage::CellKey
    std::string tag;                    // only in Traffic::by_tag()
    pricing::Counts counts;             // of the whole cube
    std::vector<pricing::Counts> above; // see usage::Cell
    Course today;                       // of an average month, at its own model
};

/// Whether both are priced alike at whatever model.
bool same_terms(const Line& a, const Line& b);
void add_counts(Line& line, const Line& more);

/// The lines of a cube, told apart by tag, in the order of vendor, model, service tier, region, context tier,
/// hours and tag, whatever the order of its cells; `today` is not set. Models that the sheet lacks are said
/// in the notes.
std::vector<Line> tagged_lines_of(const usage::Cube& cube, const pricing::Sheet& sheet,
                                  std::vector<std::string>& notes);
/// The same, not told apart by tag.
std::vector<Line> without_tags(const std::vector<Line>& tagged);

/// Cache reads become what they were read from the cache for.
pricing::Counts all_as_input(pricing::Counts counts);

/// "1,234,567" from "1234567".
std::string grouped(std::string digits);

/// Notes that requests have no price.
void leave_out(std::vector<std::string>& notes, std::string_view name, std::int64_t requests,
               std::string_view why);

}
