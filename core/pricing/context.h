#pragma once

#include "core/pricing/counts.h"
#include "core/pricing/sheet.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace leeway::pricing {

/// How many different off-peak hours a sheet can have; models with others are priced without them, with a
/// note.
inline constexpr std::size_t most_schedules = 32;

/// What cuts usage into parts of one price.
///
/// Context tiers are held as borders: a request is past the border T when its whole input is over T tokens.
/// A vendor whose tier begins at T (threshold_inclusive) has the border T − 1, so one set of buckets serves
/// every model of a sheet. Off-peak hours of several models are told apart by which of them held.
struct Borders
{
    std::vector<std::int64_t> whole;    // ascending: where a model of the sheet changes its price
    std::vector<std::int64_t> marginal; // ascending: those of models with marginal tiers
    std::vector<bool> reached;          // beside `whole`: stems from tiers that begin at border + 1 only
    std::vector<Schedule> schedules;    // ascending: the off-peak hours, at most most_schedules

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

/// Bit i: schedules[i] held at that time.
std::uint32_t open_at(base::Instant time, std::span<const Schedule> schedules);

/// The input of `counts` that lies above the first `border` tokens of each request (by their average length).
/// What comes last in a prompt is cut off first: plain input, then media, then cache writes, then cache
/// reads.
Counts input_above(const Counts& counts, std::int64_t border);

}
