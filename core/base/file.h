#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace leeway::base {

/// The whole content of a file of at most `limit` bytes: NotFound, TooLarge or Io otherwise.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit);

/// Writes to a temporary file beside `path`, to disk, and renames it, so that a failure leaves the old
/// content. Permissions stay, and what a symbolic link points to is replaced, not the link.
Status write_file(const std::filesystem::path& path, std::string_view content);

/// The folder that holds `templates/` and `resources/`: $LEEWAY_DATA_DIR, else ../share/leeway beside the
/// program, else the source tree it was built from.
std::filesystem::path data_folder();

}
