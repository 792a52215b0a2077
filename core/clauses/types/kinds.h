#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace leeway::clauses {

/// The commercial clause types, in the order of every table of scores.
inline constexpr std::array<std::string_view, 20> clause_types{"renewal-term",
                                                               "renewal-notice",
                                                               "termination-for-convenience",
                                                               "minimum-commitment",
                                                               "exclusivity",
                                                               "price-restriction",
                                                               "most-favoured-customer",
                                                               "liability-cap",
                                                               "liability-uncapped",
                                                               "anti-assignment",
                                                               "change-of-control",
                                                               "ip-ownership",
                                                               "source-escrow",
                                                               "post-termination-services",
                                                               "audit-rights",
                                                               "governing-law",
                                                               "volume-restriction",
                                                               "non-transferable-licence",
                                                               "warranty-duration",
                                                               "expiry"};
inline constexpr std::size_t type_count = clause_types.size();

/// A number for every type.
using TypeScores = std::array<float, type_count>;

/// The index of a type's name; type_count for any other word.
constexpr std::size_t type_index(std::string_view name)
{
    std::size_t i = 0;
    while (i < type_count && clause_types[i] != name)
        ++i;
    return i;
}

}
