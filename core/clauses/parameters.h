#pragma once

#include "core/clauses/grammar.h"
#include "core/clauses/rules.h"

namespace leeway::clauses {

/// The figures that a check's parameter rules find in the given sentences: for each rule the one that stands
/// nearest to its concept.
std::vector<Parameter> read_parameters(const document::Document& document, const Reading& reading,
                                       const CheckRules& rules, const std::vector<std::uint32_t>& sentences);

}
