// A line of a kept run: it is refused, or writing what was read and reading that gives the same.

#include "core/fallback/jsonfind.h"
#include "core/fallback/runs/runjson.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace leeway::fallback;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto json = parse_ordered_json({reinterpret_cast<const char*>(data), size});
    if (!json)
        return 0;
    if (const auto result = case_result_from(*json)) {
        const auto written = to_json(*result);
        const auto again = case_result_from(written);
        if (!again || to_json(*again) != written)
            std::abort();
    }
    if (const auto head = head_from(*json)) {
        const auto written = head_to_json(*head);
        const auto again = head_from(written);
        if (!again || head_to_json(*again) != written)
            std::abort();
    }
    return 0;
}
