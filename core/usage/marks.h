#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace leeway::usage {

/// Where in `text` (up to 4 GB) `separator`, line ends and double quotes stand, ascending.
void find_marks(std::string_view text, char separator, std::vector<std::uint32_t>& marks);

}
