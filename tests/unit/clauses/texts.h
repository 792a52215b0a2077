#pragma once

#include "core/document/readers.h"

#include <string_view>

namespace leeway::test {

/// A document read from plain text or Markdown.
inline document::Document read(std::string_view text, document::Format format = document::Format::Markdown)
{
    auto document =
        document::read_plain(format, format == document::Format::Markdown ? "t.md" : "t.txt", text);
    return document ? std::move(*document) : document::Document{};
}

}
