#pragma once

#include "core/clauses/tokens.h"

namespace leeway::clauses {

/// Joins "thirty (30) business days", "12-month", "5 %", "EUR 1,000" in tokens [from, end) into one token
/// each. The figures of a sentence never cross its end.
void join_figures(Tokens& tokens, std::uint32_t from);

}
