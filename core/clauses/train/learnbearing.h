#pragma once

#include "core/clauses/weigh/bearing.h"

#include <cstdint>
#include <string>
#include <vector>

namespace leeway::clauses::train {

/// A text by its sentences, with what reviewers marked.
struct MarkedText
{
    std::vector<std::vector<std::uint32_t>> gists; // of the sentences: Sayings::gist
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

/// A short text, all its sentences together.
struct SubjectText
{
    std::vector<std::uint32_t> gist; // Sayings::gist_of
    /// Of each check that it is labelled for (by its place among the checks): whether it answers it, or is
    /// silent.
    std::vector<std::pair<std::size_t, bool>> answers;
};

/// Learns on which checks a short text is, from those that answer a check and some of those that are labelled
/// for others.
BearingWeights learn_subjects(const std::vector<SubjectText>& texts, std::vector<std::string> checks);

}
