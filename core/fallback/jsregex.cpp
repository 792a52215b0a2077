#include "core/fallback/jsregex.h"

#include "core/base/text.h"

#include <fmt/format.h>

namespace leeway::fallback {
namespace {

using base::ErrorCode;

constexpr std::string_view blanks =
    R"(\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff})";
constexpr std::string_view not_blanks =
    R"(\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff})"
    R"(\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff})"
    R"(\x{3001}-\x{fefe}\x{ff00}-\x{10ffff})";

std::string code_point(unsigned value)
{
    return fmt::format("\\x{{{:x}}}", value);
}

class Translator
{
public:
    explicit Translator(std::string_view pattern) : m_in(pattern) {}

    std::string run()
    {
        while (!done() && unsupported.empty() && fault.empty()) {
            const char c = m_in[m_at];
            if (c == '\\')
                escape(false);
            else if (c == '[')
                character_class();
            else if (c == '(')
                group();
            else if (c == ')')
                close_group();
            else if (c == '.')
                put(R"([^\n\r\x{2028}\x{2029}])", 1, true);
            else if (c == '*' || c == '+' || c == '?')
                quantifier(1);
            else if (c == '{' && braces() > 0)
                quantifier(braces());
            else if (c == '{' || c == '}' || c == ']')
                put(std::string("\\") + c, 1, true);
            else if (c == '^' || c == '$' || c == '|')
                put(c == '$' ? "\\z" : std::string(1, c), 1, false);
            else
                put(std::string(1, c), 1, true);
        }
        if (m_depth > 0 && fault.empty())
            fault = "a group is not closed";
        return m_out;
    }

    std::string fault;
    std::string unsupported;

private:
    [[nodiscard]] bool done() const { return m_at >= m_in.size(); }
    [[nodiscard]] bool ahead(std::string_view text) const { return m_in.substr(m_at).starts_with(text); }

    void put(std::string_view text, std::size_t taken, bool repeatable)
    {
        m_out += text;
        m_at += taken;
        m_repeatable = repeatable;
    }

    // The length of {2}, {2,} or {2,5} here; 0 when the brace is an ordinary character.
    [[nodiscard]] std::size_t braces() const
    {
        std::size_t at = m_at + 1;
        const auto digits = [&] {
            const std::size_t from = at;
            while (at < m_in.size() && m_in[at] >= '0' && m_in[at] <= '9')
                ++at;
            return at > from;
        };
        if (!digits())
            return 0;
        if (at < m_in.size() && m_in[at] == ',') {
            ++at;
            digits();
        }
        return at < m_in.size() && m_in[at] == '}' ? at + 1 - m_at : 0;
    }

    void quantifier(std::size_t length)
    {
        if (!m_repeatable) {
            fault = "there is nothing to repeat";
            return;
        }
        std::string text(m_in.substr(m_at, length));
        if (length > 1) {
            const auto comma = text.find(',');
            const std::string low = text.substr(1, comma == std::string::npos ? length - 2 : comma - 1);
            const std::string high =
                comma == std::string::npos ? low : text.substr(comma + 1, length - comma - 2);
            if (low.size() > 4 || high.size() > 4 || std::stoi(low) > 1000 ||
                (!high.empty() && std::stoi(high) > 1000)) {
                unsupported = "a repetition of more than 1,000";
                return;
            }
            if (!high.empty() && std::stoi(low) > std::stoi(high)) {
                fault = "the numbers of a repetition are out of order";
                return;
            }
        }
        m_at += length;
        if (!done() && m_in[m_at] == '?') {
            text += '?';
            ++m_at;
        }
        m_out += text;
        m_repeatable = false;
    }

    void group()
    {
        ++m_depth;
        if (!ahead("(?"))
            return put("(", 1, false);
        if (ahead("(?:"))
            return put("(?:", 3, false);
        if (ahead("(?=") || ahead("(?!")) {
            unsupported = "look-ahead " + std::string(m_in.substr(m_at, 3)) + "…)";
        } else if (ahead("(?<=") || ahead("(?<!")) {
            unsupported = "look-behind " + std::string(m_in.substr(m_at, 4)) + "…)";
        } else if (ahead("(?<")) {
            const auto close = m_in.find('>', m_at);
            if (close == std::string_view::npos || close == m_at + 3)
                fault = "a group has no valid name";
            else
                put("(", close + 1 - m_at, false); // names are of no use without back-references
        } else {
            fault = "a group begins with (? and no known sign";
        }
    }

    void close_group()
    {
        if (m_depth == 0) {
            fault = "a bracket ) is closed that was not opened";
            return;
        }
        --m_depth;
        put(")", 1, true);
    }

    // Reads up to `count` hexadecimal digits behind the escape; false when there are fewer.
    bool hexadecimal(std::size_t from, std::size_t count, unsigned& value) const
    {
        value = 0;
        if (from + count > m_in.size())
            return false;
        for (std::size_t i = from; i < from + count; ++i) {
            const char c = base::lowered(m_in.substr(i, 1))[0];
            const auto digit = std::string_view("0123456789abcdef").find(c);
            if (digit == std::string_view::npos)
                return false;
            value = value * 16 + static_cast<unsigned>(digit);
        }
        return true;
    }

