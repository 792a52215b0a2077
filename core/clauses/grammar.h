#pragma once

#include "core/clauses/lexicon.h"
#include "core/clauses/tokens.h"

#include <cstdint>
#include <vector>

namespace leeway::clauses {

enum class Modality : std::uint8_t { Is, IsNot, May, Must, MustNot, NeedNot };

/// A part of a sentence with one verb phrase of its own.
struct Clause
{
    Span tokens;
    Modality modality = Modality::Is;
    Side actor = Side::None;
    bool own = false;       // modality and actor are its own, not taken from the clause before or the lead-in
    bool exception = false; // "except that …", "unless …"
    bool condition = false; // "if …", "provided that …"
    bool override_ = false; // "notwithstanding …"

    [[nodiscard]] bool negative() const
    {
        return modality == Modality::MustNot || modality == Modality::IsNot;
    }
};

/// One sentence with what it speaks of.
struct Phrase
{
    Span tokens;
    Span clauses;              // in Reading::clauses
    Span hits;                 // in Reading::hits
    std::int32_t context = -1; // the sentence that introduces the list in which this one stands
    std::int32_t heading = -1; // the first sentence of the heading above
    std::uint32_t block = 0;
    bool is_heading = false;
    bool leads = false; // introduces a list
};

/// A document read by a lexicon: tokens, concept hits (own and through defined terms) and clauses.
struct Reading
{
    Tokens tokens;
    std::vector<Hit> hits;
    std::vector<Clause> clauses;
    std::vector<Phrase> sentences;
    std::size_t words = 0;           // 64-bit words of one concept set
    std::vector<std::uint64_t> sets; // of each sentence: the concepts of its hits
    std::size_t rows = 0;            // 64-bit words of one set of sentences
    std::vector<std::uint64_t>
        speaking; // of each concept: the sentences that have it or whose lead-in has it

    [[nodiscard]] const std::uint64_t* set(std::size_t sentence) const
    {
        return sets.data() + sentence * words;
    }
    [[nodiscard]] bool has(std::size_t sentence, ConceptId id) const
    {
        return (set(sentence)[id / 64] >> (id % 64) & 1) != 0;
    }
    /// Of the 64 sentences from row · 64 on: those that speak of the concept, or whose lead-in does.
    [[nodiscard]] std::uint64_t speaking_of(ConceptId id, std::size_t row) const
    {
        return speaking[id * rows + row];
    }
};

/// The concepts of the lexicon by which clauses are found; a lexicon without one of them has none of that
/// kind.
struct GrammarConcepts
{
    explicit GrammarConcepts(const Lexicon& lexicon);
    int may, must, must_not, need_not, negation, exception, condition, override_, passive;
};

/// The hits of `among` (indices into a list sorted by first token) that may touch the tokens: a superset,
/// found without walking the whole list.
Span hits_near(const std::vector<Hit>& hits, Span among, Span tokens);

/// Reads the document: concepts, defined terms, lists with their lead-in, clauses. `tokens` has its parties
/// marked.
Reading read(const document::Document& document, const Lexicon& lexicon, Tokens tokens);

}
