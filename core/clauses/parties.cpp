#include "core/clauses/parties.h"

#include "core/clauses/roles.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace leeway::clauses {
namespace {

template<typename List>
bool among(const List& list, std::string_view word)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_modal(std::string_view word)
{
    return word == "shall" || word == "will" || word == "may" || word == "must" || word == "agrees" ||
           word == "undertakes" || word == "grants" || word == "warrants" || word == "can" ||
           word == "acknowledges" || word == "hereby" || word == "reserves";
}

const RoleWord* role_of(std::string_view word)
{
    const auto* found =
        std::find_if(role_words.begin(), role_words.end(), [&](const RoleWord& r) { return r.word == word; });
    return found == role_words.end() ? nullptr : found;
}

struct Candidate
{
    double score = 0;
    double prior = 0;
    int count = 0;
    int subject = 0; // times in front of a modal verb
    int capitals = 0;
    bool role = false;
    bool lower_case = false;
    Side side = Side::None;
};

class Finder
{
public:
    explicit Finder(Tokens& tokens)
        : m_tokens(tokens),
          m_roles(tokens.vocabulary.size(), nullptr),
          m_candidates(tokens.vocabulary.size())
    {
    }

    Parties run()
    {
        collect();
        weigh();
        settle();
        mark();
        return names();
    }

private:
    std::string_view word(std::uint32_t i) const
    {
        return i < m_tokens.tokens.size() ? std::string_view(m_tokens.word(i)) : std::string_view();
    }

    Candidate& at(std::uint32_t i) { return m_candidates[m_tokens.tokens[i].word]; }

    void collect()
    {
        for (std::uint32_t w = 0; w < m_tokens.vocabulary.size(); ++w) {
            const std::string& text = m_tokens.vocabulary.at(w);
            m_roles[w] = role_of(text);
            if (m_roles[w] == nullptr && text.size() > 4 && text.back() == 's')
                continue;
            if (m_roles[w] != nullptr) {
                m_candidates[w].role = true;
                m_candidates[w].prior = m_roles[w]->prior;
                m_candidates[w].lower_case = m_roles[w]->lower_case;
            }
        }
        for (std::uint32_t i = 0; i < m_tokens.tokens.size(); ++i) {
            const Token& token = m_tokens.tokens[i];
            if (token.kind != TokenKind::Word)
                continue;
            Candidate& candidate = at(i);
            candidate.count += token.capital || candidate.lower_case ? 1 : 0;
            candidate.capitals += token.capital ? 1 : 0;
            if (is_modal(word(i + 1)) && (token.capital || candidate.lower_case) && !among(no_party, word(i)))
                ++candidate.subject;
        }
    }

    // What the text says that each name does, owns or gets.
    void weigh()
    {
        const auto size = static_cast<std::uint32_t>(m_tokens.tokens.size());
        for (std::uint32_t i = 0; i < size; ++i) {
            const Token& token = m_tokens.tokens[i];
            Candidate& candidate = at(i);
            if (token.kind != TokenKind::Word || !(token.capital || candidate.lower_case) ||
                (!candidate.role && candidate.subject == 0))
                continue;
            if (among(customer_things, word(i + 1)) && i + 1 < size && m_tokens.tokens[i + 1].capital)
                candidate.score -= 1;
            if (among(vendor_things, word(i + 1)) && i + 1 < size && m_tokens.tokens[i + 1].capital)
                candidate.score += 1;
            if (i > 0 && word(i - 1) == "to" && i > 3 &&
                (word(i - 2) == "license" || word(i - 2) == "licence" || word(i - 2) == "services"))
                candidate.score -= 1;
            if (is_modal(word(i + 1)))
                verb(candidate, i + 1);
            else if (i + 1 < size)
                verb(candidate, i, true);
        }
    }

    void verb(Candidate& candidate, std::uint32_t modal, bool bare = false)
    {
        std::uint32_t v = modal + 1;
        while (!bare && (word(v) == "not" || word(v) == "be" || word(v) == "also" || word(v) == "promptly"))
            ++v;
        if (v >= m_tokens.tokens.size())
            return;
        if (bare && (word(v).empty() || word(v).back() != 's'))
            return;
        if (word(modal) == "grants" && !bare)
            candidate.score += 1;
        const std::string root = stem(word(v));
        if (among(vendor_verbs, root))
            candidate.score += 1;
        if (among(customer_verbs, root))
            candidate.score -= 1;
    }

