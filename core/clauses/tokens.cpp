#include "core/clauses/tokens.h"

#include "core/clauses/figures.h"

#include <charconv>

namespace leeway::clauses {
namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

// General punctuation U+2000…U+206F and the few Latin-1 signs that are no letters.
struct Sign
{
    std::size_t length = 0; // 0: not a sign
    std::uint16_t marks = 0;
    char like = 0; // the ASCII character that it stands for
};

Sign sign_at(std::string_view text)
{
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    if (byte(0) == 0xE2 && byte(1) == 0x80) {
        switch (byte(2)) {
        case 0x98:
        case 0x99:
            return {3, mark::quote, '\''};
        case 0x9C:
        case 0x9D:
        case 0x9E:
            return {3, mark::quote, '"'};
        case 0x90:
        case 0x91:
            return {3, 0, '-'};
        case 0x92:
        case 0x93:
        case 0x94:
        case 0x95:
            return {3, mark::dash, 0};
        case 0xA2:
            return {3, mark::stop, 0};
        default:
            return {3, 0, 0};
        }
    }
    if (byte(0) == 0xE2 && byte(1) == 0x82 && byte(2) == 0xAC)
        return {3, 0, '$'};
    if (byte(0) == 0xE2)
        return {3, 0, 0};
    if (byte(0) == 0xC2) {
        if (byte(1) == 0xA3)
            return {2, 0, '$'};
        if (byte(1) == 0xAB || byte(1) == 0xBB)
            return {2, mark::quote, '"'};
        return {2, 0, 0};
    }
    return {};
}

std::uint16_t marks_of(char c)
{
    switch (c) {
    case ',':
        return mark::comma;
    case ';':
        return mark::semicolon;
    case ':':
        return mark::colon;
    case '(':
    case '[':
        return mark::open;
    case ')':
    case ']':
        return mark::close;
    case '"':
    case '*':
    case '_':
        return mark::quote;
    case '|':
        return mark::bar;
    case '.':
    case '?':
    case '!':
        return mark::stop;
    default:
        return 0;
    }
}

class Cutter
{
public:
    Cutter(Tokens& out, std::string_view text) : m_out(out), m_text(text) {}

    void cut(std::uint32_t begin, std::uint32_t end)
    {
        m_at = begin;
        m_end = std::min<std::uint32_t>(end, static_cast<std::uint32_t>(m_text.size()));
        m_marks = 0;
        while (m_at < m_end)
            step();
    }

private:
    void step()
    {
        const char c = m_text[m_at];
        if (is_digit(c)) {
            number();
        } else if (const Sign sign = sign_at(m_text.substr(m_at, m_end - m_at)); sign.length != 0) {
            if (sign.like == '$')
                push_symbol("$", m_at + static_cast<std::uint32_t>(sign.length));
            m_marks |= sign.marks;
            m_at += static_cast<std::uint32_t>(sign.length);
        } else if (is_letter(c)) {
            word();
        } else {
            if (c == '$' || c == '%')
                push_symbol(std::string_view(&c, 1), m_at + 1);
            m_marks |= marks_of(c);
            if (c == '-' && m_at + 1 < m_end && (m_text[m_at + 1] == '-' || m_text[m_at + 1] == ' '))
                m_marks |= mark::dash;
            ++m_at;
        }
    }

    void push_symbol(std::string_view symbol, std::uint32_t end)
    {
        Token token;
        token.begin = m_at;
        token.end = end;
        token.word = m_out.vocabulary.intern(symbol);
        push(token);
    }

    void push(Token token)
    {
        token.marks = m_marks;
        m_marks = 0;
        m_out.tokens.push_back(token);
    }

    void number()
    {
        const std::uint32_t begin = m_at;
        m_lower.clear();
        while (m_at < m_end) {
            const char c = m_text[m_at];
            const bool inside = m_at + 1 < m_end && is_digit(m_text[m_at + 1]);
            if (is_digit(c) || (c == '.' && inside))
                m_lower += c;
            else if (!(c == ',' && inside))
                break;
            ++m_at;
        }
        Token token;
        token.begin = begin;
        token.end = m_at;
        token.kind = TokenKind::Number;
        token.word = m_out.vocabulary.intern(m_lower);
        std::from_chars(m_lower.data(), m_lower.data() + m_lower.size(), token.value);
        push(token);
    }

