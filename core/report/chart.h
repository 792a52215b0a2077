#pragma once

#include "core/report/paper.h"
#include "core/simulation/matrix.h"

namespace leeway::report {

/// Colour and dash of a scenario's line, by its place in the matrix.
struct LineLook
{
    QRgb colour = 0;
    bool dashed = false;
};
LineLook line_look(std::size_t outcome);

/// Monthly spend of every scenario over the term, lines named at their ends, the decision gate marked; under
/// a title that says what it shows.
void draw_spend_chart(Paper& paper, const simulation::Matrix& matrix);

/// Steps for an axis from 0 to at least `greatest`, at most six: the size of a step.
double nice_step(double greatest);

/// Moves labels apart so that neighbours are at least `distance` from each other and all stay between `low`
/// and `high`, where there is room for all; keeps their order.
std::vector<double> spread(std::vector<double> wanted, double distance, double low, double high);

}
