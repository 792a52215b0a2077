#include "core/clauses/train/measure.h"

#include <algorithm>
#include <fmt/format.h>

namespace leeway::clauses::train {
namespace {

bool best_hit_is_right(const Answer& answer, std::size_t type)
{
    const ClauseHit* best = nullptr;
    for (const ClauseHit& hit : answer.found.hits) {
        if (hit.type == type && (best == nullptr || hit.score > best->score))
            best = &hit;
    }
    const auto& passages = answer.labels->passages[type];
    return best != nullptr && std::any_of(passages.begin(), passages.end(), [&](const std::string& passage) {
               return overlap(best->text, passage);
           });
}

TypeFigures measure_type(const std::vector<Answer>& answers, std::size_t type)
{
    TypeFigures figures;
    std::vector<std::pair<double, bool>> scored;
    std::size_t said = 0, right = 0, top = 0;
    for (const Answer& answer : answers) {
        const bool has = !answer.labels->passages[type].empty();
        const double score = answer.found.types[type];
        scored.emplace_back(score, has);
        figures.documents += has ? 1 : 0;
        said += score >= 0.5 ? 1 : 0;
        right += score >= 0.5 && has ? 1 : 0;
        top += has && best_hit_is_right(answer, type) ? 1 : 0;
    }
    const auto share = [](std::size_t part, std::size_t all) {
        return all > 0 ? static_cast<double>(part) / static_cast<double>(all) : 1.0;
    };
    std::stable_sort(scored.begin(), scored.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::size_t hits = 0;
    double sum = 0;
    for (std::size_t i = 0; i < scored.size(); ++i) {
        if (scored[i].second)
            sum += share(++hits, i + 1);
    }
    figures.f1 = share(2 * right, figures.documents + said);
    figures.average_precision = figures.documents > 0 ? sum / static_cast<double>(figures.documents) : 0;
    figures.top = share(top, figures.documents);
    return figures;
}

}

Figures measure(const std::vector<Answer>& answers)
{
    Figures figures;
    std::size_t types = 0;
    for (std::size_t t = 0; t < type_count; ++t) {
        const TypeFigures& type = figures.types[t] = measure_type(answers, t);
        if (type.documents == 0)
            continue;
        ++types;
        figures.mean.f1 += type.f1;
        figures.mean.average_precision += type.average_precision;
        figures.mean.top += type.top;
        figures.mean.documents += type.documents;
    }
    if (types > 0) {
        figures.mean.f1 /= static_cast<double>(types);
        figures.mean.average_precision /= static_cast<double>(types);
        figures.mean.top /= static_cast<double>(types);
    }
    return figures;
}

std::string to_string(const TypeFigures& figures)
{
    return fmt::format("docF1 {:.3f} docAP {:.3f} top1 {:.3f}", figures.f1, figures.average_precision,
                       figures.top);
}

}
