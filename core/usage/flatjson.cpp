#include "core/usage/flatjson.h"

#include <algorithm>
#include <bit>
#include <set>
#include <utility>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace leeway::usage {
namespace {

// The length of the text in front of a quote; npos when there is an escape, a control character or anything
// beyond ASCII before it. Reads up to 16 bytes past the end.
std::size_t plain_length(std::string_view text)
{
    std::size_t at = 0;
#ifdef __SSE2__
    const __m128i quotes = _mm_set1_epi8('"');
    const __m128i escapes = _mm_set1_epi8('\\');
    const __m128i blanks = _mm_set1_epi8(' ');
    for (; at < text.size(); at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
        // Compared as signed: bytes beyond ASCII are less than a blank too.
        const __m128i special =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quotes), _mm_cmpeq_epi8(bytes, escapes)),
                         _mm_cmplt_epi8(bytes, blanks));
        if (const auto bits = static_cast<unsigned>(_mm_movemask_epi8(special)); bits != 0) {
            at += static_cast<std::size_t>(std::countr_zero(bits));
            break;
        }
    }
#else
    while (at < text.size() && text[at] != '"' && text[at] != '\\' &&
           static_cast<signed char>(text[at]) >= ' ')
        ++at;
#endif
    return at < text.size() && text[at] == '"' ? at : std::string_view::npos;
}

std::string_view without_blanks(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

}

bool FlatJson::take_value(std::string_view& rest, Value& value)
{
    if (rest.starts_with('"')) {
        rest.remove_prefix(1);
        const std::size_t length = plain_length(rest);
        if (length == std::string_view::npos)
            return false;
        value = {Value::Kind::Text, rest.substr(0, length), 0};
        rest.remove_prefix(length + 1);
        return true;
    }
    if (rest.starts_with("null")) {
        value = {Value::Kind::Null, {}, 0};
        rest.remove_prefix(4);
        return true;
    }
    constexpr std::size_t most_digits = 15;
    std::size_t digits = 0;
    std::int64_t count = 0;
    for (; digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9'; ++digits) {
        if (digits == most_digits)
            return false;
        count = count * 10 + (rest[digits] - '0');
    }
    if (digits == 0 || (digits > 1 && rest[0] == '0'))
        return false;
    value = {Value::Kind::Count, rest.substr(0, digits), count};
    rest.remove_prefix(digits);
    return true;
}

bool FlatJson::read(std::string_view line, RowBuilder& row)
{
    if (m_slots.empty())
        return false;
    std::string_view rest = line;
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        if (!rest.starts_with(m_slots[i].lead))
            return false;
        rest.remove_prefix(m_slots[i].lead.size());
        if (!take_value(rest, m_values[i]))
            return false;
    }
    if (rest != m_tail)
        return false;
    ++m_hits;
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        for (const std::size_t field : m_slots[i].fields) {
            if (m_values[i].kind == Value::Kind::Text)
                row.set(field, m_values[i].text);
            else if (m_values[i].kind == Value::Kind::Count)
                row.set_number(field, m_values[i].count);
        }
    }
    return true;
}

void FlatJson::learn(std::string_view line, const FieldsOf& fields_of)
{
    constexpr std::int64_t patience = 100; // lines that are all different are not worth it
    if (++m_misses > patience + m_hits / 4)
        return;
    m_slots.clear();
    std::vector<Slot> slots;
    std::set<std::string_view> keys;
    std::string_view rest = line;
    while (true) {
        const char* const begin = rest.data();
        rest = without_blanks(rest);
        if (!rest.starts_with(slots.empty() ? '{' : ','))
            break;
        rest = without_blanks(rest.substr(1));
        if (!rest.starts_with('"'))
            return;
        rest.remove_prefix(1);
        const std::size_t length = plain_length(rest);
        if (length == std::string_view::npos)
            return;
        const std::string_view key = rest.substr(0, length);
        rest = without_blanks(rest.substr(length + 1));
        if (!keys.insert(key).second || !rest.starts_with(':'))
            return;
        rest = without_blanks(rest.substr(1));
        const std::vector<std::size_t>* fields = fields_of(key);
        slots.push_back(
            {std::string(begin, rest.data()), fields == nullptr ? std::vector<std::size_t>() : *fields});
        Value value;
        if (!take_value(rest, value))
            return;
    }
    m_tail = rest;
    m_values.resize(slots.size());
    if (rest.starts_with('}') && without_blanks(rest.substr(1)).empty())
        m_slots = std::move(slots);
}

}
