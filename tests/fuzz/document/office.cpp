#include "core/document/office.h"
#include "promises.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace leeway::document;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto format = office_format_of("x", bytes);
    if (!format)
        return 0;
    if (auto document = read_office(*format, "x", bytes))
        check_promises(std::move(*document));
    return 0;
}
