#pragma once

#include "core/base/date.h"
#include "core/pricing/sheet.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leeway::pricing {

/// A price that is new, gone or another.
struct RateChange
{
    Component component = Component::Input;
    std::string tier = "standard";
    std::int64_t above_tokens = 0;
    bool off_peak = false;
    std::optional<base::Decimal> before; // for one unit; none: new
    std::optional<base::Decimal> after;  // none: gone

    /// By how many percent the price rose (below zero: fell), to one place; nothing for a new or gone price,
    /// or one that was zero.
    [[nodiscard]] std::optional<base::Decimal> percent() const;
    bool operator==(const RateChange&) const = default;
};

enum class ModelChange : std::uint8_t { New, Gone, Changed };

struct ModelDiff
{
    ModelChange change = ModelChange::Changed;
    std::string vendor;
    std::string model;
    std::vector<RateChange> rates;   // by component, tier and context; of a changed model only
    std::vector<std::string> others; // "retires on 2026-12-01", "eu: every price × 1.1, was × 1"

    bool operator==(const ModelDiff&) const = default;
};

/// What changed from the prices of `before` on one day to those of `after` on another, by vendor and model.
/// Models are the same by name, or by the names of `before` among the aliases of `after`.
std::vector<ModelDiff> diff(const Sheet& before, base::Date day_before, const Sheet& after,
                            base::Date day_after);

}
