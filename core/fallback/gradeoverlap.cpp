#include "core/fallback/gradeparts.h"
#include "core/fallback/overlap.h"

namespace leeway::fallback {
namespace {

Verdict grade_rouge(const Grading& g)
{
    if (!g.wanted().is_string())
        return cannot("needs a text as its value");
    return by_score("ROUGE-1", rouge_1(g.output, g.wanted().get_ref<const std::string&>()),
                    g.threshold_or(0.75), g);
}

Verdict grade_bleu(const Grading& g)
{
    const auto references = texts_of(g);
    if (!references || references->empty())
        return cannot(references ? "needs at least one text as its value" : references.error().message);
    return by_score("BLEU", bleu(g.output, *references), g.threshold_or(0.5), g);
}

Verdict grade_gleu(const Grading& g)
{
    const auto references = texts_of(g);
    if (!references || references->empty())
        return cannot(references ? "needs at least one text as its value" : references.error().message);
    return by_score("GLEU", gleu(g.output, *references), g.threshold_or(0.5), g);
}

Verdict grade_meteor(const Grading& g)
{
    const auto references = texts_of(g);
    if (!references || references->empty() || g.output.empty())
        return cannot(references ? "needs an answer and at least one text as its value"
                                 : references.error().message);
    MeteorWeights weights;
    const auto take = [&](const char* key, double& weight) {
        if (g.assertion.config.is_object() && g.assertion.config.contains(key) &&
            g.assertion.config[key].is_number())
            weight = g.assertion.config[key].get<double>();
    };
    take("alpha", weights.alpha);
    take("beta", weights.beta);
    take("gamma", weights.gamma);
    return by_score("METEOR (exact words and stems, no synonyms)", meteor(g.output, *references, weights),
                    g.threshold_or(0.5), g);
}

}

void add_overlap_graders(std::unordered_map<std::string_view, Grader>& graders)
{
    graders.insert(
        {{"rouge-n", grade_rouge}, {"bleu", grade_bleu}, {"gleu", grade_gleu}, {"meteor", grade_meteor}});
}

}
