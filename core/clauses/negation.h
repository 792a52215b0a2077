#pragma once

#include "core/clauses/tokens.h"

namespace leeway::clauses {

/// Whether "not" or "no" at the token denies nothing in a text that ends before `end`: "but not limited to",
/// "not later than", "not only", "whether or not", "the right, but not the obligation, to".
bool denies_nothing(const Tokens& tokens, std::uint32_t negation, std::uint32_t end);

/// Whether "but" in front of the token opens no clause of its own: "but not limited to", "but not the
/// obligation to".
bool goes_on(const Tokens& tokens, std::uint32_t negation, std::uint32_t end);

}
