// A price sheet of unknown origin: it is refused, or it survives being written and read again, prices a
// request and can be checked and compared.

#include "core/pricing/cost.h"
#include "core/pricing/diff.h"
#include "core/pricing/lint.h"

#include <cstdlib>

using namespace leeway::pricing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto sheet = parse_sheet("fuzz.json", {reinterpret_cast<const char*>(data), size});
    if (!sheet)
        return 0;
    const auto again = parse_sheet("again.json", to_json(*sheet));
    if (!again || again->models.size() != sheet->models.size())
        std::abort();
    const leeway::base::Date day{};
    lint(*sheet, day);
    if (!diff(*sheet, day, *sheet, day).empty())
        std::abort();
    for (const Model& model : sheet->models) {
        Usage usage;
        usage.model = model.model;
        usage.service_tier = "batch";
        usage.region = "eu-west-1";
        for (std::int64_t& count : usage.counts.of)
            count = 300'000;
        const Cost cost = cost_of(usage, model);
        if (cost.priced == !cost.why.empty())
            std::abort();
    }
    return 0;
}
