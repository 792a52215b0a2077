#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leeway::base {

/// Valid UTF-8 without NUL: each bad byte becomes U+FFFD.
std::string to_valid_utf8(std::string_view text);

std::string_view trimmed(std::string_view text);
std::string lowered(std::string_view text); // ASCII letters only
std::vector<std::string> split(std::string_view text, char separator);

/// Cuts at a character border to at most `bytes` bytes, ending in “…” when something was cut.
std::string shortened(std::string_view text, std::size_t bytes);

}
