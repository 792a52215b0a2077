#pragma once

#include "core/base/result.h"
#include "core/usage/cube.h"

#include <filesystem>

namespace leeway::usage {

/// Whether the file begins as a usage cube that Leeway wrote does. False for what cannot be read.
bool is_cube_file(const std::filesystem::path& file);

/// A cube of at most 1 GB that Leeway wrote (a reduction in a database, or an export).
base::Result<Cube> read_cube_file(const std::filesystem::path& file);

}
