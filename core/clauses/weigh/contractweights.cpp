#include "core/clauses/weigh/contractweights.h"

#include <fmt/format.h>
#include <utility>

namespace leeway::clauses {

void ContractWeights::index()
{
    for (const CheckWeights& check : checks) {
        for (const WeighedThing& thing : check.things)
            known.add(thing.id);
    }
}

base::Result<ContractWeights> read_contract_weights(const base::JsonFile& file)
{
    auto bearing = read_bearing_weights(file, "/contracts/bearing");
    if (!bearing)
        return tl::unexpected(bearing.error());
    ContractWeights result{std::move(*bearing), {}, read_joined_weights(file), {}};
    const std::string pointer = "/contracts/checks";
    for (const std::string& check : result.bearing.checks) {
        if (!file.value.at(nlohmann::json::json_pointer(pointer)).contains(check))
            return tl::unexpected(file.error(pointer, fmt::format("there are no weights of “{}”", check)));
        auto weights = read_check_weights(file, pointer, check);
        if (!weights)
            return tl::unexpected(weights.error());
        result.checks.push_back(std::move(*weights));
    }
    result.index();
    return result;
}

nlohmann::json to_json(const ContractWeights& weights)
{
    nlohmann::json checks = nlohmann::json::object();
    for (std::size_t i = 0; i < weights.checks.size(); ++i)
        checks[weights.bearing.checks[i]] = to_json(weights.checks[i]);
    return {{"bearing", to_json(weights.bearing)}, {"checks", checks}, {"joined", weights.joined}};
}

}
