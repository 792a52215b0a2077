#pragma once

#include <string>
#include <string_view>

namespace leeway::document {

/// UTF-8 without NUL from bytes in whatever encoding they are: a byte order mark decides, then the zeros of
/// UTF-16 and UTF-32, then UTF-8 where it is valid, then `declared` (a charset's name from a header or a
/// page), then what the bytes read best in: Windows-1252 (which holds Latin-1), Mac Roman, or for other
/// scripts what their letters say.
std::string decode(std::string_view bytes, std::string_view declared = {});

/// Whether the bytes are UTF-16 or UTF-32, with or without a mark.
bool is_wide(std::string_view bytes);

/// The charset that an HTML page names in its XML declaration or a meta element; empty when it names none.
std::string declared_charset(std::string_view html);

}
