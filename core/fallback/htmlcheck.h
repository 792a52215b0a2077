#pragma once

#include <string>
#include <string_view>

namespace leeway::fallback {

/// Why `text` as a whole is not HTML: plain text around the elements, no known element, XML; empty when it
/// is.
std::string html_fault(std::string_view text);

/// Whether `text` holds at least two signs of HTML, such as a tag of a known element or a pair of tags.
bool holds_html(std::string_view text);

}
