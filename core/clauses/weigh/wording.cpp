#include "core/clauses/weigh/wording.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace leeway::clauses {
namespace {

constexpr std::size_t together = 5;    // words apart
constexpr std::uint32_t undecided = 4; // in place of a verdict

enum Kind : std::uint32_t { Word, Neighbour, Near, Spoken, Manner, Actor, Pair, Ruled, Fired, Edge, Bears };

std::uint32_t hash_of(std::string_view text)
{
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

// Two numbers made one: the finaliser of MurmurHash3 over their mixture.
std::uint32_t mixed(std::uint32_t a, std::uint32_t b)
{
    std::uint32_t hash = a * 0x9e3779b1U + (b ^ (b >> 15)) * 0x85ebca6bU + 0x27d4eb2fU;
    hash = (hash ^ (hash >> 16)) * 0x85ebca6bU;
    hash = (hash ^ (hash >> 13)) * 0xc2b2ae35U;
    return hash ^ (hash >> 16);
}

std::uint32_t unordered(std::uint32_t a, std::uint32_t b)
{
    return mixed(std::min(a, b), std::max(a, b));
}

// Durations count by the classes at which the verdicts turn: days, weeks, a month, two, three, six, a year.
std::uint32_t figure(const Token& token)
{
    constexpr std::array limits{1.0, 7.0, 14.0, 29.9, 30.1, 59.9, 60.1, 89.9, 179.9, 364.0, 366.0};
    constexpr std::uint32_t classes = 16;
    const auto kind = static_cast<std::uint32_t>(token.kind) * classes;
    if (token.kind != TokenKind::Duration)
        return mixed(Edge, kind);
    const auto size = std::lower_bound(limits.begin(), limits.end(), token.value) - limits.begin();
    return mixed(Edge, kind + static_cast<std::uint32_t>(size));
}

// How often each thing was said.
std::vector<Said> counted(std::vector<std::uint32_t> ids)
{
    std::vector<Said> result;
    std::sort(ids.begin(), ids.end());
    for (std::size_t i = 0; i < ids.size();) {
        std::size_t end = i;
        while (end < ids.size() && ids[end] == ids[i])
            ++end;
        result.push_back({ids[i], 1.0F + std::log(static_cast<float>(end - i))});
        i = end;
    }
    return result;
}

}

KnownIds::KnownIds() : m_bits((std::size_t{1} << 32) >> shift) {}

// The things that sentences say, one after the other.
class Sayings::Listener
{
public:
    Listener(const Reading& reading, const Lexicon& lexicon) : m_r(reading)
    {
        const Vocabulary& vocabulary = reading.tokens.vocabulary;
        m_stems.reserve(vocabulary.size());
        for (std::uint32_t w = 0; w < vocabulary.size(); ++w)
            m_stems.push_back(hash_of(vocabulary.stem_of(w)));
        m_names.reserve(lexicon.size());
        for (std::size_t i = 0; i < lexicon.size(); ++i)
            m_names.push_back(hash_of(lexicon.name(static_cast<ConceptId>(i))));
    }

    template<typename Note>
    void words(Span range, const Note& note)
    {
        m_row.clear();
        for (std::uint32_t t = range.begin; t < range.end; ++t)
            m_row.push_back(element(m_r.tokens.tokens[t]));
        std::uint32_t before = mixed(Edge, Edge);
        for (const std::uint32_t word : m_row) {
            note(SaidGroup::Words, mixed(Word, word));
            note(SaidGroup::Neighbours, mixed(mixed(Neighbour, before), word));
            before = word;
        }
        if (!m_row.empty())
            note(SaidGroup::Neighbours, mixed(mixed(Neighbour, before), mixed(Edge, Edge)));
    }

    // Of the words of the last call.
    template<typename Note>
    void near_words(const Note& note) const
    {
        for (std::size_t i = 0; i < m_row.size(); ++i) {
            for (std::size_t j = i + 1; j < std::min(i + 1 + together, m_row.size()); ++j)
                note(SaidGroup::Together, mixed(Near, unordered(m_row[i], m_row[j])));
        }
    }

    template<typename Note>
    void concepts(const Phrase& phrase, const Note& note)
    {
        for (std::uint32_t h = phrase.hits.begin; h < phrase.hits.end; ++h)
            note(SaidGroup::Concepts, mixed(Spoken, name(m_r.hits[h])));
        for (std::uint32_t c = phrase.clauses.begin; c < phrase.clauses.end; ++c) {
            const Clause& clause = m_r.clauses[c];
            const auto manner = static_cast<std::uint32_t>(clause.modality);
            const auto actor = manner * 8 + static_cast<std::uint32_t>(clause.actor);
            each_hit(clause, phrase.hits, [&](const Hit& hit) {
                note(SaidGroup::Concepts, mixed(mixed(Manner, manner), name(hit)));
                note(SaidGroup::Concepts, mixed(mixed(Actor, actor), name(hit)));
            });
        }
    }

