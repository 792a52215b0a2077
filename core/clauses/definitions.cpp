#include "core/clauses/definitions.h"

#include <algorithm>
#include <map>

namespace leeway::clauses {
namespace {

constexpr std::uint32_t longest_term = 5;
constexpr std::uint32_t reach_back = 30; // words in front of a bracketed term that can define it

constexpr std::size_t most_terms = 4000;
constexpr int most_terms_of_a_word = 24;

struct Term
{
    std::vector<std::uint32_t> words; // vocabulary indices
    std::vector<ConceptId> concepts;
    std::size_t sentence = 0;
};

class Definer
{
public:
    Definer(Reading& reading, const Lexicon& lexicon) : m_r(reading), m_lexicon(lexicon) {}

    void run()
    {
        for (std::size_t s = 0; s < m_r.sentences.size(); ++s)
            find_terms(s);
        if (m_terms.empty())
            return;
        for (std::size_t t = 0; t < m_terms.size(); ++t)
            m_by_first[m_terms[t].words.front()].push_back(t);
        add_uses();
    }

private:
    const Token& token(std::uint32_t i) const { return m_r.tokens.tokens[i]; }
    const std::string& word(std::uint32_t i) const { return m_r.tokens.word(i); }

    bool defines(std::uint32_t i, std::uint32_t end) const
    {
        if (i >= end)
            return false;
        const std::string& w = word(i);
        return w == "means" || w == "mean" || w == "includes" || w == "comprises" || w == "denotes" ||
               ((w == "shall" || w == "will") && i + 1 < end &&
                (word(i + 1) == "mean" || word(i + 1) == "include")) ||
               ((w == "is" || w == "are") && (token(i).marks & mark::quote) != 0) ||
               (w == "refers" && i + 1 < end && word(i + 1) == "to");
    }

    void find_terms(std::size_t s)
    {
        const Span range = m_r.sentences[s].tokens;
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            const bool quoted = (token(i).marks & mark::quote) != 0;
            if (!token(i).capital || !(quoted || i == range.begin || i <= range.begin + 2))
                continue;
            std::uint32_t end = i + 1;
            while (end < range.end && end - i < longest_term && !defines(end, range.end) &&
                   (token(end).marks & (mark::quote | mark::close)) == 0 &&
                   (token(end).capital || word(end) == "of"))
                ++end;
            if (defines(end, range.end)) {
                add(i, end, s, {end, range.end});
            } else if (quoted && (token(i).marks & mark::open) != 0 &&
                       (end == range.end || (token(end).marks & (mark::quote | mark::close)) != 0)) {
                const std::uint32_t from = i > range.begin + reach_back ? i - reach_back : range.begin;
                add(i, end, s, {from, i});
            }
        }
    }

    void add(std::uint32_t begin, std::uint32_t end, std::size_t sentence, Span definition)
    {
        if (end - begin == 1 && token(begin).side != Side::None)
            return;
        Term term;
        term.sentence = sentence;
        for (std::uint32_t i = begin; i < end; ++i)
            term.words.push_back(token(i).word);
        collect(sentence, definition, term.concepts);
        // A list that the definition introduces belongs to it.
        for (std::size_t s = sentence + 1; s < m_r.sentences.size() && s < sentence + 12; ++s) {
            if (m_r.sentences[s].context != static_cast<std::int32_t>(sentence))
                break;
            collect(s, m_r.sentences[s].tokens, term.concepts);
        }
        std::sort(term.concepts.begin(), term.concepts.end());
        term.concepts.erase(std::unique(term.concepts.begin(), term.concepts.end()), term.concepts.end());
        if (!term.concepts.empty() && m_terms.size() < most_terms &&
            ++m_by_word[term.words.front()] <= most_terms_of_a_word)
            m_terms.push_back(std::move(term));
    }

    void collect(std::size_t sentence, Span range, std::vector<ConceptId>& concepts) const
    {
        const Span hits = m_r.sentences[sentence].hits;
        for (std::uint32_t h = hits.begin; h < hits.end; ++h) {
            const Hit& hit = m_r.hits[h];
            if (hit.first >= range.begin && hit.last < range.end && m_lexicon.inheritable(hit.concept_id) &&
                !denied(hit, range))
                concepts.push_back(hit.concept_id);
        }
    }

    // "other than Prompts", "excluding", "not" shortly before.
    bool denied(const Hit& hit, Span range) const
    {
        const std::uint32_t from = hit.first > range.begin + 5 ? hit.first - 5 : range.begin;
        for (std::uint32_t i = from; i < hit.first; ++i) {
            const std::string& w = word(i);
            if (w == "not" || w == "excluding" || w == "excludes" || w == "no" || w == "without" ||
                w == "except" || w == "neither" || (w == "than" && i > 0 && word(i - 1) == "other"))
                return true;
        }
        return false;
    }

    void add_uses()
    {
        std::vector<Hit> all;
        all.reserve(m_r.hits.size());
        for (std::size_t s = 0; s < m_r.sentences.size(); ++s) {
            Phrase& phrase = m_r.sentences[s];
            const auto begin = static_cast<std::uint32_t>(all.size());
            all.insert(all.end(), m_r.hits.begin() + phrase.hits.begin, m_r.hits.begin() + phrase.hits.end);
            for (std::uint32_t i = phrase.tokens.begin; i < phrase.tokens.end; ++i) {
                if (!token(i).capital)
                    continue;
                const auto found = m_by_first.find(token(i).word);
                if (found == m_by_first.end())
                    continue;
                for (const std::size_t t : found->second)
                    use(m_terms[t], s, i, all);
            }
            const auto order = [](const Hit& a, const Hit& b) { return a.first < b.first; };
            std::stable_sort(all.begin() + begin, all.end(), order);
            phrase.hits = {begin, static_cast<std::uint32_t>(all.size())};
        }
        m_r.hits = std::move(all);
    }

    void use(const Term& term, std::size_t sentence, std::uint32_t at, std::vector<Hit>& out) const
    {
        const std::uint32_t end = m_r.sentences[sentence].tokens.end;
        const auto length = static_cast<std::uint32_t>(term.words.size());
        if (at + length > end || sentence == term.sentence)
            return;
        for (std::uint32_t k = 0; k < length; ++k) {
            if (token(at + k).word != term.words[k])
                return;
        }
        for (const ConceptId id : term.concepts)
            out.push_back({at, at + length - 1, id});
    }

    Reading& m_r;
    const Lexicon& m_lexicon;
    std::vector<Term> m_terms;
    std::map<std::uint32_t, std::vector<std::size_t>> m_by_first;
    std::map<std::uint32_t, int> m_by_word;
};

}

void apply_definitions(Reading& reading, const Lexicon& lexicon)
{
    Definer(reading, lexicon).run();
}

}
