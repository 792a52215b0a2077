#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace leeway::document {

// ASCII classes that do not depend on the locale.
constexpr bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
constexpr bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}
constexpr bool is_letter(char c)
{
    return is_upper(c) || is_lower(c);
}
constexpr bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
constexpr bool continues_character(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

/// Share of the words of four letters or more that begin with a capital, 0 when there are no letters;
/// shorter words count where there are no long ones.
double title_share(std::string_view text);

/// True when there are at least two letters and no small ones.
bool all_capitals(std::string_view text);

/// Drops the quotes and brackets that may stand behind the last character of a sentence.
std::string_view without_closing(std::string_view text);

/// The text ends like a finished statement: full stop, semicolon, colon, question or exclamation mark.
bool ends_statement(std::string_view text);

/// Text with blanks as tidy() leaves them, put together piece by piece.
class TidyText
{
public:
    void add(std::string_view text);
    [[nodiscard]] bool empty() const { return m_text.empty(); }
    /// The byte at which the next word will stand.
    [[nodiscard]] std::size_t next() const { return m_text.size() + (m_space && !m_text.empty() ? 1 : 0); }
    [[nodiscard]] std::string take();

private:
    std::string m_text;
    bool m_space = false;
};

/// Blanks of every kind (no-break and thin spaces too) as single spaces, soft hyphens and zero-width
/// characters dropped, none at the ends.
std::string tidy(std::string_view text);

}
