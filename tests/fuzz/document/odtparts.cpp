#include "core/document/odtbody.h"
#include "parts.h"
#include "promises.h"

#include <cstddef>
#include <cstdint>

// The text and styles of an ODT file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace leeway::document;
    const auto parts = parts_of<2>({reinterpret_cast<const char*>(data), size});
    odt::Story story;
    static_cast<void>(odt::read_content(parts[1], story));
    static_cast<void>(odt::read_content(parts[0], story));
    Document document;
    assemble(document, std::move(story.blocks), !story.has_headings);
    check_promises(std::move(document));
    return 0;
}
