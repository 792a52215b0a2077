#pragma once

#include "core/document/document.h"

#include <string>
#include <vector>

namespace leeway::document {

/// What a reviewer should be told of the file before trusting its text, a sentence each: parts in another
/// language than English, tracked changes and how they were read, comments with the place they are attached
/// to, hidden text, parts that were not read, pages read from pictures.
std::vector<std::string> warnings(const Document& document);

/// "inserted", "deleted", "comment", "hidden", "unread", "recognised", "doubtful", "unrecognised".
std::string_view to_string(Notice::Kind kind);

}
