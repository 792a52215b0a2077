#pragma once

#include "core/base/progress.h"
#include "core/usage/reader.h"
#include "core/usage/usagedrift.h"

#include <filesystem>
#include <optional>

namespace leeway::ui {

/// The usage of two periods beside each other.
struct DriftCheck
{
    usage::UsageDrift drift;
    bool quarters = false;          // both are whole calendar quarters
    std::vector<std::string> notes; // beside those of the drift
};

/// The newest whole quarter of the cube against the one before; none when the cube does not hold both.
std::optional<DriftCheck> compareQuarters(const usage::Cube& cube, const pricing::Sheet& sheet);

/// The cube against another export (logs or cubes, read together), the older one first. Errors are those of
/// usage::read_cube; Invalid when the export holds no usage.
base::Result<DriftCheck> compareExport(const usage::Cube& cube,
                                       const std::vector<std::filesystem::path>& files,
                                       const pricing::Sheet& sheet, const usage::Mapping* mapping,
                                       const base::Progress& progress);

}
