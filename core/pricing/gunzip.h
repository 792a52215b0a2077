#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace leeway::pricing {

[[nodiscard]] inline bool is_gzip(std::string_view bytes)
{
    return bytes.starts_with("\x1f\x8b");
}

/// The content of gzipped bytes: Unreadable when they are damaged or cut off, TooLarge beyond `limit` bytes.
base::Result<std::string> gunzip(const std::string& name, std::string_view bytes, std::size_t limit);

}
