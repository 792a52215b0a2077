#pragma once

#include "core/document/document.h"

#include <string_view>
#include <vector>

namespace leeway::document {

/// The sentences of one block, as byte ranges of `text`: together they hold every character that is not a
/// blank. `skip` bytes at the front (the block's mark) never end one. Enumerations inside a sentence stay in
/// it; abbreviations ("Inc.", "Sec. 4.2", "e.g."), initials and decimal numbers do not end one.
std::vector<Sentence> sentences_of(std::string_view text, std::size_t skip);

}
