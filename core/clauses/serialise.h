#pragma once

#include "core/clauses/review.h"

#include <nlohmann/json.hpp>

namespace leeway::clauses {

/// Parts of a finding: name → "value unit"; page, section, text and role; reasons as one text.
nlohmann::json figures_json(const std::vector<Parameter>& figures);
nlohmann::json evidence_json(const std::vector<Evidence>& evidence);
nlohmann::json reasons_json(const std::vector<std::string>& reasons);

/// A finding as `leeway-cli check --format json` prints it: check, verdict, confidence, parameters (name →
/// "value unit"), evidence (page, section, text) and why.
nlohmann::json to_json(const Finding& finding);

/// The findings of a review in the order of the pack.
nlohmann::json to_json(const Review& review);

}
