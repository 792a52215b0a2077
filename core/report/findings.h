#pragma once

#include "core/report/model.h"

#include <string>
#include <vector>

// The parts that `assemble` puts together. Pure functions.
namespace leeway::report {

/// One contract, reviewed and scored.
ContractPart part_of(const project::Contract& contract, const clauses::Pack& pack,
                     const scoring::Profile& profile);

/// What a reader must know first: failed gates, the worst findings, money, decisions that lost their text.
std::vector<std::string> stands_out(const Model& model);

/// What is left to do before the report can be signed.
std::vector<std::string> do_next(const Model& model, const project::Snapshot& snapshot);

}
