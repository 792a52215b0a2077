#include "core/clauses/figures.h"

#include <array>
#include <optional>
#include <string_view>

namespace leeway::clauses {
namespace {

struct Unit
{
    std::string_view word;
    double days;
};

constexpr std::array<Unit, 18> units{{
    {"day", 1},
    {"days", 1},
    {"week", 7},
    {"weeks", 7},
    {"month", 30},
    {"months", 30},
    {"year", 360},
    {"years", 360},
    {"hour", 1. / 24},
    {"hours", 1. / 24},
    {"quarter", 90},
    {"quarters", 90},
    {"minute", 1. / 1440},
    {"minutes", 1. / 1440},
    {"weeks'", 7},
    {"fortnight", 14},
    {"fortnights", 14},
    {"yr", 360},
}};

constexpr std::array<std::string_view, 13> adjectives{
    "calendar", "consecutive", "full",       "clear", "more",       "further", "additional",
    "whole",    "complete",    "successive", "prior", "continuous", "contract"};
constexpr std::array<std::string_view, 4> business{"business", "working", "banking", "trading"};
constexpr std::array<std::string_view, 6> currencies{"$", "usd", "eur", "gbp", "chf", "euro"};

template<std::size_t N>
bool among(const std::array<std::string_view, N>& list, std::string_view word)
{
    for (const std::string_view item : list) {
        if (item == word)
            return true;
    }
    return false;
}

class Joiner
{
public:
    Joiner(Tokens& tokens, std::uint32_t from) : m_all(tokens), m_read(from), m_write(from) {}

    void run()
    {
        const auto size = static_cast<std::uint32_t>(m_all.tokens.size());
        while (m_read < size) {
            Token token = m_all.tokens[m_read];
            std::uint32_t next = m_read + 1;
            if (auto found = figure(m_read)) {
                token = found->token;
                next = found->next;
            }
            m_all.tokens[m_write++] = token;
            m_read = next;
        }
        m_all.tokens.resize(m_write);
    }

private:
    struct Figure
    {
        Token token;
        std::uint32_t next;
    };

    std::string_view word(std::uint32_t i) const
    {
        return i < m_all.tokens.size() ? std::string_view(m_all.word(i)) : std::string_view();
    }
    bool is_number(std::uint32_t i) const
    {
        return i < m_all.tokens.size() && m_all.tokens[i].kind == TokenKind::Number;
    }

    // A number in words, "one hundred and eighty"; `at` moves behind it.
    std::optional<double> spelled(std::uint32_t& at) const
    {
        int value = number_word(word(at));
        if (value < 0 || word(at) == "fortnight")
            return std::nullopt;
        ++at;
        double sum = value;
        while (true) {
            std::uint32_t next = at;
            if (sum >= 100 && word(next) == "and")
                ++next;
            const int more = number_word(word(next));
            if (more < 0 || word(next) == "fortnight" ||
                (at < m_all.tokens.size() && (m_all.tokens[at].marks & mark::open) != 0))
                break;
            if (more >= 100)
                sum *= more;
            else if (more < 10 || sum >= 100)
                sum += more;
            else
                break;
            at = next + 1;
        }
        return sum;
    }

    std::optional<Figure> figure(std::uint32_t from) const
    {
        std::uint32_t at = from;
        const bool currency = among(currencies, word(at));
        if (currency)
            ++at;
        double value = 0;
        if (is_number(at)) {
            value = m_all.tokens[at++].value;
            std::uint32_t again = at;
            if (again < m_all.tokens.size() && (m_all.tokens[again].marks & mark::open) != 0 &&
                spelled(again))
                at = again;
        } else if (auto words = spelled(at)) {
            value = *words;
            if (is_number(at) && (m_all.tokens[at].marks & mark::open) != 0)
                value = m_all.tokens[at++].value;
        } else if ((word(at) == "a" || word(at) == "an") && !currency) {
            const std::string_view unit = word(at + 1);
            if (unit != "day" && unit != "week" && unit != "month" && unit != "year" && unit != "fortnight" &&
                unit != "quarter")
                return std::nullopt;
            value = 1;
            ++at;
        } else {
            return std::nullopt;
        }
        return with_unit(from, at, value, currency);
    }

    std::optional<Figure> with_unit(std::uint32_t from, std::uint32_t at, double value, bool currency) const
    {
        Token token = m_all.tokens[from];
        token.kind = TokenKind::Number;
        token.value = value;
        const auto done = [&](std::uint32_t next) {
            token.end = m_all.tokens[next - 1].end;
            token.possessive = m_all.tokens[next - 1].possessive;
            return Figure{token, next};
        };
        if (currency) {
            token.kind = TokenKind::Money;
            if (word(at) == "million")
                token.value *= 1e6, ++at;
            return done(at);
        }
        if (word(at) == "%" || word(at) == "percent" || word(at) == "pct") {
            token.kind = TokenKind::Percent;
            return done(at + 1);
        }
        if (word(at) == "per" && (word(at + 1) == "cent" || word(at + 1) == "centum")) {
            token.kind = TokenKind::Percent;
            return done(at + 2);
        }
        if (word(at) == "euro" || word(at) == "euros" || word(at) == "dollars" || word(at) == "pounds" ||
            word(at) == "usd" || word(at) == "eur") {
            token.kind = TokenKind::Money;
            return done(at + 1);
        }
        double factor = 1;
        std::uint32_t unit_at = at;
        while (unit_at < at + 3 && (among(adjectives, word(unit_at)) || among(business, word(unit_at)))) {
            if (among(business, word(unit_at)))
                factor = 7. / 5;
            ++unit_at;
        }
        for (const Unit& unit : units) {
            if (unit.word == word(unit_at)) {
                token.kind = TokenKind::Duration;
                token.value = value * unit.days * (unit.days == 1 ? factor : 1);
                return done(unit_at + 1);
            }
        }
        return done(at);
    }

    Tokens& m_all;
    std::uint32_t m_read;
    std::uint32_t m_write;
};

}

void join_figures(Tokens& tokens, std::uint32_t from)
{
    Joiner(tokens, from).run();
}

}
