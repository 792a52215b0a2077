#include "ui/costs/drift/driftcheck.h"

#include "core/usage/periods.h"
#include "core/usage/reader.h"

#include <fmt/format.h>

namespace leeway::ui {

namespace {

constexpr double unequalShare = 0.05; // of the days, beyond which they are told

std::int64_t daysIn(const pricing::Days& days)
{
    return (days.last - days.first).count() + 1;
}

DriftCheck compare(const usage::Cube& before, const usage::Cube& after, const pricing::Sheet& sheet)
{
    DriftCheck check;
    check.drift = usage::usage_drift(before, after, sheet);
    const std::int64_t then = daysIn(check.drift.before_days);
    const std::int64_t now = daysIn(check.drift.after_days);
    if (std::abs(double(now - then)) > unequalShare * double(std::max(now, then)))
        check.notes.push_back(fmt::format("The earlier period spans {} days, the later one {}: part of the "
                                          "volume is that.",
                                          then, now));
    return check;
}

}

std::optional<DriftCheck> compareQuarters(const usage::Cube& cube, const pricing::Sheet& sheet)
{
    const auto quarters = usage::newest_quarters(cube);
    if (!quarters)
        return std::nullopt;
    DriftCheck check = compare(usage::cut(cube, quarters->before), usage::cut(cube, quarters->after), sheet);
    check.quarters = true;
    return check;
}

base::Result<DriftCheck> compareExport(const usage::Cube& cube,
                                       const std::vector<std::filesystem::path>& files,
                                       const pricing::Sheet& sheet, const usage::Mapping* mapping,
                                       const base::Progress& progress)
{
    const auto other = usage::read_cube(files, sheet, mapping, progress);
    if (!other)
        return tl::unexpected(other.error());
    if (other->empty())
        return base::fail(base::ErrorCode::Invalid,
                          fmt::format("“{}” holds no usage. Choose the export of the other quarter.",
                                      files.front().filename().string()));
    const bool otherIsNewer = usage::days_of(*other).last > usage::days_of(cube).last;
    DriftCheck check = otherIsNewer ? compare(cube, *other, sheet) : compare(*other, cube, sheet);
    if (other->bad_lines > 0)
        check.notes.push_back(
            fmt::format("{} of the other export could not be read and {} left out.",
                        other->bad_lines == 1 ? "1 line" : fmt::format("{} lines", other->bad_lines),
                        other->bad_lines == 1 ? "is" : "are"));
    return check;
}

}
