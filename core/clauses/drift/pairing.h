#pragma once

#include "core/clauses/drift/worded.h"

#include <cstdint>
#include <vector>

namespace leeway::clauses {

/// Which block of one version is which of the other.
struct Pairing
{
    static constexpr std::int32_t none = -1;

    std::vector<std::int32_t> before; // of each old block: the new one
    std::vector<std::int32_t> after;  // of each new block: the old one
    std::vector<bool> in_place;       // of each new block: paired, and in the order of most of the others

    void join(std::uint32_t old_block, std::uint32_t new_block)
    {
        before[old_block] = static_cast<std::int32_t>(new_block);
        after[new_block] = static_cast<std::int32_t>(old_block);
    }
};

/// Pairs blocks of the same words first, wherever they stand, then those that share rare runs of words or
/// stand between the same neighbours, the most similar first. Blocks without words are paired with none.
/// About linear time.
Pairing pair_blocks(const Worded& before, const Worded& after);

}
