#pragma once

#include "core/base/json.h"
#include "core/clauses/tokens.h"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace leeway::clauses {

using ConceptId = std::uint16_t;

/// A place in the text that speaks of a concept: tokens [first, last].
struct Hit
{
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    ConceptId concept_id = 0;

    bool operator==(const Hit&) const = default;
};

/// Named lists of words and phrases, compiled so that one pass over the tokens finds every concept.
///
/// A phrase is a row of words; each also matches its inflections. `=word` matches that form only, `word*`
/// every word that begins so, `a|b` either word, a trailing `?` makes a word optional, `..` lets up to three
/// and `...` up to eight other words stand between. `<vendor>`, `<customer>`, `<party>`, `<duration>`,
/// `<percent>`,
/// `<money>` and `<number>` stand for such tokens, `<name>` for every phrase of another concept.
class Lexicon
{
public:
    /// `concepts` is the pointer of a JSON object, concept name → list of phrases. Errors name line and path.
    static base::Result<Lexicon> compile(const base::JsonFile& file, const std::string& concepts,
                                         const std::vector<std::string>& inheritable);

    [[nodiscard]] std::size_t size() const { return m_names.size(); }
    [[nodiscard]] int find(std::string_view name) const; // -1 when there is none
    [[nodiscard]] const std::string& name(ConceptId id) const { return m_names[id]; }
    /// Whether a defined term whose definition speaks of this concept speaks of it wherever it is used.
    [[nodiscard]] bool inheritable(ConceptId id) const { return m_inheritable[id]; }

private:
    struct Start;

public:
    /// Remembers for one document which words its tokens can match.
    class Matcher
    {
    public:
        Matcher(const Lexicon& lexicon, const Tokens& tokens);
        /// Appends the hits that begin in the range, in the order of their first token.
        void find(Span range, std::vector<Hit>& hits);

    private:
        void learn(std::uint32_t word);
        // What the words behind a token can match: a bit for each element, modulo 64.
        struct Ahead
        {
            std::uint64_t next = 0;
            std::uint64_t within_short_gap = 0;
            std::uint64_t within_long_gap = 0;

            [[nodiscard]] bool may_hold(const Start& start) const;
        };
        [[nodiscard]] Ahead ahead_of(std::size_t at) const;
        void find_from(std::uint32_t element, std::uint32_t token, std::uint32_t end, const Ahead& ahead,
                       std::vector<Hit>& hits) const;
        void find_adjacent(std::uint32_t element, std::uint32_t token, std::uint32_t end, const Ahead& ahead,
                           std::vector<Hit>& hits) const;
        template<typename Visit>
        void each_element(std::uint32_t token, const Visit& visit) const;
        int match(std::size_t phrase, std::size_t step, std::uint32_t token, std::uint32_t end) const;
        [[nodiscard]] bool fits(std::uint32_t element, std::uint32_t token) const;

        const Lexicon& m_lexicon;
        const Tokens& m_tokens;
        struct Known
        {
            std::uint64_t signature = 0; // a bit for each element, modulo 64
            std::uint32_t begin = 0;     // in m_elements
            std::uint32_t count = 0;
            bool learnt = false;
        };
        std::vector<Known> m_words;              // of the vocabulary
        std::vector<std::uint32_t> m_elements;   // of each word, sorted
        std::vector<std::uint64_t> m_signatures; // of each token in the range, with its classes
    };

private:
    struct Step
    {
        std::uint32_t element = 0;
        std::uint8_t gap = 0; // words that may stand before
    };
    struct Phrase
    {
        std::vector<Step> steps;
        ConceptId concept_id = 0;
    };

    // How a phrase goes on behind its first element: the elements that stand right behind it, within a short
    // and within a long gap, a bit for each, modulo 64.
    struct Start
    {
        std::uint64_t next = 0;
        std::uint64_t within_short_gap = 0;
        std::uint64_t within_long_gap = 0;
        std::uint32_t phrase = 0;
        std::uint32_t second = 0; // the element that stands next, of adjacent phrases
    };
    // The phrases that begin with one element.
    struct Starts
    {
        std::vector<ConceptId> alone; // nothing follows
        std::vector<Start> adjacent;  // by their second element
        std::vector<Start> apart;     // words may stand before the second element
    };

    friend class LexiconBuilder;
    std::vector<std::string> m_names;
    std::vector<bool> m_inheritable;
    std::unordered_map<std::string, std::uint32_t> m_exact, m_stems;
    std::map<std::string, std::uint32_t, std::less<>> m_prefixes;
    std::vector<Phrase> m_phrases;
    std::vector<Starts> m_by_first; // by element
};

}
