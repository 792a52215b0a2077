#include "core/document/layout.h"
#include "promises.h"

#include <cstddef>
#include <cstdint>

// Each five bytes print a word: place, size and the first letter; a zero byte starts a page.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace leeway::document;
    std::vector<PrintedPage> pages{{{600, 800}, {}}};
    static const char* const words[] = {"(a)", "1.",  "Term", "ends.", "non-",
                                        "the", "8.2", "—",    "Page",  "12"};
    for (std::size_t i = 0; i + 5 <= size; i += 5) {
        if (data[i] == 0) {
            pages.push_back({{600, 800}, {}});
            continue;
        }
        const float x = static_cast<float>(data[i]) * 2.5F;
        const float y = static_cast<float>(data[i + 1]) * 3;
        const float width = static_cast<float>(data[i + 2]);
        const float height = static_cast<float>(data[i + 3] % 32);
        const std::uint8_t kind = data[i + 4];
        pages.back().words.push_back(
            {words[kind % 10], {x, y, width, height}, (kind & 16) != 0, (kind & 32) != 0});
    }
    for (PrintedPage& page : pages) {
        if (!page.words.empty())
            page.words.back().line_end = true;
    }
    Document document;
    for (const PrintedPage& page : pages)
        document.pages.push_back(page.size);
    std::size_t printed = 0;
    for (const PrintedPage& page : pages)
        printed += page.words.size();
    assemble(document, split_run_on(blocks_of(pages)), true);
    demand(document.words.size() <= printed);
    for (const Word& word : document.words)
        demand(word.page < pages.size());
    check_promises(std::move(document));
    return 0;
}
