#include "core/clauses/train/learntypes.h"

#include "core/clauses/train/scale.h"

#include <numeric>

namespace leeway::clauses::train {
namespace {

constexpr std::size_t inner_folds_of_fold = 4;

std::vector<const Example*> pick(const LearningSet& set, const std::vector<std::size_t>& places)
{
    std::vector<const Example*> examples;
    for (const std::size_t place : places)
        examples.push_back(&set.examples[place]);
    return examples;
}

}

LearningSet learning_set(std::vector<LabelledDocument> documents, const Signs& signs)
{
    LearningSet set;
    set.documents = std::move(documents);
    for (const LabelledDocument& labelled : set.documents) {
        set.tokens.push_back(tokenize(labelled.document));
        set.examples.push_back({sentence_features(labelled.document, set.tokens.back(), signs),
                                sentence_types(labelled), types_of(labelled.labels)});
    }
    return set;
}

Learned learn(const LearningSet& set, const std::vector<std::size_t>& places, const Signs& signs,
              const WeighOptions& options, std::size_t inner_folds)
{
    std::vector<Scored> scored;
    for (std::size_t fold = 0; fold < inner_folds; ++fold) {
        std::vector<std::size_t> learned;
        std::vector<std::size_t> held;
        for (std::size_t i = 0; i < places.size(); ++i)
            (i % inner_folds == fold ? held : learned).push_back(places[i]);
        if (held.empty() || learned.empty())
            continue;
        const TypeWeights weights = rounded(weigh(pick(set, learned), signs, options));
        for (const std::size_t place : held)
            scored.push_back({document_terms_of(sentence_scores(set.examples[place].features, weights)),
                              set.examples[place].document});
    }
    return {rounded(weigh(pick(set, places), signs, options)), learn_scale(scored)};
}

base::Result<Figures> cross_validate(const LearningSet& set, const Signs& signs, const WeighOptions& options,
                                     std::size_t folds, const base::Progress& progress)
{
    std::vector<Answer> answers(set.documents.size());
    for (std::size_t fold = 0; fold < folds; ++fold) {
        if (!base::keep_going(progress, static_cast<std::int64_t>(fold), static_cast<std::int64_t>(folds)))
            return base::fail(base::ErrorCode::Cancelled, "cancelled");
        std::vector<std::size_t> learned;
        for (std::size_t i = 0; i < set.documents.size(); ++i) {
            if (i % folds != fold)
                learned.push_back(i);
        }
        TypeModel model;
        Learned result = learn(set, learned, signs, options, inner_folds_of_fold);
        model.weights = std::move(result.weights);
        model.scale = result.scale;
        model.signs = signs;
        for (std::size_t i = fold; i < set.documents.size(); i += folds)
            answers[i] = {find_clauses(set.documents[i].document, set.tokens[i], model),
                          &set.documents[i].labels};
    }
    return measure(answers);
}

}
