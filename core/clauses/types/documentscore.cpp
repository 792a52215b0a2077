#include "core/clauses/types/documentscore.h"

#include <algorithm>
#include <cmath>

namespace leeway::clauses {
namespace {

constexpr double level_softness = 0.5; // of the soft maximum that tells how high all sentences are
constexpr float lowest = -12;

}

double DocumentScale::score(std::size_t type, const DocumentTerms& terms) const
{
    double sum = lines[type].offset;
    for (std::size_t i = 0; i < document_terms; ++i)
        sum += lines[type].slope * weights[i] * terms[i];
    return 1 / (1 + std::exp(-sum));
}

std::array<DocumentTerms, type_count> document_terms_of(const std::vector<TypeScores>& sentences)
{
    std::array<DocumentTerms, type_count> terms{};
    if (sentences.empty())
        return terms;
    for (std::size_t t = 0; t < type_count; ++t) {
        float best = lowest;
        float second = lowest;
        double level = 0;
        for (const TypeScores& scores : sentences) {
            const float score = std::max(scores[t], lowest);
            second = std::max(second, std::min(best, score));
            best = std::max(best, score);
            level += std::exp(level_softness * score);
        }
        terms[t] = {best, second, std::log(level) / level_softness,
                    std::log(static_cast<double>(sentences.size()))};
    }
    return terms;
}

}
