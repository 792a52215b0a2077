#include "core/usage/flatjson.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <set>
#include <utility>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace leeway::usage {
namespace {

constexpr std::size_t padding = 32;

#ifdef __SSE2__
__m128i bytes_at(const char* at)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
}

// Bit i: byte i is a quote, an escape, a control character or beyond ASCII.
unsigned special_bytes(const char* at)
{
    const __m128i bytes = bytes_at(at);
    // Compared as signed: bytes beyond ASCII are less than a blank too.
    const __m128i special = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))),
        _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')));
    return static_cast<unsigned>(_mm_movemask_epi8(special));
}
#endif

// The length of the text in front of a quote; npos when there is an escape, a control character or anything
// beyond ASCII before it. Reads up to 32 bytes past the end.
std::size_t plain_length(std::string_view text)
{
    std::size_t at = 0;
#ifdef __SSE2__
    for (; at < text.size(); at += padding) {
        const char* from = text.data() + at;
        if (const unsigned bits = special_bytes(from) | special_bytes(from + 16) << 16U; bits != 0) {
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

// The digits that a text begins with, up to 8 of them (then there may be more), and the number they make.
struct Digits
{
    std::size_t count = 0;
    std::int64_t value = 0;
};

// All eight bytes at once: a loop would end at another digit for every number, which costs a processor more
// than the whole calculation. Reads 8 bytes.
Digits first_digits(const char* at)
{
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    if constexpr (std::endian::native == std::endian::big)
        word = __builtin_bswap64(word);
    word ^= 0x3030303030303030ULL; // digits become 0 to 9
    const std::uint64_t others = (word | (word + 0x0606060606060606ULL)) & 0xf0f0f0f0f0f0f0f0ULL;
    const auto count = static_cast<std::size_t>(std::countr_zero(others)) / 8;
    if (count == 0)
        return {};
    word <<= 64 - 8 * count; // zeros in front
    word = (word * 10 + (word >> 8U)) & 0x00ff00ff00ff00ffULL;
    word = (word * 100 + (word >> 16U)) & 0x0000ffff0000ffffULL;
    word = (word * 10'000 + (word >> 32U)) & 0x00000000ffffffffULL;
    return {count, static_cast<std::int64_t>(word)};
}

std::string_view without_blanks(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

}

FlatJson::Fixed::Fixed(std::string_view text) : m_bytes(text), m_size(text.size())
{
    m_bytes.resize(m_size + padding);
}

bool FlatJson::Fixed::begins(std::string_view rest) const
{
    if (rest.size() < m_size)
        return false;
#ifdef __SSE2__
    for (std::size_t at = 0; at < m_size; at += 16) {
        const __m128i same = _mm_cmpeq_epi8(bytes_at(rest.data() + at), bytes_at(m_bytes.data() + at));
        const unsigned wanted = m_size - at >= 16 ? 0xffffU : (1U << (m_size - at)) - 1;
        if ((static_cast<unsigned>(_mm_movemask_epi8(same)) & wanted) != wanted)
            return false;
    }
    return true;
#else
    return std::memcmp(rest.data(), m_bytes.data(), m_size) == 0;
#endif
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
    constexpr std::size_t most_digits = 15;
    auto [digits, count] = first_digits(rest.data());
    if (digits == 0 && rest.starts_with("null")) {
        value = {Value::Kind::Null, {}, 0};
        rest.remove_prefix(4);
        return true;
    }
    for (; digits >= 8 && digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9'; ++digits) {
        if (digits == most_digits)
            return false;
        count = count * 10 + (rest[digits] - '0');
    }
    if (digits == 0 || digits > rest.size() || (digits > 1 && rest[0] == '0'))
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
        const Slot& slot = m_slots[i];
        if (!slot.lead.begins(rest))
            return false;
        rest.remove_prefix(slot.lead.size());
        if (!take_value(rest, m_values[i]))
            return false;
    }
    if (rest.size() != m_tail.size() || !m_tail.begins(rest))
        return false;
    ++m_hits;
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        for (const std::size_t field : m_slots[i].fields) {
            if (m_values[i].kind == Value::Kind::Text)
                row.set_plain(field, m_values[i].text);
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
        const Fixed lead(std::string_view(begin, static_cast<std::size_t>(rest.data() - begin)));
        slots.push_back({lead, fields == nullptr ? std::vector<std::size_t>() : *fields});
        Value value;
        if (!take_value(rest, value))
            return;
    }
    m_tail = Fixed(rest);
    m_values.resize(slots.size());
    if (rest.starts_with('}') && without_blanks(rest.substr(1)).empty())
        m_slots = std::move(slots);
}

}
