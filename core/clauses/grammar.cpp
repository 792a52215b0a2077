#include "core/clauses/grammar.h"

#include "core/clauses/definitions.h"
#include "core/clauses/negation.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace leeway::clauses {
namespace {

constexpr std::uint32_t condition_reach = 40;     // words of a condition in front of its main clause
constexpr std::uint32_t exception_reach = 12;     // words of an exception in front of its main clause
constexpr std::uint32_t subject_reach = 8;        // words of a subject in front of its modal verb
constexpr std::uint32_t longest_introduction = 8; // words of a clause that only introduces a list
constexpr std::uint32_t negation_reach = 3;       // words behind a modal verb that can still deny it

constexpr std::uint32_t longest_hit = 80; // words that a phrase with its gaps can span

class ClauseCutter
{
public:
    ClauseCutter(Reading& reading, const GrammarConcepts& grammar) : m_r(reading), m_g(grammar) {}

    void cut(std::size_t sentence)
    {
        Phrase& phrase = m_r.sentences[sentence];
        m_hits.assign(m_r.hits.begin() + phrase.hits.begin, m_r.hits.begin() + phrase.hits.end);
        phrase.clauses.begin = static_cast<std::uint32_t>(m_r.clauses.size());
        find_borders(phrase.tokens);
        std::uint32_t begin = phrase.tokens.begin;
        for (std::size_t i = 1; i <= m_borders.size(); ++i) {
            const std::uint32_t end = i < m_borders.size() ? m_borders[i] : phrase.tokens.end;
            if (end > begin)
                m_r.clauses.push_back(describe({begin, end}));
            begin = end;
        }
        phrase.clauses.end = static_cast<std::uint32_t>(m_r.clauses.size());
        inherit(phrase);
    }

private:
    bool is(const Hit& hit, int concept_id) const { return concept_id >= 0 && hit.concept_id == concept_id; }
    bool is_modal(const Hit& hit) const
    {
        return is(hit, m_g.may) || is(hit, m_g.must) || is(hit, m_g.must_not) || is(hit, m_g.need_not);
    }

    // Borders stand at semicolons and list marks, at exception and condition markers, and before the last
    // "and", "or", "but" or comma in front of a second modal verb.
    void find_borders(Span range)
    {
        m_borders.clear();
        m_is_border.assign(range.end - range.begin, false);
        m_first = range.begin;
        add_border(range.begin, range.end);
        for (std::uint32_t i = range.begin + 1; i < range.end; ++i) {
            const std::uint16_t marks = m_r.tokens.tokens[i].marks;
            const bool enumerated = (marks & mark::open) != 0 && i + 1 < range.end &&
                                    (m_r.tokens.tokens[i + 1].marks & mark::close) != 0 &&
                                    m_r.tokens.word(i).size() <= 4 &&
                                    m_r.tokens.tokens[i].kind == TokenKind::Word;
            if ((marks & (mark::semicolon | mark::bar | mark::stop)) != 0 || enumerated ||
                (m_r.tokens.word(i) == "but" && !goes_on(m_r.tokens, i + 1, range.end)))
                add_border(i, range.end);
        }
        std::uint32_t modal_end = 0;
        bool seen = false;
        for (const Hit& hit : m_hits) {
            if (is(hit, m_g.exception) || is(hit, m_g.condition) || is(hit, m_g.override_)) {
                add_border(hit.first, range.end);
                if (is(hit, m_g.exception) && opens_part(range, hit.first))
                    close_exception(hit.last + 1, range.end);
                close_condition(hit.last + 1, range.end);
                seen = false;
            } else if (is_modal(hit) && hit.first >= modal_end) {
                if (seen)
                    split_between(modal_end, hit.first, range.end);
                modal_end = hit.last + 1;
                seen = true;
            }
        }
        std::sort(m_borders.begin(), m_borders.end());
    }

    void add_border(std::uint32_t token, std::uint32_t end)
    {
        if (token >= end || m_is_border[token - m_first])
            return;
        m_is_border[token - m_first] = true;
        m_borders.push_back(token);
    }

    // "If Customer does not pay, Provider may …": the condition ends at the comma behind which a party is the
    // subject or a modal verb follows.
    void close_condition(std::uint32_t from, std::uint32_t end)
    {
        for (std::uint32_t i = from; i < end && i < from + condition_reach; ++i) {
            const std::uint16_t marks = m_r.tokens.tokens[i].marks;
            if ((marks & (mark::semicolon | mark::stop)) != 0)
                return;
            if ((marks & mark::comma) == 0)
                continue;
            const std::uint32_t stop = std::min(end, i + subject_reach);
            const Span near = hits_near(m_hits, {0, static_cast<std::uint32_t>(m_hits.size())}, {i, stop});
            for (std::uint32_t h = near.begin; h < near.end; ++h) {
                const Hit& hit = m_hits[h];
                if (hit.first >= i && hit.first < stop && is_modal(hit)) {
                    add_border(i, end);
                    return;
                }
            }
        }
    }

