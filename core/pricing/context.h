#pragma once

#include "core/pricing/counts.h"
#include "core/pricing/sheet.h"

#include <cstdint>
#include <vector>

namespace leeway::pricing {

/// Context tiers are held as borders: a request is past the border T when its whole input is over T tokens.
/// A vendor whose tier begins at T (threshold_inclusive) has the border T − 1, so one set of buckets serves
/// every model of a sheet.
struct Borders
{
    std::vector<std::int64_t> whole;    // ascending: where a model of the sheet changes its price
    std::vector<std::int64_t> marginal; // ascending: those of models with marginal tiers
    std::vector<bool> reached;          // beside `whole`: stems from tiers that begin at border + 1 only

    bool operator==(const Borders&) const = default;
};
Borders borders_of(const Sheet& sheet);
Borders borders_of(const Model& model);
/// The border of a rate: its threshold, or one less for a model whose tiers begin at the threshold.
std::int64_t border_of(const Rate& rate, const Model& model);

/// The greatest of borders.whole that the requests in `counts` are past by their average length; 0 for none.
/// Exact, but for one thing: if a sheet has a tier above T at one vendor and one from T + 1 on at another, a
/// line of several requests whose average lies between T and T + 1 counts as above T.
std::int64_t bucket_of(const Counts& counts, const Borders& borders);

/// The input of `counts` that lies above the first `border` tokens of each request (by their average length).
/// What comes last in a prompt is cut off first: plain input, then media, then cache writes, then cache
/// reads.
Counts input_above(const Counts& counts, std::int64_t border);

}