    template<typename Note>
    void concept_pairs(const Phrase& phrase, const Note& note)
    {
        constexpr std::size_t most = 40; // concepts of one clause
        std::vector<std::uint32_t> names;
        for (std::uint32_t c = phrase.clauses.begin; c < phrase.clauses.end; ++c) {
            names.clear();
            each_hit(m_r.clauses[c], phrase.hits, [&](const Hit& hit) {
                if (names.size() < most)
                    names.push_back(name(hit));
            });
            for (std::size_t i = 0; i < names.size(); ++i) {
                for (std::size_t j = i + 1; j < names.size(); ++j) {
                    if (names[i] != names[j])
                        note(SaidGroup::Together, mixed(Pair, unordered(names[i], names[j])));
                }
            }
        }
    }

    [[nodiscard]] const Phrase& sentence(std::uint32_t s) const { return m_r.sentences[s]; }

private:
    [[nodiscard]] std::uint32_t element(const Token& token) const
    {
        if (token.side != Side::None)
            return mixed(Edge, static_cast<std::uint32_t>(token.side));
        return token.kind == TokenKind::Word ? m_stems[token.word] : figure(token);
    }

    [[nodiscard]] std::uint32_t name(const Hit& hit) const { return m_names[hit.concept_id]; }

    template<typename Visit>
    void each_hit(const Clause& clause, Span among, const Visit& visit) const
    {
        const Span near = hits_near(m_r.hits, among, clause.tokens);
        for (std::uint32_t h = near.begin; h < near.end; ++h) {
            const Hit& hit = m_r.hits[h];
            if (hit.first < clause.tokens.end && hit.last >= clause.tokens.begin)
                visit(hit);
        }
    }

    const Reading& m_r;
    std::vector<std::uint32_t> m_row;
    std::vector<std::uint32_t> m_stems; // of the vocabulary
    std::vector<std::uint32_t> m_names; // of the concepts
};

Sayings::Sayings(const Reading& reading, const Lexicon& lexicon)
    : m_listener(std::make_unique<Listener>(reading, lexicon))
{
}

Sayings::~Sayings() = default;

Wording Sayings::of(Span sentences, const KnownIds* known)
{
    std::array<std::vector<std::uint32_t>, said_groups> ids;
    const auto note = [&](SaidGroup group, std::uint32_t id) {
        if (known == nullptr || known->may_hold(id))
            ids[static_cast<std::size_t>(group)].push_back(id);
    };
    for (std::uint32_t s = sentences.begin; s < sentences.end; ++s) {
        const Phrase& phrase = m_listener->sentence(s);
        m_listener->words(phrase.tokens, note);
        m_listener->near_words(note);
        m_listener->concepts(phrase, note);
        m_listener->concept_pairs(phrase, note);
    }
    Wording result;
    for (std::size_t g = 0; g < said_groups; ++g)
        result[g] = counted(std::move(ids[g]));
    return result;
}

std::span<const std::uint32_t> Sayings::gist(std::uint32_t sentence)
{
    m_gist.clear();
    const Phrase& phrase = m_listener->sentence(sentence);
    const auto note = [&](SaidGroup, std::uint32_t id) { m_gist.push_back(id); };
    m_listener->words(phrase.tokens, note);
    m_listener->concepts(phrase, note);
    return m_gist;
}

std::vector<std::uint32_t> each_once(std::vector<std::uint32_t> ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

std::vector<std::uint32_t> Sayings::gist_of(Span sentences)
{
    std::vector<std::uint32_t> ids;
    for (std::uint32_t s = sentences.begin; s < sentences.end; ++s) {
        const auto more = gist(s);
        ids.insert(ids.end(), more.begin(), more.end());
    }
    return each_once(std::move(ids));
}

std::uint32_t bearing_id(std::uint32_t rank, std::uint32_t odds)
{
    return mixed(mixed(Bears, rank), odds);
}

Ruling rule(const CheckRules& rules, const std::vector<std::vector<Match>>& matches)
{
    const auto fired = [&](std::uint32_t signal) { return !matches[signal].empty(); };
    const auto never = [](std::uint32_t, std::uint32_t, std::uint32_t) { return false; };
    for (const Resolution& candidate : rules.resolutions) {
        if (candidate.when.nodes().empty())
            return {&candidate, false};
        if (candidate.when.evaluate(fired, never))
            return {&candidate, true};
    }
    return {&rules.resolutions.back(), false};
}

std::vector<Said> rules_said(const CheckRules& rules, const std::vector<std::vector<Match>>& matches,
                             const Ruling& ruling)
{
    const std::uint32_t verdict =
        ruling.decided ? static_cast<std::uint32_t>(ruling.resolution->verdict) : undecided;
    std::vector<Said> said{{mixed(Ruled, verdict), 1}};
    for (std::size_t i = 0; i < matches.size(); ++i) {
        if (!matches[i].empty())
            said.push_back({mixed(Fired, hash_of(rules.signals[i].name)), 1});
    }
    std::sort(said.begin(), said.end(), [](const Said& a, const Said& b) { return a.id < b.id; });
    return said;
}

}
