#pragma once

#include "core/clauses/documents/settext.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace leeway::clauses {

/// A document of a set while it is being read.
struct SetPart
{
    const SetText& text;
    int kind = -1; // index in DocumentKinds::kinds
};

/// A clause that says which document stands above which.
struct PrecedenceClause
{
    std::size_t document = 0;
    std::uint32_t sentence = 0;
    bool used = false; // it says something of the documents in the set, and no higher document the opposite
};

/// Which document of a set stands above which, as the documents themselves say.
struct StatedOrder
{
    std::vector<std::pair<std::size_t, std::size_t>> above; // first above second; without circles
    std::vector<PrecedenceClause> clauses;
};
StatedOrder stated_order(const std::vector<SetPart>& parts, const DocumentKinds& kinds);

/// The documents in layers from the highest: as stated, and by the ranks of their kinds on `check` where
/// nothing is stated. Documents of a layer stand at the same rank.
std::vector<std::vector<std::size_t>> layers_of(const std::vector<SetPart>& parts, const StatedOrder& order,
                                                const DocumentKinds& kinds, std::string_view check);

}
