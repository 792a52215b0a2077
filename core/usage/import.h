#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/usage/cube.h"
#include "core/usage/reader.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// What became of a log.
struct LogReport
{
    std::string name;
    std::string format; // as in Preview; empty for a log that was known
    bool known = false; // the same content was imported before: left out as a whole
    std::int64_t lines = 0;
    std::map<std::string, std::int64_t> passed_over; // what was no usage, by its kind ("failed requests")
};

struct Import
{
    Cube cube;
    std::string ledger; // to be kept for the next import; see ledger.h
    std::vector<LogReport> logs;
};

/// Reduces logs to a cube with the thresholds of `sheet`, and adds files that are cubes; leaving out what
/// `ledger` knows from imports before: a request_id counts once, and so does a sum of a period, and a log
/// without ids or a cube. All are imported or none is. Invalid when a cube was summed for other context tiers
/// or off-peak hours.
base::Result<Import> import_usage(const std::vector<std::filesystem::path>& files,
                                  const pricing::Sheet& sheet, const Mapping* mapping = nullptr,
                                  std::string_view ledger = {}, const base::Progress& progress = {});

}
