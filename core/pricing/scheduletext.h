#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leeway::pricing {

/// "mon-fri", "sat,sun", "mon,wed-fri" → bit 0 Monday … bit 6 Sunday; nothing for another text.
std::optional<std::uint8_t> days_from(std::string_view text);
std::string days_text(std::uint8_t days);

/// "00:00" … "24:00" → minutes of the day.
std::optional<int> minute_from(std::string_view text);
std::string minute_text(int minute);

}