    // Whether a sentence or an enumerated part of one begins at the token, its mark "(e)" aside.
    bool opens_part(Span range, std::uint32_t token) const
    {
        return token == range.begin || token == range.begin + 1 || m_is_border[token - 1 - m_first];
    }

    // "Except for a permitted use, train …": an exception in front ends at its comma.
    void close_exception(std::uint32_t from, std::uint32_t end)
    {
        for (std::uint32_t i = from; i < end && i < from + exception_reach; ++i) {
            if ((m_r.tokens.tokens[i].marks & mark::comma) != 0) {
                add_border(i, end);
                return;
            }
        }
    }

    void split_between(std::uint32_t from, std::uint32_t to, std::uint32_t end)
    {
        for (std::uint32_t i = to; i > from; --i) {
            const std::string& word = m_r.tokens.word(i);
            if (i < to && (word == "and" || word == "or" || word == "but" || word == "nor" ||
                           word == "which" || word == "while" || word == "whereas")) {
                add_border(i, end);
                return;
            }
            if ((m_r.tokens.tokens[i].marks & mark::comma) != 0) {
                add_border(i, end);
                return;
            }
        }
    }

    Clause describe(Span range) const
    {
        Clause clause;
        clause.tokens = range;
        std::optional<Hit> modal;
        bool negated_before = false;
        bool negated_after = false;
        Side passive = Side::None;
        const Span near = hits_near(m_hits, {0, static_cast<std::uint32_t>(m_hits.size())}, range);
        for (std::uint32_t h = near.begin; h < near.end; ++h) {
            const Hit& hit = m_hits[h];
            if (hit.first < range.begin || hit.first >= range.end)
                continue;
            if (is(hit, m_g.exception))
                clause.exception = clause.exception || hit.first == range.begin;
            else if (is(hit, m_g.condition))
                clause.condition = clause.condition || hit.first == range.begin;
            else if (is(hit, m_g.override_))
                clause.override_ = true;
            else if (is_modal(hit)) {
                if (!modal || (hit.first == modal->first && hit.last > modal->last) ||
                    (hit.first > modal->first && hit.first <= modal->last && hit.last > modal->last))
                    modal = hit;
            } else if (is(hit, m_g.negation)) {
                if (denies_nothing(m_r.tokens, hit.first, range.end))
                    continue;
                if (!modal || hit.first <= modal->first)
                    negated_before = true;
                else if (hit.first > modal->last && hit.first <= modal->last + negation_reach)
                    negated_after = true;
            } else if (is(hit, m_g.passive) && passive == Side::None) {
                passive = m_r.tokens.tokens[hit.last].side;
            }
        }
        clause.modality = modality(modal, negated_before, negated_after);
        const Side acting = modal ? before_verb(range, modal->first) : Side::None;
        clause.actor = acting != Side::None    ? acting
                       : passive != Side::None ? passive
                                               : subject(range, modal ? modal->first : range.end);
        clause.own = modal.has_value() || clause.actor != Side::None || negated_before;
        return clause;
    }

    Modality modality(const std::optional<Hit>& modal, bool before, bool after) const
    {
        const bool negated = before || after;
        if (!modal)
            return negated ? Modality::IsNot : Modality::Is;
        if (is(*modal, m_g.must_not))
            return Modality::MustNot;
        if (is(*modal, m_g.need_not))
            return Modality::NeedNot;
        if (is(*modal, m_g.may))
            return negated ? Modality::MustNot : Modality::May;
        return negated ? Modality::MustNot : Modality::Must;
    }

    // "Provider shall, as directed by Customer, …": who stands right before the verb acts.
    Side before_verb(Span range, std::uint32_t verb) const
    {
        if (verb <= range.begin)
            return Side::None;
        const Token& token = m_r.tokens.tokens[verb - 1];
        return token.possessive ? Side::None : joint_side(range, verb - 1);
    }

