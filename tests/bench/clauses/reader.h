#pragma once

#include "core/base/file.h"
#include "core/document/readers.h"

#include <string>

namespace leeway::bench {

/// Reads a Markdown, HTML or text file in this process.
inline base::Result<document::Document> read(const std::string& path)
{
    const auto bytes = base::read_file(path, std::size_t{64} << 20);
    if (!bytes)
        return tl::unexpected(bytes.error());
    const std::string name = std::filesystem::path(path).filename().string();
    const auto format = document::format_of(name, *bytes);
    if (!format)
        return tl::unexpected(format.error());
    return document::read_plain(*format, name, *bytes);
}

}
