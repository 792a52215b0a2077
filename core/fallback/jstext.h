#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace leeway::fallback {

// Text as promptfoo, a JavaScript program, sees it: graders that are to agree with it need the same notion of
// white space, case, length and of a number's text.

/// String(value): "5" for 5.0, "null", "true", "a,b" for arrays, "[object Object]" for objects.
std::string js_string(const nlohmann::json& value);
std::string js_number(double value);
/// JSON.stringify(value).
std::string js_json(const nlohmann::ordered_json& value);
/// Number(text): NaN where it is not one.
double js_to_number(std::string_view text);

/// Without the Unicode white space at both ends.
std::string_view js_trimmed(std::string_view text);
/// The parts between runs of Unicode white space; a text without any is one part.
std::vector<std::string> js_split_blanks(std::string_view text);
/// Lower case for all of Unicode.
std::string lowered_unicode(std::string_view text);
std::u16string to_utf16(std::string_view text);
std::string to_utf8(std::u16string_view text);

/// The length in bytes of the white space character at the front of `text`; 0 when there is none.
std::size_t blank_length(std::string_view text);

enum class Letters { Letter, Number, Currency, Opening, Punctuation, Other };
/// The broad class of a code point.
Letters class_of(char32_t c);
/// Whether a code point may stand inside an identifier.
bool in_identifier(char32_t c);
/// The code point at the front of `text` and its length in bytes; (0, 0) at the end.
std::pair<char32_t, std::size_t> front_of(std::string_view text);

}
