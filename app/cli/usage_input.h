#pragma once

#include "core/pricing/sheet.h"
#include "core/usage/reader.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace leeway::cli {

/// The options by which a command names usage logs and prices.
struct UsageInput
{
    std::vector<std::string> files;
    std::string sheet;             // empty: the bundled sheet
    std::vector<std::string> maps; // "field=column"
    std::vector<std::string> sets; // "field=value"
};

void add_mapping_options(CLI::App& command, UsageInput& input);

base::Result<pricing::Sheet> sheet_of(const UsageInput& input);
/// The mapping of --map and --set; nullptr when there is none.
base::Result<std::unique_ptr<usage::Mapping>> mapping_of(const UsageInput& input);
/// Says on standard error how many lines were left out, and why the first were.
void report_bad_lines(std::int64_t count, std::span<const usage::BadLine> examples);
/// All files, logs and usage cubes, reduced to one cube; bad lines are reported on standard error.
base::Result<usage::Cube> cube_of(const UsageInput& input, const pricing::Sheet& sheet);

}
