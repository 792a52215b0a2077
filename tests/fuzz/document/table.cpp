// Tesseract's table of a page.
#include "core/document/recognised.h"
#include "promises.h"

#include <cmath>
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto page = leeway::document::words_of_table({reinterpret_cast<const char*>(data), size}, 300);
    if (!page)
        return 0;
    demand(page->confidence >= 0 && page->confidence <= 100);
    for (const auto& word : page->words) {
        demand(!word.text.empty() && word.text.find_first_of(" \t\n") == std::string::npos);
        demand(std::isfinite(word.box.x) && std::isfinite(word.box.y) && word.box.width >= 0 &&
               word.box.height >= 0);
    }
    return 0;
}
