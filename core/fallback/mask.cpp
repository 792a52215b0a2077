#include "core/fallback/mask.h"

#include "core/base/text.h"
#include "core/fallback/jstext.h"

#include <algorithm>
#include <fmt/format.h>
#include <re2/re2.h>

namespace leeway::fallback {
namespace {

// Lengths of IBANs by country, from the SWIFT register.
const std::map<std::string, std::size_t, std::less<>>& iban_lengths()
{
    static const std::map<std::string, std::size_t, std::less<>> lengths = {
        {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22},
        {"BH", 22}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22},
        {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FO", 18}, {"FR", 27},
        {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28},
        {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20},
        {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27},
        {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NL", 18}, {"NO", 15},
        {"PK", 24}, {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"SA", 24},
        {"SC", 31}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"ST", 25}, {"SV", 28}, {"TL", 23},
        {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}};
    return lengths;
}

std::string only(std::string_view text, bool letters)
{
    std::string result;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            result += c;
        else if (letters && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
            result += static_cast<char>(c & ~0x20);
    }
    return result;
}

// Whether the digits at `at` go on a row of groups, as in an account number.
bool within_row(std::string_view text, std::size_t at)
{
    return at > 1 && text[at - 1] == ' ' && text[at - 2] >= '0' && text[at - 2] <= '9';
}

// Replaces the longest front of each match that `fits`, trying shorter ones group by group.
template<typename Fits, typename Mark>
std::string replaced(const std::string& text, const re2::RE2& pattern, Fits fits, Mark mark)
{
    std::string result;
    std::size_t at = 0;
    re2::StringPiece found;
    while (at < text.size() && pattern.Match(text, at, text.size(), re2::RE2::UNANCHORED, &found, 1)) {
        const auto begin = static_cast<std::size_t>(found.data() - text.data());
        std::string_view match(found.data(), found.size());
        while (!match.empty() && !fits(text, match)) {
            const auto cut = match.find_last_of(" -./");
            match = cut == std::string_view::npos ? std::string_view()
                                                  : match.substr(0, match.find_last_not_of(" -./(", cut) + 1);
        }
        result += text.substr(at, begin - at);
        if (match.empty()) {
            const std::size_t end =
                begin + std::max<std::size_t>(
                            1, std::min(std::string_view(found.data(), found.size()).find_first_of(" -./"),
                                        found.size()));
            result += text.substr(begin, end - begin);
            at = end;
        } else {
            result += mark(match);
            at = begin + match.size();
        }
    }
    return result + text.substr(std::min(at, text.size()));
}

bool in_word(std::string_view text)
{
    const auto [code, length] = front_of(text);
    return length > 0 && in_identifier(code);
}

bool word_before(std::string_view text, std::size_t at)
{
    std::size_t begin = at;
    while (begin > 0 && (static_cast<unsigned char>(text[--begin]) & 0xC0U) == 0x80) {
    }
    return at > 0 && in_word(text.substr(begin));
}

}

bool is_iban(std::string_view text)
{
    const std::string iban = only(text, true);
    const auto length = iban_lengths().find(iban.substr(0, 2));
    if (length == iban_lengths().end() || iban.size() != length->second)
        return false;
    int rest = 0;
    for (const char c : iban.substr(4) + iban.substr(0, 4)) {
        const int value = c <= '9' ? c - '0' : c - 'A' + 10;
        rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
}

bool is_card(std::string_view text)
{
    const std::string digits = only(text, false);
    if (digits.size() < 13 || digits.size() > 19 || digits.front() == '0')
        return false;
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int value = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1)
            value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

bool is_phone(std::string_view text)
{
    const std::string digits = only(text, false);
    if (text.starts_with('+') || text.starts_with("00"))
        return digits.size() >= 7 && digits.size() <= 15 + (text.starts_with("00") ? 2U : 0U);
    const bool grouped = text.find_first_of(" -/()") != std::string_view::npos;
    const std::string_view front = text.starts_with('(') ? text.substr(1) : text;
    const bool national = front.starts_with('0') && digits.size() >= 8 && digits.size() <= 13 && grouped;
    static const re2::RE2 north_american("\\(?[2-9][0-9]{2}\\)?[ -.][2-9][0-9]{2}[ -.][0-9]{4}");
    return national || re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), north_american);
}

Masker::Masker(std::vector<std::string> names)
{
    for (const std::string& name : names) {
        std::string lowered = lowered_unicode(js_trimmed(name));
        if (!lowered.empty())
            m_names.push_back(std::move(lowered));
    }
    std::sort(m_names.begin(), m_names.end(), [](const auto& a, const auto& b) {
        return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
}

std::string Masker::mark(const std::string& kind, const std::string& value)
{
    const auto [known, added] = m_known.try_emplace({kind, value}, 0);
    if (added)
        known->second = ++m_counts[kind];
    return fmt::format("[{} {}]", kind, known->second);
}

std::string Masker::mask(std::string_view text)
{
    static const re2::RE2 email("(?i)[a-z0-9._%+'-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}");
    static const re2::RE2 iban("\\b[A-Za-z]{2}[0-9]{2}(?: ?[A-Za-z0-9]{1,4}){3,8}\\b");
    static const re2::RE2 card("\\b[0-9](?:[ -]?[0-9]){12,18}\\b");
    static const re2::RE2 phone("(?:\\+|\\(|\\b)[0-9](?:[0-9]|[ ./()-]{1,2}[0-9]){6,18}\\b");
    const auto always = [](std::string_view, std::string_view) { return true; };
    const auto iban_fits = [](std::string_view, std::string_view match) { return is_iban(match); };
    const auto card_fits = [](std::string_view, std::string_view match) { return is_card(match); };
    const auto phone_fits = [](std::string_view whole, std::string_view match) {
        return is_phone(match) && !within_row(whole, static_cast<std::size_t>(match.data() - whole.data()));
    };
    std::string result = replaced(base::to_valid_utf8(text), email, always, [&](std::string_view match) {
        return mark("email", base::lowered(match));
    });
    result = replaced(result, iban, iban_fits,
                      [&](std::string_view match) { return mark("iban", only(match, true)); });
    result = replaced(result, card, card_fits,
                      [&](std::string_view match) { return mark("card", only(match, false)); });
    result = replaced(result, phone, phone_fits,
                      [&](std::string_view match) { return mark("phone", only(match, false)); });
    for (const std::string& name : m_names) {
        const std::string lowered = lowered_unicode(result);
        if (lowered.size() != result.size()) // lengths changed with the case: compare the text as it is
            continue;
        std::string masked;
        std::size_t from = 0;
        for (auto at = lowered.find(name); at != std::string::npos; at = lowered.find(name, at + 1)) {
            const std::size_t end = at + name.size();
            if (at < from || word_before(lowered, at) || in_word(std::string_view(lowered).substr(end)))
                continue;
            masked += result.substr(from, at - from) + mark("name", name);
            from = end;
        }
        result = masked + result.substr(from);
    }
    return result;
}

}
