#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace leeway::project {

/// The text without any white space (ASCII, no-break and thin spaces, soft hyphens), for comparing passages
/// of versions that were set differently.
std::string without_spaces(std::string_view text);

/// The bytes [first, second) of `text` where a passage stands, white space aside; nothing when it does not.
std::optional<std::pair<std::uint32_t, std::uint32_t>> find_passage(std::string_view text,
                                                                    std::string_view passage);

}
