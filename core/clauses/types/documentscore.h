#pragma once

#include "core/clauses/types/kinds.h"

#include <array>
#include <vector>

namespace leeway::clauses {

/// What a document's sentences say together of one type: its best score, its second best, how high all of
/// them are, and the logarithm of their number.
inline constexpr std::size_t document_terms = 4;
using DocumentTerms = std::array<double, document_terms>;

/// How the terms make the document-level score of each type.
struct DocumentScale
{
    DocumentTerms weights{};
    struct Line
    {
        double slope = 0; // positive
        double offset = 0;
    };
    std::array<Line, type_count> lines{};

    /// 0…1; 0.5 is the line between no and yes.
    [[nodiscard]] double score(std::size_t type, const DocumentTerms& terms) const;
};

/// The terms of every type; all zero without sentences.
std::array<DocumentTerms, type_count> document_terms_of(const std::vector<TypeScores>& sentences);

}
