#include "core/clauses/drift/kept.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace leeway::clauses {
namespace {

constexpr std::uint32_t least_words = 4;

struct Place
{
    std::uint32_t sentence = 0;
    std::uint32_t block = 0;
};
using Places = std::unordered_map<std::uint64_t, std::array<std::vector<Place>, 2>>;

// `same(b)`: the block stands in both versions as it is.
template<typename Same>
void gather(const document::Document& document, const Worded& worded, const Same& same, std::size_t side,
            Places& places)
{
    for (std::uint32_t b = 0; b < document.blocks.size(); ++b) {
        if (same(b))
            continue;
        const document::Block& block = document.blocks[b];
        for (std::uint32_t s = block.first_sentence; s < block.first_sentence + block.sentence_count; ++s) {
            if (worded.sentences[s].size() >= least_words)
                places[worded.sentences[s].hash][side].push_back({s, b});
        }
    }
}

}

KeptSentences kept_sentences(const document::Document& document_before, const Worded& before,
                             const document::Document& document_after, const Worded& after,
                             const Pairing& pairing)
{
    KeptSentences kept;
    kept.before.assign(before.sentences.size(), KeptSentences::none);
    kept.after.assign(after.sentences.size(), KeptSentences::none);
    Places places;
    gather(
        document_before, before,
        [&](std::uint32_t b) {
            const std::int32_t other = pairing.before[b];
            return other != Pairing::none &&
                   before.blocks[b].hash == after.blocks[static_cast<std::size_t>(other)].hash;
        },
        0, places);
    gather(
        document_after, after,
        [&](std::uint32_t b) {
            const std::int32_t other = pairing.after[b];
            return other != Pairing::none &&
                   after.blocks[b].hash == before.blocks[static_cast<std::size_t>(other)].hash;
        },
        1, places);
    for (const auto& [hash, sides] : places) {
        for (std::size_t k = 0; k < std::min(sides[0].size(), sides[1].size()); ++k) {
            kept.before[sides[0][k].sentence] = static_cast<std::int32_t>(sides[1][k].block);
            kept.after[sides[1][k].sentence] = static_cast<std::int32_t>(sides[0][k].block);
        }
    }
    return kept;
}

}
