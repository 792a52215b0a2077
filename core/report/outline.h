#pragma once

#include "core/base/result.h"
#include "core/report/paper.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::report {

/// The PDF with bookmarks, its language ("en"), and readers asked to show both outline and title. They are
/// appended as an incremental update (PDF 1.7, 7.5.6) to what QPdfWriter wrote: a file with one plain
/// cross-reference table and a flat page tree. Unreadable for other files.
base::Result<std::string> with_outline(std::string pdf, const std::vector<Bookmark>& bookmarks,
                                       std::string_view language, double page_height);

}
