#pragma once

#include "core/clauses/review.h"
#include "core/clauses/tokens.h"

namespace leeway::clauses {

/// Finds out who is vendor and who is customer, from role words ("Provider", "Licensee"), from what each name
/// grants, supplies or pays, and by elimination; then notes the side on every token that names one of them,
/// pronouns and "either party" included.
Parties mark_parties(Tokens& tokens);

}
