#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/usage/cube.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace leeway::usage {

/// Which column of a foreign table holds which field of Leeway's format (domain names as in the header row).
/// Fields not named may have a fixed value: {"vendor", "azure"}. With an empty column_of the recognised
/// columns stay and only the fixed values are added. JSON Lines may name values inside objects:
/// "usage.prompt_tokens".
struct Mapping
{
    std::map<std::string, std::string> column_of; // Leeway field → column
    std::map<std::string, std::string> fixed;     // Leeway field → value
};

/// The first rows of a table, so that a person can map its columns.
struct Preview
{
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    std::string
        format; // "leeway-csv", "leeway-jsonl", "azure-trace", "litellm-spend", …, "csv", "tsv", "jsonl"
    Mapping mapping; // what was recognised; empty column_of when nothing was
};

base::Result<Preview> preview(const std::filesystem::path& file, int rows = 20);

/// Streams every usage line of a log (plain, gzip or zstd) to `sink` in order; bad lines go to `bad`. Both
/// are called by one thread at a time, not always the caller's. The format is recognised by content unless
/// `mapping` names columns: Leeway's own (CSV, TSV, JSON Lines), exports of vendors and gateways
/// (core/usage/formats), traces. Refuses a file with no good line, one with more than 20 % bad lines once
/// 1,000 lines are read, and one that is written to meanwhile. Times may also be seconds or milliseconds
/// since 1970, and none lies in the future; fractions of audio and video seconds are rounded to the nearest
/// second; a line may be 16 MB long. Packed bytes done and in all are what `progress` is told.
base::Status read_usage(const std::filesystem::path& file, const Mapping* mapping,
                        const std::function<void(const pricing::Usage&)>& sink,
                        const std::function<void(BadLine)>& bad, const base::Progress& progress = {});

/// As import_usage() without anything imported before: logs and cubes in one.
base::Result<Cube> read_cube(const std::vector<std::filesystem::path>& files, const pricing::Sheet& sheet,
                             const Mapping* mapping = nullptr, const base::Progress& progress = {});

/// A hand-typed table of monthly volumes, spread evenly over the days of the month.
struct MonthlyVolume
{
    base::Month month;
    std::string vendor;
    std::string model;
    std::string service_tier = "standard";
    pricing::Counts counts;
};
Cube cube_of_volumes(const std::vector<MonthlyVolume>& volumes, const pricing::Sheet& sheet);

}
