#pragma once

#include "core/base/result.h"
#include "core/document/layout.h"

#include <string_view>
#include <vector>

namespace leeway::document {

/// The words of one page that were read from a picture.
struct Recognised
{
    std::vector<PrintedWord> words; // boxes in points, as high as their line
    int confidence = 0;             // 0…100: mean over the letters
};

/// From Tesseract's table (TSV) of a page that was drawn with `dpi` pixels an inch. Words that are hardly
/// more than specks are left out. Unreadable when it is no such table.
base::Result<Recognised> words_of_table(std::string_view table, int dpi);

}
