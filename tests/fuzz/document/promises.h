#pragma once

#include "core/document/document.h"
#include "core/document/serialise.h"

#include <cstdlib>

/// Ends the program when `condition` is false: a fuzzer's finding.
inline void demand(bool condition)
{
    if (!condition)
        std::abort();
}

/// Checks what document.h promises of every document: from_bytes() refuses any that breaks it.
inline void check_promises(leeway::document::Document document)
{
    using namespace leeway::document;
    document.sha256 = std::string(64, '0');
    const auto back = from_bytes(to_bytes(document));
    demand(back.has_value());
    demand(*back == document);
    const auto size = static_cast<std::uint32_t>(document.text.size());
    for (const std::uint32_t offset : {0U, size / 3, size / 2, size}) {
        const int block = block_at(document, offset);
        demand(block < static_cast<int>(document.blocks.size()));
        demand(section_at(document, offset).size() < 2000);
        page_at(document, offset);
        rectangles(document, offset, size);
    }
}
