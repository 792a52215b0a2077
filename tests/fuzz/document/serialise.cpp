#include "core/document/serialise.h"
#include "promises.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto document = leeway::document::from_bytes({reinterpret_cast<const char*>(data), size});
    if (document)
        check_promises(*document);
    return 0;
}
