#include "core/clauses/weigh/wording.h"

#include "core/clauses/words.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace leeway::clauses {
namespace {

constexpr std::size_t together = 5;    // words apart
constexpr std::uint32_t undecided = 4; // in place of a verdict

enum Kind : std::uint32_t { Word, Neighbour, Near, Spoken, Manner, Actor, Pair, Ruled, Fired, Edge };

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

// The things said, with repetition; sorted and counted at the end.
class Notes
{
public:
    void add(SaidGroup group, std::uint32_t id) { m_ids[static_cast<std::size_t>(group)].push_back(id); }

    Wording wording()
    {
        Wording result;
        for (std::size_t g = 0; g < said_groups; ++g) {
            std::sort(m_ids[g].begin(), m_ids[g].end());
            for (std::size_t i = 0; i < m_ids[g].size();) {
                std::size_t end = i;
                while (end < m_ids[g].size() && m_ids[g][end] == m_ids[g][i])
                    ++end;
                result[g].push_back({m_ids[g][i], 1.0F + std::log(static_cast<float>(end - i))});
                i = end;
            }
        }
        return result;
    }

private:
    std::array<std::vector<std::uint32_t>, said_groups> m_ids;
};

class Listener
{
public:
    Listener(const Reading& reading, const Lexicon& lexicon) : m_r(reading), m_lexicon(lexicon) {}

    Wording listen(Span sentences)
    {
        for (std::uint32_t s = sentences.begin; s < sentences.end; ++s) {
            const Phrase& phrase = m_r.sentences[s];
            words(phrase.tokens);
            hits(phrase.hits);
            for (std::uint32_t c = phrase.clauses.begin; c < phrase.clauses.end; ++c)
                clause(m_r.clauses[c], phrase.hits);
        }
        return m_notes.wording();
    }

private:
    std::uint32_t element(const Token& token)
    {
        if (token.side != Side::None)
            return mixed(Edge, static_cast<std::uint32_t>(token.side));
        if (token.kind != TokenKind::Word)
            return figure(token);
        const auto [at, is_new] = m_stems.try_emplace(token.word, 0U);
        if (is_new)
            at->second = hash_of(stem(m_r.tokens.vocabulary.at(token.word)));
        return at->second;
    }

    void words(Span range)
    {
        std::vector<std::uint32_t> row;
        for (std::uint32_t t = range.begin; t < range.end; ++t)
            row.push_back(element(m_r.tokens.tokens[t]));
        std::uint32_t before = mixed(Edge, Edge);
        for (std::size_t i = 0; i < row.size(); ++i) {
            m_notes.add(SaidGroup::Words, mixed(Word, row[i]));
            m_notes.add(SaidGroup::Neighbours, mixed(mixed(Neighbour, before), row[i]));
            before = row[i];
            for (std::size_t j = i + 1; j < std::min(i + 1 + together, row.size()); ++j)
                m_notes.add(SaidGroup::Together, mixed(Near, unordered(row[i], row[j])));
        }
        if (!row.empty())
            m_notes.add(SaidGroup::Neighbours, mixed(mixed(Neighbour, before), mixed(Edge, Edge)));
    }

    std::uint32_t name(const Hit& hit)
    {
        const auto [at, is_new] = m_names.try_emplace(hit.concept_id, 0U);
        if (is_new)
            at->second = hash_of(m_lexicon.name(hit.concept_id));
        return at->second;
    }

    void hits(Span range)
    {
        for (std::uint32_t h = range.begin; h < range.end; ++h)
            m_notes.add(SaidGroup::Concepts, mixed(Spoken, name(m_r.hits[h])));
    }

    void clause(const Clause& clause, Span among)
    {
        constexpr std::size_t most = 40; // concepts of one clause
        const auto manner = static_cast<std::uint32_t>(clause.modality);
        const auto actor = manner * 8 + static_cast<std::uint32_t>(clause.actor);
        std::vector<std::uint32_t> names;
        const Span near = hits_near(m_r.hits, among, clause.tokens);
        for (std::uint32_t h = near.begin; h < near.end; ++h) {
            const Hit& hit = m_r.hits[h];
            if (hit.first >= clause.tokens.end || hit.last < clause.tokens.begin)
                continue;
            m_notes.add(SaidGroup::Concepts, mixed(mixed(Manner, manner), name(hit)));
            m_notes.add(SaidGroup::Concepts, mixed(mixed(Actor, actor), name(hit)));
            if (names.size() < most)
                names.push_back(name(hit));
        }
        for (std::size_t i = 0; i < names.size(); ++i) {
            for (std::size_t j = i + 1; j < names.size(); ++j) {
                if (names[i] != names[j])
                    m_notes.add(SaidGroup::Together, mixed(Pair, unordered(names[i], names[j])));
            }
        }
    }

    const Reading& m_r;
    const Lexicon& m_lexicon;
    Notes m_notes;
    std::unordered_map<std::uint32_t, std::uint32_t> m_stems;
    std::unordered_map<ConceptId, std::uint32_t> m_names;
};

}

Wording wording_of(const Reading& reading, const Lexicon& lexicon, Span sentences)
{
    return Listener(reading, lexicon).listen(sentences);
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
