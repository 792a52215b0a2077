#include "core/usage/marks.h"

#include <bit>
#include <cstddef>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace leeway::usage {

void find_marks(std::string_view text, char separator, std::vector<std::uint32_t>& marks)
{
    marks.resize(text.size() + 64);
    std::uint32_t* next = marks.data();
    std::size_t at = 0;
#ifdef __SSE2__
    const __m128i separators = _mm_set1_epi8(separator);
    const __m128i line_ends = _mm_set1_epi8('\n');
    const __m128i quotes = _mm_set1_epi8('"');
    const auto marks_in = [&](const char* from) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        const __m128i found =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, separators), _mm_cmpeq_epi8(bytes, line_ends)),
                         _mm_cmpeq_epi8(bytes, quotes));
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(found)));
    };
    for (; at + 64 <= text.size(); at += 64) {
        const char* from = text.data() + at;
        std::uint64_t bits = marks_in(from) | marks_in(from + 16) << 16U | marks_in(from + 32) << 32U |
                             marks_in(from + 48) << 48U;
        for (; bits != 0; bits &= bits - 1)
            *next++ = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(bits));
    }
#endif
    for (; at < text.size(); ++at) {
        if (text[at] == separator || text[at] == '\n' || text[at] == '"')
            *next++ = static_cast<std::uint32_t>(at);
    }
    marks.resize(static_cast<std::size_t>(next - marks.data()));
}

}
