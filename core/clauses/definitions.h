#pragma once

#include "core/clauses/grammar.h"

namespace leeway::clauses {

/// Finds defined terms ("“Client Material” means …", "… (“Client Material”)") and adds, wherever a term is
/// used, hits of the inheritable concepts that its definition speaks of.
void apply_definitions(Reading& reading, const Lexicon& lexicon);

}