    // The apostrophe at `m_at`, or 0 bytes when there is none inside a word.
    std::size_t apostrophe() const
    {
        if (m_text[m_at] == '\'')
            return 1;
        const Sign sign = sign_at(m_text.substr(m_at, m_end - m_at));
        return sign.like == '\'' ? sign.length : 0;
    }

    void word()
    {
        const std::uint32_t begin = m_at;
        m_lower.clear();
        while (m_at < m_end && is_letter(m_text[m_at])) {
            const Sign sign = sign_at(m_text.substr(m_at, m_end - m_at));
            if (sign.length != 0)
                break;
            const char c = m_text[m_at];
            m_lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            ++m_at;
        }
        Token token;
        token.begin = begin;
        token.end = m_at;
        const char first = m_text[begin];
        token.capital = first >= 'A' && first <= 'Z';
        std::string_view after;
        const std::size_t quote = m_at < m_end ? apostrophe() : 0;
        if (quote != 0)
            after = tail(m_at + static_cast<std::uint32_t>(quote));
        const bool negated = after == "t" && m_lower.size() > 2 && m_lower.back() == 'n';
        if (negated) {
            m_lower = m_lower == "won"    ? "will"
                      : m_lower == "can"  ? "can"
                      : m_lower == "shan" ? "shall"
                                          : m_lower.substr(0, m_lower.size() - 1);
        } else if (m_lower == "cannot") {
            m_lower = "can";
        }
        const bool closed = quote != 0 && (after == "s" || (after.empty() && m_lower.back() == 's'));
        token.possessive = closed;
        token.word = m_out.vocabulary.intern(m_lower);
        const bool two = negated || (m_lower == "can" && m_at - begin == 6);
        push(token);
        if (two)
            push_word("not", begin, m_at);
        if (quote != 0 && !after.empty()) {
            m_at += static_cast<std::uint32_t>(quote + after.size());
            if (after == "ll")
                push_word("will", begin, m_at);
        } else if (closed) {
            m_at += static_cast<std::uint32_t>(quote);
        }
    }

    void push_word(std::string_view text, std::uint32_t begin, std::uint32_t end)
    {
        Token token;
        token.begin = begin;
        token.end = end;
        token.word = m_out.vocabulary.intern(text);
        push(token);
    }

    // What follows an apostrophe when it belongs to the word before: s, t, ll, re, ve, d, m.
    std::string_view tail(std::uint32_t at) const
    {
        std::uint32_t end = at;
        while (end < m_end && end - at < 3 && is_letter(m_text[end]))
            ++end;
        const std::string_view letters = m_text.substr(at, end - at);
        for (const std::string_view known : {"s", "t", "ll", "re", "ve", "d", "m", "S", "T"}) {
            if (letters == known)
                return known == "S" ? "s" : known == "T" ? "t" : known;
        }
        return {};
    }

    Tokens& m_out;
    std::string_view m_text;
    std::uint32_t m_at = 0;
    std::uint32_t m_end = 0;
    std::uint16_t m_marks = 0;
    std::string m_lower;
};

}

Tokens tokenize(const document::Document& document)
{
    Tokens result;
    result.tokens.reserve(document.text.size() / 5);
    result.sentences.reserve(document.sentences.size());
    Cutter cutter(result, document.text);
    for (const document::Sentence& sentence : document.sentences) {
        const auto from = static_cast<std::uint32_t>(result.tokens.size());
        cutter.cut(sentence.begin, sentence.end);
        join_figures(result, from);
        result.sentences.push_back({from, static_cast<std::uint32_t>(result.tokens.size())});
    }
    return result;
}

std::vector<std::string> phrase_words(std::string_view phrase)
{
    Tokens cut;
    Cutter cutter(cut, phrase);
    cutter.cut(0, static_cast<std::uint32_t>(phrase.size()));
    std::vector<std::string> result;
    for (std::uint32_t i = 0; i < cut.tokens.size(); ++i)
        result.push_back(cut.word(i));
    return result;
}

}
