#include "core/clauses/matching.h"

#include <algorithm>
#include <bit>

namespace leeway::clauses {
namespace {

constexpr std::size_t around = 2; // sentences before and behind that Ask::Around looks at

class Place
{
public:
    Place(const Reading& reading, const Signal& signal, std::size_t sentence, const Clause* clause)
        : m_r(reading),
          m_signal(signal),
          m_phrase(reading.sentences[sentence]),
          m_sentence(sentence),
          m_clause(clause),
          m_range(clause != nullptr ? clause->tokens : m_phrase.tokens)
    {
    }

    bool holds() const
    {
        return m_signal.when.evaluate([&](std::uint32_t atom) { return holds(m_signal.atoms[atom]); },
                                      [&](std::uint32_t a, std::uint32_t b, std::uint32_t distance) {
                                          return near(m_signal.atoms[a], m_signal.atoms[b], distance);
                                      });
    }

private:
    bool holds(const Atom& atom) const
    {
        switch (atom.ask) {
        case Ask::Concept:
            return speaks(atom.concept_id);
        case Ask::Sentence:
            return m_r.has(m_sentence, atom.concept_id);
        case Ask::Heading:
            return (m_phrase.heading >= 0 &&
                    m_r.has(static_cast<std::size_t>(m_phrase.heading), atom.concept_id)) ||
                   (m_phrase.is_heading && m_r.has(m_sentence, atom.concept_id));
        case Ask::Around:
            return speaks_around(atom.concept_id);
        case Ask::Item:
            return m_phrase.context >= 0;
        case Ask::Title:
            return m_phrase.is_heading;
        case Ask::Days:
        case Ask::Percent:
        case Ask::Money:
            for (std::uint32_t i = m_range.begin; i < m_range.end; ++i) {
                if (is_figure(atom, i))
                    return true;
            }
            return false;
        default:
            return any_clause(atom);
        }
    }

    bool speaks(ConceptId id) const
    {
        if (m_r.has(m_sentence, id)) {
            if (m_clause == nullptr)
                return true;
            const Span near_by = hits_near(m_r.hits, m_phrase.hits, m_range);
            for (std::uint32_t h = near_by.begin; h < near_by.end; ++h) {
                const Hit& hit = m_r.hits[h];
                if (hit.concept_id == id && hit.first < m_range.end && hit.last >= m_range.begin)
                    return true;
            }
        }
        return m_phrase.context >= 0 && m_r.has(static_cast<std::size_t>(m_phrase.context), id);
    }

    bool speaks_around(ConceptId id) const
    {
        const std::size_t from = m_sentence > around ? m_sentence - around : 0;
        const std::size_t to = std::min(m_r.sentences.size(), m_sentence + around + 1);
        for (std::size_t s = from; s < to; ++s) {
            if (m_r.has(s, id))
                return true;
        }
        return m_phrase.context >= 0 && m_r.has(static_cast<std::size_t>(m_phrase.context), id);
    }

    bool is_figure(const Atom& atom, std::uint32_t token) const
    {
        const Token& t = m_r.tokens.tokens[token];
        const TokenKind kind = atom.ask == Ask::Days      ? TokenKind::Duration
                               : atom.ask == Ask::Percent ? TokenKind::Percent
                                                          : TokenKind::Money;
        return t.kind == kind && t.value >= atom.least && t.value <= atom.most;
    }

    bool any_clause(const Atom& atom) const
    {
        if (m_clause != nullptr)
            return is(atom, *m_clause);
        for (std::uint32_t c = m_phrase.clauses.begin; c < m_phrase.clauses.end; ++c) {
            if (is(atom, m_r.clauses[c]))
                return true;
        }
        return false;
    }

    static bool is(const Atom& atom, const Clause& clause)
    {
        switch (atom.ask) {
        case Ask::Actor:
            return clause.actor == atom.side || (clause.actor == Side::Either && atom.side != Side::None);
        case Ask::May:
            return clause.modality == Modality::May;
        case Ask::Must:
            return clause.modality == Modality::Must;
        case Ask::MustNot:
            return clause.modality == Modality::MustNot;
        case Ask::NeedNot:
            return clause.modality == Modality::NeedNot;
        case Ask::Allowed:
            return !clause.negative() && clause.modality != Modality::NeedNot;
        case Ask::Denied:
            return clause.negative();
        case Ask::Exception:
            return clause.exception;
        case Ask::Condition:
            return clause.condition;
        case Ask::Override:
            return clause.override_;
        default:
            return false;
        }
    }