    // The side of the token; either one's where "Provider and the Customer" names both.
    Side joint_side(Span range, std::uint32_t token) const
    {
        const Side side = m_r.tokens.tokens[token].side;
        if (side == Side::None || token < range.begin + 2)
            return side;
        std::uint32_t i = token - 1;
        if (m_r.tokens.word(i) == "the" && i > range.begin)
            --i;
        const std::string& word = m_r.tokens.word(i);
        if (i == range.begin || (word != "and" && word != "or" && word != "nor"))
            return side;
        const Side other = m_r.tokens.tokens[i - 1].side;
        return other == Side::None || other == side || m_r.tokens.tokens[i - 1].possessive ? side
                                                                                           : Side::Either;
    }

    // "Provider Services" is no party.
    bool names_a_thing(std::uint32_t i, std::uint32_t end) const
    {
        return i + 1 < end && m_r.tokens.tokens[i + 1].capital &&
               m_r.tokens.tokens[i + 1].side == Side::None && m_r.tokens.tokens[i + 1].marks == 0;
    }

    // "Deliver to the Customer …", "prepared for Customer".
    bool is_object(Span range, std::uint32_t i) const
    {
        if (i > range.begin && m_r.tokens.word(i - 1) == "the")
            --i;
        constexpr std::array prepositions{"to", "by", "from", "for", "with", "against", "upon"};
        return i > range.begin &&
               std::count(prepositions.begin(), prepositions.end(), m_r.tokens.word(i - 1)) > 0;
    }

    // The party named last before the verb, as subject: not "the Provider's liability shall".
    Side subject(Span range, std::uint32_t verb) const
    {
        Side found = Side::None;
        for (std::uint32_t i = range.begin; i < verb && i < range.end; ++i) {
            const Token& token = m_r.tokens.tokens[i];
            if (token.side == Side::None || token.possessive)
                continue;
            if (verb == range.end && (names_a_thing(i, range.end) || is_object(range, i)))
                continue;
            if (verb == range.end)
                return token.side;
            found = joint_side(range, i);
        }
        return found;
    }

    // "(vi) build or benchmark …"
    bool is_item(const Clause& clause) const
    {
        const std::uint32_t i = clause.tokens.begin;
        return i + 1 < clause.tokens.end && (m_r.tokens.tokens[i].marks & mark::open) != 0 &&
               (m_r.tokens.tokens[i + 1].marks & mark::close) != 0 && m_r.tokens.word(i).size() <= 5;
    }

    // "and the Customer shall", in front of an item of its own list.
    static bool introduces_items(const Clause& clause)
    {
        return clause.own && clause.actor != Side::None &&
               clause.tokens.end - clause.tokens.begin <= longest_introduction;
    }

    // A clause without a verb of its own goes on with what the one before it, or the lead-in, began; an item
    // with what introduced the list, whatever the items before it say in passing ("any material that may …").
    void inherit(const Phrase& phrase)
    {
        const Clause* before = nullptr;
        if (phrase.context >= 0) {
            const Span clauses = m_r.sentences[static_cast<std::size_t>(phrase.context)].clauses;
            if (clauses.end > clauses.begin)
                before = &m_r.clauses[clauses.end - 1];
        }
        const Clause* lead = nullptr;
        for (std::uint32_t i = phrase.clauses.begin; i < phrase.clauses.end; ++i) {
            Clause& clause = m_r.clauses[i];
            if (is_item(clause)) {
                if (lead == nullptr || (before != nullptr && !is_item(*before) && introduces_items(*before)))
                    lead = before;
                before = lead;
            }
            if (before != nullptr && !clause.exception && !clause.condition) {
                if (clause.actor == Side::None)
                    clause.actor = before->actor;
                if (clause.modality == Modality::Is && !before->condition)
                    clause.modality = before->modality;
                else if (clause.modality == Modality::IsNot && before->modality == Modality::Must)
                    clause.modality = Modality::MustNot;
            }
            if (!clause.exception && !clause.condition)
                before = &clause;
        }
    }