    void settle()
    {
        double strongest_vendor = 0, strongest_customer = 0;
        for (Candidate& c : m_candidates) {
            if (!stands(c))
                continue;
            const double total = c.prior + std::clamp(c.score, -6.0, 6.0);
            if (total > 0.5) {
                c.side = Side::Vendor;
                strongest_vendor = std::max(strongest_vendor, weight(c, total));
            } else if (total < -0.5) {
                c.side = Side::Customer;
                strongest_customer = std::max(strongest_customer, weight(c, -total));
            }
        }
        eliminate(strongest_vendor, strongest_customer);
    }

    static double weight(const Candidate& c, double total) { return total * (c.count > 2 ? 2 : 1); }

    static bool stands(const Candidate& c)
    {
        return c.count > 0 && (c.role || (c.subject > 0 && (c.score != 0 || c.subject > 1)));
    }

    // A name of weak prior takes the side that the strong names leave open ("Company" against "Provider").
    void eliminate(double vendor, double customer)
    {
        for (Candidate& c : m_candidates) {
            if (!stands(c) || std::abs(c.prior) > 3)
                continue;
            const double total = c.prior + std::clamp(c.score, -6.0, 6.0);
            if (std::abs(total) >= 3)
                continue;
            if (vendor >= 6 && customer < 4)
                c.side = Side::Customer;
            else if (customer >= 6 && vendor < 4)
                c.side = Side::Vendor;
        }
    }

    void mark()
    {
        const auto size = static_cast<std::uint32_t>(m_tokens.tokens.size());
        for (std::uint32_t i = 0; i < size; ++i) {
            Token& token = m_tokens.tokens[i];
            const Candidate& c = at(i);
            if (token.kind == TokenKind::Word && c.side != Side::None && (token.capital || c.lower_case))
                token.side = c.side;
            if (word(i) == "our" || word(i) == "your")
                token.possessive = true;
            if (word(i) == "party" || word(i) == "parties")
                party(i);
        }
    }

    // "either party", "Party A", "First Party".
    void party(std::uint32_t i)
    {
        Token& token = m_tokens.tokens[i];
        const std::string_view before = i > 0 ? word(i - 1) : std::string_view();
        const std::string_view after = word(i + 1);
        if (token.capital && (after == "a" || after == "b") && m_tokens.tokens[i + 1].capital)
            token.side = after == "a" ? Side::Customer : Side::Vendor;
        else if (token.capital && (before == "first" || before == "second"))
            token.side = before == "first" ? Side::Customer : Side::Vendor;
        else if (before != "third" && before != "other")
            token.side = Side::Either;
    }

    Parties names() const
    {
        std::vector<std::pair<int, std::uint32_t>> vendor, customer;
        for (std::uint32_t w = 0; w < m_candidates.size(); ++w) {
            const Candidate& c = m_candidates[w];
            if (c.side == Side::None || c.count == 0)
                continue;
            (c.side == Side::Vendor ? vendor : customer).emplace_back(-c.count, w);
        }
        Parties result;
        fill(vendor, result.vendor);
        fill(customer, result.customer);
        return result;
    }

    void fill(std::vector<std::pair<int, std::uint32_t>>& from, std::vector<std::string>& to) const
    {
        std::sort(from.begin(), from.end());
        if (from.size() > 4)
            from.resize(4);
        for (const auto& [count, w] : from) {
            std::string name = m_tokens.vocabulary.at(w);
            if (m_candidates[w].capitals > 0 && name[0] >= 'a' && name[0] <= 'z')
                name[0] = static_cast<char>(name[0] - 32);
            to.push_back(std::move(name));
        }
    }

    Tokens& m_tokens;
    std::vector<const RoleWord*> m_roles;
    std::vector<Candidate> m_candidates;
};

}

Parties mark_parties(Tokens& tokens)
{
    return Finder(tokens).run();
}

Parties find_parties(const document::Document& document)
{
    Tokens tokens = tokenize(document);
    return mark_parties(tokens);
}

}
