#include "core/clauses/parties.h"

#include "core/clauses/roles.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace leeway::clauses {
namespace {

constexpr int fewest_acts = 2;                  // of a party in its contract
constexpr std::uint32_t description_reach = 60; // words between a company's description and its short name

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

bool is_grant(std::string_view word)
{
    return word == "grants" || word == "grant" || word == "granted";
}

constexpr double grant_worth = 3; // of granting rights, or of being granted them

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
    double grants = 0; // above zero: grants rights more often than it is granted them
    int count = 0;
    int subject = 0; // times in front of a modal verb
    int capitals = 0;
    bool role = false;
    bool lower_case = false;
    bool designated = false; // the opening words name a party so: (the "Company")
    Side side = Side::None;

    [[nodiscard]] double leaning() const { return prior + score + grants; }
    [[nodiscard]] double total() const { return prior + std::clamp(score, -6.0, 6.0); }
};

class Finder
{
public:
    explicit Finder(Tokens& tokens)
        : m_tokens(tokens),
          m_roles(tokens.vocabulary.size(), nullptr),
          m_modal(tokens.vocabulary.size()),
          m_candidates(tokens.vocabulary.size())
    {
    }

    Parties run()
    {
        collect();
        designate();
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

    bool modal(std::uint32_t i) const
    {
        return i < m_tokens.tokens.size() && m_modal[m_tokens.tokens[i].word];
    }

    Candidate& at(std::uint32_t i) { return m_candidates[m_tokens.tokens[i].word]; }

    void collect()
    {
        for (std::uint32_t w = 0; w < m_tokens.vocabulary.size(); ++w) {
            const std::string& text = m_tokens.vocabulary.at(w);
            m_roles[w] = role_of(text);
            m_modal[w] = is_modal(text);
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
            if (modal(i + 1) && (token.capital || candidate.lower_case) && !among(no_party, word(i)))
                ++candidate.subject;
        }
    }

    // The names that the opening words give to the parties: Northwind Inc., a corporation … ("Northwind").
    void designate()
    {
        constexpr std::uint32_t opening = 600; // words in which the parties are named
        const auto size = static_cast<std::uint32_t>(m_tokens.tokens.size());
        const std::uint32_t end = std::min(opening, size);
        std::uint32_t company = 0; // the token behind the last word that only a company's description has
        for (std::uint32_t i = 1; i + 1 < end; ++i) {
            if (among(company_words, word(i)))
                company = i + 1;
            if (company == 0 || i >= company + description_reach || !opens_name(i))
                continue;
            if (closes_name(i)) {
                name_party(i);
            } else if (i + 2 < size && closes_name(i + 1) && acts_as_pair(i)) {
                // Of two words the longer one stands for the name.
                name_party(word(i).size() >= word(i + 1).size() ? i : i + 1, true);
                m_pairs.emplace_back(m_tokens.tokens[i].word, m_tokens.tokens[i + 1].word);
            }
        }
        std::sort(m_designated.begin(), m_designated.end());
        m_designated.erase(std::unique(m_designated.begin(), m_designated.end()), m_designated.end());
    }

    void name_party(std::uint32_t i, bool pair = false)
    {
        if (among(no_party, word(i)) || word(i) == "party" || word(i) == "parties")
            return;
        constexpr double certain_prior = 6;
        if (at(i).subject < fewest_acts && std::abs(at(i).prior) < certain_prior && !pair)
            return;
        at(i).designated = true;
        m_designated.push_back(m_tokens.tokens[i].word);
    }

    // Whether the name of two words stands in front of modal verbs, as a party's does.
    bool acts_as_pair(std::uint32_t i) const
    {
        if (among(no_party, word(i)) || among(no_party, word(i + 1)))
            return false;
        int acts = 0;
        for (std::uint32_t t = 0; t + 2 < m_tokens.tokens.size() && acts < fewest_acts; ++t) {
            if (m_tokens.tokens[t].word == m_tokens.tokens[i].word &&
                m_tokens.tokens[t + 1].word == m_tokens.tokens[i + 1].word && modal(t + 2))
                ++acts;
        }
        return acts == fewest_acts;
    }

    // Behind (", (the " or as ".
    bool opens_name(std::uint32_t i) const
    {
        const Token& token = m_tokens.tokens[i];
        const bool article = word(i - 1) == "the" || word(i - 1) == "as";
        const bool opens = ((token.marks | (article ? m_tokens.tokens[i - 1].marks : 0)) & mark::open) != 0 ||
                           word(i - 1) == "as" || (article && i > 1 && word(i - 2) == "as");
        return token.kind == TokenKind::Word && token.capital && (token.marks & mark::quote) != 0 && opens;
    }

    bool closes_name(std::uint32_t i) const
    {
        return (m_tokens.tokens[i + 1].marks & mark::quote) != 0 || ends_sentence(i);
    }

    bool ends_sentence(std::uint32_t i) const
    {
        const auto behind = std::upper_bound(m_tokens.sentences.begin(), m_tokens.sentences.end(), i,
                                             [](std::uint32_t at, const Span& s) { return at < s.end; });
        return behind != m_tokens.sentences.end() && behind->end == i + 1;
    }

    // What the text says that each name does, owns or gets.
    void weigh()
    {
        const auto size = static_cast<std::uint32_t>(m_tokens.tokens.size());
        for (std::uint32_t i = 0; i < size; ++i) {
            const Token& token = m_tokens.tokens[i];
            Candidate& candidate = at(i);
            if (token.kind != TokenKind::Word || !(token.capital || candidate.lower_case) ||
                (!candidate.role && !candidate.designated && candidate.subject == 0))
                continue;
            if (among(customer_things, word(i + 1)) && i + 1 < size && m_tokens.tokens[i + 1].capital)
                candidate.score -= 1;
            if (among(vendor_things, word(i + 1)) && i + 1 < size && m_tokens.tokens[i + 1].capital)
                candidate.score += 1;
            if (i > 0 && word(i - 1) == "to" && i > 3 &&
                (word(i - 2) == "license" || word(i - 2) == "licence" || word(i - 2) == "services"))
                candidate.score -= 1;
            if (i > 0 && is_grant(word(i - 1) == "to" && i > 1 ? word(i - 2) : word(i - 1)))
                candidate.grants -= grant_worth;
            if (is_grant(word(i + 1)) || (word(i + 1) == "hereby" && is_grant(word(i + 2))))
                candidate.grants += grant_worth;
            if (modal(i + 1))
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
            const double total = c.total();
            if (total > 0.5) {
                c.side = Side::Vendor;
                strongest_vendor = std::max(strongest_vendor, weight(c, total));
            } else if (total < -0.5) {
                c.side = Side::Customer;
                strongest_customer = std::max(strongest_customer, weight(c, -total));
            }
        }
        eliminate(strongest_vendor, strongest_customer);
        if (m_designated.size() >= 2)
            oppose();
    }

    // Where the opening words name the parties, other names are noise, and two parties stand on two sides.
    void oppose()
    {
        constexpr double doubtful_prior = 5;
        for (Candidate& c : m_candidates) {
            if (!c.designated && (!c.role || std::abs(c.prior) <= doubtful_prior))
                c.side = Side::None;
        }
        if (m_designated.size() != 2)
            return;
        Candidate* one = &m_candidates[m_designated[0]];
        Candidate* other = &m_candidates[m_designated[1]];
        const double lead = one->leaning() - other->leaning();
        if (lead == 0)
            return;
        one->side = lead > 0 ? Side::Vendor : Side::Customer;
        other->side = lead > 0 ? Side::Customer : Side::Vendor;
    }

    static double weight(const Candidate& c, double total) { return total * (c.count > 2 ? 2 : 1); }

    static bool stands(const Candidate& c)
    {
        return c.count > 0 && (c.role || c.designated || (c.subject > 0 && (c.score != 0 || c.subject > 1)));
    }

    // A name of weak prior takes the side that the strong names leave open ("Company" against "Provider").
    void eliminate(double vendor, double customer)
    {
        for (Candidate& c : m_candidates) {
            if (!stands(c) || std::abs(c.prior) > 3)
                continue;
            const double total = c.total();
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
        for (const auto& [first, second] : m_pairs)
            mark_pairs(first, second);
    }

    // Both words of a name stand for the party.
    void mark_pairs(std::uint32_t first, std::uint32_t second)
    {
        const Side side =
            m_candidates[first].designated ? m_candidates[first].side : m_candidates[second].side;
        for (std::uint32_t i = 0; i + 1 < m_tokens.tokens.size(); ++i) {
            Token& one = m_tokens.tokens[i];
            Token& two = m_tokens.tokens[i + 1];
            if (one.word == first && two.word == second && one.capital)
                one.side = two.side = side;
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
    std::vector<bool> m_modal; // of each word of the vocabulary
    std::vector<Candidate> m_candidates;
    std::vector<std::uint32_t> m_designated;                      // vocabulary indices, sorted
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_pairs; // names of two words
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
