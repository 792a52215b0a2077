#pragma once

#include "core/clauses/types/model.h"

#include <cstdint>
#include <string>
#include <vector>

namespace leeway::clauses {

/// A passage of a commercial type: bytes [begin, end) of the document's text.
struct ClauseHit
{
    std::size_t type = 0; // index in clause_types
    double score = 0;     // 0…1; 0.5 is the line between no and yes
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    int page = 0;        // 1-based, 0 without pages
    std::string section; // "8.2"; may be empty
    std::string text;

    bool operator==(const ClauseHit&) const = default;
};

struct ClauseHits
{
    std::vector<ClauseHit> hits;            // type by type, each in the order of the text
    std::array<double, type_count> types{}; // document-level scores: how likely the document has the type

    bool operator==(const ClauseHits&) const = default;
};

/// Passages below this score are no hits; of those below 0.5, each type has its best three at most.
inline constexpr double lowest_hit = 0.02;

/// The passages of every type. Deterministic; linear in the length of the text.
ClauseHits find_clauses(const document::Document& document, const Tokens& tokens, const TypeModel& model);
ClauseHits find_clauses(const document::Document& document, const TypeModel& model);

}
