#pragma once

#include "core/clauses/review.h"

#include <optional>
#include <string>
#include <vector>

namespace leeway::clauses {

/// What became of one check from one pack to another on the same document. Met is best, then partial,
/// missing, adverse.
enum class PackEffect {
    Same,
    Better,
    Worse,
    Reread, // the same verdict from other passages, figures or reasons
    Added,  // the first pack has no such check
    Removed
};
std::string_view to_string(PackEffect effect); // "same", "better" …

struct PackChange
{
    std::string check;
    PackEffect effect = PackEffect::Same;
    std::optional<Finding> before;
    std::optional<Finding> after;

    bool operator==(const PackChange&) const = default;
};

/// The checks of the second review in their order, then those that only the first has.
std::vector<PackChange> compare_packs(const Review& before, const Review& after);

}
