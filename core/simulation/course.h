#pragma once

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/pricing/cost.h"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace leeway::simulation {

/// What the same usage costs over time, as the dated rates of a sheet already say: each step holds from its
/// day on, the first one also before.
struct Step
{
    base::Date from;
    base::Decimal cost;
    std::vector<std::pair<pricing::Component, base::Decimal>> parts{}; // of the cost; those of zero left out

    bool operator==(const Step&) const = default;
};
using Course = std::vector<Step>; // ascending, never empty

/// The course of a usage priced at `model`; none when no day of the sheet prices it: `why` says the reason.
/// After the last day with a price that price is kept. What pricing had to assume is added to `notes`.
std::optional<Course> course_of(const pricing::Counts& counts, pricing::Terms terms,
                                const pricing::Model& model, std::span<const std::int64_t> marginal,
                                std::span<const pricing::Counts> above, std::vector<std::string>& notes,
                                std::string& why);

/// The cost in a month; a change of rates within it counts by days.
base::Decimal cost_in(const Course& course, base::Month month);
/// Its part of one component.
base::Decimal cost_in(const Course& course, base::Month month, pricing::Component component);

/// "vendor/model", or the model alone without a vendor.
std::string name_of(const pricing::Model& model);

/// Adds `note` unless it is there.
void add_note(std::vector<std::string>& notes, std::string note);

}
