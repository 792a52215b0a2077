#pragma once

#include "core/clauses/train/checktexts.h"
#include "core/clauses/weigh/bearing.h"
#include "core/clauses/weigh/checkweights.h"
#include "core/document/document.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace leeway::clauses::train {

/// What the sentences of a text say, one by one.
struct SentencesSaid
{
    std::vector<Wording> wordings;
    std::vector<std::vector<std::uint32_t>> gists;
};

/// What of a labelled text is learned from.
struct CheckExample
{
    Wording wording; // of a whole contract: what the rules say
    std::shared_ptr<const SentencesSaid> sentences;
    std::vector<bool> bears; // the sentences that decide
    std::size_t check = 0;   // index in the pack
    Verdict verdict = Verdict::Missing;
    Verdict by_rules = Verdict::Missing;
    std::uint32_t resolution = 0; // of the check's rules, by which they decided
    bool whole = false;           // longer than a passage
    bool fires = false;           // a signal of the check
    std::string author;
    std::string name;
};

/// Reads a text of its format into a document.
using ReadText = std::function<base::Result<document::Document>(const CheckText& text)>;

/// Reads the texts with the pack's rules; texts on checks that the pack does not ask are left out.
base::Result<std::vector<CheckExample>> check_examples(const std::vector<CheckText>& texts, const Pack& pack,
                                                       const ReadText& read);

struct CheckLearning
{
    double strength = 60; // of the labels against small weights
    int rounds = 200;
    int seldom = 2;           // things said in fewer texts are left out
    std::size_t most = 12000; // things that are kept, those that weigh most
    // How much each group counts: words, neighbours, concepts, rules, together, bearing.
    std::array<float, said_groups> shares{1, 1, 1, 0.3F, 1, 1};
};

/// Learns the weights of one check from the texts that are not whole contracts; there are none where all are.
/// Its temperature stays 1.
CheckWeights learn_check(const std::vector<const CheckExample*>& examples, const CheckLearning& learning);

/// The ids of a pack's checks, in its order.
std::vector<std::string> check_ids(const Pack& pack);

/// Learns from the texts that are not whole contracts on which checks a short text is.
BearingWeights learn_subjects(const std::vector<const CheckExample*>& examples, const Pack& pack);

/// How held-out texts were judged.
struct CheckFigures
{
    int texts = 0;
    int right = 0;
    int by_rules = 0; // right by the rules alone
    int adverse = 0;
    int danger = 0;         // adverse ones called met or missing
    int sure = 0;           // judged with a confidence of 0.8 or more
    int sure_right = 0;     // and right
    double temperature = 1; // that makes the chances of held-out texts most honest
};

/// Counts what a text was judged to be.
void count(const CheckExample& example, Verdict said, double confidence, CheckFigures& figures);

/// Judges held-out texts of one check.
class CheckJudge
{
public:
    explicit CheckJudge(const Check& check) : m_check(check) {}
    /// `weighed`: whether the text is a passage on the check's subject; the rules alone decide otherwise.
    void judge(const CheckExample& example, const CheckWeights& weights, bool weighed);
    /// With the temperature that fits all that was judged.
    [[nodiscard]] CheckFigures figures() const;

private:
    struct Judged
    {
        VerdictScores scores{}; // log odds, bias included
        std::size_t verdict = 0;
    };
    [[nodiscard]] double temperature() const;

    const Check& m_check;
    CheckFigures m_figures;
    std::vector<Judged> m_judged;
};

/// Holds out every author in turn (or every fifth text where all have one author); one entry a check. Whole
/// contracts are left out.
/// `measured` says whose texts count, so that others may only be learned from.
std::vector<CheckFigures>
cross_validate_checks(const std::vector<CheckExample>& examples, const Pack& pack,
                      const CheckLearning& learning,
                      const std::function<bool(const std::string& author)>& measured);

}
