#include "core/clauses/types/model.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Any bytes: signs or weights of clause types, or an error that names the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace leeway;
    const auto file = base::parse_json("fuzz.json", {reinterpret_cast<const char*>(data), size});
    if (!file)
        return 0;
    const auto signs = clauses::read_signs(*file);
    const auto model = clauses::read_type_model(*file, {}, "");
    if ((!signs && !signs.error().message.starts_with("fuzz.json")) ||
        (!model && !model.error().message.starts_with("fuzz.json")))
        std::abort();
    if (model && model->weights.features().size() != model->weights.weights().size())
        std::abort();
    return 0;
}
