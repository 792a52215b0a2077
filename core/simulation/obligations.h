#pragma once

#include "core/simulation/frame.h"

#include <cstddef>
#include <string>
#include <vector>

namespace leeway::simulation {

struct Fee
{
    base::Decimal amount; // a month
    std::size_t begin = 0;
    std::size_t end = 0; // the month after the last

    [[nodiscard]] bool paid_in(std::size_t month) const { return month >= begin && month < end; }
};

struct Promise
{
    std::string vendor;   // empty: all of today's vendors
    base::Decimal amount; // a year
    std::size_t begin = 0;
    std::size_t end = 0;
    std::vector<std::size_t> fees; // that count towards it
    std::size_t period = 12;       // months after which it is settled; 0: at its end alone
    std::size_t passed = 0;        // months of its running period before `begin`

    /// Months of the period that ends with `month`, as far as they lie in the term; 0 when none ends.
    [[nodiscard]] std::size_t months_due(std::size_t month) const;
};

/// What is paid beside usage. What has no price or replaces nothing is said in `notes`.
std::vector<Fee> fees_of(const Frame& frame, const Scenario& scenario, std::vector<std::string>& notes);
/// The scenario's commitments and those of the sheet's agreement, unless the scenario has one of its own for
/// the same vendor, all as far as they fall into the plan. What of the agreement is not followed is said in
/// `notes`.
std::vector<Promise> promises_of(const Frame& frame, const Scenario& scenario,
                                 std::vector<std::string>& notes);
/// Whether promises_of() would give any.
bool has_promises(const Plan& plan, const pricing::Sheet& sheet, const Scenario& scenario);
/// By month.
std::vector<base::Decimal> expenses_of(const Frame& frame, const Scenario& scenario,
                                       std::vector<std::string>& notes);

/// Whether a vendor that a person named, or nobody for any, sells the model.
bool is_sold_by(const std::string& vendor, const pricing::Model& model);

}
