// What an engine sends, in pieces of a size that its first byte says: it is refused, or it gives the cube
// that it gives in one piece, which survives being written and read again.

#include "core/usage/warehouse/answer.h"

#include "core/usage/fields.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

using namespace leeway;
using namespace leeway::usage::warehouse;
using pricing::Component;
using Role = Output::Role;

namespace {

const std::vector<Output> outputs{{Role::Slot, 0, Component::Count_, 0},
                                  {Role::Text, *usage::field_index("model"), Component::Count_, 0},
                                  {Role::Text, *usage::field_index("service_tier"), Component::Count_, 0},
                                  {Role::Bucket, 0, Component::Count_, 0},
                                  {Role::Problem, 0, Component::Count_, 0},
                                  {Role::Rows, 0, Component::Count_, 0},
                                  {Role::Copies, 0, Component::Count_, 0},
                                  {Role::Averaged, 0, Component::Count_, 0},
                                  {Role::FirstExample, 0, Component::Count_, 0},
                                  {Role::LastExample, 0, Component::Count_, 0},
                                  {Role::Sum, 0, Component::Input, 0},
                                  {Role::Sum, 0, Component::Request, 0},
                                  {Role::Above, 0, Component::Input, 0}};

pricing::Sheet sheet_with_tiers()
{
    pricing::Sheet sheet;
    pricing::Model model;
    model.vendor = "v";
    model.model = "m";
    model.marginal_tiers = true;
    pricing::DatedRates dated;
    dated.rates = {{Component::Input, base::Decimal::from_integer(1), "standard", 1'000}};
    model.prices.push_back(dated);
    sheet.models = {model};
    return sheet;
}

base::Result<usage::Cube> cube_of(std::string_view bytes, std::size_t piece)
{
    Query query;
    query.outputs = outputs;
    query.table = "log";
    query.example = "time";
    Answer answer(query, sheet_with_tiers());
    const RowSink sink = [&](Row row) { return answer.add(row); };
    RecordSplitter records(sink);
    for (std::size_t i = 0; i < bytes.size(); i += piece) {
        if (auto status = records.take(bytes.substr(i, piece)); !status)
            return tl::unexpected(status.error());
    }
    if (auto status = records.finish(); !status)
        return tl::unexpected(status.error());
    return answer.take("log");
}

}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto cube = cube_of(bytes, std::max<std::size_t>(data[0], 1));
    const auto whole = cube_of(bytes, size);
    if (cube.has_value() != whole.has_value() || (cube && !(*cube == *whole)))
        std::abort();
    if (!cube)
        return 0;
    const auto again = usage::cube_from_json(usage::to_json(*cube));
    if (!again || !(*again == *cube))
        std::abort();
    return 0;
}
