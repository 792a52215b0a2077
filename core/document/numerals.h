#pragma once

#include <string>

namespace leeway::document {

/// How a list or heading is counted.
enum class NumberFormat {
    None,
    Bullet,
    Decimal,
    DecimalZero, // 01, 02 … 10
    LowerLetter, // a … z, aa, bb
    UpperLetter,
    LowerRoman,
    UpperRoman,
    Ordinal,      // 1st
    CardinalText, // One
    OrdinalText   // First
};

/// `value` as printed, empty for None, Bullet and where the format has no such number (letters and Roman
/// numerals start at 1, words end at 99).
std::string numeral(int value, NumberFormat format);

}
