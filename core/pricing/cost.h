#pragma once

#include "core/base/decimal.h"
#include "core/pricing/context.h"
#include "core/pricing/counts.h"
#include "core/pricing/sheet.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::pricing {

/// The exact cost of a request, or the reason why it has none.
struct Cost
{
    bool priced = false;
    base::Decimal total; // in the sheet's currency
    std::array<base::Decimal, component_count> components{};
    std::vector<std::string> notes; // fallbacks taken: "no price of its own for cache_read: charged as input"
    std::string why;                // when not priced
};

/// Prices one usage line. A part without a rate of its own is charged at the rate of its whole, a service
/// tier that the model lacks at standard, a context tier that a component lacks at its base rate, and a line
/// of several requests by its average length: each with a note. Tokens without any rate make it unpriced;
/// units (searches, pages, …) without a rate are left out with a note.
Cost cost_of(const Usage& usage, const Sheet& sheet);
Cost cost_of(const Usage& usage, const Model& model);

/// What requests share that are priced as one sum.
struct Terms
{
    base::Date day;
    std::string_view service_tier = "standard";
    std::string_view region;
    std::int64_t bucket = 0;               // see bucket_of
    std::span<const Schedule> schedules{}; // those of which `open` tells
    std::uint32_t open = 0;                // bit i: schedules[i] held; see open_at
};

/// Prices the sum of requests that share `terms`: exactly the sum of their single costs. `above[i]` is the
/// sum of input_above() each request at `marginal[i]`; needed only by models with marginal tiers, whose
/// output is charged at the tier that the whole input reaches.
Cost cost_of(const Counts& counts, const Terms& terms, const Model& model,
             std::span<const std::int64_t> marginal = {}, std::span<const Counts> above = {});

/// What to note when a model was found under another vendor than asked for; empty otherwise.
std::string vendor_note(std::string_view vendor, const Model& model);

/// The rates in force on a day; nullptr when there are none.
const DatedRates* rates_on(const Model& model, base::Date day);

/// The context tiers at which this sheet changes a price, ascending: the buckets of the usage cube
/// (borders_of(sheet).whole).
std::vector<std::int64_t> context_thresholds(const Sheet& sheet);

}