    // The token spans in range at which a concept or a figure stands.
    template<typename Visit>
    void spans(const Atom& atom, const Visit& visit) const
    {
        if (atom.ask == Ask::Concept) {
            const Span near_by = hits_near(m_r.hits, m_phrase.hits, m_range);
            for (std::uint32_t h = near_by.begin; h < near_by.end; ++h) {
                const Hit& hit = m_r.hits[h];
                if (hit.concept_id == atom.concept_id && hit.first < m_range.end && hit.last >= m_range.begin)
                    visit(hit.first, hit.last);
            }
            return;
        }
        for (std::uint32_t i = m_range.begin; i < m_range.end; ++i) {
            if (is_figure(atom, i))
                visit(i, i);
        }
    }

    // Both lists are in the order of the text, so that one walk over the pair is enough.
    bool near(const Atom& a, const Atom& b, std::uint32_t distance) const
    {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> left;
        spans(a, [&](std::uint32_t first, std::uint32_t last) { left.emplace_back(first, last); });
        if (left.empty())
            return false;
        bool found = false;
        std::size_t start = 0;
        spans(b, [&](std::uint32_t first, std::uint32_t last) {
            while (start < left.size() && left[start].second + distance < first)
                ++start;
            for (std::size_t i = start; !found && i < left.size() && i < start + 32; ++i) {
                if (left[i].first > last + distance)
                    break;
                found = left[i].second + distance >= first;
            }
        });
        return found;
    }

    const Reading& m_r;
    const Signal& m_signal;
    const Phrase& m_phrase;
    std::size_t m_sentence;
    const Clause* m_clause;
    Span m_range;
};

// Of the 64 sentences from row · 64 on: those at which the node may hold, a superset. What is not asked of
// concepts may hold anywhere.
std::uint64_t may_hold(const Reading& reading, const Signal& signal, std::uint32_t index, std::size_t row)
{
    constexpr std::uint64_t anywhere = ~std::uint64_t{0};
    const Expression::Node& node = signal.when.nodes()[index];
    switch (node.op) {
    case Expression::Op::Atom: {
        const Atom& atom = signal.atoms[node.left];
        return atom.ask == Ask::Concept || atom.ask == Ask::Sentence
                   ? reading.speaking_of(atom.concept_id, row)
                   : anywhere;
    }
    case Expression::Op::Not:
        return anywhere;
    case Expression::Op::Near:
    case Expression::Op::And: {
        const std::uint64_t left = may_hold(reading, signal, node.left, row);
        return left == 0 ? 0 : left & may_hold(reading, signal, node.right, row);
    }
    case Expression::Op::Or: {
        const std::uint64_t left = may_hold(reading, signal, node.left, row);
        return left == anywhere ? left : left | may_hold(reading, signal, node.right, row);
    }
    }
    return anywhere;
}

void match(const Reading& reading, const Signal& signal, std::size_t sentence, std::vector<Match>& out)
{
    const Phrase& phrase = reading.sentences[sentence];
    if (signal.scope == Scope::Sentence) {
        if (Place(reading, signal, sentence, nullptr).holds())
            out.push_back({static_cast<std::uint32_t>(sentence), phrase.clauses.begin});
        return;
    }
    for (std::uint32_t c = phrase.clauses.begin; c < phrase.clauses.end; ++c) {
        if (Place(reading, signal, sentence, &reading.clauses[c]).holds()) {
            out.push_back({static_cast<std::uint32_t>(sentence), c});
            return;
        }
    }
}

}

std::vector<std::vector<Match>> match_signals(const Reading& reading, const CheckRules& rules)
{
    std::vector<std::vector<Match>> result(rules.signals.size());
    for (std::size_t i = 0; i < rules.signals.size(); ++i) {
        const Signal& signal = rules.signals[i];
        for (std::size_t row = 0; row < reading.rows && result[i].size() < most_matches; ++row) {
            std::uint64_t left = may_hold(reading, signal, signal.when.root(), row);
            for (; left != 0 && result[i].size() < most_matches; left &= left - 1) {
                const std::size_t s = row * 64 + static_cast<std::size_t>(std::countr_zero(left));
                if (s < reading.sentences.size())
                    match(reading, signal, s, result[i]);
            }
        }
    }
    return result;
}

bool any_fires(const std::vector<std::vector<Match>>& matches)
{
    return std::any_of(matches.begin(), matches.end(), [](const auto& places) { return !places.empty(); });
}

}
