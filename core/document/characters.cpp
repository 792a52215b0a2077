#include "core/document/characters.h"

#include <array>
#include <utility>

namespace leeway::document {
namespace {

enum class Special { None, Space, Nothing };

// The class of the character at `at` and its length in bytes.
Special special_at(std::string_view text, std::size_t at, std::size_t& length)
{
    length = 1;
    const char c = text[at];
    if (is_blank(c))
        return Special::Space;
    const auto unsigned_c = static_cast<unsigned char>(c);
    if (unsigned_c < 0x20 || unsigned_c == 0x7F)
        return Special::Nothing;
    const auto is = [&](std::string_view s) {
        length = s.size();
        return text.substr(at, s.size()) == s;
    };
    if (unsigned_c == 0xC2) {
        if (is("\u00a0"))
            return Special::Space;
        if (is("\u00ad"))
            return Special::Nothing;
    } else if (unsigned_c == 0xE2 && at + 2 < text.size()) {
        const auto second = static_cast<unsigned char>(text[at + 1]);
        const auto third = static_cast<unsigned char>(text[at + 2]);
        length = 3;
        if (second == 0x80 &&
            ((third >= 0x80 && third <= 0x8A) || third == 0xA8 || third == 0xA9 || third == 0xAF))
            return Special::Space; // U+2000…200A, line and paragraph separator, narrow no-break space
        if ((second == 0x80 && ((third >= 0x8B && third <= 0x8F) || (third >= 0xAA && third <= 0xAE))) ||
            (second == 0x81 && third == 0xA0))
            return Special::Nothing; // zero-width characters and direction marks
    } else if (unsigned_c == 0xE3 && is("\u3000")) {
        return Special::Space;
    } else if (unsigned_c == 0xEF && is("\uFEFF")) {
        return Special::Nothing;
    }
    length = 1;
    return Special::None;
}

}

double title_share(std::string_view text)
{
    std::array<int, 2> words{}; // short, long
    std::array<int, 2> capital{};
    for (std::size_t at = 0; at < text.size();) {
        if (!is_letter(text[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < text.size() && (is_letter(text[at]) || text[at] == '\'' || continues_character(text[at])))
            ++at;
        const std::size_t kind = at - begin >= 4 ? 1 : 0;
        ++words[kind];
        capital[kind] += is_upper(text[begin]) ? 1 : 0;
    }
    const std::size_t kind = words[1] > 0 ? 1 : 0;
    return words[kind] == 0 ? 0.0 : static_cast<double>(capital[kind]) / words[kind];
}

bool all_capitals(std::string_view text)
{
    int letters = 0;
    for (const char c : text) {
        if (is_lower(c))
            return false;
        letters += is_upper(c) ? 1 : 0;
    }
    return letters >= 2;
}

std::string_view without_closing(std::string_view text)
{
    for (;;) {
        if (!text.empty() && (is_blank(text.back()) || text.back() == '"' || text.back() == '\'' ||
                              text.back() == ')' || text.back() == ']'))
            text.remove_suffix(1);
        else if (text.ends_with("”") || text.ends_with("’") || text.ends_with("»"))
            text.remove_suffix(text.ends_with("»") ? 2 : 3);
        else
            return text;
    }
}

bool ends_statement(std::string_view text)
{
    text = without_closing(text);
    return !text.empty() && std::string_view(".;:?!").find(text.back()) != std::string_view::npos;
}

void TidyText::add(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = 1;
        const Special kind = special_at(text, at, length);
        if (kind == Special::Space) {
            m_space = true;
        } else if (kind == Special::None) {
            if (m_space && !m_text.empty())
                m_text += ' ';
            m_space = false;
            m_text += text.substr(at, length);
        }
        at += length;
    }
}

std::string TidyText::take()
{
    m_space = false;
    return std::exchange(m_text, {});
}

std::string tidy(std::string_view text)
{
    TidyText result;
    result.add(text);
    return result.take();
}

}
