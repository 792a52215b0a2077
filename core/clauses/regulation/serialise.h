#pragma once

#include "core/clauses/regulation/assess.h"

#include <nlohmann/json.hpp>

namespace leeway::clauses {

/// One row for each requirement, in the regulation's order, as `leeway-cli check --format json` prints it:
/// what is asked, by whom it is owed and since when, legal floor and buyer's standard apart, proof, and what
/// the contract says.
nlohmann::json to_json(const Assessment& assessment, const Regulation& regulation);

/// `regulation`, `date`, `questions`, `counts` and `requirements` of one contract.
nlohmann::json assessment_json(const Assessment& assessment, const Regulation& regulation);

/// The questions that decide whether requirements apply, with the answers given; "" where one is open.
nlohmann::json questions_json(const Assessment& assessment, const Regulation& regulation);

}
