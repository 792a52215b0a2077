#include "core/project/runcosts.h"

#include <optional>

namespace leeway::project {
namespace {

// For each request; at `model`, or with nullptr at the models that served it.
std::optional<base::Decimal> cost_per_request(const usage::Cube& cube, const pricing::Sheet& sheet,
                                              const pricing::Model* model)
{
    if (cube.requests <= 0)
        return std::nullopt;
    base::Decimal sum;
    for (const usage::Cell& cell : cube.cells) {
        const pricing::Cost cost =
            model != nullptr ? usage::cost_of(cube, cell, *model) : usage::cost_of(cube, cell, sheet);
        if (!cost.priced)
            return std::nullopt;
        sum += cost.total;
    }
    return sum / base::Decimal::from_integer(cube.requests);
}

}

void add_costs(fallback::ReadinessInput& input, const usage::Cube& cube, const pricing::Sheet& sheet,
               const std::string& model)
{
    if (!input.currency.empty() && input.currency != sheet.currency)
        return;
    input.incumbent_cost_per_request = cost_per_request(cube, sheet, nullptr);
    if (!input.incumbent_cost_per_request)
        return;
    input.currency = sheet.currency;
    const pricing::Model* known = sheet.find({}, model);
    input.cost_per_request = known != nullptr ? cost_per_request(cube, sheet, known) : std::nullopt;
}

}
