#pragma once

#include "core/clauses/types/find.h"

#include <nlohmann/json.hpp>

namespace leeway::clauses {

/// The hits as `leeway-cli clauses --format json` prints them: type, score, page, section and text of those
/// of at least `threshold`.
nlohmann::json hits_json(const ClauseHits& found, double threshold);

/// Every type → its document-level score.
nlohmann::json types_json(const ClauseHits& found);

}
