#pragma once

#include "core/clauses/weigh/bearing.h"

#include <cstdint>
#include <string>
#include <vector>

namespace leeway::clauses::train {

/// A text by its sentences, with what reviewers marked.
struct MarkedText
{
    std::vector<std::vector<std::uint32_t>> gists; // of the sentences: clauses::Gist
    /// Of each check that the text is labelled for (by its place among the checks): whether a sentence
    /// decides.
    std::vector<std::pair<std::size_t, std::vector<bool>>> marks;
};

/// Which of the sentences overlap with one of the passages.
std::vector<bool> sentences_in(const std::vector<std::string>& sentences,
                               const std::vector<std::string>& passages);

/// Learns from the marked sentences, from the unmarked ones beside them, and from some of the texts that are
/// labelled for other checks.
BearingWeights learn_bearing(const std::vector<const MarkedText*>& texts, std::vector<std::string> checks);

}
