#pragma once

#include "core/report/model.h"
#include "core/report/paper.h"

#include <vector>

// The parts of the printed report, in their order.
namespace leeway::report {

/// `contents`: the outline of the finished report; empty in the first pass.
void draw_cover(Paper& paper, const Model& model, const std::vector<Bookmark>& contents);
/// Ends with the lines for signatures where its page has room for them; says whether it had.
bool draw_summary(Paper& paper, const Model& model);
void draw_signatures(Paper& paper);
void draw_contract(Paper& paper, const Model& model, const ContractPart& part);
void draw_costs(Paper& paper, const Model& model);
void draw_gates_and_dates(Paper& paper, const Model& model);
void draw_appendix(Paper& paper, const Model& model);

/// A scale from 0 to 100 with the index and its range.
void draw_scale(QPainter& painter, const QRectF& box, const scoring::Index& index);

}
