#pragma once

#include "core/clauses/drift/worded.h"

#include <cstdint>
#include <vector>

namespace leeway::clauses {

/// The runs of words of two texts that the other has not, as indices into each side's words, in order.
struct WordDiff
{
    std::vector<Span> before;
    std::vector<Span> after;

    [[nodiscard]] bool empty() const { return before.empty() && after.empty(); }
};

/// Compares the words of `a` in `before` with those of `b` in `after`: the fewest changes where that takes
/// few steps, else those between words that stand once in both, else everything between the first and the
/// last difference. Single small words between changes are counted to the change. About linear time.
WordDiff diff_words(const std::vector<WordAt>& before, Span a, const std::vector<WordAt>& after, Span b);

}
