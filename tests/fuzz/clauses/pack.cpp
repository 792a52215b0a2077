#include "core/clauses/pack.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Any bytes: a pack, or an error that names the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto pack = leeway::clauses::parse_pack("fuzz.json", {reinterpret_cast<const char*>(data), size});
    if (!pack && !pack.error().message.starts_with("fuzz.json"))
        std::abort();
    if (pack && pack->checks.empty())
        std::abort();
    return 0;
}