    void escape(bool in_class)
    {
        if (m_at + 1 >= m_in.size()) {
            fault = "the pattern ends in a backslash";
            return;
        }
        const char c = m_in[m_at + 1];
        unsigned value = 0;
        if (std::string_view("dDwW").find(c) != std::string_view::npos)
            return put(m_in.substr(m_at, 2), 2, true);
        if (c == 's' || c == 'S') {
            const std::string_view set = c == 's' ? blanks : not_blanks;
            return put(in_class ? std::string(set) : fmt::format("[{}]", set), 2, true);
        }
        if (c == 'b' || c == 'B')
            return in_class ? put(c == 'b' ? "\\x{8}" : "B", 2, true) : put(m_in.substr(m_at, 2), 2, false);
        if (std::string_view("nrtfv").find(c) != std::string_view::npos)
            return put(m_in.substr(m_at, 2), 2, true);
        if (c == 'x' && hexadecimal(m_at + 2, 2, value))
            return put(code_point(value), 4, true);
        if (c == 'u' && hexadecimal(m_at + 2, 4, value))
            return unicode(value);
        if (c == 'c' && m_at + 2 < m_in.size() &&
            std::isalpha(static_cast<unsigned char>(m_in[m_at + 2])) != 0)
            return put(code_point(static_cast<unsigned>(m_in[m_at + 2]) % 32), 3, true);
        if (c == '0' && (m_at + 2 >= m_in.size() || m_in[m_at + 2] < '0' || m_in[m_at + 2] > '9'))
            return put(code_point(0), 2, true);
        if (c >= '0' && c <= '9') {
            unsupported = fmt::format("the back-reference or octal escape \\{}", c);
            return;
        }
        if (c == 'k') {
            unsupported = "the back-reference \\k";
            return;
        }
        const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
        if (static_cast<unsigned char>(c) >= 0x80 || c == ' ')
            return put(m_in.substr(m_at + 1, 1), 2, true);
        put(letter ? std::string(1, c) : std::string("\\") + c, 2, true);
    }

    // \uD83D\uDE00 stands for one character beyond the first 65,536.
    void unicode(unsigned value)
    {
        unsigned low = 0;
        if (value >= 0xD800 && value < 0xDC00 && m_in.substr(m_at + 6).starts_with("\\u") &&
            hexadecimal(m_at + 8, 4, low) && low >= 0xDC00 && low < 0xE000)
            return put(code_point(0x10000 + ((value - 0xD800) << 10U) + (low - 0xDC00)), 12, true);
        if (value >= 0xD800 && value < 0xE000) {
            unsupported = "half of a surrogate pair";
            return;
        }
        put(code_point(value), 6, true);
    }

    // Whether \d, \w, \s or its opposite stands at `at`.
    [[nodiscard]] bool is_set(std::size_t at) const
    {
        return at + 1 < m_in.size() && m_in[at] == '\\' &&
               std::string_view("dDwWsS").find(m_in[at + 1]) != std::string_view::npos &&
               (at == 0 || m_in[at - 1] != '\\');
    }

    void character_class()
    {
        ++m_at;
        std::string_view open = "[";
        if (!done() && m_in[m_at] == '^') {
            open = "[^";
            ++m_at;
        }
        if (!done() && m_in[m_at] == ']')
            return put(open == "[" ? R"([^\x{0}-\x{10ffff}])" : R"([\x{0}-\x{10ffff}])", 1, true);
        m_out += open;
        while (!done() && m_in[m_at] != ']' && fault.empty() && unsupported.empty()) {
            const char c = m_in[m_at];
            const bool behind_set = m_at >= 2 && is_set(m_at - 2);
            if (c == '\\')
                escape(true);
            else if (c == '-' && (behind_set || is_set(m_at + 1))) // no range can end in a set
                put("\\-", 1, true);
            else if (c == '[' || c == '^' || c == '&' || c == '~')
                put(std::string("\\") + c, 1, true);
            else
                put(std::string(1, c), 1, true);
        }
        if (done())
            fault = "a character class [ is not closed";
        else
            put("]", 1, true);
    }

    std::string_view m_in;
    std::size_t m_at = 0;
    std::string m_out;
    int m_depth = 0;
    bool m_repeatable = false;
};

}

bool Pattern::found_in(std::string_view text) const
{
    return compiled && re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *compiled);
}

base::Result<Pattern> compile_pattern(std::string_view pattern)
{
    constexpr std::size_t longest = 20'000;
    if (pattern.size() > longest)
        return base::fail(ErrorCode::Invalid, "the regular expression is longer than 20,000 characters");
    Translator translator(pattern);
    const std::string translated = translator.run();
    if (!translator.unsupported.empty())
        return base::fail(
            ErrorCode::Invalid,
            fmt::format("the regular expression uses {}, which is not supported; rewrite it without "
                        "or use several assertions",
                        translator.unsupported));
    Pattern result;
    result.fault = translator.fault;
    if (!result.fault.empty())
        return result;
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(std::int64_t{32} << 20);
    auto compiled = std::make_shared<const re2::RE2>(translated, options);
    if (!compiled->ok()) {
        const auto code = compiled->error_code();
        if (code == re2::RE2::ErrorPatternTooLarge || code == re2::RE2::ErrorRepeatSize)
            return base::fail(ErrorCode::Invalid,
                              "the regular expression repeats too much to be matched safely");
        result.fault = compiled->error();
        return result;
    }
    result.compiled = std::move(compiled);
    return result;
}

}
