#pragma once

#include "core/base/json.h"
#include "core/clauses/weigh/wording.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace leeway::clauses {

/// Tells of a sentence, or of a short text, on which checks it bears: one linear model a check over its gist,
/// whose things count alike and are scaled to a length of one. Learned from sentences that reviewers marked
/// as deciding, or from texts that answer a check, and from others.
struct BearingWeights
{
    std::vector<std::string> checks;
    std::vector<float> bias;           // of each check
    std::vector<float> steps;          // of each check: what a weight of 1 means
    std::vector<std::uint32_t> ids;    // ascending
    std::vector<std::int8_t> weights;  // of each id a row of row_size(): of each check, then zeros
    std::vector<std::uint32_t> starts; // where the ids of each uppermost 16 bits begin, and one more

    /// Log odds of each check, in the order of `checks`.
    void score(std::span<const std::uint32_t> gist, std::span<float> odds) const;
    [[nodiscard]] std::size_t row_size() const;
    /// The place of a check in `checks`; their number when it is not among them.
    [[nodiscard]] std::size_t place_of(const std::string& check) const;
    /// Fills `starts`; `ids` must be there.
    void index();
};

/// The object at a pointer of a weights file: numbers only. Errors name file, line and path.
base::Result<BearingWeights> read_bearing_weights(const base::JsonFile& file, const std::string& pointer);
nlohmann::json to_json(const BearingWeights& weights);

/// A sentence that bears on a check, with its log odds.
struct BearingSentence
{
    std::uint32_t sentence = 0;
    float odds = 0;
};
inline constexpr std::size_t most_bearing = 4;

/// For each check of `weights`, the sentences that bear most on it, the weightiest first, of a text of so
/// many sentences whose gists are asked for one after the other. Linear in the length of the text.
std::vector<std::vector<BearingSentence>>
bearing_sentences(const BearingWeights& weights, std::uint32_t sentences,
                  const std::function<std::span<const std::uint32_t>(std::uint32_t sentence)>& gist);

/// What these sentences say together, each as much as it bears, and how much they bear at all.
Wording gathered(std::span<const BearingSentence> sentences,
                 const std::function<const Wording&(std::uint32_t sentence)>& wording);

/// The chance of log odds.
float chance_of(float odds);
/// Sentences below this chance count only where no other is left.
inline constexpr float least_bearing = 0.1F;

}
