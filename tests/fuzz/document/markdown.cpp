#include "core/document/readers.h"
#include "promises.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text = leeway::document::decode({reinterpret_cast<const char*>(data), size});
    leeway::document::Document document;
    leeway::document::read_markdown(document, text);
    check_promises(std::move(document));
    return 0;
}
