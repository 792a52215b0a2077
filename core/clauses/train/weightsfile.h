#pragma once

#include "core/clauses/pack.h"
#include "core/clauses/weigh/contractweights.h"

#include <optional>
#include <string>
#include <vector>

namespace leeway::clauses::train {

/// The weights file of a pack, with where its numbers come from; without `contracts` it is for short texts
/// only.
std::string weights_text(const Pack& pack, const std::vector<CheckWeights>& texts,
                         const BearingWeights& subjects, const std::optional<ContractWeights>& contracts,
                         const nlohmann::json& provenance);

}
