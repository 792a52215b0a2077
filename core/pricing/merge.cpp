#include "core/base/hash.h"
#include "core/pricing/sheet.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

namespace leeway::pricing {
namespace {

std::string key(const Model& model)
{
    return model.vendor + "/" + model.model;
}

}

base::Result<Sheet> merged(Sheet base, const Sheet& additions)
{
    if (base.currency != additions.currency)
        return base::fail(
            base::ErrorCode::Invalid,
            fmt::format("“{}” is in {}, but the prices in use are in {}. Convert its rates first; Leeway "
                        "does not guess an exchange rate.",
                        additions.title, additions.currency, base.currency));
    std::unordered_map<std::string, std::size_t> place;
    for (std::size_t i = 0; i < base.models.size(); ++i)
        place.emplace(key(base.models[i]), i);
    for (const Model& model : additions.models) {
        const auto [at, fresh] = place.emplace(key(model), base.models.size());
        if (fresh)
            base.models.push_back(model);
        else
            base.models[at->second] = model;
    }
    if (base.title.find(additions.title) == std::string::npos)
        base.title += " + " + additions.title;
    base.id = "merged";
    base.as_of = std::max(base.as_of, additions.as_of);
    if (!additions.source.empty() && base.source.find(additions.source) == std::string::npos)
        base.source += (base.source.empty() ? "" : " · ") + additions.source;
    base.ignored = additions.ignored;
    base.sha256 = base::sha256(to_json(base));
    return base;
}

}
