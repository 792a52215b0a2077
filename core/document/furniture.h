#pragma once

#include <string>
#include <string_view>

namespace leeway::document {

/// What two rows have in common when they differ in case, punctuation and numbers only.
std::string furniture_key(std::string_view text);

/// Whether a line reads like a notice that is printed on every page: confidentiality, omissions, page counts.
/// `key` is the line's furniture_key(). Repeated as often as below, it is left out wherever it stands,
/// because filed copies print old page ends in the middle of new pages.
bool reads_like_notice(std::string_view key);
inline constexpr int notice_repeats = 5;

/// "7", "- 7 -", "Page 7 of 12", "A-3", "iv".
bool is_page_number(std::string_view text);

}
