#pragma once

#include "core/report/model.h"
#include "core/simulation/matrix.h"

namespace leeway::cli {

/// The scenario matrix for people: totals, differences and break-even, then the decision gate and notes.
void print_matrix(const simulation::Matrix& matrix);

/// Index, checklist, dates and what stands out, contract by contract.
void print_model(const report::Model& model);

}
