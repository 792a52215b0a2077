#pragma once

#include "core/clauses/grammar.h"
#include "core/clauses/matching.h"
#include "core/clauses/review.h"

#include <vector>

namespace leeway::clauses {

/// A sentence that decides a finding, and the signal for which it stands.
struct Deciding
{
    std::uint32_t sentence = 0;
    std::uint32_t signal = 0;
};

/// The passages of one finding never outnumber this.
inline constexpr std::size_t most_passages = 3;

/// The sentences that decide a resolution, in the order of the text: at most one that gives, one that takes
/// back and one that bounds come first, then others of the same roles. Operative sentences are preferred to
/// definitions, those at which several signals agree to those of one, and short ones to long ones. A heading
/// is among them only where nothing else decides: what stands below it is taken instead.
std::vector<Deciding> deciding_sentences(const Reading& reading, const CheckRules& rules,
                                         const Resolution& resolution,
                                         const std::vector<std::vector<Match>>& matches);

/// A sentence of the document as evidence, with its page and section.
Evidence make_passage(const document::Document& document, std::uint32_t sentence, Role role);

/// A signal's reason with its place: "§8.2 lets the vendor …".
std::string reason_text(std::string why, const std::string& section);

}