    Reading& m_r;
    const GrammarConcepts& m_g;
    std::vector<Hit> m_hits;
    std::vector<std::uint32_t> m_borders;
    std::vector<bool> m_is_border; // of each token of the sentence
    std::uint32_t m_first = 0;     // token of the sentence
};

void place(const document::Document& document, Reading& reading)
{
    const auto count = static_cast<std::uint32_t>(reading.sentences.size());
    for (std::uint32_t b = 0; b < document.blocks.size(); ++b) {
        const document::Block& block = document.blocks[b];
        const std::uint32_t end = std::min(count, block.first_sentence + block.sentence_count);
        for (std::uint32_t s = block.first_sentence; s < end; ++s) {
            Phrase& phrase = reading.sentences[s];
            phrase.block = b;
            phrase.is_heading = block.kind == document::BlockKind::Heading;
            if (block.heading >= 0 && static_cast<std::uint32_t>(block.heading) < document.blocks.size()) {
                const auto& above = document.blocks[static_cast<std::size_t>(block.heading)];
                if (above.sentence_count > 0 && above.first_sentence < count)
                    phrase.heading = static_cast<std::int32_t>(above.first_sentence);
            }
            if (block.lead_in >= 0 && static_cast<std::uint32_t>(block.lead_in) < b) {
                const auto& lead = document.blocks[static_cast<std::size_t>(block.lead_in)];
                const std::uint32_t last = lead.first_sentence + lead.sentence_count;
                if (lead.sentence_count > 0 && last <= count) {
                    phrase.context = static_cast<std::int32_t>(last - 1);
                    reading.sentences[last - 1].leads = true;
                }
            }
        }
    }
}

// From sets of concepts by sentence to sets of sentences by concept.
void turn_sets(Reading& reading, std::size_t concepts)
{
    const std::size_t count = reading.sentences.size();
    reading.rows = (count + 63) / 64;
    reading.speaking.assign(concepts * reading.rows, 0);
    for (std::size_t s = 0; s < count; ++s) {
        const std::int32_t context = reading.sentences[s].context;
        const std::uint64_t* lead = context >= 0 ? reading.set(static_cast<std::size_t>(context)) : nullptr;
        for (std::size_t w = 0; w < reading.words; ++w) {
            std::uint64_t left = reading.set(s)[w] | (lead != nullptr ? lead[w] : 0);
            for (; left != 0; left &= left - 1) {
                const std::size_t id = w * 64 + static_cast<std::size_t>(std::countr_zero(left));
                reading.speaking[id * reading.rows + s / 64] |= std::uint64_t{1} << (s % 64);
            }
        }
    }
}

}

GrammarConcepts::GrammarConcepts(const Lexicon& lexicon)
    : may(lexicon.find("g.may")),
      must(lexicon.find("g.must")),
      must_not(lexicon.find("g.must-not")),
      need_not(lexicon.find("g.need-not")),
      negation(lexicon.find("g.not")),
      exception(lexicon.find("g.exception")),
      condition(lexicon.find("g.condition")),
      override_(lexicon.find("g.override")),
      passive(lexicon.find("g.by"))
{
}

Span hits_near(const std::vector<Hit>& hits, Span among, Span tokens)
{
    const auto before = [](const Hit& hit, std::uint32_t token) { return hit.first < token; };
    const auto begin = hits.begin() + among.begin;
    const auto end = hits.begin() + among.end;
    const std::uint32_t from = tokens.begin > longest_hit ? tokens.begin - longest_hit : 0;
    const auto first = std::lower_bound(begin, end, from, before);
    const auto last = std::lower_bound(first, end, tokens.end, before);
    return {static_cast<std::uint32_t>(first - hits.begin()),
            static_cast<std::uint32_t>(last - hits.begin())};
}

Reading read(const document::Document& document, const Lexicon& lexicon, Tokens tokens)
{
    Reading reading;
    reading.tokens = std::move(tokens);
    const std::size_t count = reading.tokens.sentences.size();
    reading.sentences.resize(count);
    reading.words = (lexicon.size() + 63) / 64;
    place(document, reading);

    Lexicon::Matcher matcher(lexicon, reading.tokens);
    for (std::size_t s = 0; s < count; ++s) {
        Phrase& phrase = reading.sentences[s];
        phrase.tokens = reading.tokens.sentences[s];
        phrase.hits.begin = static_cast<std::uint32_t>(reading.hits.size());
        matcher.find(phrase.tokens, reading.hits);
        phrase.hits.end = static_cast<std::uint32_t>(reading.hits.size());
    }
    apply_definitions(reading, lexicon);

    reading.sets.assign(count * reading.words, 0);
    for (std::size_t s = 0; s < count; ++s) {
        for (std::uint32_t h = reading.sentences[s].hits.begin; h < reading.sentences[s].hits.end; ++h) {
            const ConceptId id = reading.hits[h].concept_id;
            reading.sets[s * reading.words + id / 64] |= std::uint64_t{1} << (id % 64);
        }
    }
    turn_sets(reading, lexicon.size());
    const GrammarConcepts grammar(lexicon);
    ClauseCutter cutter(reading, grammar);
    for (std::size_t s = 0; s < count; ++s)
        cutter.cut(s);
    return reading;
}

}
