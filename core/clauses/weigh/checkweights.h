#pragma once

#include "core/base/json.h"
#include "core/clauses/weigh/wording.h"

#include <array>
#include <string>
#include <vector>

namespace leeway::clauses {

/// Values for the four verdicts, in the order of `Verdict`.
using VerdictScores = std::array<double, 4>;

/// Texts of this many sentences are weighed by their whole wording; longer ones by the sentences that bear on
/// a check, since in a whole contract nearly everything is spoken of somewhere. Of shorter ones, in which
/// single words would decide, the rules alone judge.
inline constexpr std::size_t shortest_passage = 5;
inline constexpr std::size_t longest_passage = 20;
inline constexpr std::size_t longest_passage_words = 6000; // whatever their number, sentences may be long
/// A text on more checks than this is a contract in short, not a passage.
inline constexpr std::size_t most_subjects = 3;

/// Whether a short text is on a check's subject: a signal of it fires, or the text sounds like those that
/// answer it (log odds). Where it is not, its wording says nothing of the check.
bool on_subject(float odds, bool fires);

/// A thing that the labelled texts of a check said, how rare it was among them, and what it says for each
/// verdict.
struct WeighedThing
{
    std::uint32_t id = 0;
    float rarity = 0;
    std::array<float, 4> weights{};
};

/// What the wording of a short text says for the verdicts of one check: a linear model over the things said,
/// each counted by rarity, the things of a group scaled to a length of the group's share.
struct CheckWeights
{
    std::array<float, said_groups> shares{};
    VerdictScores bias{};
    std::vector<WeighedThing> things; // ascending by id
    double temperature = 1;           // divides the scores, so that chances come out honest

    [[nodiscard]] bool empty() const { return things.empty(); }
    /// Log odds without the bias; not cooled.
    [[nodiscard]] VerdictScores scores(const Wording& wording) const;
};

/// The chance of each verdict for a text. A hazard check is never missing.
VerdictScores chances(const CheckWeights& weights, const Wording& wording, Polarity polarity);

/// Chances of log odds. A hazard check is never missing.
VerdictScores chances_of(VerdictScores odds, Polarity polarity);

/// Where `adverse` has this much of the best verdict's chance, it is chosen: to overlook a bad clause costs
/// more than to look at a good one twice.
inline constexpr double caution = 0.5;
/// Below this confidence a verdict to which a rule's condition led stands instead.
inline constexpr double unsure = 0.5;
Verdict choose(const VerdictScores& chances);

/// <pointer>/<check> of a weights file: numbers only. Errors name file, line and path.
base::Result<CheckWeights> read_check_weights(const base::JsonFile& file, const std::string& pointer,
                                              const std::string& check);
nlohmann::json to_json(const CheckWeights& weights);

}
