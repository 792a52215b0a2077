#pragma once

#include <string_view>
#include <vector>

namespace leeway::fallback {

/// A number in a text, by both readings where the signs allow two: 1,234 is 1234 and 1.234.
struct FoundNumber
{
    std::vector<double> readings;
};

/// The numbers of a text in order: signs, thousands in groups (1,234.50 or 1.234,50 or 1 234,50), decimals.
/// Digits inside a word or a date with hyphens are not numbers.
std::vector<FoundNumber> numbers_in(std::string_view text);

}
