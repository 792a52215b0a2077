#pragma once

#include "core/base/result.h"
#include "core/pricing/sheet.h"
#include "core/usage/cube.h"
#include "core/usage/reader.h"

#include <filesystem>
#include <vector>

namespace leeway::usage {

/// Whether the file begins as a usage cube that Leeway wrote does. False for what cannot be read.
bool is_cube_file(const std::filesystem::path& file);

/// A cube of at most 1 GB that Leeway wrote (a reduction in a database, or an export).
base::Result<Cube> read_cube_file(const std::filesystem::path& file);

/// Logs and cubes in one: logs are reduced for `sheet`. Invalid when a cube was summed for other context
/// tiers or off-peak hours than the rest.
base::Result<Cube> read_usage_files(const std::vector<std::filesystem::path>& files,
                                    const pricing::Sheet& sheet, const Mapping* mapping = nullptr,
                                    const base::Progress& progress = {});

}
