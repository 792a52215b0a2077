#include "core/pricing/scope.h"

#include "core/base/text.h"

#include <algorithm>

namespace leeway::pricing {
namespace {

bool is_called(const Model& model, const std::string& name)
{
    const std::string wanted = base::lowered(name);
    return base::lowered(model.model) == wanted ||
           std::ranges::any_of(model.aliases,
                               [&](const std::string& alias) { return base::lowered(alias) == wanted; });
}

}

bool concerns(const Scope& scope, const Model& model, std::string_view tier)
{
    return (scope.vendor.empty() || is_vendor(scope.vendor, model)) &&
           (scope.tiers.empty() || std::ranges::find(scope.tiers, tier) != scope.tiers.end()) &&
           (scope.models.empty() || std::ranges::any_of(scope.models, [&](const std::string& name) {
                return is_called(model, name);
            }));
}

bool concerns(const Capacity& capacity, const Model& model, std::string_view tier)
{
    return concerns(capacity.scope, model, tier) && (!capacity.scope.tiers.empty() || tier == "standard");
}

}
