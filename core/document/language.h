#pragma once

#include "core/document/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace leeway::document {

/// A language of a document: its ISO 639-1 code and how much of the letters looked at are in it.
struct LanguageShare
{
    std::string code; // "en", "de", "pt"; other codes of CLD2 where ISO 639-1 has none
    double share = 0; // 0…1

    bool operator==(const LanguageShare&) const = default;
};

/// The languages that a document is written in, the most frequent first; a language that takes less than a
/// tenth is left out. Looks at pieces from all over the text, 8 kB at most. Texts of less than 200 letters
/// are taken as English, and so is what no language is sure for.
std::vector<LanguageShare> languages_of(const Document& document);

/// The main language of a document of which too little is in `wanted` for a reader of that language: less
/// than a quarter. Empty when enough is, as in bilingual contracts.
std::string outside_language(const Document& document, std::string_view wanted);

/// "German" for "de"; the code itself where no name is known.
std::string language_name(std::string_view code);

}
