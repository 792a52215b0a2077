#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

struct Distance
{
    std::size_t value = 0;
    bool exact = true; // false: `value` is a lower bound above the threshold
};

/// Insertions, deletions and substitutions (Levenshtein) between two texts, exact up to `threshold` and a
/// lower bound beyond. TooLarge where it would take more than about 2·10⁹ steps.
base::Result<Distance> edit_distance(std::u16string_view a, std::u16string_view b, double threshold);

/// The values of `one, "two, or three"`: separated by commas, quoted with " where they hold one. Invalid for
/// an open quotation mark or text behind a closed one.
base::Result<std::vector<std::string>> split_values(std::string_view text);

}
