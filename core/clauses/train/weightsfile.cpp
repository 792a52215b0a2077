#include "core/clauses/train/weightsfile.h"

namespace leeway::clauses::train {
namespace {

nlohmann::json by_check(const Pack& pack, const std::vector<CheckWeights>& weights)
{
    nlohmann::json checks = nlohmann::json::object();
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (!weights[i].empty())
            checks[pack.checks[i].id] = to_json(weights[i]);
    }
    return checks;
}

}

std::string weights_text(const Pack& pack, const std::vector<CheckWeights>& texts,
                         const BearingWeights& subjects, const std::optional<ContractWeights>& contracts,
                         const nlohmann::json& provenance)
{
    nlohmann::json file{
        {"provenance", provenance}, {"checks", by_check(pack, texts)}, {"subjects", to_json(subjects)}};
    if (contracts)
        file["contracts"] = to_json(*contracts);
    return file.dump(1) + "\n";
}

}
