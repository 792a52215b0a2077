#include "core/project/textmatch.h"

#include <array>
#include <vector>

namespace leeway::project {
namespace {

// Length of the white space at the front of `text`, 0 when there is none.
std::size_t space_length(std::string_view text)
{
    // No-break space, soft hyphen; U+2000…U+200B, U+202F, U+2060.
    constexpr std::array<std::string_view, 16> wide = {
        "\u00A0", "\u00AD", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005",
        "\u2006", "\u2007", "\u2008", "\u2009", "\u200A", "\u200B", "\u202F", "\u2060"};
    const auto c = static_cast<unsigned char>(text[0]);
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    if (c != 0xC2 && c != 0xE2)
        return 0;
    for (const std::string_view space : wide) {
        if (text.substr(0, space.size()) == space)
            return space.size();
    }
    return 0;
}

template<typename Keep>
void each_kept(std::string_view text, const Keep& keep)
{
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t skip = space_length(text.substr(i));
        if (skip == 0)
            keep(i);
        i += skip == 0 ? 1 : skip;
    }
}

}

std::string without_spaces(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    each_kept(text, [&](std::size_t i) { result += text[i]; });
    return result;
}

std::optional<std::pair<std::uint32_t, std::uint32_t>> find_passage(std::string_view text,
                                                                    std::string_view passage)
{
    const auto range = [](std::size_t begin, std::size_t end) {
        return std::pair{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    };
    const std::string wanted = without_spaces(passage);
    if (wanted.empty())
        return std::nullopt;
    if (const auto at = text.find(passage); at != std::string_view::npos)
        return range(at, at + passage.size());

    std::string squashed;
    std::vector<std::uint32_t> origin;
    squashed.reserve(text.size());
    origin.reserve(text.size());
    each_kept(text, [&](std::size_t i) {
        squashed += text[i];
        origin.push_back(static_cast<std::uint32_t>(i));
    });
    const auto at = squashed.find(wanted);
    if (at == std::string::npos)
        return std::nullopt;
    return range(origin[at], std::size_t{origin[at + wanted.size() - 1]} + 1);
}

}
