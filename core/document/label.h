#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::document {

enum class LabelStyle {
    Named,       // "ARTICLE IV", "Schedule C", "Section 3.2"
    Decimal,     // "8.", "8.2"
    LowerLetter, // "(a)", "a."
    UpperLetter,
    LowerRoman,
    UpperRoman,
    Figure, // "(1)", "1)"
    Bullet
};

/// The printed mark at the front of a block.
struct Label
{
    LabelStyle style = LabelStyle::Bullet;
    std::string number;    // as printed, without closing dot; empty for bullets
    std::size_t size = 0;  // bytes of the mark with the blanks behind it
    std::vector<int> path; // decimal components, or the one ordinal
    bool closed = false;   // a dot, colon, dash or bracket ends the mark
    bool bracket = false;  // "(a)" or "a)"
};

/// The mark that `text` begins with. A bare number ("30 days", "2.5 million", "8 Term") and a reference at a
/// line start ("Section 4.2 of …") are not marks, save where what follows reads like a title.
std::optional<Label> parse_label(std::string_view text);

/// The ordinal of a letter mark read as a Roman numeral, 0 when it is none: "iv" is 4.
int roman_value(std::string_view letters);
/// The ordinal of a letter mark: "a" is 1, "aa" is 27, 0 when it is none.
int letter_value(std::string_view letters);

/// True for the words before which a number is a reference: "Section", "Articles", "No.", "§", "and" …
bool refers(std::string_view word);

}
