#include "core/clauses/train/learncontracts.h"

#include "core/clauses/train/learnbearing.h"
#include "core/clauses/train/logistic.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <span>

namespace leeway::clauses::train {
namespace {

constexpr std::size_t crosses = 2;         // parts of the texts that are weighed by what the others taught
constexpr std::size_t contract_counts = 3; // as many short texts

using Examples = std::vector<const CheckExample*>;

// The marked texts of the examples, each once, by their sentences.
std::vector<MarkedText> marked_texts(const Examples& examples)
{
    std::map<const SentencesSaid*, std::size_t> places;
    std::vector<MarkedText> result;
    for (const CheckExample* example : examples) {
        const auto [at, fresh] = places.emplace(example->sentences.get(), result.size());
        if (fresh)
            result.push_back({example->sentences->gists, {}});
        result[at->second].marks.emplace_back(example->check, example->bears);
    }
    return result;
}

BearingWeights bearing_from(const Examples& examples, const Pack& pack)
{
    const std::vector<MarkedText> texts = marked_texts(examples);
    std::vector<const MarkedText*> pointers;
    for (const MarkedText& text : texts)
        pointers.push_back(&text);
    return learn_bearing(pointers, check_ids(pack));
}

// The sentences that bear on the examples' checks; a text is gone through once for all its labels.
class Bearing
{
public:
    explicit Bearing(const BearingWeights& weights) : m_weights(weights) {}

    const std::vector<BearingSentence>& on(const CheckExample& example)
    {
        const SentencesSaid* said = example.sentences.get();
        const auto [at, fresh] = m_texts.try_emplace(said);
        if (fresh)
            at->second = bearing_sentences(m_weights, static_cast<std::uint32_t>(said->gists.size()),
                                           [&](std::uint32_t s) { return std::span(said->gists[s]); });
        return at->second[example.check];
    }

private:
    const BearingWeights& m_weights;
    std::map<const SentencesSaid*, std::vector<std::vector<BearingSentence>>> m_texts;
};

Wording wording_of(const CheckExample& example, const std::vector<BearingSentence>& sentences)
{
    return gathered(sentences,
                    [&](std::uint32_t s) -> const Wording& { return example.sentences->wordings[s]; });
}

// The examples in parts, the labels of one text together.
std::vector<std::size_t> parts_of(const Examples& examples, std::size_t parts)
{
    std::map<const SentencesSaid*, std::size_t> places;
    std::vector<std::size_t> result;
    for (const CheckExample* example : examples)
        result.push_back(places.emplace(example->sentences.get(), places.size()).first->second % parts);
    return result;
}

// The examples as a contract's reader sees them: by the sentences that bear on their checks.
std::vector<CheckExample> seen(const Examples& examples, const Pack& pack)
{
    // Sentences are weighed by what was learned without them, as those of an unknown contract will be.
    const std::vector<std::size_t> part = parts_of(examples, crosses);
    std::vector<CheckExample> result(examples.size());
    for (std::size_t p = 0; p < crosses; ++p) {
        Examples others;
        for (std::size_t i = 0; i < examples.size(); ++i) {
            if (part[i] != p)
                others.push_back(examples[i]);
        }
        const BearingWeights weights = bearing_from(others, pack);
        Bearing bearing(weights);
        for (std::size_t i = 0; i < examples.size(); ++i) {
            if (part[i] != p)
                continue;
            result[i].check = examples[i]->check;
            result[i].verdict = examples[i]->verdict;
            result[i].wording = wording_of(*examples[i], bearing.on(*examples[i]));
        }
    }
    return result;
}

ContractWeights weights_from(const Examples& examples, const Pack& pack, const CheckLearning& learning)
{
    const std::vector<CheckExample> all = seen(examples, pack);
    ContractWeights result;
    for (std::size_t c = 0; c < pack.checks.size(); ++c) {
        Examples own;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].check == c)
                own.insert(own.end(), examples[i]->whole ? contract_counts : 1, &all[i]);
        }
        result.checks.push_back(learn_check(own, learning));
    }
    result.bearing = bearing_from(examples, pack);
    result.index();
    return result;
}

// A verdict on a contract that was held out, and what was known of it.
struct Held
{
    const CheckExample* example = nullptr;
    KnownFeatures known{};
    std::size_t part = 0;
};

Held held_out(const CheckExample& example, const ContractWeights& weights,
              const std::vector<BearingSentence>& bearing, const Pack& pack, std::size_t part)
{
    const Polarity polarity = pack.checks[example.check].polarity;
    const VerdictScores said = chances(weights.checks[example.check], wording_of(example, bearing), polarity);
    const Ruling ruling{&pack.rules->checks[example.check].resolutions[example.resolution], true};
    return {&example, known_of(said, ruling, bearing, polarity), part};
}

JoinedWeights join(const std::vector<Held>& held)
{
    constexpr int joining_rounds = 2000;
    std::vector<Row> rows;
    for (const Held& one : held) {
        Row row;
        row.label = static_cast<std::size_t>(one.example->verdict);
        for (std::uint32_t f = 0; f < known_features; ++f)
            row.values.emplace_back(f, one.known[f]);
        rows.push_back(std::move(row));
    }
    const RowWeights weights = fit(rows, known_features, 1, joining_rounds);
    JoinedWeights result{};
    std::copy(weights.begin(), weights.end(), result.begin());
    return result;
}

// What the joined verdicts are worth: each part by what the others teach.
std::vector<CheckFigures> figures_of(const std::vector<Held>& held, const Pack& pack, std::size_t parts)
{
    std::vector<CheckFigures> result(pack.checks.size());
    for (std::size_t p = 0; p < parts; ++p) {
        std::vector<Held> others;
        std::copy_if(held.begin(), held.end(), std::back_inserter(others),
                     [&](const Held& one) { return one.part != p; });
        const JoinedWeights joined = join(others);
        for (const Held& one : held) {
            if (one.part != p)
                continue;
            const CheckExample& example = *one.example;
            const VerdictScores found =
                joined_chances(joined, one.known, pack.checks[example.check].polarity);
            const Settled settled =
                settle(found, pack.rules->checks[example.check].resolutions[example.resolution]);
            count(example, settled.verdict, settled.confidence, result[example.check]);
        }
    }
    return result;
}

}

LearnedContracts learn_contracts(const std::vector<CheckExample>& examples, const Pack& pack,
                                 const CheckLearning& learning, std::size_t parts)
{
    Examples all, contracts;
    for (const CheckExample& example : examples) {
        all.push_back(&example);
        if (example.whole)
            contracts.push_back(&example);
    }
    const std::vector<std::size_t> part = parts_of(contracts, parts);
    std::vector<Held> held;
    for (std::size_t p = 0; p < parts; ++p) {
        std::set<const CheckExample*> asked;
        for (std::size_t i = 0; i < contracts.size(); ++i) {
            if (part[i] == p)
                asked.insert(contracts[i]);
        }
        Examples learned;
        std::copy_if(all.begin(), all.end(), std::back_inserter(learned),
                     [&](const CheckExample* example) { return asked.count(example) == 0; });
        const ContractWeights weights = weights_from(learned, pack, learning);
        Bearing bearing(weights.bearing);
        for (std::size_t i = 0; i < contracts.size(); ++i) {
            if (part[i] == p)
                held.push_back(held_out(*contracts[i], weights, bearing.on(*contracts[i]), pack, p));
        }
    }
    LearnedContracts result{weights_from(all, pack, learning), figures_of(held, pack, parts)};
    result.weights.joined = join(held);
    return result;
}

}
