#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

// Scores 0…1 for how much of a reference text an answer shares, as promptfoo computes them.

/// F1 of shared single words (ROUGE-1, Lin 2004, clipped counts), letter case aside.
double rouge_1(std::string_view answer, std::string_view reference);
/// BLEU (Papineni 2002) of runs of 1…4 words, equal weights, 1e-7 in the place of a precision of zero, only
/// over lengths the answer reaches; the brevity penalty is that of the reference of the nearest length.
double bleu(std::string_view answer, const std::vector<std::string>& references);
/// Google's BLEU for sentences: the lesser of precision and recall of all runs of 1…4 words; the best
/// reference.
double gleu(std::string_view answer, const std::vector<std::string>& references);

struct MeteorWeights
{
    double alpha = 0.9;
    double beta = 3;
    double gamma = 0.5;
};

/// METEOR (Banerjee and Lavie 2005) with exact and stem matches; without synonyms, as no dictionary is at
/// hand.
double meteor(std::string_view answer, const std::vector<std::string>& references,
              const MeteorWeights& weights);

}
