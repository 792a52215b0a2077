#include "core/clauses/types/serialise.h"

#include <cmath>

namespace leeway::clauses {
namespace {

double shown(double score)
{
    return std::round(score * 10000) / 10000;
}

}

nlohmann::json hits_json(const ClauseHits& found, double threshold)
{
    nlohmann::json hits = nlohmann::json::array();
    for (const ClauseHit& hit : found.hits) {
        if (hit.score >= threshold)
            hits.push_back({{"type", clause_types[hit.type]},
                            {"score", shown(hit.score)},
                            {"page", hit.page},
                            {"section", hit.section},
                            {"text", hit.text}});
    }
    return hits;
}

nlohmann::json types_json(const ClauseHits& found)
{
    nlohmann::json types = nlohmann::json::object();
    for (std::size_t t = 0; t < type_count; ++t)
        types[std::string(clause_types[t])] = shown(found.types[t]);
    return types;
}

}
