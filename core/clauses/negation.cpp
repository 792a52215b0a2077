#include "core/clauses/negation.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace leeway::clauses {
namespace {

template<std::size_t N>
bool among(const std::array<std::string_view, N>& list, const std::string& word)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

// "Including but not limited to …" denies nothing.
bool only_includes(const Tokens& tokens, std::uint32_t negation, std::uint32_t end)
{
    return negation > 0 && negation + 1 < end && tokens.word(negation) == "not" &&
           tokens.word(negation + 1) == "limited" && tokens.word(negation - 1) == "but";
}

// "Not later than …", "no less than …", "not only" and "whether or not" measure.
bool only_measures(const Tokens& tokens, std::uint32_t negation, std::uint32_t end)
{
    constexpr std::array<std::string_view, 8> measures{"later",   "less",    "more",   "fewer",
                                                       "greater", "earlier", "sooner", "longer"};
    if (negation + 1 >= end)
        return false;
    const bool is_not = tokens.word(negation) == "not";
    if (!is_not && tokens.word(negation) != "no")
        return false;
    if (is_not && tokens.word(negation + 1) == "only")
        return true;
    if (is_not && negation > 1 && tokens.word(negation - 1) == "or" && tokens.word(negation - 2) == "whether")
        return true;
    return negation + 2 < end && tokens.word(negation + 2) == "than" &&
           among(measures, tokens.word(negation + 1));
}

// "The right, but not the obligation, to …" denies the duty and not the right.
bool only_frees(const Tokens& tokens, std::uint32_t negation, std::uint32_t end)
{
    constexpr std::array<std::string_view, 6> duties{"obligation", "duty",     "obligated",
                                                     "obliged",    "required", "bound"};
    if (negation == 0 || (tokens.word(negation - 1) != "but" && tokens.word(negation - 1) != "though"))
        return false;
    for (std::uint32_t i = negation + 1; i < end && i < negation + 3; ++i) {
        if (among(duties, tokens.word(i)))
            return true;
    }
    return false;
}

}

bool denies_nothing(const Tokens& tokens, std::uint32_t negation, std::uint32_t end)
{
    return only_includes(tokens, negation, end) || only_measures(tokens, negation, end) ||
           only_frees(tokens, negation, end);
}

bool goes_on(const Tokens& tokens, std::uint32_t negation, std::uint32_t end)
{
    return only_includes(tokens, negation, end) || only_frees(tokens, negation, end);
}

}
