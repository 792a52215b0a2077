#pragma once

#include "core/clauses/documents/together.h"

#include <nlohmann/json.hpp>

namespace leeway::clauses {

/// As `leeway-cli check --together --format json` prints it: {"documents": [{"document", "kind", "title",
/// "recognised_by", "place", "replaced"}], "precedence": {"stated", "evidence"}, "notes", "findings": [a
/// finding with "decided_by", "overruled", "assumed" and a "document" in each passage], "absent": [{"kind",
/// "title", "name", "address", "times", "evidence", "checks"}]}. Documents are named by their file names.
nlohmann::json to_json(const Together& together);

}
