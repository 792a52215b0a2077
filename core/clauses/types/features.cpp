#include "core/clauses/types/features.h"

#include <algorithm>
#include <string_view>

namespace leeway::clauses {
namespace {

constexpr std::uint32_t longest_neighbour = 60; // tokens of a heading, neighbour or lead-in that count
constexpr std::uint32_t near = 8;               // tokens between two concepts that belong together
constexpr std::size_t most_near = 30;           // concepts that follow one

std::uint32_t hash_of(std::string_view text)
{
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

// The finaliser of MurmurHash3.
std::uint32_t mixed(std::uint32_t hash)
{
    hash = (hash ^ (hash >> 16)) * 0x85ebca6bU;
    hash = (hash ^ (hash >> 13)) * 0xc2b2ae35U;
    return hash ^ (hash >> 16);
}

FeatureHash in_group(FeatureGroup group, std::uint32_t hash)
{
    return mixed(hash + 0x9e3779b9U * (static_cast<std::uint32_t>(group) + 1));
}

std::uint32_t pair_of(std::uint32_t first, std::uint32_t second)
{
    return mixed(first * 31 + 17) ^ (second * 0x9e3779b1U);
}

std::string_view size_of(const Token& token)
{
    switch (token.kind) {
    case TokenKind::Duration:
        return token.value < 45    ? "#days"
               : token.value < 200 ? "#months"
               : token.value < 370 ? "#year"
                                   : "#years";
    case TokenKind::Percent:
        return "#percent";
    case TokenKind::Money:
        return "#money";
    case TokenKind::Number:
    case TokenKind::Word:
        break;
    }
    return token.value < 1900 || token.value > 2100 ? "#number" : "#date";
}

class Extractor
{
public:
    Extractor(const document::Document& document, const Tokens& tokens, const Signs& signs)
        : m_document(document),
          m_tokens(tokens),
          m_signs(signs),
          m_matcher(signs.lexicon, tokens)
    {
        for (std::size_t i = 0; i < signs.lexicon.size(); ++i)
            m_names.push_back(hash_of(signs.lexicon.name(static_cast<ConceptId>(i))));
        std::vector<std::uint32_t> stems;
        stems.reserve(tokens.vocabulary.size());
        for (std::uint32_t w = 0; w < tokens.vocabulary.size(); ++w)
            stems.push_back(hash_of(tokens.vocabulary.stem_of(w)));
        m_words.reserve(tokens.tokens.size());
        for (const Token& token : tokens.tokens)
            m_words.push_back(token.kind == TokenKind::Word ? stems[token.word] : hash_of(size_of(token)));
    }

    SentenceFeatures extract()
    {
        const std::size_t count = m_tokens.sentences.size();
        m_out.hashes.reserve(m_words.size() * 5);
        m_out.ends.reserve(count * feature_groups);
        tell_apart();
        std::size_t block = 0;
        for (std::size_t s = 0; s < count; ++s) {
            while (block + 1 < m_document.blocks.size() && m_document.blocks[block + 1].first_sentence <= s)
                ++block;
            sentence(s, block);
        }
        return std::move(m_out);
    }

private:
    void sentence(std::size_t s, std::size_t block)
    {
        const Span span = m_tokens.sentences[s];
        words(FeatureGroup::Words, s);
        close();
        for (std::uint32_t t = span.begin; t + 1 < span.end; ++t)
            add(FeatureGroup::Pairs, pair_of(m_words[t], m_words[t + 1]));
        close_once();
        const document::Block* here = m_document.blocks.empty() ? nullptr : &m_document.blocks[block];
        if (here != nullptr && here->heading >= 0)
            neighbour(FeatureGroup::Heading, first_of(here->heading));
        close();
        if (s > 0)
            neighbour(FeatureGroup::Before, s - 1);
        close();
        if (s + 1 < m_tokens.sentences.size())
            neighbour(FeatureGroup::After, s + 1);
        close();
        if (here != nullptr && here->lead_in >= 0)
            neighbour(FeatureGroup::LeadIn, first_of(here->lead_in));
        close();
        shape(s, span, here);
        close();
        concepts(span);
    }

    // The first sentence of a block; past the end where it has none.
    std::size_t first_of(std::int32_t block) const
    {
        const document::Block& b = m_document.blocks[static_cast<std::size_t>(block)];
        return b.sentence_count > 0 ? b.first_sentence : m_tokens.sentences.size();
    }

    void shape(std::size_t s, Span span, const document::Block* block)
    {
        const std::uint32_t length = span.end - span.begin;
        add(FeatureGroup::Shape, 1);
        add(FeatureGroup::Shape, 100 + std::min<std::uint32_t>(length / 8, 10));
        add(FeatureGroup::Shape, 200 + static_cast<std::uint32_t>(s * 10 / m_tokens.sentences.size()));
        if (block != nullptr) {
            add(FeatureGroup::Shape, 300 + static_cast<std::uint32_t>(block->kind));
            add(FeatureGroup::Shape, 320 + (block->first_sentence == s ? 1U : 0U));
        }
        std::uint32_t capitals = 0;
        for (std::uint32_t t = span.begin; t < span.end; ++t)
            capitals += m_tokens.tokens[t].capital ? 1 : 0;
        add(FeatureGroup::Shape, 400 + (length > 0 ? capitals * 8 / length : 0));
    }

    void concepts(Span span)
    {
        m_hits.clear();
        m_matcher.find(span, m_hits);
        std::vector<ConceptId>& found = m_found;
        found.clear();
        for (const Hit& hit : m_hits)
            found.push_back(hit.concept_id);
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        for (const std::uint32_t id : found)
            add(FeatureGroup::Concepts, m_names[id]);
        close();
        for (std::size_t i = 0; i < found.size(); ++i) {
            for (std::size_t j = i + 1; j < found.size(); ++j)
                add(FeatureGroup::ConceptPairs, pair_of(m_names[found[i]], m_names[found[j]]));
        }
        close();
        for (std::size_t i = 0; i < m_hits.size(); ++i) {
            const std::size_t end = std::min(m_hits.size(), i + most_near);
            for (std::size_t j = i + 1; j < end && m_hits[j].first <= m_hits[i].last + near; ++j)
                add(FeatureGroup::NearPairs,
                    pair_of(m_names[m_hits[i].concept_id], m_names[m_hits[j].concept_id]));
        }
        close_once();
        const auto speaks = [&](ConceptId id) { return std::binary_search(found.begin(), found.end(), id); };
        for (const Cue& cue : m_signs.cues) {
            if (std::all_of(cue.all.begin(), cue.all.end(), speaks) &&
                std::none_of(cue.none.begin(), cue.none.end(), speaks))
                m_out.hashes.push_back(cue_feature(cue));
        }
        close();
    }

    // The words of every sentence, each once.
    void tell_apart()
    {
        m_distinct.reserve(m_words.size());
        m_distinct_ends.reserve(m_tokens.sentences.size());
        for (const Span span : m_tokens.sentences) {
            const auto from = static_cast<std::ptrdiff_t>(m_distinct.size());
            m_distinct.insert(m_distinct.end(), m_words.begin() + span.begin, m_words.begin() + span.end);
            std::sort(m_distinct.begin() + from, m_distinct.end());
            m_distinct.erase(std::unique(m_distinct.begin() + from, m_distinct.end()), m_distinct.end());
            m_distinct_ends.push_back(m_distinct.size());
        }
    }

    void words(FeatureGroup group, std::size_t s)
    {
        for (std::size_t i = s == 0 ? 0 : m_distinct_ends[s - 1]; i < m_distinct_ends[s]; ++i)
            add(group, m_distinct[i]);
    }

    // Of a long heading, neighbour or lead-in only the beginning counts.
    void neighbour(FeatureGroup group, std::size_t s)
    {
        if (s >= m_tokens.sentences.size())
            return;
        const Span span = m_tokens.sentences[s];
        if (span.end - span.begin <= longest_neighbour) {
            words(group, s);
            return;
        }
        const auto from = static_cast<std::ptrdiff_t>(m_out.hashes.size());
        for (std::uint32_t t = span.begin; t < span.begin + longest_neighbour; ++t)
            add(group, m_words[t]);
        once(from);
    }

    void add(FeatureGroup group, std::uint32_t hash) { m_out.hashes.push_back(in_group(group, hash)); }

    void once(std::ptrdiff_t from)
    {
        std::sort(m_out.hashes.begin() + from, m_out.hashes.end());
        m_out.hashes.erase(std::unique(m_out.hashes.begin() + from, m_out.hashes.end()), m_out.hashes.end());
    }

    void close() { m_out.ends.push_back(static_cast<std::uint32_t>(m_out.hashes.size())); }

    // Ends a group whose features may have come twice.
    void close_once()
    {
        once(m_out.ends.empty() ? 0 : static_cast<std::ptrdiff_t>(m_out.ends.back()));
        close();
    }

    const document::Document& m_document;
    const Tokens& m_tokens;
    std::vector<std::uint32_t> m_words;    // of each token
    std::vector<std::uint32_t> m_distinct; // of each sentence
    std::vector<std::size_t> m_distinct_ends;
    const Signs& m_signs;
    Lexicon::Matcher m_matcher;
    std::vector<std::uint32_t> m_names; // of each concept
    std::vector<Hit> m_hits;
    std::vector<ConceptId> m_found; // in the sentence, each once
    SentenceFeatures m_out;
};

}

SentenceFeatures sentence_features(const document::Document& document, const Tokens& tokens,
                                   const Signs& signs)
{
    return Extractor(document, tokens, signs).extract();
}

FeatureHash cue_feature(const Cue& cue)
{
    return in_group(FeatureGroup::Cues, hash_of(cue.name));
}

FeatureHash bias_feature()
{
    return in_group(FeatureGroup::Shape, 1);
}

}
