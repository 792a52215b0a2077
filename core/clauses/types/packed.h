#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace leeway::clauses {

/// Bytes as Base64 text (RFC 4648, padded).
std::string to_base64(std::string_view bytes);

/// The bytes, or nothing where the text is not Base64.
std::optional<std::string> from_base64(std::string_view text);

}
